#pragma once

#include <cstddef>
#include <string>

#include "analysis/inference/battery.hpp"
#include "analysis/inference/local_words.hpp"

namespace cercle::analysis {

/// "12 hand-overs", "fewer than 5 hand-overs".
std::string told_handovers(std::size_t count, const Evidence& evidence, const LocalWords& words);
/// How many T4 uses: "158", but "150 or more" where 158 would tell, less a total, how few were left
/// out; and the same of "hand-overs".
std::string used_count(const Evidence& evidence, const LocalWords& words);
std::string used_handovers(const Evidence& evidence, const LocalWords& words);
/// Hand-overs that T4 did not use, a line for each reason, of at most `width` columns.
std::string left_out_handovers(const Evidence& evidence, const LocalWords& words,
                               std::size_t width);

}
