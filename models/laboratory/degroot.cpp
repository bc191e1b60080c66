#include "models/laboratory/averaging.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.degroot";

struct Weigh {
    static constexpr bool anchored = false;
    Shares operator()(const Traits& given, std::size_t row) const {
        return {.own = given.trait[row], .neighbours = 1.0 - given.trait[row]};
    }
};

}

/// Averaging: x' = s x + (1 - s) W x, W row-stochastic on the weights of ties, s the weight of
/// oneself. On a connected graph that is not periodic all come to agree on pi' x(0), pi the left
/// eigenvector of the matrix. Source: DeGroot 1974, JASA 69:118.
LaboratoryLaw degroot_law() {
    const std::string user = "chosen by the user";
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "moves opinions to the weighted mean of one's own and the neighbours'",
                .equations = "x' = s x + (1 - s) W x",
                .parameters = {{name + ".self_weight", 0.0, "fraction", sim::fraction,
                                "DeGroot 1974 (0: neighbours alone)",
                                "weight of one's own opinion"},
                               {name + ".self_weights", std::vector<double>(), "fraction",
                                sim::fraction, user,
                                "weights of one's own opinion one by one, in the order of nodes"}},
                .build = [](const sim::Settings&) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Averaging<Weigh>>(Weigh{}, WithoutTies::nothing);
                }},
        .holding = Holding::opinion,
        .rest = Rest::unchanged,
        .graph = {.ties_for_all = true, .why = "it would have nobody to average"},
        .trait = [](const sim::Settings& settings,
                    std::uint32_t) { return settings.number(name + ".self_weight"); },
        .trait_list = name + ".self_weights",
    };
}

}
