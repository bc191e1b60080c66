#include "models/catalogue.hpp"
#include "models/fixed.hpp"
#include "models/reference.hpp"
#include "models/state.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

constexpr float working_days = 21.0F; ///< a month

/// E14: engaged people produce more, are ill and absent less (E0: the reference engagement).
///   productivity = e^(etaP (E - E0)),  days absent = s0 e^(-etaS (E - E0)) + a0 e^(-etaA (E - E0))
///   capacity = clients per employee x 1.08 x efficiency of the firm x sum of productivity x
///   presence overload = max(0, demand / capacity - 1)
class Output final : public sim::Process {
public:
    explicit Output(const sim::Settings& settings)
        : reference_(settings), productivity_(settings.real("output.productivity")),
          illness_(settings.real("output.illness")), absence_(settings.real("output.absence")),
          creativity_(settings.real("output.creativity")),
          ill_days_(settings.real("output.ill_days")),
          absent_days_(settings.real("output.absent_days")),
          per_employee_(settings.real("network.service.clients_per_employee") *
                        settings.real("output.slack")) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        auto staff = employees(world);
        auto firm = firms(world);
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::employees), lanes, [&](auto first, auto last) {
            for (std::size_t row = first * lanes; row < last * lanes; ++row) produce(staff, row);
        });
        for (std::size_t f = 0; f < firm.positions.size(); ++f) {
            for (std::size_t lane = 0; lane < lanes; ++lane) add_up(firm, staff, f, lane, lanes);
        }
    }

private:
    void produce(Employees& staff, std::size_t row) const {
        const float excess = sim::logistic(staff.engagement[row]) - reference_.engagement;
        const float days =
            ill_days_ * sim::exp(-illness_ * excess) + absent_days_ * sim::exp(-absence_ * excess);
        const float presence = std::max(0.0F, 1.0F - days / working_days);
        staff.absence[row] = days;
        staff.output[row] = sim::exp(productivity_ * excess) * presence;
    }

    void add_up(Firms& firm, const Employees& staff, std::size_t f, std::size_t lane,
                std::size_t lanes) const {
        std::int64_t output = 0;
        std::int64_t ideas = 0;
        const std::size_t first = firm.first_position[f];
        for (std::size_t position = first; position < first + firm.positions[f]; ++position) {
            const std::size_t row = position * lanes + lane;
            if (staff.occupied[row] == 0) continue;
            output += to_fixed(staff.output[row]);
            const float excess = sim::logistic(staff.engagement[row]) - reference_.engagement;
            ideas += to_fixed(sim::exp(creativity_ * excess));
        }
        const std::size_t home = f * lanes + lane;
        const double demand = static_cast<double>(firm.volume[home]) * 0x1p-16;
        const double capacity =
            per_employee_ * static_cast<double>(firm.efficiency[home]) * from_fixed(output);
        firm.capacity[home] = static_cast<float>(capacity);
        firm.overload[home] = capacity > 0.0
                                  ? static_cast<float>(std::max(0.0, demand / capacity - 1.0))
                                  : (demand > 0.0 ? 1.0F : 0.0F);
        firm.creativity[home] = firm.employees[home] > 0
                                    ? static_cast<float>(from_fixed(ideas) / firm.employees[home])
                                    : 0.0F;
    }

    Reference reference_;
    float productivity_, illness_, absence_, creativity_, ill_days_, absent_days_, per_employee_;
};

}

Law output_law() {
    using sim::between;
    const std::string claim = "assumed; claims preset: ln(ratio)/.402 of the article's figure";
    return {
        .name = "output",
        .stage = "produce",
        .meaning = "turns engagement into productivity, absence, creativity and a firm's capacity",
        .equations = "E14",
        .parameters =
            {
                {"output.reference_engagement", 0.36, "fraction", sim::fraction, "assumed",
                 "engagement E0 at which productivity, illness and absence take their base values"},
                {"output.productivity", 0.35, "1", between(0, 0.7), claim,
                 "how much engagement raises log productivity, eta_P"},
                {"output.illness", 0.75, "1", between(0, 1.8), claim,
                 "how much it lowers log days ill, eta_S"},
                {"output.absence", 1.2, "1", between(0, 4.5), claim,
                 "how much it lowers log days absent otherwise, eta_A"},
                {"output.creativity", 0.9, "1", between(0, 1.1), claim,
                 "how much it raises log creativity, eta_C"},
                {"output.ill_days", 1.15, "days/month", between(0, 15),
                 "Ayming 2023: 22.3 days a year, three quarters illness",
                 "days ill of an employee of reference engagement"},
                {"output.absent_days", 0.35, "days/month", between(0, 10), "Ayming 2023",
                 "days absent otherwise"},
                {"output.slack", 1.08, "1", between(0.5, 3), "assumed",
                 "clients an employee at work can serve well, over clients per employee"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Output>(settings);
        },
    };
}

}
