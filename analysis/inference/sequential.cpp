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

/// Whether a p of so many permutations may as well lie on the other side of a threshold.
bool is_near(double p, double threshold, std::size_t count, Tail tail) {
    constexpr double errors = 3.0;
    const double sides = tail == Tail::both ? 2.0 : 1.0;
    const double share = threshold / sides;
    const double error = sides * std::sqrt(share * (1.0 - share) / static_cast<double>(count));
    return std::abs(p - threshold) < errors * error;
}

}

double sequential_p(const Permutations& permutations, double observed, Tail tail,
                    const Stopping& stopping, const PermutedStatistic& statistic) {
    if (stopping.above >= 1.0) {
        return settled_p(permutations, observed, tail, permuted(permutations, statistic),
                         stopping.thresholds, statistic);
    }
    const std::size_t most = std::max<std::size_t>(enough(permutations, tail, stopping.above), 1);
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

double settled_p(Permutations permutations, double observed, Tail tail, std::vector<double> values,
                 std::span<const double> thresholds, const PermutedStatistic& statistic) {
    constexpr std::size_t most_times = 20;
    const std::size_t most = most_times * permutations.count;
    double p = permutation_p(observed, values, tail);
    const auto is_open = [&](double threshold) {
        return is_near(p, threshold, values.size(), tail);
    };
    while (values.size() < most && std::ranges::any_of(thresholds, is_open)) {
        permutations.first = values.size();
        permutations.count = std::min(values.size() + 1, most - values.size());
        const std::vector<double> more = permuted(permutations, statistic);
        values.insert(values.end(), more.begin(), more.end());
        p = permutation_p(observed, values, tail);
    }
    return p;
}

}
