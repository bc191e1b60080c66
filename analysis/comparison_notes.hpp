#pragma once

#include <string>

#include "analysis/compare.hpp"

namespace cercle::analysis {

/// "95 %".
std::string percent_of_confidence(const Comparison& comparison);

/// How many firms of each arm died; "" when none did.
std::string firms_that_died(const Comparison& comparison, std::size_t width);

/// Whether every outcome of a contrast rests on all of its finished pairs.
bool rests_on_all_pairs(const Comparison& comparison, std::size_t which);

/// How to read the table.
std::string reading_help(const Comparison& comparison, std::size_t width);

/// The parameters that set the arms apart, with those marked whose numbers are assumed.
std::string differing_parameters(const Comparison& comparison, std::size_t width);

}
