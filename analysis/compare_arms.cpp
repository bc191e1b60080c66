#include "analysis/compare_arms.hpp"

#include <algorithm>

namespace cercle::analysis {

ParametersOfArms parameters_of_arms(const scenarios::Scenario& scenario) {
    ParametersOfArms parameters;
    for (const sim::Parameter& parameter : scenarios::all_parameters()) {
        if (!scenario.arms.front().settings.has(parameter.path)) continue;
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
