#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/claim_wording.hpp"

namespace cercle::analysis {
namespace {

constexpr std::size_t changes_named = 3;

std::string capitalised(std::string text) {
    if (!text.empty())
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

/// In the middle of a sentence; abbreviations stay as they are.
std::string uncapitalised(std::string text) {
    const bool is_word = text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0;
    if (is_word)
        text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
    return text;
}

/// The ends of assumed values at which the effect reads so: single values first, combinations only
/// where no single one does. Empty when there are none.
std::string ends_text(const ClaimResult& result, bool (*is_meant)(Reading), Language language) {
    std::vector<std::string> single, joint;
    for (const ClaimEffect& effect : result.effects) {
        if (!is_meant(effect.reading) || effect.changes.empty()) continue;
        (effect.changes.size() == 1 ? single : joint).push_back(changes_text(effect, language));
    }
    std::vector<std::string> named = single.empty() ? joint : single;
    const std::size_t left = named.size() - std::min(named.size(), changes_named);
    named.resize(named.size() - left);
    std::string text = fmt::format("{}", fmt::join(named, in(" or ", " ou ", language)));
    if (left > 0) {
        text += fmt::format(fmt::runtime(in(" ({} more)", " ({} autres)", language)), left);
    }
    return text;
}

bool holds(Reading reading) { return reading == Reading::holds; }
bool is_none(Reading reading) { return reading == Reading::none; }
bool fails(Reading reading) { return !holds(reading) && !is_none(reading); }

/// Where a claim that holds everywhere was put to the test, and no farther.
std::string tested_text(const ClaimResult& result, Language language) {
    const EffectWording wording(result, language);
    std::string_view text =
        in("and at least {} at both ends of each assumed value, and with each at its weaker end",
           "et au moins {} aux deux bornes de chaque valeur supposée, et avec chacune à sa borne "
           "défavorable",
           language);
    const std::size_t assumed = result.claim().assumes.size();
    if (assumed < 2) {
        text = in("and at least {} at both ends of the assumed value",
                  "et au moins {} aux deux bornes de la valeur supposée", language);
    }
    if (assumed == 0) {
        text = in("and at least {}, with no value of its own assumed",
                  "et au moins {}, sans valeur supposée qui lui soit propre", language);
    }
    return fmt::format(fmt::runtime(text), wording.smallest());
}

/// What a claim hangs on that does not hold at every end of what it assumes.
std::string hangs_on_text(const ClaimResult& result, Language language) {
    const std::string elsewhere = ends_text(result, fails, language);
    const std::string none = ends_text(result, is_none, language);
    if (none.empty()) {
        return fmt::format(
            fmt::runtime(in("but not shown with {}", "mais ce n'est pas établi avec {}", language)),
            elsewhere);
    }
    const std::string strength = fmt::format(
        fmt::runtime(in("but its strength is itself assumed (none with {})",
                        "mais sa force est elle-même supposée (nulle avec {})", language)),
        none);
    if (elsewhere.empty()) return strength;
    return strength + fmt::format(fmt::runtime(in(", and it is not shown with {}",
                                                  ", et ce n'est pas établi avec {}", language)),
                                  elsewhere);
}

/// What follows the figure in a sentence: why the verdict is what it is.
std::string reason(const ClaimResult& result, Language language) {
    const EffectWording wording(result, language);
    const auto say = [&](std::string_view en, std::string_view fr, const std::string& what) {
        return fmt::format(fmt::runtime(in(en, fr, language)), what);
    };
    switch (result.verdict) {
    case Verdict::follows:
        return tested_text(result, language);
    case Verdict::assumed:
        return hangs_on_text(result, language);
    case Verdict::does_not: {
        const std::string text =
            result.as_given().reading == Reading::opposite
                ? std::string(in("the other way than claimed", "dans le sens contraire", language))
                : say("short of the {} that would matter", "en deçà de ce qui compterait ({})",
                      wording.smallest());
        const std::string where = ends_text(result, holds, language);
        return where.empty() ? text : text + say(" (reached with {})", " (atteint avec {})", where);
    }
    case Verdict::undecided: {
        const std::size_t needed = replicates_needed(
            result.as_given().effect, {result.claim().rises, result.claim().smallest});
        return say("about {} replicates would tell", "il faudrait environ {} répétitions",
                   needed > 0 ? std::to_string(needed) : "?");
    }
    case Verdict::not_testable:
        break;
    }
    return {};
}

}

std::string claim_sentence(const ClaimResult& result, Language language) {
    const std::string verdict = capitalised(verdict_text(result.verdict, language));
    const std::string_view colon = in(": ", "\u00a0: ", language);
    if (!result.claim().is_testable()) {
        return fmt::format("{}{}{}.", verdict, colon, in(result.claim().limit, language));
    }
    const EffectWording wording(result, language);
    return fmt::format("{}{}{}{}{} {}, {}.", verdict, colon, in(result.claim().test, language),
                       colon, uncapitalised(wording.label()),
                       wording.effect(result.as_given().effect), reason(result, language));
}

}
