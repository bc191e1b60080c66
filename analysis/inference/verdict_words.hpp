#pragma once

#include <string>
#include <vector>

#include "analysis/inference/verdict.hpp"
#include "analysis/language.hpp"

namespace cercle::analysis {

/// "V3".
std::string code_of(Level level);
/// The verdict in a sentence or two.
std::string sentence(const Verdict& verdict, const Evidence& evidence,
                     const Calibration* calibration, Language language);
/// Why a signal is no evidence, in words.
std::string words_of(Guard guard, Language language);
/// Why nothing can be asked, in words.
std::string words_of(Obstacle obstacle, Language language);
/// "employee to client".
std::string words_of(const Channel& channel, Language language);
/// What none of the tests can exclude.
std::vector<std::string> untested_assumptions(Language language);

}
