#include <algorithm>
#include <cmath>

#include "models/laboratory/laws.hpp"
#include "models/laboratory/updates.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.deffuant";

class Deffuant final : public sim::Process {
public:
    explicit Deffuant(const sim::Settings& settings)
        : confidence_(settings.number(name + ".confidence")),
          convergence_(settings.number(name + ".convergence")),
          updates_(settings.number(name + ".updates")) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        Opinions nodes = opinions(world);
        std::copy_n(nodes.value.data(), nodes.value.size(), nodes.previous.data());
        const sim::Graph& graph = world.graphs.front();
        if (graph.arcs() == 0) return;
        const std::size_t lanes = world.lanes();
        update_one_by_one(world, tick, updates_, [&](sim::Stream& stream, std::size_t lane) {
            const std::uint64_t arc = stream.below(graph.arcs());
            const auto end = std::ranges::upper_bound(graph.offsets(), arc);
            const auto node = static_cast<std::size_t>(end - graph.offsets().begin()) - 1;
            double& one = nodes.value[node * lanes + lane];
            double& other = nodes.value[std::size_t{graph.targets()[arc]} * lanes + lane];
            const double gap = other - one;
            if (!(std::abs(gap) < confidence_)) return;
            one += convergence_ * gap;
            other -= convergence_ * gap;
        });
    }

private:
    double confidence_, convergence_, updates_;
};

}

/// Bounded confidence, pair by pair: in an update a random tie is chosen; if its ends are less than
/// `confidence` apart, both move by `convergence` times the gap toward each other. The mean stays.
/// Source: Deffuant, Neau, Amblard and Weisbuch 2000, Advances in Complex Systems 3:87.
LaboratoryLaw deffuant_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "moves the two ends of a random tie together when they are near enough",
                .equations = "Deffuant",
                .parameters = {{name + ".confidence", sim::no_default, "1", sim::positive,
                                "Deffuant et al. 2000 for the law; no default",
                                "how far apart opinions must not be to move"},
                               {name + ".convergence", 0.5, "fraction", sim::between(0, 0.5),
                                "Deffuant et al. 2000 (0.5: they meet in the middle)",
                                "share of the gap by which each end moves"},
                               updates_parameter(name)},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Deffuant>(settings);
                }},
        .holding = Holding::opinion,
        .rest = Rest::never,
        .graph = {.undirected = true, .why = "both ends of a tie move"},
    };
}

}
