#include "models/laboratory/laws.hpp"
#include "models/laboratory/updates.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.invasion";

class Invasion final : public sim::Process {
public:
    explicit Invasion(double updates) : updates_(updates) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        Holders nodes = holders(world);
        meet_one_by_one(world, tick, updates_, [&](std::size_t node, std::size_t neighbour) {
            nodes.state[neighbour] = nodes.state[node];
        });
    }

private:
    double updates_;
};

}

/// Invasion process: in an update a random node puts its state on a random neighbour. A state held
/// by node v alone takes over with probability deg(v)^-1 / sum of all deg^-1.
/// Source: Castellano 2005; Antal, Redner and Sood 2006, Physical Review Letters 96:188104.
LaboratoryLaw invasion_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning =
                    "lets a random node put its state on a random neighbour, again and again",
                .equations = "invasion",
                .parameters = {updates_parameter(name)},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Invasion>(settings.number(name + ".updates"));
                }},
        .rest = Rest::consensus,
        .graph = {.undirected = true, .why = "states travel both ways along a tie"},
    };
}

}
