#pragma once

#include "scenarios/scenario.hpp"
#include "sim/results_file.hpp"

namespace cercle::analysis {

/// The scenario a result file was made from, with every parameter of every arm. UserError when the
/// file holds none, or one that this program reads otherwise.
scenarios::Scenario stored_scenario(const sim::ResultsReader& results);

}
