#pragma once

#include <array>

#include "analysis/inference/permutations.hpp"

namespace cercle::analysis {

using PermutedStatistic = std::function<double(std::span<const std::uint32_t>)>;

/// When a test has been put to enough permutations.
struct Stopping {
    /// Once p cannot be at or below it any more: what is returned is then a lower bound above it. 1
    /// never stops.
    double above = 1.0;
    /// Values of p on which a verdict turns: where p cannot be told from one of them, permutations
    /// go on (`settled_p`). Not heeded below 1.
    std::span<const double> thresholds = {};
};

// Values of p on which a verdict turns (verdict.cpp): of a test by itself, of one of two under Holm
// (no channel has more that are permuted), of the placebo of hand-overs.
inline constexpr std::array turns_alone{0.05};
inline constexpr std::array turns_with_holm{0.025, 0.05};
inline constexpr std::array turns_of_balance{0.10};

/// The p of a statistic under permutations.
double sequential_p(const Permutations& permutations, double observed, Tail tail,
                    const Stopping& stopping, const PermutedStatistic& statistic);

/// The p of a statistic of which `values` are known: those of the permutations given. As long as p
/// is within three of its standard errors from a threshold, there are twice as many, up to twenty
/// times the first: a verdict should not turn on which permutations were drawn.
double settled_p(Permutations permutations, double observed, Tail tail, std::vector<double> values,
                 std::span<const double> thresholds, const PermutedStatistic& statistic);

}
