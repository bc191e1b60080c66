#include <algorithm>
#include <functional>
#include <numeric>
#include <queue>
#include <tuple>
#include <unordered_set>

#include "sim/error.hpp"
#include "sim/graph_generators.hpp"

namespace cercle::sim {
namespace {

using Node = std::uint32_t;

std::uint64_t key(Node one, Node other) {
    return (static_cast<std::uint64_t>(std::min(one, other)) << 32) | std::max(one, other);
}

/// Havel and Hakimi: the node with most ties to give takes those with most after it.
std::vector<Tie> havel_hakimi(std::span<const std::uint32_t> degrees) {
    using Open = std::pair<std::uint32_t, Node>; // ties still to give, node
    std::priority_queue<Open> open;
    for (Node node = 0; node < degrees.size(); ++node) {
        if (degrees[node] > 0) open.emplace(degrees[node], node);
    }
    std::vector<Tie> ties;
    std::vector<Open> partners;
    while (!open.empty()) {
        const auto [wanted, node] = open.top();
        open.pop();
        partners.clear();
        for (std::uint32_t i = 0; i < wanted; ++i) {
            expects(!open.empty(), "configuration: the degrees are graphical");
            partners.push_back(open.top());
            open.pop();
        }
        for (auto [left, partner] : partners) {
            ties.push_back({std::min(node, partner), std::max(node, partner)});
            if (left > 1) open.emplace(left - 1, partner);
        }
    }
    return ties;
}

/// Swaps the ends of two random ties where that leaves a simple graph.
void mix(std::vector<Tie>& ties, std::size_t attempts, Stream& stream) {
    if (ties.size() < 2) return;
    std::unordered_set<std::uint64_t> taken;
    for (const Tie& tie : ties) taken.insert(key(tie.from, tie.to));
    for (std::size_t i = 0; i < attempts; ++i) {
        Tie& one = ties[stream.below(ties.size())];
        Tie& other = ties[stream.below(ties.size())];
        const bool crossed = stream.below(2) == 1;
        const Node c = crossed ? other.to : other.from;
        const Node d = crossed ? other.from : other.to;
        if (one.from == c || one.to == d || one.from == d || one.to == c) continue;
        if (taken.contains(key(one.from, d)) || taken.contains(key(c, one.to))) continue;
        taken.erase(key(one.from, one.to));
        taken.erase(key(c, d));
        const Tie first{std::min(one.from, d), std::max(one.from, d)};
        const Tie second{std::min(c, one.to), std::max(c, one.to)};
        taken.insert(key(first.from, first.to));
        taken.insert(key(second.from, second.to));
        one = first;
        other = second;
    }
}

}

bool is_graphical(std::span<const std::uint32_t> degrees) {
    std::vector<std::uint64_t> sorted(degrees.begin(), degrees.end());
    std::ranges::sort(sorted, std::greater{});
    const std::uint64_t sum = std::accumulate(sorted.begin(), sorted.end(), std::uint64_t{0});
    if (sum % 2 == 1 || (!sorted.empty() && sorted.front() >= sorted.size())) return false;
    // For each k: sum of the k largest <= k (k - 1) + sum over the others of min(degree, k).
    std::uint64_t largest = 0;
    std::uint64_t rest = sum;          // of the degrees after the first `k`
    std::size_t above = sorted.size(); // nodes with degree > k, counted from the front
    std::uint64_t above_sum = sum;
    for (std::uint64_t k = 1; k <= sorted.size(); ++k) {
        largest += sorted[k - 1];
        rest -= sorted[k - 1];
        while (above > 0 && sorted[above - 1] <= k) above_sum -= sorted[--above];
        const std::uint64_t capped =
            above > k ? (above - k) * k + (rest - (above_sum - largest)) : rest;
        if (largest > k * (k - 1) + capped) return false;
    }
    return true;
}

std::vector<Tie> configuration(std::span<const std::uint32_t> degrees, Stream& stream) {
    expects(is_graphical(degrees), "configuration: the degrees are graphical");
    std::vector<Tie> ties = havel_hakimi(degrees);
    mix(ties, 10 * ties.size(), stream);
    std::ranges::sort(ties, {}, [](const Tie& tie) { return std::tuple(tie.from, tie.to); });
    return ties;
}

}
