#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/firm/founding.hpp"
#include "models/rates.hpp"
#include "models/staff/person.hpp"
#include "models/staff/roster.hpp"

namespace cercle::models {

namespace {

/// Where a firm has failed another of the same form enters at a constant hazard, founded as those
/// of the start were: by as many people, with its first capital, and without clients.
class Entry final : public sim::Process {
public:
    explicit Entry(const sim::Settings& settings)
        : enters_(probability_over(settings.number("market.entry") / 12.0,
                                   settings.number("time.step"))),
          founding_(settings), person_(settings) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto firm = firms(world);
        const auto around = environment(std::as_const(world));
        const std::size_t lanes = world.lanes();
        bool any = false;
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
            if (firm.alive[home] != 0) continue;
            const RareDraws draw{world.source, static_cast<std::uint32_t>(home / lanes),
                                 static_cast<std::uint32_t>(home % lanes), tick.step};
            if (!sim::chance(draw(sim::Draw::entry), enters_)) continue;
            clear(firm, home);
            seat_founders(world, firm, home);
            founding_.open(world, firm, home, {.price = around.market_price[home % lanes]});
            any = true;
        }
        if (any) call_roster(world);
    }

private:
    /// Nothing of the firm that failed is left; running totals of the place go on.
    static void clear(Firms& firm, std::size_t home) {
        for (auto* money : {&firm.legal_reserve, &firm.development_reserve, &firm.free_reserve,
                            &firm.losses_carried, &firm.result_year, &firm.revenue_year,
                            &firm.revenue, &firm.wages, &firm.overhead, &firm.investment,
                            &firm.from_reserves, &firm.tax, &firm.payouts, &firm.capital_flow}) {
            (*money)[home] = 0;
        }
        for (auto* number :
             {&firm.stability, &firm.extraction, &firm.invested_share, &firm.margin_given_up,
              &firm.overload, &firm.policy_position, &firm.clients_reference, &firm.result_trend}) {
            (*number)[home] = 0.0F;
        }
        firm.distress_steps[home] = firm.shaken_steps[home] = 0;
        firm.members[home] = 0;
    }

    /// The first positions of the place, as many as its founders were.
    void seat_founders(sim::World& world, Firms& firm, std::size_t home) const {
        auto staff = employees(world);
        const std::size_t lanes = world.lanes();
        const std::size_t first = firm.first_position[home / lanes];
        for (std::int32_t n = 0; n < firm.founders[home]; ++n) {
            const std::size_t row = (first + static_cast<std::size_t>(n)) * lanes + home % lanes;
            ++staff.occupant[row];
            person_.seat(world, staff, row);
        }
        firm.employees[home] = firm.founders[home];
    }

    float enters_;
    FirmFounding founding_;
    PersonTraits person_;
};

}

Law entry_law() {
    return {
        .name = "firm.entry",
        .stage = "enter",
        .meaning = "lets a new firm take the place of one that failed",
        .equations = "decision 3",
        .parameters = {{"market.entry", 0.0, "1/year", sim::between(0, 12),
                        "0: places of failed firms stay empty",
                        "hazard that a new firm of the same form takes the place of a failed one"}},
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            if (settings.number("market.entry") == 0.0) return nullptr;
            return std::make_unique<Entry>(settings);
        },
    };
}

}
