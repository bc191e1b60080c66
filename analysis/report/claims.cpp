#include <algorithm>
#include <cmath>

#include "analysis/claim_wording.hpp"
#include "analysis/report/figure_spec.hpp"
#include "analysis/report/sections.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

/// Effects beyond this many times the smallest that matters are drawn at the edge.
constexpr double widest_drawn = 6.0;

/// A row of the scoreboard.
struct ScoredClaim {
    std::string id, name, sentence;
    Verdict verdict = Verdict::not_testable;
    double effect = not_known, low = not_known, high = not_known;
    double smallest = not_known; ///< with the sign that is claimed
    double pairs = not_known;    ///< of runs
    std::string seed;
};

/// The short name of a claim, from the scenario that the file keeps.
std::string name_of(const sim::StoredTables& file, std::size_t row, const ReportWords& words) {
    const auto scenario = scenarios::read_scenario({.name = file.path.string() + ":scenario",
                                                    .text = file.column("scenario").texts.at(row),
                                                    .folder = "."});
    if (!scenario.claim) return "";
    return words.french() ? scenario.claim->name.fr : scenario.claim->name.en;
}

Verdict verdict_named(const std::string& text) {
    for (const Verdict verdict : verdicts) {
        if (verdict_text(verdict, Language::english) == text) return verdict;
    }
    return Verdict::undecided;
}

std::vector<ScoredClaim> claims_of(const sim::StoredTables& file, const ReportWords& words) {
    const auto number = [&](const char* column, std::size_t row) {
        return file.column(column).numbers.at(row);
    };
    const std::vector<std::string>& ids = file.column("claim").texts;
    const std::string sentences = words.french() ? "sentence_fr" : "sentence_en";
    std::vector<ScoredClaim> claims;
    for (std::size_t row = 0; row < ids.size(); ++row) {
        claims.push_back({.id = ids[row],
                          .name = name_of(file, row, words),
                          .sentence = file.column(sentences).texts.at(row),
                          .verdict = verdict_named(file.column("verdict").texts.at(row)),
                          .effect = number("effect", row),
                          .low = number("low", row),
                          .high = number("high", row),
                          .smallest = number("smallest", row),
                          .pairs = number("replicates", row),
                          .seed = file.column("seed").texts.at(row)});
    }
    return claims;
}

std::size_t count_of(const std::vector<ScoredClaim>& claims, Verdict verdict) {
    return static_cast<std::size_t>(std::ranges::count(claims, verdict, &ScoredClaim::verdict));
}

std::string word_of(Verdict verdict, const ReportWords& words) {
    return std::string(verdict_word(verdict, words.language()));
}

Json rows_of(const std::vector<ScoredClaim>& claims, const ReportWords& words) {
    Json rows = Json::array();
    for (const ScoredClaim& claim : claims) {
        if (std::isnan(claim.effect) || std::isnan(claim.smallest)) continue;
        const auto relative = [&](double value) {
            return drawn(std::clamp(value / claim.smallest, -widest_drawn, widest_drawn));
        };
        rows.push_back({{"row", claim.id + "  " + claim.name},
                        {"effect", relative(claim.effect)},
                        {"low", relative(claim.low)},
                        {"high", relative(claim.high)},
                        {"sentence", claim.sentence},
                        {"verdict", word_of(claim.verdict, words)}});
    }
    return rows;
}

/// The figures behind the drawing, in multiples of the smallest effect that matters.
ReportTable numbers_table(const std::vector<ScoredClaim>& claims, const ReportWords& words) {
    ReportTable table{
        .header = {words("Claim", "Affirmation"), words("Verdict", "Verdict"),
                   words("Effect / smallest that matters", "Effet / plus petit qui compte"),
                   words("95 % interval", "Intervalle à 95 %"), words("Pairs", "Paires"),
                   words("Seed", "Graine")},
        .rows = {},
        .word_columns = 2};
    for (const ScoredClaim& claim : claims) {
        const bool told = !std::isnan(claim.effect) && !std::isnan(claim.smallest);
        const double one = claim.low / claim.smallest;
        const double other = claim.high / claim.smallest;
        table.rows.push_back(
            {claim.id, word_of(claim.verdict, words),
             told ? words.number(claim.effect / claim.smallest, 2) : "-",
             told ? words.interval({std::min(one, other), std::max(one, other)}, 2) : "-",
             words.number(claim.pairs, 0), claim.seed});
    }
    return table;
}

