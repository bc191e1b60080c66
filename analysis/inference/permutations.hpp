#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace cercle::analysis {

/// Permutations of items inside their strata: number b is the same whoever asks and on any number
/// of threads.
struct Permutations {
    std::vector<std::uint32_t> stratum; ///< of each item
    std::size_t count = 999;
    std::uint64_t seed = 1;
    std::uint32_t test = 0; ///< tells apart the permutations of different tests
    std::size_t threads = 1;
    std::size_t first = 0; ///< number of the first one
};

/// Place of the item that takes each item's place in permutation first + b; all within strata equally
/// likely.
std::vector<std::uint32_t> permutation(const Permutations& permutations, std::size_t b);

/// A statistic under `count` permutations from the first on, in their order.
std::vector<double>
permuted(const Permutations& permutations,
         const std::function<double(std::span<const std::uint32_t>)>& statistic);

/// Calls `work(b)` for b = 0 .. count - 1 in parallel; each writes its own results.
void in_parallel(std::size_t count, std::size_t threads,
                 const std::function<void(std::size_t)>& work);

enum class Tail { upper, lower, both };

/// (1 + permutations at least as extreme) / (count + 1); for both tails twice the smaller, at
/// most 1. Differences below 1e-12 of the statistic's spread count as equal.
double permutation_p(double observed, std::span<const double> permuted, Tail tail);

}
