#include <fmt/format.h>

#include "models/laboratory/adoption.hpp"
#include "models/laboratory/laws.hpp"

namespace cercle::models {

namespace {

const std::string name = "contagion.threshold";
constexpr double rounding = 1e-9; ///< of a share that is a ratio of whole numbers

class Threshold final : public sim::Process {
public:
    void advance(sim::World& world, const sim::Tick&) const override {
        const Traits given = traits(world);
        const sim::Graph& graph = world.graphs.front();
        adopt(world, [&](std::uint32_t count, std::size_t node, std::size_t row) {
            const auto degree = static_cast<double>(graph.degree(node));
            return count + rounding >= given.trait[row] * degree &&
                   (degree > 0.0 || given.trait[row] <= 0.0);
        });
    }
};

double drawn(const sim::Settings& settings, std::uint32_t word) {
    const std::string& how = settings.text(name + ".drawn");
    const double share = settings.number(name + ".share");
    const double spread = settings.number(name + ".spread");
    if (how == "normal") return share + spread * static_cast<double>(sim::normal(word));
    if (how == "uniform") return share + spread * (2.0 * uniform_of(word) - 1.0);
    return share;
}

void check(const sim::Settings& settings, sim::Problems& problems) {
    const bool spreads = settings.text(name + ".drawn") != "constant";
    if (spreads == (settings.number(name + ".spread") > 0.0)) return;
    problems.push_back(
        {name + ".spread",
         fmt::format("{0}.spread = {1} does not fit {0}.drawn = \"{2}\" (thresholds that are drawn "
                     "have a spread, constant ones have none) change one of them",
                     name, settings.number(name + ".spread"), settings.text(name + ".drawn"))});
}

sim::ParameterTable table() {
    const std::string user = "chosen by the user";
    return {
        {name + ".share", 0.18, "fraction", sim::fraction, "Watts 2002 (the value of its figures)",
         "share of neighbours that must have adopted: the threshold, or the middle of those drawn"},
        {name + ".drawn",
         std::string("constant"),
         "",
         sim::any_number,
         user,
         "thresholds of the nodes: all alike, normal (spread = standard deviation) or uniform "
         "(spread = half of the width)",
         {"constant", "normal", "uniform"}},
        {name + ".spread", 0.0, "fraction", sim::between(0, 1), user, "spread of drawn thresholds"},
        {name + ".thresholds", std::vector<double>(), "fraction", sim::any_number, user,
         "thresholds one by one, in the order of nodes"},
        {name + ".file", std::string(), "", sim::any_number, user,
         "CSV file id,value with the threshold of each node"},
    };
}

}

/// Thresholds: a node adopts for good once the share of its neighbours that have is at least its
/// threshold, all at once in each step. A threshold of 0 or less adopts by itself.
/// Source: Granovetter 1978, American Journal of Sociology 83:1420; on networks Watts 2002,
/// PNAS 99:5766.
LaboratoryLaw threshold_law() {
    return {
        .law = {.name = name,
                .stage = "contagion",
                .meaning = "lets nodes adopt once a share of their neighbours have",
                .equations = "threshold model",
                .parameters = table(),
                .build = [](const sim::Settings&) -> std::unique_ptr<sim::Process> {
                    return std::make_unique<Threshold>();
                },
                .check = check},
        .needs_start = false,
        .rest = Rest::unchanged,
        .trait = drawn,
        .trait_list = name + ".thresholds",
        .trait_file = name + ".file",
    };
}

}
