#include <cmath>

#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/rates.hpp"
#include "models/staff/person.hpp"
#include "models/staff/roster.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

/// Fills vacant positions as demand asks: a vacancy is filled with probability
///   fill x min(1, (wanted - employees) / vacancies),  wanted = employees x demand / capacity.
/// A firm with less than its working capital in cash only replaces who left in the month.
class Hiring final : public sim::Process {
public:
    explicit Hiring(const sim::Settings& settings)
        : fill_(probability_over(settings.number("hiring.fill"), settings.number("time.step"))),
          months_(settings.number("time.step")),
          working_capital_(settings.number("hiring.working_capital")),
          per_employee_(settings.number("network.service.clients_per_employee")),
          person_(settings) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto staff = employees(world);
        const auto firm = firms(std::as_const(world));
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::employees), lanes, [&](auto first, auto last) {
            std::uint32_t words[sim::block_rows];
            sim::fill_words(world.source, tick.step, sim::Draw::hire,
                            static_cast<std::uint32_t>(first),
                            static_cast<std::uint32_t>(last - first), words);
            for (std::size_t row = first * lanes; row < last * lanes; ++row) {
                if (staff.occupied[row] != 0) continue;
                const std::size_t f = staff.firm[row / lanes];
                if (sim::chance(words[row - first * lanes],
                                chance_to_fill(firm, f, row % lanes, lanes))) {
                    ++staff.occupant[row];
                    person_.seat(world, staff, row);
                }
            }
        });
        count_hires(world);
    }

private:
    float chance_to_fill(const Firms& firm, std::size_t f, std::size_t lane,
                         std::size_t lanes) const {
        const std::size_t home = f * lanes + lane;
        if (firm.alive[home] == 0) return 0.0F;
        const double now = firm.employees[home];
        const double vacancies = static_cast<double>(firm.positions[f]) - now;
        const double demand = static_cast<double>(firm.volume[home]) * 0x1p-16;
        const double capacity = static_cast<double>(firm.capacity[home]);
        double wanted = capacity > 0.0 ? firm.employees_before[home] * demand / capacity
                                       : demand / per_employee_;
        const auto month_cost =
            static_cast<double>(firm.wages[home] + firm.overhead[home]) / months_;
        if (static_cast<double>(firm.cash[home]) < working_capital_ * month_cost) {
            wanted = std::min(wanted, static_cast<double>(firm.employees_before[home]));
        }
        wanted = std::max(wanted, 1.0);
        return fill_ * static_cast<float>(std::clamp((wanted - now) / vacancies, 0.0, 1.0));
    }

    static void count_hires(sim::World& world) {
        auto firm = firms(world);
        for (std::size_t home = 0; home < firm.hires.size(); ++home) {
            firm.hires[home] = -firm.employees[home];
        }
        call_roster(world);
        for (std::size_t home = 0; home < firm.hires.size(); ++home) {
            firm.hires[home] += firm.employees[home];
        }
    }

    float fill_;
    double months_, working_capital_, per_employee_;
    PersonTraits person_;
};

}

Law hiring_law() {
    return {
        .name = "staff.hiring",
        .stage = "staff",
        .meaning = "fills vacant positions as demand and cash allow",
        .equations = "E12, E19",
        .parameters =
            {
                {"hiring.fill", 0.7, "1/month", sim::non_negative, "assumed",
                 "hazard that a vacancy that is wanted is filled"},
                {"hiring.working_capital", 1.0, "month", sim::between(0, 24), "assumed",
                 "cash it takes to grow, in months of running cost"},
                {"firm.room_to_grow", 0.5, "1", sim::between(0, 20), "assumed",
                 "positions wired and left open at the start, over those filled"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Hiring>(settings);
        },
    };
}

}
