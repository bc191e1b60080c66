#include "analysis/verify.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

/// The same bits; any two missing values count as the same.
bool same(float one, float other) {
    return (std::isnan(one) && std::isnan(other)) ||
           std::bit_cast<std::uint32_t>(one) == std::bit_cast<std::uint32_t>(other);
}
bool same(double one, double other) {
    return (std::isnan(one) && std::isnan(other)) ||
           std::bit_cast<std::uint64_t>(one) == std::bit_cast<std::uint64_t>(other);
}

const std::string& attribute(const sim::ResultsReader& results, const std::string& name) {
    const auto& all = results.head().text_attributes;
    const auto found = all.find(name);
    if (found == all.end()) {
        throw sim::UserError(fmt::format("{}: has no attribute {} (a replay starts from it) "
                                         "write the file with cercle run",
                                         results.path().string(), name));
    }
    return found->second;
}

/// Every `size / count`-th of `runs`, ends included.
std::vector<std::size_t> spread(const std::vector<std::size_t>& runs, std::size_t count) {
    if (count == 0 || count >= runs.size()) return runs;
    std::vector<std::size_t> chosen;
    for (std::size_t each = 0; each < count; ++each) {
        chosen.push_back(runs[count == 1 ? 0 : each * (runs.size() - 1) / (count - 1)]);
    }
    return chosen;
}

std::vector<std::size_t> done_runs(const std::vector<sim::RunStatus>& status) {
    std::vector<std::size_t> runs;
    for (std::size_t run = 0; run < status.size(); ++run) {
        if (status[run] == sim::RunStatus::done) runs.push_back(run);
    }
    return runs;
}

/// Compares replayed records with what a file holds.
class Comparison {
public:
    Comparison(const sim::ResultsReader& results, ReplayCertificate& certificate)
        : results_(results), certificate_(certificate) {
        for (const sim::Metric& outcome : results.head().outcomes) {
            outcomes_.push_back(results.outcome(outcome.name));
        }
    }

    void compare(const ReplayBatch& asked, const sim::Record& record) {
        load_series(asked.batch);
        nodes_ = results_.nodes(asked.batch);
        for (const std::size_t run : asked.runs) {
            ++certificate_.runs_replayed;
            if (const auto what = first_difference(run, asked.batch, record)) {
                certificate_.differences.push_back({run, *what});
            }
        }
    }

private:
    void load_series(const sim::Batch& batch) {
        series_.clear();
        for (const sim::Metric& metric : results_.head().series) {
            series_.push_back(results_.series(metric.name, batch));
        }
    }

    std::optional<std::string> first_difference(std::size_t run, const sim::Batch& batch,
                                                const sim::Record& record) {
        if (record.status != sim::RunStatus::done) return "the replay failed: " + record.failure;
        const std::size_t lane = run % results_.head().replicates - batch.first_replicate;
        if (auto what = series_difference(lane, batch, record)) return what;
        if (auto what = node_difference(lane, record)) return what;
        return outcome_difference(run, lane, batch, record);
    }

    std::optional<std::string> node_difference(std::size_t lane, const sim::Record& record) {
        const std::size_t count = results_.head().nodes;
        for (std::size_t node = 0; node < count; ++node) {
            const double stored = nodes_[lane * count + node];
            const double again = record.nodes[lane * count + node];
            ++certificate_.outcome_values;
            if (!same(stored, again)) {
                return fmt::format("node {}: stored {}, replayed {}", node, stored, again);
            }
        }
        return std::nullopt;
    }

    std::optional<std::string> series_difference(std::size_t lane, const sim::Batch& batch,
                                                 const sim::Record& record) {
        const sim::ResultsHead& head = results_.head();
        const std::size_t times = head.times.size();
        std::optional<std::string> first;
        for (std::size_t metric = 0; metric < head.series.size(); ++metric) {
            for (std::size_t time = 0; time < times; ++time) {
                const float stored = series_[metric][lane * times + time];
                const float again = record.series[(metric * batch.lanes + lane) * times + time];
                ++certificate_.series_values;
                if (!first && !same(stored, again)) {
                    first = fmt::format("{} at month {}: stored {}, replayed {}",
                                        head.series[metric].name, head.times[time], stored, again);
                }
            }
        }
        return first;
    }

    std::optional<std::string> outcome_difference(std::size_t run, std::size_t lane,
                                                  const sim::Batch& batch,
                                                  const sim::Record& record) {
        std::optional<std::string> first;
        for (std::size_t which = 0; which < outcomes_.size(); ++which) {
            const double stored = outcomes_[which][run];
            const double again = record.outcomes[which * batch.lanes + lane];
            ++certificate_.outcome_values;
            if (!first && !same(stored, again)) {
                first = fmt::format("{}: stored {}, replayed {}",
                                    results_.head().outcomes[which].name, stored, again);
            }
        }
        return first;
    }

