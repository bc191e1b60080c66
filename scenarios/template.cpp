#include <fmt/format.h>

#include "scenarios/resolved.hpp"
#include "scenarios/scenario.hpp"

namespace cercle::scenarios {
namespace {

constexpr std::string_view head =
    R"(# A scenario of Cercle. Check it with  cercle check FILE,  run it with  cercle run FILE -o OUT.h5
cercle = 1                      # version of this format
title = "My first comparison"
seed = 2026                     # every random number follows from it
replicates = 100                # runs of each arm

# Quantities may carry a unit as text: "12 months", "5 %/year", "1200 EUR/month". A bare number is
# in the unit shown. A percentage per year is a rate, not a probability.

# Every parameter stands below with its default. Take away the # in front of those you want to set.
# An arm may set any of them too, except those of time and observe, which all arms share.
# Only burn_in is set, to none: so the arms start equal, as in scenarios/scop_vs_conventional.toml.
)";

constexpr std::string_view presets_intro = R"(
# Presets are named sets of values; what is written out wins over them.
#     preset = "evidence"       # or a list, at the top of the file or in an arm
# There are:
)";

constexpr std::string_view arms = R"(
# The worlds to compare. Each shares the random numbers of the others, person by person and month by
# month, so that a difference between them is caused by what they set.
[[arm]]
name = "scop"
governance.regime = "cooperative"   # brings the values of the preset scop
pricing.rule = "fair"

[[arm]]
name = "conventional"
governance.regime = "conventional"
pricing.rule = "market"
)";

/// The one parameter that is set, so that the arms start equal, as those of the main study do.
struct Set {
    std::string_view path;
    std::string_view value;
};
constexpr Set equal_start{"time.burn_in", "0"};

std::string line_of(const sim::Parameter& parameter) {
    const std::string value =
        parameter.path == equal_start.path
            ? fmt::format("{} = {}", leaf_of(parameter.path), equal_start.value)
            : fmt::format("# {} = {}", leaf_of(parameter.path), toml_text(parameter.fallback));
    std::string unit;
    if (!parameter.unit.empty() && parameter.unit != "1") unit = parameter.unit + "; ";
    std::string choices;
    for (const std::string& choice : parameter.choices) {
        choices += (choices.empty() ? ": " : ", ") + choice;
    }
    return fmt::format("{:<34} # {}{}{}\n", value, unit, parameter.meaning, choices);
}

}

std::string scenario_template() {
    const Vocabulary& vocabulary = program_vocabulary();
    std::string text(head);
    text += presets_intro;
    for (const Preset& preset : vocabulary.presets) {
        text += fmt::format("#     {:<16} {}\n", preset.name, preset.title);
    }
    std::string_view table;
    for (const sim::Parameter* parameter : in_file_order(vocabulary.parameters)) {
        if (table_of(parameter->path) != table) {
            table = table_of(parameter->path);
            text += fmt::format("\n[{}]\n", table);
        }
        text += line_of(*parameter);
    }
    return text + std::string(arms);
}

}
