#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace cercle::sim {

/// A quantity a run reports: its short name, unit and one-line meaning.
struct Metric {
    std::string name; ///< "engagement_employee"
    std::string unit; ///< "1", "EUR/month", "1/year"
    std::string meaning;
    bool operator==(const Metric&) const = default;
};

/// Where a batch of runs belongs: `lanes` consecutive replicates of one arm and design point.
struct Batch {
    std::size_t arm = 0;
    std::size_t point = 0;
    std::size_t first_replicate = 0;
    std::size_t lanes = 1;
    bool operator==(const Batch&) const = default;
};

enum class RunStatus : std::uint8_t { pending = 0, done = 1, failed = 2 };

/// What a batch of runs leaves behind. Missing values are NaN.
struct Record {
    Batch batch;
    std::size_t times = 0;
    std::size_t series_count = 0;
    std::size_t outcome_count = 0;
    std::vector<float> series;    ///< (metric, lane, time)
    std::vector<double> outcomes; ///< (outcome, lane)
    std::vector<double> nodes = {}; ///< (lane, node): what each node holds at the end; may be empty
    RunStatus status = RunStatus::done;
    std::string failure; ///< why, when failed
    /// Running totals at the last observation, from which flows between observations are made;
    /// the observables' own, no part of the results.
    std::vector<double> carried;

    float& at(std::size_t metric, std::size_t lane, std::size_t time) {
        return series[(metric * batch.lanes + lane) * times + time];
    }
    double& outcome(std::size_t which, std::size_t lane) {
        return outcomes[which * batch.lanes + lane];
    }
    bool operator==(const Record&) const = default;
};

}
