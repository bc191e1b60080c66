#include <algorithm>
#include <cmath>
#include <numeric>

#include "analysis/report/figure_spec.hpp"
#include "analysis/report/sections.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t most_rows = 15;
constexpr int index_decimals = 2;

/// An outcome, and how the numbers of a measure are shown.
struct Told {
    const Experiment& experiment;
    const Sensitivity& sensitivity;
    ShownOutcome shown;
    const ReportWords& words;

    const Findings& findings() const { return sensitivity.findings; }
    const Measure& decisive() const { return findings().measures[findings().decisive]; }
    std::string label() const {
        const std::string& arm = sensitivity.outcome.arm;
        return arm.empty() ? shown.label() : fmt::format("{} ({})", shown.label(), arm);
    }
    double drawn_of(const Measure& measure, double value) const {
        return measure.in_unit ? shown.drawn(value) : value;
    }
    std::string number(const Measure& measure, const Estimate& estimate) const {
        const std::string value = measure.in_unit ? shown.difference(estimate.value)
                                                  : words.number(estimate.value, index_decimals);
        return std::isnan(estimate.interval.low)
                   ? value
                   : fmt::format("{} {}", value, interval(measure, estimate));
    }
    std::string interval(const Measure& measure, const Estimate& estimate) const {
        return measure.in_unit ? shown.interval(estimate.interval)
                               : words.interval(estimate.interval, index_decimals);
    }
};

std::string measure_words(const std::string& name, const ReportWords& words) {
    if (name == "first")
        return words("alone (first-order index)", "seul (indice du premier ordre)");
    if (name == "total")
        return words("with the others (total index)", "avec les autres (indice total)");
    if (name == "mu_star")
        return words("mean size of its effect (mu*)", "taille moyenne de l'effet (mu*)");
    if (name == "mu") return words("mean effect (mu)", "effet moyen (mu)");
    if (name == "sigma")
        return words("spread of its effect (sigma)", "dispersion de l'effet (sigma)");
    if (name == "prcc") return words("partial rank correlation", "corrélation partielle des rangs");
    if (name == "effect") return words("effect", "effet");
    return words("outcome", "résultat");
}

std::string how_to_read(const std::string& method, const ReportWords& words) {
    if (method == "saltelli") {
        return words(
            "Shares of the variance over the ranges of all factors (Sobol): filled, what "
            "would go if this factor alone were known; outlined, what would stay if all "
            "others were. The line is the 95 % bootstrap interval; an index below 0 is "
            "the error of the sample around 0.",
            "Parts de la variance sur les plages de tous les facteurs (Sobol) : plein, ce "
            "qui disparaîtrait si ce seul facteur était connu ; contour, ce qui resterait si "
            "tous les autres l'étaient. Le trait est l'intervalle bootstrap à 95 % ; un "
            "indice négatif est l'erreur d'échantillonnage autour de 0.");
    }
    if (method == "morris") {
        return words(
            "Mean size of the change when a factor alone moves over its range, from many "
            "starting points (Morris); near 0 it does not matter. The line is the 95 % "
            "interval.",
            "Taille moyenne du changement quand un facteur seul parcourt sa plage, depuis de "
            "nombreux points de départ (Morris) ; près de 0 il ne compte pas. Le trait est "
            "l'intervalle à 95 %.");
    }
    if (method == "oat") {
        return words(
            "What one change does against the base, the same random events in both; the "
            "line is the 95 % interval. It says nothing of interactions.",
            "Ce qu'un changement fait par rapport à la base, mêmes événements aléatoires ; "
            "le trait est l'intervalle à 95 %. Cela ne dit rien des interactions.");
    }
    return words(
        "Correlation of the ranks of factor and outcome, the other factors held; 1 or −1 "
        "where the outcome always rises or falls with the factor. The line is the 95 % "
        "interval.",
        "Corrélation des rangs du facteur et du résultat, les autres étant fixés ; 1 ou −1 si "
        "le résultat monte ou descend toujours avec le facteur. Le trait est l'intervalle à "
        "95 %.");
}

/// The measures that are drawn, in the order of the legend.
std::vector<const Measure*> drawn_measures(const Told& told) {
    if (told.experiment.method != "saltelli") return {&told.decisive()};
    return {&told.findings().measures[0], &told.findings().measures[1]};
}

/// Rows by the size of the decisive measure, those without a value left out.
std::vector<std::size_t> largest_rows(const Told& told) {
    const std::vector<Estimate>& rows = told.decisive().rows;
    std::vector<std::size_t> order;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (std::isfinite(rows[row].value)) order.push_back(row);
    }
    std::ranges::stable_sort(order, std::greater{},
                             [&](std::size_t row) { return std::abs(rows[row].value); });
    return order;
}

