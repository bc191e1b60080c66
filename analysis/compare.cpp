#include "analysis/compare.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {

namespace {

using sim::RunStatus;

/// One outcome of every run of an arm that counts, NaN elsewhere; (point, replicate).
using ArmValues = std::vector<std::vector<double>>;

ArmValues finished_values(const sim::ResultsReader& results, const std::string& outcome,
                          const std::vector<RunStatus>& status, const CompareOptions& options) {
    const sim::ResultsHead& head = results.head();
    const std::vector<double> all = results.outcome(outcome);
    const std::size_t runs_of_arm = head.points * head.replicates;
    const std::size_t begin = options.point.value_or(0) * head.replicates;
    const std::size_t end = options.point ? begin + head.replicates : runs_of_arm;
    ArmValues values(head.arms.size());
    for (std::size_t arm = 0; arm < values.size(); ++arm) {
        for (std::size_t place = begin; place < end; ++place) {
            const std::size_t run = arm * runs_of_arm + place;
            values[arm].push_back(status[run] == RunStatus::done ? all[run] : not_known);
        }
    }
    return values;
}

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

void count_runs(Comparison& comparison, const std::vector<RunStatus>& status,
                const sim::ResultsHead& head, const CompareOptions& options) {
    for (std::size_t run = 0; run < status.size(); ++run) {
        const std::size_t point = run / head.replicates % head.points;
        if (options.point && point != *options.point) continue;
        switch (status[run]) {
        case RunStatus::pending:
            ++comparison.pending;
            break;
        case RunStatus::done:
            ++comparison.done;
            break;
        case RunStatus::failed:
            ++comparison.failed;
            break;
        }
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

void warn(Comparison& comparison, const sim::ResultsReader& results,
          const std::vector<RunStatus>& status) {
    auto& warnings = comparison.warnings;
    if (comparison.failed > 0) {
        warnings.push_back(fmt::format("{} of {} runs failed and are left out (the first: {}).",
                                       comparison.failed, comparison.runs(),
                                       first_reason(results, status)));
    }
    if (comparison.pending > 0) {
        warnings.push_back(fmt::format("{} of {} runs are not done yet and are left out.",
                                       comparison.pending, comparison.runs()));
    }
    if (comparison.replicates * comparison.points == 1)
        warnings.emplace_back("One replicate gives no interval; ask for more with --replicates.");
    for (std::size_t arm = 0; arm < comparison.arms.size(); ++arm) {
        if (replicates_are_equal(comparison, arm)) {
            warnings.push_back(fmt::format("All runs of {} gave the same numbers: nothing in it is "
                                           "random, or the runs share one seed.",
                                           comparison.arms[arm]));
        }
    }
}

ComparedOutcome compare_outcome(const Comparison& comparison, const sim::Metric& metric,
                                const ArmValues& values, const CompareOptions& options) {
    ComparedOutcome outcome{.metric = metric, .arms = {}, .contrasts = {}};
    std::size_t reference = 0;
    for (std::size_t arm = 0; arm < values.size(); ++arm) {
        outcome.arms.push_back(summarise(values[arm], comparison.confidence));
        if (comparison.arms[arm] == comparison.reference) reference = arm;
    }
    const auto margin = options.margins.find(metric.name);
    for (std::size_t arm = 0; arm < values.size(); ++arm) {
        if (arm == reference) continue;
        Contrast contrast{
            .first = comparison.arms[arm],
            .difference = paired_difference(values[arm], values[reference], comparison.confidence),
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

std::size_t Comparison::contrast_count() const { return outcomes.size() * (arms.size() - 1); }

Comparison compare(const sim::ResultsReader& results, const CompareOptions& options) {
    check(results, options);
    const std::vector<sim::Metric> metrics = chosen_outcomes(results, options);
    const std::vector<RunStatus> status = results.status();
    Comparison comparison = frame(results, options);
    count_runs(comparison, status, results.head(), options);
    if (comparison.done == 0) {
        throw sim::UserError(fmt::format(
            "{}: holds no finished run to compare ({} pending, {} failed); finish the study first",
            comparison.file, comparison.pending, comparison.failed));
    }
    for (const sim::Metric& metric : metrics) {
        comparison.outcomes.push_back(compare_outcome(
            comparison, metric, finished_values(results, metric.name, status, options), options));
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
