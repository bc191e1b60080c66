#pragma once

#include <string>
#include <vector>

#include "analysis/compare.hpp"

namespace cercle::analysis {

/// One outcome of every run of an arm that counts, NaN elsewhere; (arm)(point, replicate).
using ArmValues = std::vector<std::vector<double>>;

ArmValues finished_values(const sim::ResultsReader& results, const std::string& outcome,
                          const std::vector<sim::RunStatus>& status, const CompareOptions& options);

/// Mean over its points of each replicate, those that are known; (point, replicate) to (replicate).
std::vector<double> means_of_replicates(const std::vector<double>& values, std::size_t replicates);

/// The values of two arms where both are known, NaN in both elsewhere: a replicate is averaged over
/// the same points in either.
struct PairedRuns {
    std::vector<double> first, second;
    std::size_t known = 0;
};
PairedRuns paired_runs(const std::vector<double>& first, const std::vector<double>& second);

/// Counts runs by their status, and the finished pairs of each arm and the reference with the
/// replicates they belong to.
void count_runs(Comparison& comparison, const std::vector<sim::RunStatus>& status,
                const sim::ResultsHead& head, const CompareOptions& options);

/// Throws UserError where no two arms (or the only one) have anything finished to compare.
void refuse_without_pairs(const Comparison& comparison);

std::size_t arm_index(const Comparison& comparison, const std::string& name);

}
