#include "analysis/inference/sequential.hpp"

#include <algorithm>
#include <cmath>

namespace cercle::analysis {
namespace {

/// Fewest permutations that beat the observed statistic that put p above a bound.
std::size_t enough(const Permutations& permutations, Tail tail, double bound) {
    const double all = static_cast<double>(permutations.count + 1);
    return static_cast<std::size_t>(bound * all / (tail == Tail::both ? 2.0 : 1.0));
}

}

double sequential_p(const Permutations& permutations, double observed, Tail tail, double stop_above,
                    const std::function<double(std::span<const std::uint32_t>)>& statistic) {
    if (stop_above >= 1.0) {
        return permutation_p(observed, permuted(permutations, statistic), tail);
    }
    const std::size_t most = std::max<std::size_t>(enough(permutations, tail, stop_above), 1);
    const double slack = 1e-12 * std::abs(observed);
    std::size_t above = 0;
    std::size_t below = 0;
    for (std::size_t b = 0; b < permutations.count; ++b) {
        const double value = statistic(permutation(permutations, b));
        above += value >= observed - slack ? 1 : 0;
        below += value <= observed + slack ? 1 : 0;
        const std::size_t beaten = tail == Tail::upper   ? above
                                   : tail == Tail::lower ? below
                                                         : std::min(above, below);
        if (beaten >= most) break;
    }
    const double count = static_cast<double>(permutations.count + 1);
    if (tail == Tail::upper) return static_cast<double>(1 + above) / count;
    if (tail == Tail::lower) return static_cast<double>(1 + below) / count;
    return std::min(1.0, 2.0 * static_cast<double>(1 + std::min(above, below)) / count);
}

}
