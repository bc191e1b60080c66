#include "analysis/claims_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/claims_text.hpp"

namespace cercle::analysis {
namespace {

/// A column of texts, or of numbers, made claim by claim.
template <class Value>
sim::FileColumn column(const sim::Metric& what, const std::vector<ClaimResult>& results,
                       Value value) {
    sim::FileColumn column{.what = what};
    for (const ClaimResult& result : results) {
        if constexpr (std::is_arithmetic_v<decltype(value(result))>) {
            column.numbers.push_back(static_cast<double>(value(result)));
        } else {
            column.texts.push_back(value(result));
        }
    }
    return column;
}

double if_tested(const ClaimResult& result, double (*value)(const Summary&)) {
    return result.effects.empty() ? not_known : value(result.as_given().effect);
}

std::vector<sim::FileColumn> figures(const std::vector<ClaimResult>& results) {
    const std::string unit = "as unit says";
    return {
        column({"effect", unit, "effect of the mechanism, on against off"}, results,
               [](const ClaimResult& r) {
                   return if_tested(r, [](const Summary& s) { return s.mean; });
               }),
        column({"low", unit, "lower end of its 95 % interval"}, results,
               [](const ClaimResult& r) {
                   return if_tested(r, [](const Summary& s) { return s.interval.low; });
               }),
        column({"high", unit, "upper end of it"}, results,
               [](const ClaimResult& r) {
                   return if_tested(r, [](const Summary& s) { return s.interval.high; });
               }),
        column({"smallest", unit, "claimed effect that matters, with its sign"}, results,
               [](const ClaimResult& r) {
                   if (!r.claim().is_testable()) return not_known;
                   return r.claim().rises ? r.claim().smallest : -r.claim().smallest;
               }),
        column({"replicates", "1", "pairs of runs behind the effect"}, results,
               [](const ClaimResult& r) {
                   return if_tested(r, [](const Summary& s) { return double(s.count); });
               }),
    };
}

std::vector<sim::FileColumn> texts(const std::vector<ClaimResult>& results) {
    return {
        column({"verdict", "1", "what the model says of the claim"}, results,
               [](const ClaimResult& r) { return verdict_text(r.verdict, Language::english); }),
        column({"outcome", "1", "outcome the claim is judged by"}, results,
               [](const ClaimResult& r) { return r.claim().judged.outcome; }),
        column({"unit", "1", "unit of the effect"}, results,
               [](const ClaimResult& r) { return r.measure.unit; }),
        column({"sentence_en", "1", "the answer in English"}, results,
               [](const ClaimResult& r) { return claim_sentence(r, Language::english); }),
        column({"sentence_fr", "1", "the answer in French"}, results,
               [](const ClaimResult& r) { return claim_sentence(r, Language::french); }),
        column({"seed", "1", "seed of the runs"}, results,
               [](const ClaimResult& r) { return std::to_string(r.scenario.seed); }),
        column({"scenario", "1", "scenario of the claim, as given"}, results,
               [](const ClaimResult& r) { return r.scenario.given; }),
    };
}

/// One row for each effect of each claim: "C14.0", "C14.1", ...
sim::FileTable effects_table(const std::vector<ClaimResult>& results) {
    sim::FileTable table{
        .rows = {.what = {"point", "1", "claim, and number of the choice of assumed values"}},
        .columns = {{.what = {"point_assumed", "1", "what is assumed otherwise than given"}},
                    {.what = {"point_effect", "as unit says", "effect there"}},
                    {.what = {"point_low", "as unit says", "lower end of its 95 % interval"}},
                    {.what = {"point_high", "as unit says", "upper end of it"}}}};
    for (const ClaimResult& result : results) {
        std::size_t number = 0;
        for (const ClaimEffect& effect : result.effects) {
            table.rows.texts.push_back(fmt::format("{}.{}", result.claim().id, number++));
            table.columns[0].texts.push_back(fmt::format("{}", fmt::join(effect.changes, "; ")));
            table.columns[1].numbers.push_back(effect.effect.mean);
            table.columns[2].numbers.push_back(effect.effect.interval.low);
            table.columns[3].numbers.push_back(effect.effect.interval.high);
        }
    }
    return table;
}

}

sim::TableFile claims_file(const std::vector<ClaimResult>& results,
                           const std::map<std::string, std::string>& attributes) {
    sim::FileTable claims{.rows = column({"claim", "1", "number of the claim"}, results,
                                         [](const ClaimResult& r) { return r.claim().id; }),
                          .columns = texts(results)};
    for (sim::FileColumn& numbers : figures(results)) claims.columns.push_back(std::move(numbers));
    sim::TableFile file{.group = "claims", .attributes = attributes, .tables = {std::move(claims)}};
    sim::FileTable effects = effects_table(results);
    if (!effects.rows.texts.empty()) file.tables.push_back(std::move(effects));
    return file;
}

}
