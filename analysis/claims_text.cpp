#include "analysis/claims_text.hpp"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/claim_wording.hpp"
#include "analysis/compare_arms.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

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

/// What is assumed at a point, in words.
std::string changes_text(const ClaimEffect& effect, Language language) {
    if (effect.changes.size() == 1) return effect.changes.front();
    switch (effect.end) {
    case scenarios::AssumedEnd::given:
        break;
    case scenarios::AssumedEnd::low:
        return std::string(
            in("all values at their low ends", "toutes les valeurs à leur borne basse", language));
    case scenarios::AssumedEnd::high:
        return std::string(
            in("all values at their high ends", "toutes les valeurs à leur borne haute", language));
    }
    return std::string(in("as given", "telles quelles", language));
}

/// The ends of assumed values at which the effect holds, or does not: single values first,
/// combinations only where no single one does. Empty when there are none.
std::string ends_text(const ClaimResult& result, bool holds, Language language) {
    std::vector<std::string> single, joint;
    for (const ClaimEffect& effect : result.effects) {
        if ((effect.reading == Reading::holds) != holds || effect.changes.empty()) continue;
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

/// What follows the figure in a sentence: why the verdict is what it is.
std::string reason(const ClaimResult& result, Language language) {
    const EffectWording wording(result, language);
    const auto say = [&](std::string_view en, std::string_view fr, const std::string& what) {
        return fmt::format(fmt::runtime(in(en, fr, language)), what);
    };
    switch (result.verdict) {
    case Verdict::follows:
        return say("and at least {} wherever the assumed values lie",
                   "et au moins {} où que soient les valeurs supposées", wording.smallest());
    case Verdict::assumed:
        return say("but not shown with {}", "mais ce n'est pas établi avec {}",
                   ends_text(result, false, language));
    case Verdict::does_not: {
        const std::string text =
            result.as_given().reading == Reading::opposite
                ? std::string(in("the other way than claimed", "dans le sens contraire", language))
                : say("short of the {} that would matter", "en deçà de ce qui compterait ({})",
                      wording.smallest());
        const std::string where = ends_text(result, true, language);
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

std::string counts_text(const std::vector<ClaimResult>& results, Language language) {
    std::string text;
    for (const Verdict verdict : verdicts) {
        const auto count = std::ranges::count(results, verdict, &ClaimResult::verdict);
        if (count == 0 && verdict == Verdict::undecided) continue;
        text += fmt::format("{:>4}  {}\n", count, verdict_text(verdict, language));
    }
    return text;
}

/// The effect where each assumed value lies at an end.
std::string effects_text(const ClaimResult& result, Language language, std::size_t width) {
    const EffectWording wording(result, language);
    TextTable table{.header = {std::string(in("assumed values", "valeurs supposées", language)),
                               std::string(in("effect", "effet", language)),
                               std::string(in("95 % interval", "intervalle à 95 %", language)), ""},
                    .rows = {}};
    for (const ClaimEffect& effect : result.effects) {
        std::string_view word = in("too small", "trop petit", language);
        if (effect.reading == Reading::holds) word = in("holds", "tient", language);
        if (effect.reading == Reading::opposite) word = in("opposite", "contraire", language);
        if (effect.reading == Reading::open) word = in("undecided", "non tranché", language);
        table.rows.push_back(
            {changes_text(effect, language),
             wording.signed_number(effect.effect.mean, effect.effect.interval.half_width()),
             wording.interval(effect.effect.interval), std::string(word)});
    }
    std::string text;
    for (const std::string& line : lines_of(table, width)) text += line + "\n";
    return text;
}

/// How many replicates of a claim were left out, and why; empty when none were.
std::string left_out_text(const ClaimResult& result, Language language, std::size_t width) {
    const std::size_t all = result.scenario.replicates;
    const std::size_t used = result.as_given().effect.count;
    if (used >= all) return {};
    const std::string_view sentence =
        in("{} of {} replicates are left out: a firm in them did not live to be measured.",
           "{} répétitions sur {} sont laissées de côté\u00a0: une entreprise n'y a pas vécu assez "
           "longtemps pour être mesurée.",
           language);
    return wrapped(fmt::format(fmt::runtime(sentence), all - used, all), width);
}

/// Where the numbers come from that a claim assumes.
std::string sources_text(const ClaimResult& result, std::size_t width) {
    std::string text;
    for (const sim::Parameter& parameter : scenarios::all_parameters()) {
        const bool is_assumed =
            std::ranges::find(result.claim().assumes, parameter.path,
                              &scenarios::Assumption::path) != result.claim().assumes.end();
        if (!is_assumed) continue;
        const auto& settings = result.scenario.arms.front().settings;
        text += wrapped(fmt::format("{} = {}: {} ({})", parameter.path,
                                    sim::to_text(settings.value(parameter.path)), parameter.meaning,
                                    parameter.source),
                        width, 4);
    }
    return text;
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

std::string claims_table(const std::vector<ClaimResult>& results, Language language,
                         std::size_t width) {
    TextTable table{.header = {std::string(in("claim", "affirmation", language)),
                               std::string(in("outcome", "mesure", language)),
                               std::string(in("effect", "effet", language)),
                               std::string(in("95 % interval", "intervalle", language)), "verdict"},
                    .rows = {}};
    for (const ClaimResult& result : results) {
        const std::string name =
            fmt::format("{:<3} {}", result.claim().id, in(result.claim().name, language));
        const std::string verdict(verdict_word(result.verdict, language));
        if (!result.claim().is_testable()) {
            table.rows.push_back({name, "", "", "", verdict});
            continue;
        }
        const EffectWording wording(result, language);
        const Summary& effect = result.as_given().effect;
        table.rows.push_back({name, wording.label_with_unit(),
                              wording.signed_number(effect.mean, effect.interval.half_width()),
                              wording.interval(effect.interval), verdict});
    }
    std::string text;
    for (const std::string& line : lines_of(table, width)) text += line + "\n";
    return text + "\n" + counts_text(results, language);
}

std::string claim_text(const ClaimResult& result, Language language, std::size_t width) {
    const scenarios::Claim& claim = result.claim();
    std::string text = wrapped(fmt::format("{} {}", claim.id, in(claim.name, language)), width) +
                       "\n" + wrapped(in(claim.text, language), width) + "\n" +
                       wrapped(claim_sentence(result, language), width);
    std::string file = "scenarios/claims/" + claim.id + ".toml";
    std::ranges::transform(file, file.begin(), [](unsigned char c) { return std::tolower(c); });
    if (!claim.is_testable()) return text;
    const EffectWording wording(result, language);
    text += "\n" + effects_text(result, language, width) + "\n";
    text += left_out_text(result, language, width);
    text += wrapped(fmt::format("{} {} ({})",
                                in("Smallest effect that matters:",
                                   "Plus petit effet qui compte\u00a0:", language),
                                wording.smallest(), in(claim.because, language)),
                    width);
    text += wrapped(fmt::format("{} {}", in("Mechanism:", "Mécanisme\u00a0:", language),
                                fmt::join(claim.mechanism, ", ")),
                    width, 4);
    if (!claim.assumes.empty()) {
        text += fmt::format("\n{}\n", in("Assumed", "Supposé", language));
        text += sources_text(result, width);
    }
    return text + fmt::format("\n{}\n    cercle run {} -o results/{}.h5\n",
                              in("By hand", "À la main", language), file, claim.id);
}

}
