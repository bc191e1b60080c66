#include "analysis/report/replayed_pair.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/attribution.hpp"
#include "analysis/comparison_runs.hpp"
#include "analysis/report/sections.hpp"
#include "analysis/verify.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using scenarios::PeopleThroughTime;

/// Positions that can still be told apart on a page.
constexpr std::size_t most_positions = 600;
/// Means of the replay are taken in another order than those of the file.
constexpr double rounding = 1e-4;
constexpr const char* engagement = "engagement_employee";
constexpr const char* employees = "employees";

/// The arms that are told first, or the lone one.
std::vector<std::size_t> told_arms(const Comparison& comparison) {
    if (comparison.arms.size() == 1) return {0};
    const ComparedOutcome& headline = headline_outcome(comparison);
    return {arm_index(comparison, headline.contrasts[headline_contrast(comparison)].first),
            arm_index(comparison, comparison.reference)};
}

/// Adds to each replicate how far it lies from the mean of all, in squared standard deviations.
void add_distance(std::vector<double>& distances, const std::vector<double>& values,
                  double confidence) {
    const Summary all = summarise(values, confidence);
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double away = values[i] - all.mean;
        distances[i] += away == 0.0 ? 0.0 : away * away / (all.sd * all.sd);
    }
}

/// The replicate, finished in all these arms, that lies nearest to the means of the headline and of
/// the number of employees in each arm, and of the difference in the headline: a pair alike in one
/// of them only may be a firm on its way out.
std::optional<std::size_t> typical_replicate(const sim::ResultsReader& results,
                                             const Comparison& comparison, std::size_t point) {
    const std::vector<std::size_t> arms = told_arms(comparison);
    const auto status = results.status();
    std::vector<double> distances(results.head().replicates);
    const auto add = [&](const std::vector<double>& values) {
        add_distance(distances, values, comparison.confidence);
    };
    for (const std::string& outcome :
         {headline_outcome(comparison).metric.name, std::string(employees)}) {
        const auto& kept = results.head().outcomes;
        if (std::ranges::find(kept, outcome, &sim::Metric::name) == kept.end()) continue;
        const ArmValues values = finished_values(results, outcome, status, {.point = point});
        for (const std::size_t arm : arms) add(values[arm]);
        if (arms.size() == 1 || outcome == employees) continue;
        std::vector<double> difference = values[arms.front()];
        for (std::size_t i = 0; i < difference.size(); ++i) difference[i] -= values[arms.back()][i];
        add(difference);
    }
    std::optional<std::size_t> nearest;
    for (std::size_t i = 0; i < distances.size(); ++i) {
        if (std::isnan(distances[i])) continue;
        if (!nearest || distances[i] < distances[*nearest]) nearest = i;
    }
    return nearest;
}

/// Whether people feel, on average and at every moment, what the file says of the run.
bool is_the_run(const sim::ResultsReader& results, const PeopleThroughTime& people,
                const sim::Batch& run) {
    const std::vector<float> stored = results.series(engagement, run);
    if (stored.size() != people.times) return false;
    for (std::size_t time = 0; time < people.times; ++time) {
        const double again = mean_engagement(people, time);
        const auto told = static_cast<double>(stored[time]);
        if (std::isnan(again) && std::isnan(told)) continue;
        if (!(std::abs(again - told) < rounding)) return false;
    }
    return true;
}

std::string other_program(const ReportWords& words) {
    return words("this program does not make the runs of the file again (another version or "
                 "machine wrote it, or a file of ties is gone), and would show others",
                 "ce programme ne refait pas les exécutions du fichier (une autre version ou "
                 "machine l'a écrit, ou un fichier de liens manque) et en montrerait d'autres");
}

/// What keeps the file itself from being shown; empty when nothing does.
std::string obstacle(const sim::ResultsReader& results, const sim::NetworkTable& ties,
                     const ReportWords& words) {
    if (ties.nodes > most_positions) {
        return words("an office of {} positions is too large to be drawn (up to {})",
                     "un bureau de {} postes est trop grand pour être dessiné (jusqu'à {})",
                     words.count(ties.nodes), words.count(most_positions));
    }
    const auto& series = results.head().series;
    if (std::ranges::find(series, engagement, &sim::Metric::name) == series.end()) {
        return words("the file keeps no engagement month by month to hold a replay against",
                     "le fichier ne garde pas l'engagement mois par mois, auquel comparer une "
                     "nouvelle exécution");
    }
    return "";
}

ReplayedPair replayed(const sim::ResultsReader& results, const Comparison& comparison,
                      PairOfWorlds pair, const ReportWords& words) {
    const scenarios::Study study = stored_study(results);
    const auto& settings = study.scenario().arms.front().settings;
    if (settings.count("market.firms") != 1) {
        return {.why_not = words("a market of several firms has no one office",
                                 "un marché de plusieurs entreprises n'a pas un seul bureau")};
    }
    pair.is_of_a_file = !settings.text("network.colleague.file").empty();
    for (const std::size_t arm : told_arms(comparison)) {
        const sim::Batch run{arm, pair.point, pair.replicate, 1};
        pair.arms.push_back(comparison.arms[arm]);
        pair.people.push_back(study.people(run));
        if (pair.people.back().positions != pair.ties.nodes) {
            return {.why_not = words("the arms have offices of different sizes",
                                     "les bras ont des bureaux de tailles différentes")};
        }
        if (!is_the_run(results, pair.people.back(), run)) return {.why_not = other_program(words)};
    }
    return {.pair = std::move(pair)};
}

}

double mean_engagement(const PeopleThroughTime& people, std::size_t time) {
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t position = 0; position < people.positions; ++position) {
        const float level = people.engagement[time * people.positions + position];
        if (std::isnan(level)) continue;
        sum += static_cast<double>(level);
        count += 1.0;
    }
    return count > 0.0 ? sum / count : not_known;
}

ReplayedPair replayed_pair(const sim::ResultsReader& results, const Comparison& comparison,
                           const ReportWords& words) {
    const sim::ResultsHead& head = results.head();
    const std::vector<sim::NetworkTable> networks = results.networks();
    const auto ties = std::ranges::find(networks, "colleague", &sim::NetworkTable::name);
    if (head.text_attributes.contains("law") || ties == networks.end()) return {};
    if (const std::string why = obstacle(results, *ties, words); !why.empty())
        return {.why_not = why};
    const std::optional<std::size_t> unmixed = unmixed_point(head);
    const std::size_t point = unmixed.value_or(0);
    const auto replicate = typical_replicate(results, comparison, point);
    if (!replicate) {
        return {.why_not = words("no run is finished in all its arms at the first design point",
                                 "aucune exécution n'est terminée dans tous ses bras au premier "
                                 "point du plan")};
    }
    PairOfWorlds pair{.arms = {},
                      .people = {},
                      .replicate = *replicate,
                      .point = point,
                      .is_of_a_design = head.points > 1 && !unmixed,
                      .ties = *ties,
                      .months = head.times};
    try {
        return replayed(results, comparison, std::move(pair), words);
    } catch (const sim::UserError&) {
        return {.why_not = other_program(words)};
    }
}

}
