#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/claims.hpp"
#include "analysis/language.hpp"

namespace cercle::analysis {

/// "follows from the model".
std::string verdict_text(Verdict verdict, Language language);

/// One sentence: the verdict, and the figure behind it.
std::string claim_sentence(const ClaimResult& result, Language language);

/// The claims with their effect and verdict, and how many came to each verdict, in at most `width`
/// columns.
std::string claims_table(const std::vector<ClaimResult>& results, Language language,
                         std::size_t width);

/// All about one claim: its wording, how it was tested, what came out where, how to run it.
std::string claim_text(const ClaimResult& result, Language language, std::size_t width);

}
