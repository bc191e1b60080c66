#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "scenarios/study.hpp"

namespace cercle::analysis {

/// Outcomes of every run of a study, run here and now: (outcome, arm, replicate).
class Outcomes {
public:
    Outcomes(const scenarios::Study& study, std::size_t lanes, std::size_t threads);
    /// The runs that a stop leaves out are missing.
    Outcomes(const scenarios::Study& study, std::size_t lanes,
             const scenarios::ExecutionOptions& options,
             const std::function<void(const scenarios::Tally&)>& progress);

    /// The replicates of an arm; empty when there is no such outcome.
    std::span<const double> of(std::string_view outcome, std::size_t arm) const;

private:
    std::vector<sim::Metric> metrics_;
    std::size_t arms_, replicates_;
    std::vector<double> values_;
};

}
