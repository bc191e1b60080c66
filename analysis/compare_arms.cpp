#include "analysis/compare_arms.hpp"

#include <algorithm>

namespace cercle::analysis {

namespace {

/// The factor by which a design varies a parameter. Toggles exchange mechanisms, and vary none.
const scenarios::Factor* factor_of(const scenarios::Design& design, const std::string& path) {
    if (design.method.name == "toggles") return nullptr;
    for (const scenarios::Factor& factor : design.factors) {
        if (factor.paths.front() == path) return &factor;
    }
    return nullptr;
}

}

ParametersOfArms parameters_of_arms(const scenarios::Scenario& scenario) {
    ParametersOfArms parameters;
    for (const sim::Parameter& parameter : scenarios::all_parameters()) {
        if (!scenario.arms.front().settings.has(parameter.path)) continue;
        if (const scenarios::Factor* factor = factor_of(scenario.design, parameter.path)) {
            parameters.varied.push_back(
                {parameter.path, parameter.unit, parameter.source, *factor});
            continue;
        }
        std::vector<std::string> values;
        for (const scenarios::Arm& arm : scenario.arms)
            values.push_back(sim::to_text(arm.settings.value(parameter.path)));
        const bool all_equal = std::ranges::all_of(
            values, [&](const std::string& value) { return value == values.front(); });
        if (all_equal) {
            ++parameters.shared;
            parameters.shared_assumed += says_assumed(parameter.source) ? 1 : 0;
            continue;
        }
        parameters.differing.push_back(
            {parameter.path, parameter.unit, parameter.source, std::move(values)});
    }
    return parameters;
}

}
