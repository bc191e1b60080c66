#pragma once

#include "sim/error.hpp"
#include "sim/parameter.hpp"

namespace cercle::scenarios {

/// The parameters of a study itself: its calendar and what is observed. Shared by all arms.
const sim::ParameterTable& scenario_parameters();

/// The names of the laws that may run alone.
std::vector<std::string> laboratory_law_names();

/// Adds what is wrong with lengths of time: those that are no whole number of steps, or too long.
void check_periods(const sim::Settings& settings, sim::Problems& problems);

/// Adds what is wrong with the calendar: steps that do not fit in the period, a window too long.
void check_calendar(const sim::Settings& settings, sim::Problems& problems);

}
