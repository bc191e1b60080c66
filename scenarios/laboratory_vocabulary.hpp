#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/vocabulary.hpp"

namespace cercle::scenarios {

/// What a scenario may say that runs a law alone: calendar, observation, the graph, the start and
/// the law's own table. Names that are no laws bring the tables of all, so that the name is the
/// only mistake told.
Vocabulary laboratory_vocabulary(const std::vector<std::string>& laws);

/// The rows of the study itself as the laboratory wants them: no burn-in unless asked for, any
/// step, the end of each node.
sim::ParameterTable laboratory_study_parameters();

/// Why a path of the laboratory is unknown to the whole model; "" for another.
std::string explain_laboratory(std::string_view path);

}
