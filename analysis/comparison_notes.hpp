#pragma once

#include <string>

#include "analysis/compare.hpp"
#include "analysis/language.hpp"

namespace cercle::analysis {

/// "95 %".
std::string percent_of_confidence(const Comparison& comparison);

/// "Firms that died: 2 of 6 in scop, 3 of 6 in sa."; "" when none did.
std::string firms_that_died(const Comparison& comparison, Language language);

/// Whether every outcome of a contrast rests on all of its finished pairs.
bool rests_on_all_pairs(const Comparison& comparison, std::size_t which);

/// How to read the table.
std::string reading_help(const Comparison& comparison, std::size_t width);

/// The parameters that set the arms apart, with those marked whose numbers are assumed.
std::string differing_parameters(const Comparison& comparison, std::size_t width);

}
