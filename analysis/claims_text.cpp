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

std::string counts_text(const std::vector<ClaimResult>& results, Language language) {
    std::string text;
    for (const Verdict verdict : verdicts) {
        const auto count = std::ranges::count(results, verdict, &ClaimResult::verdict);
        if (count == 0 && verdict == Verdict::undecided) continue;
        text += fmt::format("{:>4}  {}\n", count, verdict_text(verdict, language));
        const auto by_strength = std::ranges::count_if(results, hangs_on_its_strength_alone);
        if (verdict != Verdict::assumed || by_strength == 0) continue;
        const std::string_view part = in("of which {} by nothing but a strength itself assumed",
                                         "dont {} par une force elle-même supposée", language);
        text += "      " + fmt::format(fmt::runtime(part), by_strength) + "\n";
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
        if (effect.reading == Reading::none) word = in("none", "nul", language);
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
        text += assumptions_text(result, language, width);
    }
    return text + fmt::format("\n{}\n    cercle run {} -o results/{}.h5\n",
                              in("By hand", "À la main", language), file, claim.id);
}

}
