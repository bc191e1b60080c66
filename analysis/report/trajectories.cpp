#include <algorithm>
#include <cmath>

#include "analysis/comparison_notes.hpp"
#include "analysis/report/bands.hpp"
#include "analysis/report/figure_spec.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

constexpr double months_of_year = 12.0;
/// With more arms, bands hide each other.
constexpr std::size_t most_bands = 3;

/// What all trajectories of a study have in common.
struct Frame {
    const sim::ResultsReader& results;
    const Comparison& comparison;
    const ReportWords& words;
    std::vector<double> years;
    std::optional<std::size_t> point;
};

Json rows_of(const Frame& frame, const std::vector<Band>& bands, const ShownOutcome& shown) {
    Json rows = Json::array();
    for (std::size_t arm = 0; arm < bands.size(); ++arm) {
        for (std::size_t time = 0; time < frame.years.size(); ++time) {
            if (std::isnan(bands[arm].mean[time])) continue;
            rows.push_back({{"t", drawn(frame.years[time])},
                            {"arm", frame.comparison.arms[arm]},
                            {"mean", drawn(shown.drawn(bands[arm].mean[time]))},
                            {"low", drawn(shown.drawn(bands[arm].low[time]))},
                            {"high", drawn(shown.drawn(bands[arm].high[time]))}});
        }
    }
    return rows;
}

/// The arms at the end of every year.
ReportTable table_of(const Frame& frame, const std::vector<Band>& bands,
                     const ShownOutcome& shown) {
    const ReportWords& words = frame.words;
    ReportTable table;
    table.header = {words("Year", "Année")};
    for (const std::string& arm : frame.comparison.arms)
        table.header.push_back(words("{}: mean [middle 80 % of runs]",
                                     "{} : moyenne [80 % centraux des exécutions]", arm));
    const std::size_t times = frame.years.size();
    for (std::size_t time = 0; time < times; ++time) {
        const bool whole_year = std::abs(std::remainder(frame.years[time], 1.0)) < 1e-9;
        if (!whole_year && time + 1 < times) continue;
        if (std::ranges::all_of(bands,
                                [&](const Band& band) { return std::isnan(band.mean[time]); }))
            continue;
        std::vector<std::string> row = {words.number(frame.years[time], whole_year ? 0 : 1)};
        for (const Band& band : bands) {
            row.push_back(fmt::format("{} {}", shown.bare(band.mean[time]),
                                      shown.interval({band.low[time], band.high[time]})));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

/// Moments of a year for yearly rates, which jump from month to month; else one.
std::size_t window_of(const Frame& frame, const sim::Metric& metric) {
    if (metric.unit != "1/year" || frame.years.size() < 2) return 1;
    const double moments = 1.0 / (frame.years[1] - frame.years[0]);
    const auto window = std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(moments)));
    return window < frame.years.size() ? window : 1; // a run of less than a year has no full one
}

/// What each moment of a line stands for.
std::string moments_of(const Frame& frame, std::size_t window) {
    const ReportWords& words = frame.words;
    const double months = (frame.years[1] - frame.years[0]) * months_of_year;
    const bool monthly = std::abs(months - 1.0) < 1e-9;
    std::string text =
        monthly ? words("month by month", "mois par mois")
                : words("every {} months", "tous les {} mois",
                        words.number(months, std::abs(std::remainder(months, 1.0)) < 1e-9 ? 0 : 1));
    if (window > 1) {
        text += words(" from the end of the first year on, each moment as the mean of those of the "
                      "year up to it",
                      " à partir de la fin de la première année, chaque moment comme moyenne de "
                      "ceux de l'année qui y mène");
    }
    return text;
}

std::string caption_of(const Frame& frame, std::size_t window) {
    const ReportWords& words = frame.words;
    const Comparison& comparison = frame.comparison;
    const bool bands = comparison.arms.size() <= most_bands;
    std::string text =
        words("Line: mean of the finished runs of an arm{}, {}{}. The title tells what the runs "
              "end with.",
              "Trait : moyenne des exécutions terminées d'un bras{}, {}{}. Le titre dit ce à quoi "
              "les exécutions aboutissent.",
              comparison.points > 1 ? words(" at all {}", " sur tous les {}",
                                            counted(comparison.points, point_noun, words))
                                    : std::string(),
              moments_of(frame, window),
              bands ? words("; band: the middle 80 % of them", " ; bande : leurs 80 % centraux")
                    : std::string());
    if (!firms_that_died(comparison, words.language()).empty()) {
        text += words(" A firm that died is left out from then on: the line is that of the "
                      "survivors.",
                      " Une entreprise disparue n'y est plus dès lors : le trait est celui des "
                      "survivantes.");
    }
    return text;
}

ReportFigure figure_of(const Frame& frame, const ComparedOutcome& outcome) {
    const Comparison& comparison = frame.comparison;
    const ReportWords& words = frame.words;
    const std::size_t window = window_of(frame, outcome.metric);
    std::vector<Band> bands;
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm)
        bands.push_back(band_of(frame.results, {outcome.metric.name, arm, frame.point, window}));
    const ShownOutcome shown = shown_of(outcome, words);
    ReportFigure figure{.id = "trajectory-" + outcome.metric.name,
                        .title = finding(comparison, outcome, words),
                        .caption = caption_of(frame, window),
                        .alt = words("Lines over time of {} by arm.",
                                     "Courbes dans le temps, par bras : {}.", shown.axis()),
                        .panels = {},
                        .table = table_of(frame, bands, shown)};
    const bool draws_bands = comparison.arms.size() <= most_bands;
    figure.panels.push_back(
        {"", figure_spec("trajectory", {{"rows", rows_of(frame, bands, shown)},
                                        {"arms", comparison.arms},
                                        {"colours", colours_of(comparison.arms.size())},
                                        {"dashes", dashes_of(comparison.arms.size())},
                                        {"time", words("Time (years)", "Temps (années)")},
                                        {"value", shown.axis()},
                                        {"mean", words("Mean", "Moyenne")},
                                        {"low", words("Tenth run in a hundred", "10e centile")},
                                        {"high", words("Ninetieth in a hundred", "90e centile")},
                                        {"arm", words("Arm", "Bras")},
                                        {"columns", 2},
                                        {"opacity", draws_bands ? 0.16 : 0.0}})});
    return figure;
}

bool has_series(const sim::ResultsHead& head, const std::string& name) {
    return std::ranges::find(head.series, name, &sim::Metric::name) != head.series.end();
}

}

std::optional<ReportSection> trajectories_section(const sim::ResultsReader& results,
                                                  const Comparison& comparison,
                                                  const ReportWords& words) {
    const sim::ResultsHead& head = results.head();
    if (head.series.empty() || head.times.size() < 2) return std::nullopt;
    Frame frame{results, comparison, words, {}, unmixed_point(head)};
    for (const double months : head.times) frame.years.push_back(months / months_of_year);
    ReportSection section{.id = "trajectories",
                          .heading = words("Month by month", "Mois par mois")};
    const auto main = main_outcomes(comparison);
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        if (!has_series(head, outcome.metric.name)) continue;
        const bool is_main = std::ranges::find(main, &outcome) != main.end();
        (is_main ? section.figures : section.folded_figures).push_back(figure_of(frame, outcome));
    }
    if (section.figures.empty() && section.folded_figures.empty()) return std::nullopt;
    section.folded_label = counted(section.folded_figures.size(), more_outcomes_noun, words);
    return section;
}

}
