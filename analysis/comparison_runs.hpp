#pragma once

#include <string>
#include <vector>

#include "analysis/compare.hpp"

namespace cercle::analysis {

/// One outcome of every run of an arm that counts, NaN elsewhere; (arm)(point, replicate).
using ArmValues = std::vector<std::vector<double>>;

ArmValues finished_values(const sim::ResultsReader& results, const std::string& outcome,
                          const std::vector<sim::RunStatus>& status, const CompareOptions& options);

/// Counts runs by their status, and the finished pairs of each arm and the reference.
void count_runs(Comparison& comparison, const std::vector<sim::RunStatus>& status,
                const sim::ResultsHead& head, const CompareOptions& options);

/// Throws UserError where no two arms (or the only one) have anything finished to compare.
void refuse_without_pairs(const Comparison& comparison);

std::size_t arm_index(const Comparison& comparison, const std::string& name);

}
