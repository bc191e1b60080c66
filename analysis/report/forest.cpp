#include <algorithm>
#include <cmath>

#include "analysis/comparison_notes.hpp"
#include "analysis/report/figure_spec.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

/// Effects beyond this many standard deviations are drawn at the edge: those of what sets the arms
/// apart by definition would leave no room for the others.
constexpr double widest_drawn = 6.0;

struct Directions {
    std::string higher, lower, open;
};

Directions directions(const ReportWords& words) {
    return {words("higher", "plus haut"), words("lower", "plus bas"),
            words("not shown", "non établi")};
}

std::string direction_of(const Contrast& contrast, const Directions& all) {
    if (contrast.standing() != Standing::shown) return all.open;
    return contrast.difference.mean > 0.0 ? all.higher : all.lower;
}

std::string number_of_outcome(const ShownOutcome& shown, const Contrast& contrast) {
    return fmt::format("{} {}", shown.difference(contrast.difference.mean),
                       shown.interval(contrast.difference.interval));
}

ReportTable table_of(const Comparison& comparison, std::size_t which, const ReportWords& words) {
    ReportTable table;
    table.header = {
        words("Outcome", "Résultat"),
        comparison.outcomes.front().contrasts[which].first,
        comparison.reference,
        words("Difference", "Différence"),
        words("{:.0f} % interval", "Intervalle à {:.0f} %", 100.0 * comparison.confidence),
        words("Effect size d", "Taille d'effet d"),
        words("Variance that pairing took away", "Variance ôtée par l'appariement"),
        words("Pairs of runs", "Paires d'exécutions")};
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const Contrast& contrast = outcome.contrasts[which];
        const PairedDifference& difference = contrast.difference;
        const ShownOutcome shown = shown_of(outcome, contrast, words);
        table.rows.push_back(
            {shown.label(), shown.value(difference.first.mean), shown.value(difference.second.mean),
             shown.difference(difference.mean), shown.interval(difference.interval),
             words.number(difference.effect, 2),
             std::isnan(difference.variance_reduction)
                 ? "-"
                 : words.percent(difference.variance_reduction),
             words.count(contrast.run_pairs)});
    }
    return table;
}

/// One standard deviation of a run, of the kind that the effect size divides by; 0 where nothing
/// varies.
double sd_of(const PairedDifference& difference) {
    return std::sqrt(
        (difference.first.sd * difference.first.sd + difference.second.sd * difference.second.sd) /
        2.0);
}

/// Whether a difference has an interval and an effect size: the others cannot stand on one axis.
bool is_drawn(const Contrast& contrast) {
    return contrast.standing() != Standing::unknown && std::isfinite(contrast.difference.effect);
}

/// A row for each outcome that is drawn, the largest effect first.
Json rows_by_outcome(const Comparison& comparison, std::size_t which, const ReportWords& words) {
    const Directions all = directions(words);
    std::vector<std::pair<double, Json>> rows;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const Contrast& contrast = outcome.contrasts[which];
        if (!is_drawn(contrast)) continue;
        const PairedDifference& difference = contrast.difference;
        const ShownOutcome shown = shown_of(outcome, contrast, words);
        const auto clipped = [&](double stored) {
            return drawn(std::clamp(stored / sd_of(difference), -widest_drawn, widest_drawn));
        };
        rows.push_back({difference.effect,
                        {{"row", shown.label() + "\n" + number_of_outcome(shown, contrast)},
                         {"effect", clipped(difference.mean)},
                         {"low", clipped(difference.interval.low)},
                         {"high", clipped(difference.interval.high)},
                         {"told", words.number(difference.effect, 2)},
                         {"direction", direction_of(contrast, all)}}});
    }
    std::ranges::stable_sort(rows, std::greater{}, &std::pair<double, Json>::first);
    Json list = Json::array();
    for (auto& [effect, row] : rows) list.push_back(std::move(row));
    return list;
}

/// A row for each arm, in the unit of the outcome.
Json rows_by_arm(const ComparedOutcome& outcome, const ShownOutcome& shown,
                 const ReportWords& words) {
    const Directions all = directions(words);
    Json list = Json::array();
    for (const Contrast& contrast : outcome.contrasts) {
        const PairedDifference& difference = contrast.difference;
        if (std::isnan(difference.interval.low)) continue;
        list.push_back({{"row", contrast.first + "\n" + number_of_outcome(shown, contrast)},
                        {"effect", drawn(shown.drawn(difference.mean))},
                        {"low", drawn(shown.drawn(difference.interval.low))},
                        {"high", drawn(shown.drawn(difference.interval.high))},
                        {"told", shown.difference(difference.mean)},
                        {"direction", direction_of(contrast, all)}});
    }
    return list;
}

