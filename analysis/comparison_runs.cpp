#include "analysis/comparison_runs.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/wording.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

using sim::RunStatus;

namespace {

void count_statuses(Comparison& comparison, const std::vector<RunStatus>& status,
                    const sim::ResultsHead& head, const CompareOptions& options) {
    const std::size_t replicates = sim::replicates_run(head);
    for (std::size_t run = 0; run < status.size(); ++run) {
        const std::size_t point = run / head.replicates % head.points;
        if (options.point && point != *options.point) continue;
        if (run % head.replicates >= replicates) continue; // spared: there were enough
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

/// Counts, for each arm but the reference, the runs that are done there and in the reference.
void count_pairs(Comparison& comparison, const std::vector<RunStatus>& status,
                 const sim::ResultsHead& head, const CompareOptions& options) {
    const std::size_t runs_of_arm = head.points * head.replicates;
    const std::size_t reference = arm_index(comparison, comparison.reference);
    const std::size_t begin = options.point.value_or(0) * head.replicates;
    const std::size_t end = options.point ? begin + head.replicates : runs_of_arm;
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        if (arm == reference) continue;
        std::size_t pairs = 0;
        std::vector<bool> has_pair(head.replicates, false);
        for (std::size_t place = begin; place < end; ++place) {
            const bool both = status[arm * runs_of_arm + place] == RunStatus::done &&
                              status[reference * runs_of_arm + place] == RunStatus::done;
            if (!both) continue;
            ++pairs;
            has_pair[place % head.replicates] = true;
        }
        comparison.finished_pairs.push_back(pairs);
        comparison.paired_replicates.push_back(
            static_cast<std::size_t>(std::ranges::count(has_pair, true)));
    }
}

}

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

std::vector<double> means_of_replicates(const std::vector<double>& values, std::size_t replicates) {
    if (values.size() == replicates) return values;
    std::vector<double> sums(replicates, 0.0);
    std::vector<double> counts(replicates, 0.0);
    for (std::size_t run = 0; run < values.size(); ++run) {
        if (std::isnan(values[run])) continue;
        sums[run % replicates] += values[run];
        counts[run % replicates] += 1.0;
    }
    for (std::size_t replicate = 0; replicate < replicates; ++replicate)
        sums[replicate] = counts[replicate] > 0.0 ? sums[replicate] / counts[replicate] : not_known;
    return sums;
}

PairedRuns paired_runs(const std::vector<double>& first, const std::vector<double>& second) {
    PairedRuns pairs{.first = first, .second = second};
    for (std::size_t run = 0; run < first.size(); ++run) {
        if (std::isnan(first[run]) || std::isnan(second[run]))
            pairs.first[run] = pairs.second[run] = not_known;
        else
            ++pairs.known;
    }
    return pairs;
}

void count_runs(Comparison& comparison, const std::vector<RunStatus>& status,
                const sim::ResultsHead& head, const CompareOptions& options) {
    count_statuses(comparison, status, head, options);
    count_pairs(comparison, status, head, options);
}

void refuse_without_pairs(const Comparison& comparison) {
    const auto& pairs = comparison.finished_pairs;
    const bool some = std::ranges::any_of(pairs, [](std::size_t count) { return count > 0; });
    if (comparison.done > 0 && (some || comparison.arms.size() == 1)) return;
    const std::string missing =
        comparison.done == 0
            ? "no run is finished"
            : fmt::format("no run is finished both in {} and in another arm", comparison.reference);
    throw sim::UserError(fmt::format(
        "{}: there is nothing to compare yet: {} ({} of {} done, {} failed); go on with the study: "
        "cercle run SCENARIO -o {} --resume{}",
        comparison.file, missing, comparison.done, counted(comparison.runs(), "run"),
        comparison.failed, comparison.file, comparison.failed > 0 ? " --retry-failed" : ""));
}

std::size_t arm_index(const Comparison& comparison, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(comparison.arms, name) -
                                    comparison.arms.begin());
}

}
