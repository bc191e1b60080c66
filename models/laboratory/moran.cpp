#include "models/laboratory/laws.hpp"
#include "models/laboratory/updates.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.moran";

class Moran final : public sim::Process {
public:
    Moran(double fitness, double updates) : fitness_(fitness), updates_(updates) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        Holders nodes = holders(world);
        const sim::Graph& graph = world.graphs.front();
        const std::size_t lanes = world.lanes();
        update_one_by_one(world, tick, updates_, [&](sim::Stream& stream, std::size_t lane) {
            const std::uint32_t parent = a_parent(graph, stream, [&](std::uint32_t node) {
                return nodes.state[node * lanes + lane] == 1;
            });
            if (graph.degree(parent) == 0) return;
            const std::uint32_t place = any_neighbour(graph, parent, stream);
            nodes.state[place * lanes + lane] = nodes.state[parent * lanes + lane];
        });
    }

private:
    /// A node, each as likely as it is fit: any node, kept with its fitness over the largest.
    template <class IsMutant>
    std::uint32_t a_parent(const sim::Graph& graph, sim::Stream& stream,
                           const IsMutant& is_mutant) const {
        const double largest = std::max(1.0, fitness_);
        while (true) {
            const std::uint32_t node = any_node(graph, stream);
            if (stream.uniform() * largest < (is_mutant(node) ? fitness_ : 1.0)) return node;
        }
    }

    double fitness_, updates_;
};

}

/// Moran process, birth and death: in an update a node, chosen in proportion to its fitness (r in
/// state 1, 1 in state 0), puts its state on a random neighbour. On a complete graph one node in
/// state 1 takes over with probability (1 - 1/r) / (1 - r^-N).
/// Source: Moran 1958; on graphs Lieberman, Hauert and Nowak 2005, Nature 433:312.
LaboratoryLaw moran_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "lets fit nodes put their state on a random neighbour more often",
                .equations = "Moran",
                .parameters = {{name + ".fitness", sim::no_default, "1", sim::positive,
                                "Moran 1958 for the law; no default",
                                "fitness of state 1, that of state 0 being 1"},
                               updates_parameter(name)},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Moran>(settings.number(name + ".fitness"),
                                                   settings.number(name + ".updates"));
                }},
        .rest = Rest::consensus,
        .graph = {.undirected = true, .why = "states travel both ways along a tie"},
    };
}

}
