#include "analysis/inference/permutations.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/draws.hpp"
#include "sim/parallel.hpp"

namespace cercle::analysis {
namespace {

/// Items of one stratum after those of the other, and where each stratum begins.
struct ByStratum {
    std::vector<std::uint32_t> items;
    std::vector<std::size_t> first;
};

ByStratum by_stratum(std::span<const std::uint32_t> stratum) {
    ByStratum result;
    const std::size_t strata = stratum.empty() ? 0 : *std::ranges::max_element(stratum) + 1U;
    result.first.assign(strata + 1, 0);
    for (const std::uint32_t s : stratum) ++result.first[s + 1];
    std::partial_sum(result.first.begin(), result.first.end(), result.first.begin());
    std::vector<std::size_t> next = result.first;
    result.items.resize(stratum.size());
    for (std::uint32_t item = 0; item < stratum.size(); ++item) {
        result.items[next[stratum[item]]++] = item;
    }
    return result;
}

std::vector<std::uint32_t> rearranged(const ByStratum& strata, sim::Stream stream) {
    std::vector<std::uint32_t> items = strata.items;
    for (std::size_t s = 0; s + 1 < strata.first.size(); ++s) {
        const std::size_t first = strata.first[s];
        for (std::size_t left = strata.first[s + 1] - first; left > 1; --left) { // Fisher and Yates
            std::swap(items[first + left - 1], items[first + stream.below(left)]);
        }
    }
    std::vector<std::uint32_t> order(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) order[strata.items[i]] = items[i];
    return order;
}

sim::Stream stream_of(const Permutations& permutations, std::size_t b) {
    return {permutations.seed, sim::Draw::relabelling,
            (std::uint64_t{permutations.test} << 32) + permutations.first + b};
}

}

std::vector<std::uint32_t> permutation(const Permutations& permutations, std::size_t b) {
    return rearranged(by_stratum(permutations.stratum), stream_of(permutations, b));
}

void in_parallel(std::size_t count, std::size_t threads,
                 const std::function<void(std::size_t)>& work) {
    if (threads == 1) { // also inside the work of others
        for (std::size_t task = 0; task < count; ++task) work(task);
        return;
    }
    sim::in_order({.count = count,
                   .threads = threads,
                   .proceed = [] { return true; },
                   .work = [&](std::size_t task, std::size_t) { work(task); },
                   .commit = [](std::size_t, std::size_t) {}});
}

std::vector<double>
permuted(const Permutations& permutations,
         const std::function<double(std::span<const std::uint32_t>)>& statistic) {
    const ByStratum strata = by_stratum(permutations.stratum);
    std::vector<double> values(permutations.count);
    in_parallel(permutations.count, permutations.threads, [&](std::size_t b) {
        values[b] = statistic(rearranged(strata, stream_of(permutations, b)));
    });
    return values;
}

double permutation_p(double observed, std::span<const double> permuted, Tail tail) {
    double largest = std::abs(observed);
    for (const double value : permuted) largest = std::max(largest, std::abs(value));
    const double slack = 1e-12 * largest;
    std::size_t above = 0;
    std::size_t below = 0;
    for (const double value : permuted) {
        if (value >= observed - slack) ++above;
        if (value <= observed + slack) ++below;
    }
    const auto share = [&](std::size_t count) {
        return static_cast<double>(1 + count) / static_cast<double>(permuted.size() + 1);
    };
    if (tail == Tail::upper) return share(above);
    if (tail == Tail::lower) return share(below);
    return std::min(1.0, 2.0 * std::min(share(above), share(below)));
}

}
