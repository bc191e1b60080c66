#include <array>

#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/firm/ledger.hpp"
#include "models/governance/policy.hpp"
#include "models/rates.hpp"
#include "models/reference.hpp"
#include "models/staff/roster.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

/// E12: an employee quits with hazard
///   q0 exp(-.6 bQ (x - mE)) (1 - mQ member) (1 + 1.5 [taken over within a year])
///   (1 + kT recent departures around),
/// and may be dismissed where the firm has lost money for a year and has more people than work. A
/// member's stake is paid back at par.
class Quits final : public sim::Process {
public:
    explicit Quits(const sim::Settings& settings)
        : reference_(settings), months_(settings.real("time.step")),
          hazard_(settings.real("quit.hazard")),
          engagement_(0.6F * settings.real("quit.engagement")),
          insecurity_(settings.real("quit.insecurity")),
          contagion_(settings.flag("switch.contagion") ? settings.real("quit.contagion") : 0.0F),
          fading_(share_over(1.0 / 3.0, settings.number("time.step"))),
          spare_(settings.real("firm.spare_capacity")), policies_(settings) {
        for (std::size_t which = 0; which < cut_.size(); ++which) {
            cut_[which] = share_over(policies_[which].layoff_rate, settings.number("time.step"));
        }
    }

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto staff = employees(world);
        const auto firm = firms(std::as_const(world));
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::employees), lanes, [&](auto first, auto last) {
            std::uint32_t quit[sim::block_rows];
            std::uint32_t cut[sim::block_rows];
            const auto start = static_cast<std::uint32_t>(first);
            const auto count = static_cast<std::uint32_t>(last - first);
            sim::fill_words(world.source, tick.step, sim::Draw::quit, start, count, quit);
            sim::fill_words(world.source, tick.step, sim::Draw::layoff, start, count, cut);
            for (std::size_t person = first; person < last; ++person) {
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    const std::size_t row = person * lanes + lane;
                    const std::size_t i = row - first * lanes;
                    staff.scratch[row] = decide(world, staff, firm, row, quit[i], cut[i]);
                }
            }
        });
        depart(world, staff);
    }

private:
    static constexpr float stays = 0.0F, quits = 1.0F, laid_off = 2.0F; ///< marks in `scratch`

    float decide(const sim::World& world, const Employees& staff, const Firms& firm,
                 std::size_t row, std::uint32_t quit, std::uint32_t cut) const {
        if (staff.occupied[row] == 0) return stays;
        const std::size_t lanes = world.lanes();
        const std::size_t home = firm_row(staff, row, lanes);
        const Policy& policy = policies_[firm.policy[home]];
        float hazard = hazard_ * months_ *
                       sim::exp(-engagement_ * (staff.engagement[row] - reference_.employee));
        if (staff.member[row] != 0) hazard *= 1.0F - policy.member_loyalty;
        if (firm.shaken_steps[home] > 0) hazard *= 1.0F + insecurity_;
        if (contagion_ > 0.0F) hazard *= 1.0F + contagion_ * departures_around(world, staff, row);
        if (sim::chance(quit, 1.0F - sim::exp(-hazard))) return quits;
        return sim::chance(cut, redundancy(firm, home) * cut_[firm.policy[home]]) ? laid_off
                                                                                  : stays;
    }

    /// Share of jobs that demand does not fill even with spare capacity kept; 0 while the firm has
    /// not lost money over the last year.
    float redundancy(const Firms& firm, std::size_t home) const {
        if (firm.result_trend[home] >= 0.0F || firm.capacity[home] <= 0.0F) return 0.0F;
        const float demand = static_cast<float>(firm.volume[home]) * 0x1p-16F;
        return std::max(0.0F, 1.0F - spare_ * demand / firm.capacity[home]);
    }

    static float departures_around(const sim::World& world, const Employees& staff,
                                   std::size_t row) {
        const std::size_t lanes = world.lanes();
        float total = 0.0F;
        for (const std::uint32_t other :
             network(world, Network::colleague).neighbours(row / lanes)) {
            total += staff.left_recently[other * lanes + row % lanes];
        }
        return total;
    }

    void depart(sim::World& world, Employees& staff) const {
        auto firm = firms(world);
        const std::size_t lanes = world.lanes();
        for (std::size_t home = 0; home < firm.quits.size(); ++home) {
            firm.employees_before[home] = firm.employees[home];
            firm.employee_steps[home] += firm.employees[home];
            firm.quits[home] = 0;
            firm.layoffs[home] = 0;
            firm.capital_flow[home] = 0;
        }
        for (std::size_t row = 0; row < staff.occupied.size(); ++row) {
            const bool leaves = staff.scratch[row] != stays;
            staff.left_recently[row] += leaves ? 1.0F : -fading_ * staff.left_recently[row];
            if (!leaves) {
                staff.tenure[row] += months_;
                continue;
            }
            const std::size_t home = firm_row(staff, row, lanes);
            firm.quits_ever[home] += staff.scratch[row] == quits ? 1 : 0;
            firm.quits[home] += staff.scratch[row] == quits ? 1 : 0;
            firm.layoffs[home] += staff.scratch[row] == laid_off ? 1 : 0;
            Books{firm, home}.pay_back_capital(staff.stake[row]);
            staff.occupied[row] = 0;
            staff.member[row] = 0;
            staff.stake[row] = 0;
        }
        call_roster(world);
    }

    Reference reference_;
    float months_, hazard_, engagement_, insecurity_, contagion_, fading_, spare_;
    std::array<float, Policies::count> cut_{}; ///< share of redundant jobs cut in a step, by policy
    Policies policies_;
};

}

Law quits_law() {
    using sim::between;
    return {
        .name = "staff.quits",
        .stage = "staff",
        .meaning = "lets employees quit, and dismisses where there is no work",
        .equations = "E12",
        .parameters =
            {
                {"quit.hazard", 0.0075, "1/month", between(0, 0.5),
                 "fit: 8-13 % a year (Dares 2022: 11.4 %)",
                 "hazard that an average employee quits, q0"},
                {"quit.engagement", 1.2, "1", between(0, 5), "assumed (beta_Q)",
                 "how much engagement lowers the log hazard"},
                {"quit.insecurity", 1.5, "1", between(0, 10), "assumed",
                 "how much a take-over adds to the hazard for a year"},
                {"quit.contagion", 0.0, "1", between(0, 10), "assumed (off); Felps et al. 2009",
                 "how much each recent departure among neighbours adds to the hazard, kappa_t"},
                {"firm.spare_capacity", 1.1, "1", between(1, 5), "assumed",
                 "capacity a firm in loss keeps, over demand"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Quits>(settings);
        },
    };
}

}
