#pragma once

#include <cstddef>
#include <string>

#include "analysis/inference/battery.hpp"
#include "analysis/inference/local_words.hpp"

namespace cercle::analysis {

/// "12 hand-overs", "fewer than 5 hand-overs".
std::string told_handovers(std::size_t count, const Evidence& evidence, const LocalWords& words);
/// Hand-overs that T4 did not use, a line for each reason.
std::string left_out_handovers(const Evidence& evidence, const LocalWords& words);

}
