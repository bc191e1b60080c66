#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "scenarios/study.hpp"
#include "sim/results_file.hpp"

namespace cercle::analysis {

/// Which runs of a result file to replay, and how. Runs are numbered arm by arm, point by point,
/// replicate by replicate, from 0.
struct ReplayOptions {
    std::vector<std::size_t> runs; ///< none: all that are done, or `sample` of them
    std::size_t sample = 0;        ///< this many, evenly spread; 0: all
    std::size_t threads = 1;       ///< should differ from the file's
    std::size_t lanes = 1;         ///< should differ from the file's
    const std::atomic<bool>* stop = nullptr;
    std::function<void(const scenarios::Tally&)> progress;
};

/// A run that came out otherwise when replayed.
struct ReplayDifference {
    std::size_t run;
    std::string what; ///< "engagement_employee at month 12: stored 0.41, replayed 0.42"
};

/// What a replay of a result file proved.
struct ReplayCertificate {
    std::size_t runs_in_file = 0;
    std::size_t runs_not_done = 0; ///< pending or failed, so not replayed
    std::size_t runs_replayed = 0;
    std::size_t series_values = 0; ///< compared bit for bit
    std::size_t outcome_values = 0;
    bool stopped = false;
    std::vector<ReplayDifference> differences; ///< at most one per run
};

/// A batch to replay and those of its runs that were asked for.
struct ReplayBatch {
    sim::Batch batch;
    std::vector<std::size_t> runs;
    bool operator==(const ReplayBatch&) const = default;
};

/// The runs to replay, ascending; UserError for a run that is not there or not done.
std::vector<std::size_t> chosen_runs(const std::vector<sim::RunStatus>& status,
                                     const ReplayOptions& options);

/// Batches of `lanes` neighbours (all replicates, when there are fewer) that hold the runs, which
/// ascend. A batch may hold runs that nobody asked for: they are needed to fill its lanes.
std::vector<ReplayBatch> replay_batches(const std::vector<std::size_t>& runs,
                                        std::size_t replicates, std::size_t points,
                                        std::size_t lanes);

/// The study a result file holds, made again from the scenario stored in it. UserError when this
/// program makes another study of it.
scenarios::Study stored_study(const sim::ResultsReader& results);

/// Runs the chosen runs of the file again and compares every stored number bit for bit.
ReplayCertificate replay(const sim::ResultsReader& results, const scenarios::Study& study,
                         const ReplayOptions& options);

}