ReportTable answers_table(const std::vector<ScoredClaim>& claims, const ReportWords& words) {
    ReportTable table{.header = {words("Claim", "Affirmation"), words("In short", "En bref"),
                                 words("Verdict", "Verdict"), words("Answer", "Réponse")},
                      .rows = {},
                      .word_columns = 4};
    for (const ScoredClaim& claim : claims)
        table.rows.push_back({claim.id, claim.name, word_of(claim.verdict, words), claim.sentence});
    return table;
}

/// "40 claims: follows 20, only if assumed 8, ...": those that have none are not named.
std::string title_of(const std::vector<ScoredClaim>& claims, const ReportWords& words) {
    std::vector<std::string> parts;
    for (const Verdict verdict : verdicts) {
        const std::size_t count = count_of(claims, verdict);
        if (count > 0) parts.push_back(word_of(verdict, words) + "\u00a0" + words.count(count));
    }
    return words("{}: {}", "{} : {}",
                 words.counted(claims.size(), {"claim", "claims"}, {"affirmation", "affirmations"}),
                 words.list(parts));
}

Json verdict_words(const ReportWords& words) {
    Json list = Json::array();
    for (const Verdict verdict : verdicts) {
        if (verdict != Verdict::not_testable) list.push_back(word_of(verdict, words));
    }
    return list;
}

ReportFigure figure_of(const std::vector<ScoredClaim>& claims, const ReportWords& words) {
    ReportFigure figure{
        .id = "claims",
        .title = title_of(claims, words),
        .caption =
            words("Each row: the effect of what is claimed, with its 95 % interval, in multiples "
                  "of the smallest effect that would matter. At 1 or more the claim has what it "
                  "says; between 0 and 1 too little of it; below 0 the opposite. Effects beyond "
                  "{:.0f} are drawn at the edge.",
                  "Chaque ligne : l'effet de ce qui est affirmé, avec son intervalle à 95 %, en "
                  "multiples du plus petit effet qui compterait. À 1 ou plus l'affirmation est "
                  "vérifiée ; entre 0 et 1 trop peu ; sous 0 le contraire. Les effets au-delà de "
                  "{:.0f} sont tracés au bord.",
                  widest_drawn),
        .alt = words("Scoreboard of the claims by effect and verdict.",
                     "Tableau des affirmations par effet et verdict."),
        .panels = {},
        .table = numbers_table(claims, words)};
    figure.panels.push_back(
        {"", figure_spec("claims", {{"rows", rows_of(claims, words)},
                                    {"axis", words("Effect / smallest effect that matters",
                                                   "Effet / plus petit effet qui compte")},
                                    {"verdicts", verdict_words(words)},
                                    {"claim", words("Claim", "Affirmation")},
                                    {"answer", words("Answer", "Réponse")},
                                    {"verdict", words("Verdict", "Verdict")}})});
    return figure;
}

}

ReportSection claims_section(const sim::StoredTables& file, const ReportWords& words) {
    const std::vector<ScoredClaim> claims = claims_of(file, words);
    if (claims.empty()) throw sim::UserError(file.path.string() + ": holds no claim");
    ReportSection section{.id = "claims",
                          .heading = words("What the model says of what is claimed",
                                           "Ce que le modèle dit de ce qui est affirmé")};
    section.paragraphs.push_back(
        words("Each claim is put to worlds that differ in nothing but its mechanism, and again "
              "where what it assumes lies at either end; the verdict may be no.",
              "Chaque affirmation est soumise à des mondes qui ne diffèrent que par son mécanisme, "
              "puis de nouveau aux deux bouts de ce qu'elle suppose ; le verdict peut être non."));
    section.figures.push_back(figure_of(claims, words));
    section.tables.push_back(answers_table(claims, words));
    return section;
}

}
