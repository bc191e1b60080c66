#include <algorithm>
#include <cmath>
#include <set>

#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/rates.hpp"
#include "models/state.hpp"

namespace cercle::models {

namespace {

/// E20, off by default: colleague ties dissolve at a monthly rate, and as many form. A new tie
/// joins someone to a colleague of a colleague, or to anyone of the firm, and is accepted with
/// probability e^(-h |u_i - u_j|): with h > 0 people tie to those whose latent trait resembles
/// theirs. Ties of vacant positions wait for the next occupant. Worlds with moving ties carry one
/// lane.
class Rewiring final : public sim::Process {
public:
    explicit Rewiring(const sim::Settings& settings)
        : dissolution_(probability_over(settings.number("rewiring.dissolution"),
                                        settings.number("time.step"))),
          homophily_(settings.real("rewiring.homophily")),
          triadic_(settings.number("rewiring.triadic")) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        sim::expects(world.lanes() == 1, "Rewiring: ties that move belong to one replicate");
        const sim::Graph& graph = network(std::as_const(world), Network::colleague);
        std::vector<sim::Tie> ties = graph.ties();
        const std::uint64_t moment =
            static_cast<std::uint64_t>(world.source.first_replicate) << 32 | tick.step;
        sim::Stream dissolving(world.source.seed, sim::Draw::tie_dissolution, moment);
        sim::Stream forming(world.source.seed, sim::Draw::tie_formation, moment);
        const auto staff = employees(std::as_const(world));
        Pairs formed;
        for (sim::Tie& tie : ties) {
            if (dissolving.uniform() >= static_cast<double>(dissolution_)) continue;
            move_end(tie, graph, staff, formed, forming);
        }
        if (formed.empty()) return;
        world.graphs[static_cast<std::size_t>(Network::colleague)] =
            sim::Graph(graph.nodes(), ties, graph.symmetric());
    }

private:
    /// The ties formed in a step, either way round.
    using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;

    /// Moves an end of a tie to someone new, of a directed tie the one who influences; keeps the
    /// tie when nobody is found in ten trials.
    void move_end(sim::Tie& tie, const sim::Graph& graph, const Employees& staff, Pairs& formed,
                  sim::Stream& stream) const {
        if (stream.uniform() < 0.5 && graph.symmetric()) std::swap(tie.from, tie.to);
        for (int trial = 0; trial < 10; ++trial) {
            const std::uint32_t candidate = someone(tie.from, graph, stream);
            if (candidate == tie.from || staff.occupied[candidate] == 0) continue;
            if (staff.firm[candidate] != staff.firm[tie.from]) continue;
            const auto known = graph.neighbours(tie.from);
            if (std::ranges::binary_search(known, candidate)) continue;
            const float distance = std::abs(staff.trait[tie.from] - staff.trait[candidate]);
            if (stream.uniform() >= static_cast<double>(sim::exp(-homophily_ * distance))) continue;
            const bool turn = graph.symmetric() && candidate < tie.from;
            const auto pair =
                turn ? std::pair(candidate, tie.from) : std::pair(tie.from, candidate);
            if (!formed.insert(pair).second) continue;
            tie.to = candidate;
            return;
        }
    }

    std::uint32_t someone(std::uint32_t person, const sim::Graph& graph,
                          sim::Stream& stream) const {
        const auto friends = graph.neighbours(person);
        if (!friends.empty() && stream.uniform() < triadic_) {
            const auto theirs = graph.neighbours(friends[stream.below(friends.size())]);
            if (!theirs.empty()) return theirs[stream.below(theirs.size())];
        }
        return static_cast<std::uint32_t>(stream.below(graph.nodes()));
    }

    float dissolution_, homophily_;
    double triadic_;
};

}

Law rewiring_law() {
    using sim::between;
    return {
        .name = "network.rewiring",
        .stage = "rewire",
        .meaning =
            "moves ties between colleagues, toward those of like trait where homophily is on",
        .equations = "E20",
        .parameters =
            {
                {"switch.rewiring",
                 false,
                 "",
                 {},
                 "model decision 7",
                 "colleague ties come and go"},
                {"rewiring.dissolution", 0.02, "1/month", between(0, 1), "assumed",
                 "hazard that a tie between colleagues is replaced by another"},
                {"rewiring.homophily", 0.0, "1", between(0, 3), "null world WH: 2",
                 "how much a difference in latent trait deters a new tie, h"},
                {"rewiring.triadic", 0.5, "fraction", sim::fraction, "assumed",
                 "new ties sought among colleagues of colleagues"},
                {"rewiring.trait_link", 0.0, "1", between(-0.9, 0.9), "null world WH: .8",
                 "correlation of the latent trait and the set point, rho_ub"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            if (!settings.flag("switch.rewiring")) return nullptr;
            return std::make_unique<Rewiring>(settings);
        },
    };
}

}
