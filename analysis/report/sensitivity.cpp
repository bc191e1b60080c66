#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/ranges.h>

#include "analysis/report/figure_spec.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"
#include "analysis/sensitivity_notes.hpp"
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

/// What the marks of the drawing are; what the measures mean is told by meaning_of.
std::string marks_of(const std::string& method, const ReportWords& words) {
    if (method == "saltelli") {
        return words("Filled: first-order index; outlined: total index; the line is the {:.0f} % "
                     "interval. An index below 0 is the error of the sample around 0. ",
                     "Plein : indice du premier ordre ; contour : indice total ; le trait est "
                     "l'intervalle à {:.0f} %. Un indice négatif est l'erreur d'échantillonnage "
                     "autour de 0. ",
                     100.0 * usual_confidence);
    }
    return words("Bars by size; the line is the {:.0f} % interval. ",
                 "Barres par taille ; le trait est l'intervalle à {:.0f} %. ",
                 100.0 * usual_confidence);
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

/// Factors without a value, which the table shows as such.
void append_unknown(std::vector<std::size_t>& order, const std::vector<Estimate>& rows) {
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (std::isnan(rows[row].value)) order.push_back(row);
    }
}

ReportTable table_of(const Told& told, std::vector<std::size_t> order) {
    ReportTable table{.header = {told.words("Factor", "Facteur")}, .rows = {}};
    for (const Measure& measure : told.findings().measures)
        table.header.push_back(measure_words(measure.name, told.words));
    if (told.decisive().name == "prcc") append_unknown(order, told.decisive().rows);
    for (const std::size_t row : order) {
        std::vector<std::string> cells = {told.findings().rows[row]};
        for (const Measure& measure : told.findings().measures)
            cells.push_back(told.number(measure, measure.rows[row]));
        table.rows.push_back(std::move(cells));
    }
    return table;
}

/// Size of an effect with its interval: of a negative one, its mirror image.
Estimate sized(const Estimate& estimate) {
    if (!(estimate.value < 0.0)) return estimate;
    return {-estimate.value, {-estimate.interval.high, -estimate.interval.low}};
}

/// The rows that may be the largest: their interval reaches that of the first. None where the first
/// is not told from 0, or the method has not converged.
std::vector<std::size_t> leaders(const Told& told, const std::vector<std::size_t>& order) {
    const std::vector<Estimate>& rows = told.decisive().rows;
    const Estimate first = sized(rows[order.front()]);
    const std::string& method = told.experiment.method;
    const bool can_converge = method == "saltelli" || method == "morris";
    if (can_converge && !told.sensitivity.convergence.reached()) return {};
    if (!(first.interval.low > 0.0)) return {};
    std::vector<std::size_t> list;
    for (const std::size_t row : order) {
        if (!(sized(rows[row]).interval.high < first.interval.low)) list.push_back(row);
    }
    return list;
}

std::string title_of(const Told& told, const std::vector<std::size_t>& order) {
    constexpr std::size_t most_named = 3;
    const ReportWords& words = told.words;
    const Measure& decisive = told.decisive();
    const std::vector<std::size_t> first = leaders(told, order);
    if (order.size() == 1 && first.empty()) {
        return words("{}: no effect of {} is shown", "{} : aucun effet de {} n'est établi",
                     told.label(), told.findings().rows[order.front()]);
    }
    if (first.empty() || first.size() > most_named) {
        return words("{}: no factor stands out from the others",
                     "{} : aucun facteur ne se détache des autres", told.label());
    }
    std::vector<std::string> names;
    for (const std::size_t row : first)
        names.push_back(fmt::format("{} ({})", told.findings().rows[row],
                                    told.number(decisive, decisive.rows[row])));
    if (order.size() == 1)
        return words("{}: {} matters", "{} : {} compte", told.label(), names.front());
    return words("{}: {} {} most", "{} : {} {} le plus", told.label(), words.list(names),
                 form_of({"matters", "matter", "compte", "comptent"}, names.size(), words));
}

std::string caption_of(const Told& told, const std::vector<std::size_t>& order) {
    std::string text = marks_of(told.experiment.method, told.words) +
                       meaning_of(told.experiment, told.words.language());
    for (const std::string& remark :
         remarks_on(told.experiment, told.sensitivity, told.words.language()))
        text += " " + remark;
    if (order.size() > most_rows) {
        text += told.words(" The {} largest of {} are drawn; the table has all.",
                           " Les {} plus grands sur {} sont tracés ; le tableau les a tous.",
                           most_rows, order.size());
    }
    return text;
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
                        .title = title_of(told, order),
                        .caption = caption_of(told, order),
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

std::string asked_of(const Experiment& experiment, const ReportWords& words) {
    const std::string factors = counted(experiment.factors.size(), factor_noun, words);
    const std::string size =
        words("{}, {} each", "{}, {} chacun", counted(experiment.points(), point_noun, words),
              counted(experiment.replicates, replicate_noun, words));
    const std::size_t factor_count = experiment.factors.size();
    if (experiment.method == "oat" || experiment.method == "morris") {
        return words("{} {} varied one at a time: {}.", "{} {} un à la fois : {}.", factors,
                     form_of({"was", "were", "a varié", "ont varié"}, factor_count, words), size);
    }
    return words("{} {} varied together over {}.", "{} {} ensemble sur {}.", factors,
                 form_of({"was", "were", "a varié", "ont varié"}, factor_count, words), size);
}

}

ReportSection sensitivity_section(const Experiment& experiment, const std::vector<Sensitivity>& all,
                                  const ReportWords& words) {
    ReportSection section{.id = "sensitivity",
                          .heading =
                              words("Which numbers it hangs on", "De quels nombres cela dépend")};
    section.paragraphs.push_back(asked_of(experiment, words));
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Sensitivity& sensitivity = all[i];
        if (const std::string nothing = nothing_to_tell(experiment, sensitivity, words.language());
            !nothing.empty()) {
            section.paragraphs.push_back(
                words("{}: {}", "{} : {}", label_of(sensitivity.outcome.metric, words.language()),
                      nothing));
            continue;
        }
        const Told told{experiment, sensitivity,
                        ShownOutcome(sensitivity.outcome.metric,
                                     std::abs(sensitivity.over_points.mean),
                                     sensitivity.over_points.sd / 10.0, words),
                        words};
        if (largest_rows(told).empty()) {
            section.paragraphs.push_back(words(
                "{}: {}", "{} : {}", told.label(),
                fmt::format(
                    "{}", fmt::join(remarks_on(experiment, sensitivity, words.language()), " "))));
            continue;
        }
        section.figures.push_back(figure_of(told, i + 1));
    }
    return section;
}

}
