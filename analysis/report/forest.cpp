#include <algorithm>
#include <cmath>

#include "analysis/report/figure_spec.hpp"
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
    if (!contrast.simultaneous.excludes(0.0)) return all.open;
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
        words("Pairs", "Paires")};
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const Contrast& contrast = outcome.contrasts[which];
        const PairedDifference& difference = contrast.difference;
        const ShownOutcome shown(outcome.metric, largest_mean(outcome.arms),
                                 difference.interval.half_width(), words);
        table.rows.push_back(
            {shown.label(), shown.value(difference.first.mean), shown.value(difference.second.mean),
             shown.difference(difference.mean), shown.interval(difference.interval),
             words.number(difference.effect, 2),
             std::isnan(difference.variance_reduction)
                 ? "-"
                 : words.percent(difference.variance_reduction),
             words.count(difference.pairs)});
    }
    return table;
}

/// A row for each outcome whose effect size is known, the largest first.
Json rows_by_outcome(const Comparison& comparison, std::size_t which, const ReportWords& words) {
    const Directions all = directions(words);
    std::vector<std::pair<double, Json>> rows;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const Contrast& contrast = outcome.contrasts[which];
        const PairedDifference& difference = contrast.difference;
        if (std::isnan(difference.effect) || difference.mean == 0.0) continue;
        const double of_unit = difference.effect / difference.mean;
        const ShownOutcome shown(outcome.metric, largest_mean(outcome.arms),
                                 difference.interval.half_width(), words);
        const auto clipped = [](double effect) {
            return std::clamp(effect, -widest_drawn, widest_drawn);
        };
        rows.push_back({difference.effect,
                        {{"row", shown.label() + "\n" + number_of_outcome(shown, contrast)},
                         {"effect", drawn(clipped(difference.effect))},
                         {"low", drawn(clipped(difference.interval.low * of_unit))},
                         {"high", drawn(clipped(difference.interval.high * of_unit))},
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

std::string legend_words(const Comparison& comparison, const ReportWords& words) {
    return words(
        "Triangles point the way a difference goes and are drawn where it holds even when "
        "all intervals are widened to hold together (Bonferroni over {} differences); a "
        "hollow circle means that no difference is shown.",
        "Les triangles donnent le sens d'une différence, établie même quand tous les "
        "intervalles sont élargis pour tenir ensemble (Bonferroni sur {} différences) ; un "
        "cercle vide signifie qu'aucune différence n'est établie.",
        words.count(comparison.contrast_count()));
}

std::size_t shown_differences(const Comparison& comparison, std::size_t which) {
    return static_cast<std::size_t>(
        std::ranges::count_if(comparison.outcomes, [&](const ComparedOutcome& outcome) {
            return outcome.contrasts[which].simultaneous.excludes(0.0);
        }));
}

ReportFigure figure_of_two(const Comparison& comparison, const ReportWords& words) {
    const std::string& first = comparison.outcomes.front().contrasts.front().first;
    const std::string& second = comparison.reference;
    ReportFigure figure{
        .id = "differences",
        .title = words("{} of {} outcomes differ between {} and {}. {}",
                       "{} résultats sur {} diffèrent entre {} et {}. {}",
                       words.count(shown_differences(comparison, 0)),
                       words.count(comparison.outcomes.size()), first, second,
                       finding(comparison, headline_outcome(comparison), 0, words)),
        .caption = words(
            "Each row: the mean paired difference {} − {} with its {:.0f} % interval, in "
            "standard deviations of a run so that all fit one axis; under the name, in its "
            "own unit. Effects beyond {:.0f} are drawn at the edge. {}",
            "Chaque ligne : la différence appariée moyenne {} − {} et son intervalle à {:.0f} "
            "%, en écarts-types d'une exécution pour tenir sur un seul axe ; sous le nom, "
            "dans son unité. Les effets au-delà de {:.0f} sont tracés au bord. {}",
            first, second, 100.0 * comparison.confidence, widest_drawn,
            legend_words(comparison, words)),
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

ReportFigure figure_of_outcome(const Comparison& comparison, const ComparedOutcome& outcome,
                               const ReportWords& words) {
    const std::size_t which = headline_contrast(comparison);
    const ShownOutcome shown(outcome.metric, largest_mean(outcome.arms),
                             outcome.contrasts[which].difference.interval.half_width(), words);
    const std::string unit =
        shown.difference_unit().empty() ? "" : " (" + shown.difference_unit() + ")";
    ReportFigure figure{
        .id = "differences-" + outcome.metric.name,
        .title = finding(comparison, outcome, which, words),
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
        .table = {}};
    figure.table.header = {
        words("Arm", "Bras"), words("Mean", "Moyenne"), words("Difference", "Différence"),
        words("{:.0f} % interval", "Intervalle à {:.0f} %", 100.0 * comparison.confidence)};
    for (const Contrast& contrast : outcome.contrasts) {
        figure.table.rows.push_back({contrast.first, shown.value(contrast.difference.first.mean),
                                     shown.difference(contrast.difference.mean),
                                     shown.interval(contrast.difference.interval)});
    }
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
    if (comparison.arms.size() == 2) {
        section.figures.push_back(figure_of_two(comparison, words));
        return section;
    }
    for (const ComparedOutcome* outcome : main_outcomes(comparison))
        section.figures.push_back(figure_of_outcome(comparison, *outcome, words));
    return section;
}

}
