#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace cercle::analysis {

/// Whether a source, or part of it, is an assumption.
inline bool says_assumed(const std::string& source) {
    return source.find("assumed") != std::string::npos;
}

/// A parameter that does not have the same value in all arms.
struct ParameterOfArms {
    std::string path;
    std::string unit;
    std::string source;
    std::vector<std::string> values; ///< as a scenario file writes them, in the order of the arms

    bool is_assumed() const { return says_assumed(source); }
};

/// A parameter that the points of a design give values of their own.
struct VariedParameter {
    std::string path;
    std::string unit;
    std::string source;
    scenarios::Factor factor;
};

/// The parameters of a study, seen by what sets its arms apart.
struct ParametersOfArms {
    std::vector<ParameterOfArms> differing; ///< in the order of the laws
    std::size_t shared = 0;                 ///< have one value in all arms
    std::size_t shared_assumed = 0;         ///< of these, those with an assumption for a source
    std::vector<VariedParameter> varied;    ///< by the design, in all arms alike
};

ParametersOfArms parameters_of_arms(const scenarios::Scenario& scenario);

}