Json rows_of(const Told& told, const std::vector<std::size_t>& order) {
    Json list = Json::array();
    for (std::size_t i = 0; i < std::min(order.size(), most_rows); ++i) {
        for (const Measure* measure : drawn_measures(told)) {
            const Estimate& estimate = measure->rows[order[i]];
            list.push_back({{"row", told.findings().rows[order[i]]},
                            {"measure", measure_words(measure->name, told.words)},
                            {"value", drawn(told.drawn_of(*measure, estimate.value))},
                            {"low", drawn(told.drawn_of(*measure, estimate.interval.low))},
                            {"high", drawn(told.drawn_of(*measure, estimate.interval.high))},
                            {"told", told.number(*measure, estimate)}});
        }
    }
    return list;
}

ReportTable table_of(const Told& told, const std::vector<std::size_t>& order) {
    ReportTable table{.header = {told.words("Factor", "Facteur")}, .rows = {}};
    for (const Measure& measure : told.findings().measures)
        table.header.push_back(measure_words(measure.name, told.words));
    for (const std::size_t row : order) {
        std::vector<std::string> cells = {told.findings().rows[row]};
        for (const Measure& measure : told.findings().measures)
            cells.push_back(told.number(measure, measure.rows[row]));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

std::string convergence_words(const Told& told) {
    const Convergence& convergence = told.sensitivity.convergence;
    if (told.experiment.method == "oat" || std::isnan(convergence.widest)) return "";
    const std::string width = told.words.number(convergence.widest, 3);
    return convergence.reached()
               ? told.words(" Converged: the widest interval is ±{}.",
                            " Convergé : l'intervalle le plus large est ±{}.", width)
               : told.words(
                     " Not converged: the widest interval is ±{}, a larger design is needed.",
                     " Non convergé : l'intervalle le plus large est ±{}, il faut un plan plus "
                     "grand.",
                     width);
}

ReportFigure figure_of(const Told& told, std::size_t number) {
    const ReportWords& words = told.words;
    const std::vector<std::size_t> order = largest_rows(told);
    const Measure& decisive = told.decisive();
    Json measures = Json::array();
    for (const Measure* measure : drawn_measures(told))
        measures.push_back(measure_words(measure->name, words));
    const bool several = measures.size() > 1;
    std::string axis = several ? words("Share of the variance", "Part de la variance")
                               : measure_words(decisive.name, words);
    if (decisive.in_unit && !told.shown.difference_unit().empty())
        axis += " (" + told.shown.difference_unit() + ")";
    ReportFigure figure{.id = fmt::format("sensitivity-{}", number),
                        .title = words("{}: {} matters most, {}", "{} : {} compte le plus, {}",
                                       told.label(), told.findings().rows[order.front()],
                                       told.number(decisive, decisive.rows[order.front()])),
                        .caption =
                            how_to_read(told.experiment.method, words) + convergence_words(told),
                        .alt = words("Bars of the sensitivity of {} by factor.",
                                     "Barres de la sensibilité par facteur : {}.", told.label()),
                        .panels = {},
                        .table = table_of(told, order)};
    figure.panels.push_back(
        {"", figure_spec("bars", {{"rows", rows_of(told, order)},
                                  {"measures", measures},
                                  {"legend", several ? Json::object() : Json(nullptr)},
                                  {"step", several ? 16 : 26},
                                  {"axis", axis},
                                  {"name", words("Factor", "Facteur")},
                                  {"what", words("Measure", "Mesure")},
                                  {"number", words("Value", "Valeur")}})});
    return figure;
}

}

ReportSection sensitivity_section(const Experiment& experiment, const std::vector<Sensitivity>& all,
                                  const ReportWords& words) {
    ReportSection section{.id = "sensitivity",
                          .heading =
                              words("Which numbers it hangs on", "De quels nombres cela dépend")};
    section.paragraphs.push_back(
        words("{} factors were varied together over {} points, {} replicates each.",
              "{} facteurs ont varié ensemble sur {} points, {} répétitions chacun.",
              experiment.factors.size(), words.count(experiment.points()), experiment.replicates));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Sensitivity& sensitivity = all[i];
        if (sensitivity.findings.blocks < 2 || !(sensitivity.over_points.sd > 0.0)) continue;
        const Told told{experiment, sensitivity,
                        ShownOutcome(sensitivity.outcome.metric,
                                     std::abs(sensitivity.over_points.mean),
                                     sensitivity.over_points.sd / 10.0, words),
                        words};
        if (largest_rows(told).empty()) continue;
        section.figures.push_back(figure_of(told, i + 1));
    }
    return section;
}

}
