#include <cmath>

#include <fmt/format.h>

#include "models/laboratory/averaging.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.nar";

struct Weigh {
    static constexpr bool anchored = true;
    Shares shares;
    Shares operator()(const Traits&, std::size_t) const { return shares; }
};

void check(const sim::Settings& settings, sim::Problems& problems) {
    const double sum = std::abs(settings.number(name + ".memory")) +
                       std::abs(settings.number(name + ".influence"));
    if (!(sum >= 1.0) || settings.number(name + ".noise") == 0.0) return;
    problems.push_back(
        {name + ".influence",
         fmt::format(
             "{0}.memory = {1} and {0}.influence = {2} do not add up to less than 1 in size "
             "(with noise the opinions would wander without end) lower one of them",
             name, settings.number(name + ".memory"), settings.number(name + ".influence"))});
}

}

/// Network autoregression: x' = f x + b W x + s e, W row-stochastic on the weights of ties, e
/// standard normal. Stationary covariance S = M S M' + s^2 I with M = f I + b W.
/// Source: Zhu, Pan, Li, Liu and Wang 2017, Annals of Statistics 45:1096.
LaboratoryLaw nar_law() {
    const std::string source = "Zhu et al. 2017 for the law; no default";
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "moves opinions by their own past, the neighbours' mean and chance",
                .equations = "x' = f x + b W x + s e",
                .parameters = {{name + ".memory", sim::no_default, "1", sim::between(-1, 1), source,
                                "weight of one's own opinion, f"},
                               {name + ".influence", sim::no_default, "1", sim::between(-1, 1),
                                source, "weight of the neighbours' mean, b"},
                               {name + ".noise", sim::no_default, "1", sim::non_negative, source,
                                "standard deviation of the noise of a step, s"}},
                .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
                    const Weigh weigh{{.own = settings.number(name + ".memory"),
                                       .neighbours = settings.number(name + ".influence")}};
                    return std::make_unique<Averaging<Weigh>>(weigh, WithoutTies::nothing,
                                                              settings.number(name + ".noise"));
                },
                .check = check},
        .holding = Holding::opinion,
        .moves_the_alike = true,
        .rest = Rest::never,
    };
}

}
