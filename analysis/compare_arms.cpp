#include "analysis/compare_arms.hpp"

#include <algorithm>

namespace cercle::analysis {

std::vector<ParameterOfArms> parameters_that_differ(const scenarios::Scenario& scenario) {
    std::vector<ParameterOfArms> differing;
    for (const sim::Parameter& parameter : scenarios::all_parameters()) {
        std::vector<std::string> values;
        for (const scenarios::Arm& arm : scenario.arms)
            values.push_back(sim::to_text(arm.settings.value(parameter.path)));
        const bool all_equal = std::ranges::all_of(
            values, [&](const std::string& value) { return value == values.front(); });
        if (all_equal) continue;
        differing.push_back({parameter.path, parameter.unit, parameter.source, std::move(values)});
    }
    return differing;
}

}