Json spec_of(const Json& rows, const std::string& axis, const ReportWords& words) {
    const Directions all = directions(words);
    return figure_spec("forest", {{"rows", rows},
                                  {"axis", axis},
                                  {"directions", {all.higher, all.lower, all.open}},
                                  {"direction", words("Direction", "Sens")},
                                  {"told", words("Difference", "Différence")},
                                  {"outcome", words("Row", "Ligne")}});
}

/// How to read marks and intervals, and what the intervals are over.
std::string legend_words(const Comparison& comparison, const ReportWords& words) {
    const std::string many =
        comparison.contrast_count() == 1
            ? std::string()
            : words(" even when all intervals are widened to hold together (Bonferroni over {})",
                    " même quand tous les intervalles sont élargis pour tenir ensemble "
                    "(Bonferroni sur {})",
                    counted(comparison.contrast_count(), difference_noun, words));
    std::string text =
        words("Triangles point the way a difference goes and are drawn where it is told from "
              "0{}; a hollow circle means that no difference is shown.",
              "Les triangles donnent le sens d'une différence qui se distingue de 0{} ; un cercle "
              "vide signifie qu'aucune différence n'est établie.",
              many);
    if (comparison.points > 1) {
        text += words(" Intervals are over replicates, each the mean over {} that share its random "
                      "events.",
                      " Les intervalles portent sur les répétitions, chacune la moyenne sur {} qui "
                      "partagent ses événements aléatoires.",
                      counted(comparison.points, point_noun, words));
    }
    bool all_pairs = true;
    for (std::size_t which = 0; which < comparison.finished_pairs.size(); ++which)
        all_pairs = all_pairs && rests_on_all_pairs(comparison, which);
    if (!all_pairs) {
        text += words(" Each is over the pairs of runs in which both arms have the outcome (the "
                      "table counts them): a dead firm has few.",
                      " Chacune porte sur les paires d'exécutions où les deux bras ont ce résultat "
                      "(le tableau les compte) : une entreprise disparue en a peu.");
    }
    return text;
}

/// Names of the outcomes that the drawing leaves to the table, and why.
std::string not_drawn(const Comparison& comparison, std::size_t which, const ReportWords& words) {
    std::vector<std::string> names;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        if (is_drawn(outcome.contrasts[which])) continue;
        names.push_back(shown_of(outcome, outcome.contrasts[which], words).label());
    }
    if (names.empty()) return "";
    return words(" In the table alone, for want of an interval or of a spread to measure them by: "
                 "{}.",
                 " Dans le tableau seulement, faute d'intervalle ou de dispersion pour les "
                 "mesurer : {}.",
                 words.list(names));
}

std::string title_of_two(const Comparison& comparison, const ReportWords& words) {
    const std::size_t known =
        comparison.outcomes.size() - count_of(comparison, 0, Standing::unknown);
    const std::size_t differ = count_of(comparison, 0, Standing::shown);
    return words("{} of {} {} between {} and {}. {}", "{} sur {} {} entre {} et {}. {}",
                 words.count(differ), counted(known, outcome_noun, words),
                 form_of({"differs", "differ", "diffère", "diffèrent"}, differ, words),
                 comparison.outcomes.front().contrasts.front().first, comparison.reference,
                 finding(comparison, headline_outcome(comparison), words));
}

