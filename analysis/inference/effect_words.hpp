#pragma once

#include <string>
#include <string_view>

#include "analysis/inference/verdict.hpp"
#include "analysis/language.hpp"

namespace cercle::analysis {

/// The same in both languages.
struct Phrase {
    std::string_view english;
    std::string_view french;
};
std::string in(Language language, const Phrase& phrase);

/// " Where a colleague answers 1 sd higher, the person's answer differs by +0.16 sd [+0.05, +0.27]
/// 9 months later (T4)."; "" where no effect is told.
std::string effect_text(const Verdict& verdict, const Channel& channel, Language language);

/// What happened (quit, churn, promoter_loss), as people call it: "quits".
std::string event_words(const std::string& event, Language language);

/// How strong a cause nobody recorded must be to explain a verdict's effect away.
std::string hidden_bias(const Verdict& verdict, Language language);

}
