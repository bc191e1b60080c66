#pragma once

#include "sim/error.hpp"
#include "sim/parameter.hpp"

namespace cercle::scenarios {

/// The parameters of a study itself: its calendar and what is observed. Shared by all arms.
const sim::ParameterTable& scenario_parameters();

/// Adds what is wrong with the calendar: steps that do not fit in the period, a window too long.
void check_calendar(const sim::Settings& settings, sim::Problems& problems);

}
