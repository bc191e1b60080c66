#include "analysis/outcomes.hpp"

#include <algorithm>

#include "analysis/statistics.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

Outcomes::Outcomes(const scenarios::Study& study, std::size_t lanes, std::size_t threads)
    : Outcomes(study, lanes, {.threads = threads}, [](const scenarios::Tally&) {}) {}

Outcomes::Outcomes(const scenarios::Study& study, std::size_t lanes,
                   const scenarios::ExecutionOptions& options,
                   const std::function<void(const scenarios::Tally&)>& progress)
    : metrics_(study.head().outcomes), arms_(study.scenario().arms.size()),
      replicates_(study.scenario().replicates),
      values_(metrics_.size() * arms_ * replicates_, not_known) {
    const auto keep = [&](const sim::Record& record) {
        if (record.status != sim::RunStatus::done) {
            throw sim::RuntimeFailure("a run failed: " + record.failure);
        }
        for (std::size_t which = 0; which < metrics_.size(); ++which) {
            for (std::size_t lane = 0; lane < record.batch.lanes; ++lane) {
                const std::size_t place = (which * arms_ + record.batch.arm) * replicates_ +
                                          record.batch.first_replicate + lane;
                values_[place] = record.outcomes[which * record.batch.lanes + lane];
            }
        }
    };
    scenarios::execute(study, study.batches(lanes), options, keep, progress);
}

std::span<const double> Outcomes::of(std::string_view outcome, std::size_t arm) const {
    const auto found = std::ranges::find(metrics_, outcome, &sim::Metric::name);
    if (found == metrics_.end()) return {};
    const auto which = static_cast<std::size_t>(found - metrics_.begin());
    return std::span(values_).subspan((which * arms_ + arm) * replicates_, replicates_);
}

}
