#include "models/laboratory/laws.hpp"
#include "models/laboratory/synchronous.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.cascade";

class Cascade final : public sim::Process {
public:
    explicit Cascade(double probability) : reached_(0.0, probability) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        change_states(world, tick,
                      [this](std::uint8_t state, std::uint32_t count, std::uint32_t word) {
                          if (state == 0)
                              return occurs(word, reached_(count)) ? std::uint8_t{1} : state;
                          return std::uint8_t{2};
                      });
    }

private:
    AtLeastOnce reached_;
};

}

/// Independent cascade: a node that was just reached (1) tries each neighbour that was not once,
/// in the next step, and is done (2). With m neighbours that were just reached,
///   P(0 -> 1) = 1 - (1 - p)^m.
/// On a complete graph it is the epidemic of Reed and Frost; who is reached is bond percolation
/// with p. Source: Goldenberg, Libai and Muller 2001; Kempe, Kleinberg and Tardos 2003.
LaboratoryLaw cascade_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "lets every node that was just reached try each of its neighbours once",
                .equations = "IC",
                .parameters = {{name + ".probability", sim::no_default, "1", sim::fraction,
                                "Kempe, Kleinberg and Tardos 2003 for the law; no default",
                                "probability that a try succeeds"}},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Cascade>(settings.number(name + ".probability"));
                }},
        .states = 3,
        .rest = Rest::extinct,
    };
}

}
