#include "models/laboratory/averaging.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.friedkin_johnsen";

struct Weigh {
    static constexpr bool anchored = true;
    Shares operator()(const Traits& given, std::size_t row) const {
        return {.anchor = 1.0 - given.trait[row], .neighbours = given.trait[row]};
    }
};

}

/// Averaging with stubbornness: x' = L W x + (I - L) u, u the opinions of the start, L how open
/// each node is. Tends to (I - L W)^-1 (I - L) u where L < 1; a node without ties keeps its own.
/// Source: Friedkin and Johnsen 1990, Journal of Mathematical Sociology 15:193.
LaboratoryLaw friedkin_johnsen_law() {
    const std::string user = "chosen by the user";
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning =
                    "moves opinions to a mix of the neighbours' mean and one's first opinion",
                .equations = "x' = L W x + (I - L) u",
                .parameters = {{name + ".susceptibility", 0.5, "fraction", sim::fraction,
                                "assumed (the first opinion and the neighbours weigh alike)",
                                "weight of the neighbours; the rest is that of the first opinion"},
                               {name + ".susceptibilities", std::vector<double>(), "fraction",
                                sim::fraction, user,
                                "weights of the neighbours one by one, in the order of nodes"}},
                .build = [](const sim::Settings&) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Averaging<Weigh>>(Weigh{}, WithoutTies::anchor);
                }},
        .holding = Holding::opinion,
        .rest = Rest::unchanged,
        .trait = [](const sim::Settings& settings,
                    std::uint32_t) { return settings.number(name + ".susceptibility"); },
        .trait_list = name + ".susceptibilities",
    };
}

}
