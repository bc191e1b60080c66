#include "analysis/compare.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/attribution.hpp"
#include "analysis/comparison_runs.hpp"
#include "analysis/stored_scenario.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {

namespace {

using sim::RunStatus;

[[noreturn]] void refuse_name(const sim::ResultsReader& results, const std::string& kind,
                              const std::string& name, const std::vector<std::string>& valid) {
    throw sim::UserError(fmt::format("{}: there is no {} \"{}\"{}", results.path().string(), kind,
                                     name, sim::did_you_mean(name, valid)));
}

std::vector<sim::Metric> chosen_outcomes(const sim::ResultsReader& results,
                                         const CompareOptions& options) {
    const auto& all = results.head().outcomes;
    std::vector<std::string> names;
    for (const sim::Metric& metric : all) names.push_back(metric.name);
    const auto found = [&](const std::string& name) {
        const auto metric = std::ranges::find(all, name, &sim::Metric::name);
        if (metric == all.end()) refuse_name(results, "outcome", name, names);
        return *metric;
    };
    for (const auto& [name, margin] : options.margins) {
        found(name);
        if (!(margin > 0.0)) {
            throw sim::UserError(fmt::format("margin of {} = {} is not above 0 (it is the largest "
                                             "difference that does not matter)",
                                             name, margin));
        }
    }
    if (options.outcomes.empty()) return all;
    std::vector<sim::Metric> chosen;
    for (const std::string& name : options.outcomes) chosen.push_back(found(name));
    return chosen;
}

void check(const sim::ResultsReader& results, const CompareOptions& options) {
    const sim::ResultsHead& head = results.head();
    if (options.point && *options.point >= head.points) {
        throw sim::UserError(fmt::format("{}: there is no design point {} (they are 0 to {})",
                                         results.path().string(), *options.point, head.points - 1));
    }
    if (!(options.confidence > 0.0 && options.confidence < 1.0)) {
        throw sim::UserError(
            fmt::format("confidence = {} is not between 0 and 1 (it is the share of "
                        "intervals that hold the truth) 0.95 is usual",
                        options.confidence));
    }
}

Comparison frame(const sim::ResultsReader& results, const CompareOptions& options) {
    const sim::ResultsHead& head = results.head();
    Comparison comparison;
    const auto title = head.text_attributes.find("title");
    if (title != head.text_attributes.end()) comparison.title = title->second;
    comparison.file = results.path().string();
    comparison.arms = head.arms;
    comparison.reference = options.reference.empty() ? head.arms.back() : options.reference;
    if (std::ranges::find(head.arms, comparison.reference) == head.arms.end())
        refuse_name(results, "arm", comparison.reference, head.arms);
    comparison.points = options.point ? 1 : head.points;
    comparison.replicates = head.replicates;
    comparison.confidence = options.confidence;
    return comparison;
}

std::string first_reason(const sim::ResultsReader& results, const std::vector<RunStatus>& status) {
    const sim::ResultsHead& head = results.head();
    const auto failed = std::ranges::find(status, RunStatus::failed);
    const auto run = static_cast<std::size_t>(failed - status.begin());
    return results.failure(run / (head.points * head.replicates),
                           run / head.replicates % head.points, run % head.replicates);
}

/// True when an arm's replicates all gave the same numbers, as runs with one seed would.
bool replicates_are_equal(const Comparison& comparison, std::size_t arm) {
    bool more_than_one = false;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        if (outcome.arms[arm].sd > 0.0) return false;
        if (outcome.arms[arm].count > 1) more_than_one = true;
    }
    return more_than_one;
}

void warn_of_single_pairs(Comparison& comparison) {
    if (!comparison.has_lone_replicate()) return;
    const char* what = comparison.points > 1         ? "replicate"
                       : comparison.arms.size() == 1 ? "run"
                                                     : "pair of runs";
    comparison.warnings.push_back(
        fmt::format("A single {} tells nothing of chance: no interval can be given. Ask for more "
                    "with run --replicates.",
                    what));
}

void warn(Comparison& comparison, const sim::ResultsReader& results,
          const std::vector<RunStatus>& status) {
    auto& warnings = comparison.warnings;
    if (comparison.failed > 0) {
        warnings.push_back(fmt::format("{} of {} failed and {} left out (the first: {}).",
                                       comparison.failed, counted(comparison.runs(), "run"),
                                       is_or_are(comparison.failed),
                                       first_reason(results, status)));
    }
    if (comparison.pending > 0) {
        warnings.push_back(fmt::format("{} of {} {} not done yet and left out.", comparison.pending,
                                       counted(comparison.runs(), "run"),
                                       is_or_are(comparison.pending)));
    }
    warn_of_single_pairs(comparison);
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
        if (replicates_are_equal(comparison, arm)) {
            comparison.unvarying.push_back(arm);
            warnings.push_back(fmt::format("All runs of {} gave the same numbers: nothing in it is "
                                           "random, or the runs share one seed.",
                                           comparison.arms[arm]));
        }
    }
}