ReportFigure figure_of_two(const Comparison& comparison, const ReportWords& words) {
    const std::string& first = comparison.outcomes.front().contrasts.front().first;
    const std::string& second = comparison.reference;
    ReportFigure figure{
        .id = "differences",
        .title = title_of_two(comparison, words),
        .caption =
            words("Each row: the mean paired difference {} − {} with its {:.0f} % interval, in "
                  "standard deviations of a run so that all fit one axis; under the name, in its "
                  "own unit. Effects beyond {:.0f} are drawn at the edge. ",
                  "Chaque ligne : la différence appariée moyenne {} − {} et son intervalle à "
                  "{:.0f} %, en écarts-types d'une exécution pour tenir sur un seul axe ; sous le "
                  "nom, dans son unité. Les effets au-delà de {:.0f} sont tracés au bord. ",
                  first, second, 100.0 * comparison.confidence, widest_drawn) +
            legend_words(comparison, words) + not_drawn(comparison, 0, words),
        .alt =
            words("Forest plot of the paired differences {} − {} in all outcomes.",
                  "Graphique en forêt des différences appariées {} − {} pour tous les résultats.",
                  first, second),
        .panels = {},
        .table = table_of(comparison, 0, words)};
    figure.panels.push_back(
        {"", spec_of(rows_by_outcome(comparison, 0, words),
                     words("Difference (standard deviations, d)", "Différence (écarts-types, d)"),
                     words)});
    return figure;
}

ReportTable table_of_arms(const Comparison& comparison, const ComparedOutcome& outcome,
                          const ReportWords& words) {
    const ShownOutcome shown = shown_of(outcome, words);
    ReportTable table;
    table.header = {
        words("Arm", "Bras"), words("Mean", "Moyenne"), words("Difference", "Différence"),
        words("{:.0f} % interval", "Intervalle à {:.0f} %", 100.0 * comparison.confidence),
        words("Pairs of runs", "Paires d'exécutions")};
    for (const Contrast& contrast : outcome.contrasts) {
        table.rows.push_back({contrast.first, shown.value(contrast.difference.first.mean),
                              shown.difference(contrast.difference.mean),
                              shown.interval(contrast.difference.interval),
                              words.count(contrast.run_pairs)});
    }
    return table;
}

ReportFigure figure_of_outcome(const Comparison& comparison, const ComparedOutcome& outcome,
                               const ReportWords& words) {
    const ShownOutcome shown = shown_of(outcome, words);
    const std::string unit =
        shown.difference_unit().empty() ? "" : " (" + shown.difference_unit() + ")";
    ReportFigure figure{
        .id = "differences-" + outcome.metric.name,
        .title = finding(comparison, outcome, words),
        .caption = words("Each row: an arm less {}, mean over pairs of runs with its {:.0f} % "
                         "interval. {}",
                         "Chaque ligne : un bras moins {}, moyenne sur les paires d'exécutions et "
                         "intervalle à {:.0f} %. {}",
                         comparison.reference, 100.0 * comparison.confidence,
                         legend_words(comparison, words)),
        .alt = words("Forest plot of {}: every arm less {}.",
                     "Graphique en forêt, {} : chaque bras moins {}.", shown.label(),
                     comparison.reference),
        .panels = {},
        .table = table_of_arms(comparison, outcome, words)};
    figure.panels.push_back({"", spec_of(rows_by_arm(outcome, shown, words),
                                         words("Difference to {}{}", "Différence avec {}{}",
                                               comparison.reference, unit),
                                         words)});
    return figure;
}

}

std::optional<ReportSection> forest_section(const Comparison& comparison,
                                            const ReportWords& words) {
    if (comparison.arms.size() < 2 || comparison.outcomes.empty()) return std::nullopt;
    ReportSection section{.id = "differences",
                          .heading = words("The differences", "Les différences")};
    const std::string untold =
        words("Without an interval a difference cannot be told from chance: nothing is drawn of "
              "it.",
              "Sans intervalle, une différence ne se distingue pas du hasard : rien n'en est "
              "tracé.");
    if (comparison.arms.size() == 2) {
        if (std::ranges::any_of(comparison.outcomes, [](const ComparedOutcome& outcome) {
                return is_drawn(outcome.contrasts.front());
            })) {
            section.figures.push_back(figure_of_two(comparison, words));
            return section;
        }
        section.paragraphs.push_back(untold);
        section.tables.push_back(table_of(comparison, 0, words));
        return section;
    }
    for (const ComparedOutcome* outcome : main_outcomes(comparison)) {
        if (count_of(*outcome, Standing::unknown) < outcome->contrasts.size()) {
            section.figures.push_back(figure_of_outcome(comparison, *outcome, words));
            continue;
        }
        section.tables.push_back(table_of_arms(comparison, *outcome, words));
        section.tables.back().title = finding(comparison, *outcome, words);
    }
    if (!section.tables.empty()) section.paragraphs.push_back(untold);
    return section;
}

}
