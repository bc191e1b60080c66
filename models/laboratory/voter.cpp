#include "models/laboratory/laws.hpp"
#include "models/laboratory/updates.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.voter";

class Voter final : public sim::Process {
public:
    explicit Voter(double updates) : updates_(updates) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        Holders nodes = holders(world);
        meet_one_by_one(world, tick, updates_, [&](std::size_t node, std::size_t neighbour) {
            nodes.state[node] = nodes.state[neighbour];
        });
    }

private:
    double updates_;
};

}

/// Voter model: in an update a random node takes the state of a random neighbour. On an undirected
/// graph a state held by the nodes S alone takes over with probability sum of deg(S) / (2 m).
/// Source: Clifford and Sudbury 1973; Sood and Redner 2005, Physical Review Letters 94:178701.
LaboratoryLaw voter_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "lets a random node copy a random neighbour, again and again",
                .equations = "voter",
                .parameters = {updates_parameter(name)},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Voter>(settings.number(name + ".updates"));
                }},
        .rest = Rest::consensus,
    };
}

}
