#pragma once

#include "analysis/inference/permutations.hpp"

namespace cercle::analysis {

/// The p of a statistic under permutations. With `stop_above` < 1 permutations end as soon as p
/// cannot be at or below it any more; what is returned is then a lower bound above it.
double sequential_p(const Permutations& permutations, double observed, Tail tail, double stop_above,
                    const std::function<double(std::span<const std::uint32_t>)>& statistic);

}
