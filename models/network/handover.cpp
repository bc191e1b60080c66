#include <cmath>

#include "models/catalogue.hpp"
#include "models/client/served.hpp"
#include "models/rare_draws.hpp"
#include "models/reference.hpp"
#include "models/staff/roster.hpp"

namespace cercle::models {

namespace {

/// E20, right after departures and before anyone takes the empty seat: the clients of someone who
/// left are handed over to a colleague in the team (else in the firm), drawn uniformly; the
/// hand-over costs engagement and starts the relation anew. With `assortative` successors, the
/// candidate closest to the client in engagement is chosen.
class Handover final : public sim::Process {
public:
    explicit Handover(const sim::Settings& settings)
        : reference_(settings), cost_(settings.real("handover.cost")),
          assortative_(settings.flag("handover.assortative")) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto market = clients(world);
        const auto staff = employees(std::as_const(world));
        const auto firm = firms(std::as_const(world));
        const Roster roster(world);
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::clients), lanes, [&](auto first, auto last) {
            const BlockRows block(first, last, lanes);
            const ServedRows served(market, block);
            for (std::size_t k = 0; k < served.count; ++k) {
                const std::size_t row = block.first + served.offset[k];
                const std::size_t lane = served.lane[k];
                const bool lost_main = staff.occupied[market.contact[row] * lanes + lane] == 0;
                const bool lost_second =
                    staff.occupied[market.second_contact[row] * lanes + lane] == 0;
                if (!lost_main && !lost_second) continue;
                if (firm.employees[served.home[k]] == 0) continue;
                if (lost_main) hand_over(world, roster, market, row, tick.step);
                second_contact(world.source, roster, market, row, tick.step);
            }
        });
    }

private:
    static constexpr std::uint32_t candidates = 4; ///< looked at by an assortative firm

    void hand_over(const sim::World& world, const Roster& roster, Clients& market, std::size_t row,
                   std::uint32_t step) const {
        const std::size_t lanes = world.lanes();
        const RareDraws draw{world.source, static_cast<std::uint32_t>(row / lanes),
                             static_cast<std::uint32_t>(row % lanes), step};
        const std::uint32_t word = draw(sim::Draw::successor);
        const std::size_t lane = row % lanes;
        std::uint32_t chosen = successor(roster, market, row, lane, word);
        if (assortative_) {
            for (std::uint32_t k = 1; k < candidates; ++k) {
                // A bijection of the word gives further candidates without further draws.
                const std::uint32_t other = successor(roster, market, row, lane, word ^ (k << 30));
                if (distance(world, market, row, other) < distance(world, market, row, chosen)) {
                    chosen = other;
                }
            }
        }
        market.contact[row] = chosen;
        market.engagement[row] -= cost_;
        market.relation[row] = 0.0F;
    }

    static std::uint32_t successor(const Roster& roster, const Clients& market, std::size_t row,
                                   std::size_t lane, std::uint32_t word) {
        const std::uint32_t in_team = roster.in_team_beside(market.contact[row], lane, word);
        return in_team != market.contact[row]
                   ? in_team
                   : roster.in_firm(static_cast<std::size_t>(market.firm[row]), lane, word);
    }

    float distance(const sim::World& world, const Clients& market, std::size_t row,
                   std::uint32_t candidate) const {
        const std::size_t lane = row % world.lanes();
        const float his = employees(world).engagement[candidate * world.lanes() + lane];
        return std::abs((his - reference_.employee) - (market.engagement[row] - reference_.client));
    }

    static void second_contact(const sim::Source& source, const Roster& roster, Clients& market,
                               std::size_t row, std::uint32_t step) {
        const auto lane = static_cast<std::uint32_t>(row % source.lanes);
        const RareDraws draw{source, static_cast<std::uint32_t>(row / source.lanes), lane, step};
        market.second_contact[row] =
            roster.in_team_beside(market.contact[row], lane, draw(sim::Draw::other_contact));
    }

    Reference reference_;
    float cost_;
    bool assortative_;
};

}

Law handover_law() {
    return {
        .name = "network.handover",
        .stage = "staff",
        .meaning = "hands the clients of those who left to a colleague",
        .equations = "E20",
        .parameters =
            {
                {"handover.cost", 0.15, "logit", sim::between(0, 3),
                 "assumed; Palmatier et al. 2007 for the direction",
                 "engagement a client loses when its contact changes"},
                {"handover.assortative",
                 false,
                 "",
                 {},
                 "null world WA",
                 "successors resemble the client in engagement"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Handover>(settings);
        },
    };
}

}
