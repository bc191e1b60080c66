#include "models/laboratory/averaging.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.linear";

struct Weigh {
    static constexpr bool anchored = true;
    Shares shares;
    Shares operator()(const Traits&, std::size_t) const { return shares; }
};

}

/// The law of the whole model (contagion.employee) alone and at double precision, on latent
/// engagement x in logits with set point b, its value at the start:
///   x' = x + l [(1 - w) (b - x) + w (W x - x)] + s e.
/// A node without ties gives the weight back to its set point. It is Friedkin and Johnsen's law at
/// speed l, with noise. Source: model equation E1; Friedkin and Johnsen 1990.
LaboratoryLaw linear_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "moves engagement toward its set point and the neighbours, with noise",
                .equations = "E1",
                .parameters = {{name + ".adjustment", 0.10, "1/month", sim::fraction,
                                "UWES stability: Seppala et al. 2009, fitted",
                                "share of the gap closed in a step, l"},
                               {name + ".weight", 0.15, "fraction", sim::fraction,
                                "bounded by team ICC (oracle D9b); assumed",
                                "weight of the neighbours, w"},
                               {name + ".noise", 0.0, "logit", sim::non_negative, "assumed",
                                "standard deviation of the noise of a step, s"}},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    const double speed = settings.number(name + ".adjustment");
                    const double weight = settings.number(name + ".weight");
                    const Weigh weigh{{.own = 1.0 - speed,
                                       .anchor = speed * (1.0 - weight),
                                       .neighbours = speed * weight}};
                    return std::make_unique<Averaging<Weigh>>(weigh, WithoutTies::anchor,
                                                              settings.number(name + ".noise"));
                }},
        .holding = Holding::opinion,
        .rest = Rest::never,
    };
}

}