    const sim::ResultsReader& results_;
    ReplayCertificate& certificate_;
    std::vector<std::vector<double>> outcomes_; ///< (outcome)(run)
    std::vector<double> nodes_;                 ///< of the batch at hand: (lane, node)
    std::vector<std::vector<float>> series_;    ///< of the batch at hand: (metric)(lane, time)
};

}

std::vector<std::size_t> chosen_runs(const std::vector<sim::RunStatus>& status,
                                     const ReplayOptions& options) {
    if (options.runs.empty()) return spread(done_runs(status), options.sample);
    std::vector<std::size_t> runs = options.runs;
    std::ranges::sort(runs);
    runs.erase(std::ranges::unique(runs).begin(), runs.end());
    for (const std::size_t run : runs) {
        if (run >= status.size()) {
            throw sim::UserError(fmt::format("--run {}: no such run (the file has runs 0 to {})",
                                             run, status.size() - 1));
        }
        if (status[run] != sim::RunStatus::done) {
            throw sim::UserError(
                fmt::format("--run {}: this run {} (only finished runs can be replayed)", run,
                            status[run] == sim::RunStatus::failed ? "failed" : "was not made"));
        }
    }
    return runs;
}

std::vector<ReplayBatch> replay_batches(const std::vector<std::size_t>& runs,
                                        std::size_t replicates, std::size_t points,
                                        std::size_t lanes) {
    const std::size_t width = std::min(lanes, replicates);
    std::vector<ReplayBatch> batches;
    for (const std::size_t run : runs) {
        const std::size_t replicate = run % replicates;
        const sim::Batch batch{.arm = run / replicates / points,
                               .point = run / replicates % points,
                               .first_replicate = std::min(replicate, replicates - width),
                               .lanes = width};
        const bool joins = !batches.empty() && batches.back().batch.arm == batch.arm &&
                           batches.back().batch.point == batch.point &&
                           replicate < batches.back().batch.first_replicate + width;
        if (!joins) batches.push_back({batch, {}});
        batches.back().runs.push_back(run);
    }
    return batches;
}

scenarios::Study stored_study(const sim::ResultsReader& results) {
    const auto& attributes = results.head().text_attributes;
    const auto folder = attributes.find("scenario_folder");
    scenarios::Study study(
        scenarios::read_scenario({.name = results.path().string() + ":scenario_resolved",
                                  .text = attribute(results, "scenario_resolved"),
                                  .folder = folder == attributes.end() ? "." : folder->second}));
    sim::ResultsHead stored = results.head();
    // Another commit may well give the same bits: that is what a replay is to find out.
    stored.text_attributes.clear();
    if (const auto differ = sim::differences(stored, study.head()); !differ.empty()) {
        throw sim::UserError(fmt::format("{}: cannot be replayed (this program makes another study "
                                         "of its scenario: {})",
                                         results.path().string(), differ.front()));
    }
    return study;
}

ReplayCertificate replay(const sim::ResultsReader& results, const scenarios::Study& study,
                         const ReplayOptions& options) {
    const std::vector<sim::RunStatus> status = results.status();
    const sim::ResultsHead& head = results.head();
    const std::vector<ReplayBatch> asked =
        replay_batches(chosen_runs(status, options), head.replicates, head.points, options.lanes);
    std::vector<sim::Batch> batches;
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, const ReplayBatch*> by_batch;
    for (const ReplayBatch& each : asked) {
        batches.push_back(each.batch);
        by_batch[{each.batch.arm, each.batch.point, each.batch.first_replicate}] = &each;
    }

    ReplayCertificate certificate{.runs_in_file = status.size(),
                                  .runs_not_done = status.size() - done_runs(status).size(),
                                  .differences = {}};
    Comparison comparison(results, certificate);
    const scenarios::Tally tally = scenarios::execute(
        study, batches, {.threads = options.threads, .stop = options.stop},
        [&](const sim::Record& record) {
            const sim::Batch& batch = record.batch;
            comparison.compare(*by_batch.at({batch.arm, batch.point, batch.first_replicate}),
                               record);
        },
        [&](const scenarios::Tally& now) {
            if (options.progress) options.progress(now);
        });
    certificate.stopped = tally.stopped;
    std::ranges::sort(certificate.differences, {}, &ReplayDifference::run);
    return certificate;
}

}
