#pragma once

#include <cstddef>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/results_file.hpp"

namespace cercle::analysis {

/// Numbers of replicates after which a study asks whether it has enough: 32 first, for an interval
/// that holds what it says, then a quarter more each time, in whole batches of the most lanes; at
/// last all of them. They depend on nothing else, so neither does where a study stops.
std::vector<std::size_t> looks(std::size_t replicates);

/// Of these batches, what belongs to replicates [from, to): cut where they reach across an end.
std::vector<sim::Batch> within(const std::vector<sim::Batch>& batches, std::size_t from,
                               std::size_t to);

/// Widest 95 % interval (half of its width) over design points, of the first `replicates` only, of
/// what the study is to know; unknown when at some point there are fewer than two finished
/// replicates, or pairs of them.
double widest_interval(const sim::ResultsReader& results, const scenarios::Stopping& stopping,
                       std::size_t replicates);

}
