#include "analysis/stopping.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

#include "analysis/statistics.hpp"
#include "sim/parallel.hpp"

namespace cercle::analysis {

namespace {

/// One outcome of the finished runs, (arm, point, replicate).
class Runs {
public:
    Runs(const sim::ResultsReader& results, const std::string& outcome)
        : head_(results.head()), values_(results.outcome(outcome)) {
        const std::vector<sim::RunStatus> status = results.status();
        for (std::size_t run = 0; run < status.size(); ++run) {
            if (status[run] != sim::RunStatus::done) values_[run] = not_known;
        }
    }
    std::span<const double> first(std::size_t replicates, std::size_t arm,
                                  std::size_t point) const {
        return std::span(values_).subspan((arm * head_.points + point) * head_.replicates,
                                          replicates);
    }
    std::size_t arm(const std::string& name) const {
        return static_cast<std::size_t>(std::ranges::find(head_.arms, name) - head_.arms.begin());
    }

private:
    const sim::ResultsHead& head_;
    std::vector<double> values_;
};

}

std::vector<std::size_t> looks(std::size_t replicates) {
    std::vector<std::size_t> list;
    for (std::size_t look = scenarios::first_look; look < replicates;) {
        list.push_back(look);
        look += (look / 4 + sim::max_lanes - 1) / sim::max_lanes * sim::max_lanes;
    }
    list.push_back(replicates);
    return list;
}

std::vector<sim::Batch> within(const std::vector<sim::Batch>& batches, std::size_t from,
                               std::size_t to) {
    std::vector<sim::Batch> list;
    for (sim::Batch batch : batches) {
        const std::size_t end = std::min(batch.first_replicate + batch.lanes, to);
        batch.first_replicate = std::max(batch.first_replicate, from);
        if (end <= batch.first_replicate) continue;
        batch.lanes = end - batch.first_replicate;
        list.push_back(batch);
    }
    return list;
}

double widest_interval(const sim::ResultsReader& results, const scenarios::Stopping& stopping,
                       std::size_t replicates) {
    const sim::ResultsHead& head = results.head();
    const Runs runs(results, stopping.outcome);
    std::vector<double> widths;
    for (std::size_t point = 0; point < head.points; ++point) {
        const auto values = [&](std::size_t arm) { return runs.first(replicates, arm, point); };
        if (!stopping.first.empty()) {
            widths.push_back(paired_difference(values(runs.arm(stopping.first)),
                                               values(runs.arm(stopping.second)), usual_confidence)
                                 .interval.half_width());
            continue;
        }
        for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
            widths.push_back(summarise(values(arm), usual_confidence).interval.half_width());
        }
    }
    // Runs that are all alike (none of 32 died) say little of how far others may lie.
    const bool some_unknown =
        std::ranges::any_of(widths, [](double width) { return std::isnan(width) || width == 0.0; });
    return some_unknown ? not_known : *std::ranges::max_element(widths);
}

}
