#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace cercle::analysis {

/// A parameter that does not have the same value in all arms.
struct ParameterOfArms {
    std::string path;
    std::string unit;
    std::string source;
    std::vector<std::string> values; ///< as a scenario file writes them, in the order of the arms

    /// Whether (part of) its source is an assumption.
    bool is_assumed() const { return source.find("assumed") != std::string::npos; }
};

/// What sets the arms of a scenario apart, in the order of the laws.
std::vector<ParameterOfArms> parameters_that_differ(const scenarios::Scenario& scenario);

}
