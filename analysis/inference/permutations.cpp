#include "analysis/inference/permutations.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "scenarios/draws.hpp"
#include "sim/parallel.hpp"

namespace cercle::analysis {
namespace {

/// Items of each stratum, in their order.
std::vector<std::vector<std::uint32_t>> members(std::span<const std::uint32_t> stratum) {
    std::vector<std::vector<std::uint32_t>> members;
    for (std::uint32_t item = 0; item < stratum.size(); ++item) {
        if (stratum[item] >= members.size()) members.resize(stratum[item] + 1);
        members[stratum[item]].push_back(item);
    }
    return members;
}

}

std::vector<std::uint32_t> permutation(const Permutations& permutations, std::size_t b) {
    sim::Stream stream(permutations.seed, sim::Draw::relabelling,
                       (std::uint64_t{permutations.test} << 32) + b);
    std::vector<std::uint32_t> order(permutations.stratum.size());
    for (const std::vector<std::uint32_t>& places : members(permutations.stratum)) {
        std::vector<std::uint32_t> items = places;
        for (std::size_t left = items.size(); left > 1; --left) { // Fisher and Yates
            std::swap(items[left - 1], items[stream.below(left)]);
        }
        for (std::size_t i = 0; i < places.size(); ++i) order[places[i]] = items[i];
    }
    return order;
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
    std::vector<double> values(permutations.count);
    in_parallel(permutations.count, permutations.threads,
                [&](std::size_t b) { values[b] = statistic(permutation(permutations, b)); });
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