/// How many firms each arm began with and lost, from the outcome that counts survivors.
std::vector<FirmsOfArm> firms_of_arms(const ArmValues& survival,
                                      const scenarios::Scenario& scenario) {
    std::vector<FirmsOfArm> firms;
    for (std::size_t arm = 0; arm < survival.size(); ++arm) {
        const auto& settings = scenario.arms[arm].settings;
        const std::size_t in_a_run = settings.count("market.firms");
        FirmsOfArm counts;
        for (const double alive : survival[arm]) {
            if (std::isnan(alive)) continue;
            counts.all += in_a_run;
            counts.died += static_cast<std::size_t>(
                std::llround((1.0 - alive) * static_cast<double>(in_a_run)));
        }
        firms.push_back(counts);
    }
    return firms;
}

/// What only the stored scenario knows. A file of another version is compared without it.
void tell_of_scenario(Comparison& comparison, const sim::ResultsReader& results,
                      const std::vector<RunStatus>& status, const CompareOptions& options) {
    const auto& outcomes = results.head().outcomes;
    const bool counts_survivors =
        std::ranges::find(outcomes, "survival", &sim::Metric::name) != outcomes.end();
    try {
        const scenarios::Scenario scenario = stored_scenario(results);
        comparison.parameters = parameters_of_arms(scenario);
        if (!counts_survivors || scenario.arms.size() != comparison.arms.size()) return;
        comparison.firms =
            firms_of_arms(finished_values(results, "survival", status, options), scenario);
    } catch (const sim::UserError&) {
        comparison.warnings.emplace_back(
            "This program cannot read the scenario in the file (another version wrote it), so it "
            "does not tell which parameters differ.");
    }
}

bool nowhere_defined(const ArmValues& values) {
    return std::ranges::all_of(values, [](const std::vector<double>& of_arm) {
        return !of_arm.empty() &&
               std::ranges::all_of(of_arm, [](double value) { return std::isnan(value); });
    });
}

ComparedOutcome compare_outcome(const Comparison& comparison, const sim::Metric& metric,
                                const ArmValues& values, const CompareOptions& options) {
    ComparedOutcome outcome{.metric = metric, .arms = {}, .contrasts = {}};
    const std::size_t reference = arm_index(comparison, comparison.reference);
    const std::size_t replicates = comparison.replicates;
    for (const std::vector<double>& of_arm : values) {
        outcome.arms.push_back(
            summarise(means_of_replicates(of_arm, replicates), comparison.confidence));
    }
    const auto margin = options.margins.find(metric.name);
    for (std::size_t arm = 0; arm < values.size(); ++arm) {
        if (arm == reference) continue;
        const PairedRuns pairs = paired_runs(values[arm], values[reference]);
        Contrast contrast{.first = comparison.arms[arm],
                          .difference = paired_difference(
                              means_of_replicates(pairs.first, replicates),
                              means_of_replicates(pairs.second, replicates), comparison.confidence),
                          .run_pairs = pairs.known,
                          .simultaneous = {},
                          .equivalence = {}};
        if (margin != options.margins.end()) {
            contrast.equivalence =
                test_equivalence(contrast.difference, margin->second, comparison.confidence);
        }
        outcome.contrasts.push_back(std::move(contrast));
    }
    return outcome;
}

}

Standing Contrast::standing() const {
    if (std::isnan(difference.interval.low)) return Standing::unknown;
    if (simultaneous.excludes(0.0)) return Standing::shown;
    return difference.interval.excludes(0.0) ? Standing::alone : Standing::open;
}

std::size_t Comparison::contrast_count() const { return outcomes.size() * (arms.size() - 1); }

bool Comparison::has_lone_replicate() const {
    if (arms.size() > 1) return std::ranges::find(paired_replicates, 1U) != paired_replicates.end();
    return done == 1 || replicates == 1;
}

Comparison compare(const sim::ResultsReader& results, const CompareOptions& asked) {
    CompareOptions options = asked;
    if (!options.point) options.point = unmixed_point(results.head());
    check(results, options);
    const std::vector<sim::Metric> metrics = chosen_outcomes(results, options);
    const std::vector<RunStatus> status = results.status();
    Comparison comparison = frame(results, options);
    count_runs(comparison, status, results.head(), options);
    refuse_without_pairs(comparison);
    tell_of_scenario(comparison, results, status, options);
    for (const sim::Metric& metric : metrics) {
        const ArmValues values = finished_values(results, metric.name, status, options);
        // What is not defined here (rivals of a lone firm) is shown only to those who ask for it.
        if (options.outcomes.empty() && nowhere_defined(values)) continue;
        comparison.outcomes.push_back(compare_outcome(comparison, metric, values, options));
    }
    const double misses = 1.0 - comparison.confidence;
    for (ComparedOutcome& outcome : comparison.outcomes) {
        for (Contrast& contrast : outcome.contrasts) {
            const auto count = static_cast<double>(comparison.contrast_count());
            contrast.simultaneous = interval_at(contrast.difference, 1.0 - misses / count);
        }
    }
    warn(comparison, results, status);
    return comparison;
}

}
