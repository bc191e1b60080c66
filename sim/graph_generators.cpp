#include "sim/graph_generators.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <unordered_set>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/erdos_renyi_generator.hpp>

#include "sim/error.hpp"

namespace cercle::sim {
namespace {

using Node = std::uint32_t;

Tie tie_between(std::size_t one, std::size_t other) {
    return {static_cast<Node>(std::min(one, other)), static_cast<Node>(std::max(one, other))};
}

std::uint64_t key(std::size_t one, std::size_t other) {
    return (static_cast<std::uint64_t>(std::min(one, other)) << 32) | std::max(one, other);
}

std::vector<Tie> sorted(std::vector<Tie> ties) {
    std::ranges::sort(ties, {}, [](const Tie& tie) { return std::tuple(tie.from, tie.to); });
    return ties;
}

/// The pair of nodes with this number when the pairs (0,1), (0,2), (1,2), (0,3) ... are counted.
Tie pair_number(std::uint64_t number) {
    auto larger = static_cast<std::uint64_t>((1.0 + std::sqrt(1.0 + 8.0 * double(number))) / 2.0);
    while (larger * (larger - 1) / 2 > number) --larger;
    while ((larger + 1) * larger / 2 <= number) ++larger;
    return tie_between(number - larger * (larger - 1) / 2, larger);
}

/// Calls `visit` with each of 0 .. count - 1 that a coin of this probability picks, skipping the
/// others at one draw per pick (Batagelj and Brandes 2005).
template <class Visit>
void pick_each(std::uint64_t count, double probability, Stream& stream, Visit visit) {
    if (probability <= 0.0) return;
    if (probability >= 1.0) {
        for (std::uint64_t i = 0; i < count; ++i) visit(i);
        return;
    }
    const double scale = 1.0 / std::log1p(-probability);
    double next = 0.0;
    while (true) {
        next += std::floor(std::log1p(-stream.uniform()) * scale);
        if (next >= static_cast<double>(count)) return;
        visit(static_cast<std::uint64_t>(next));
        next += 1.0;
    }
}

}

std::vector<Tie> complete_graph(std::size_t nodes) {
    std::vector<Tie> ties;
    for (std::size_t one = 0; one < nodes; ++one) {
        for (std::size_t other = one + 1; other < nodes; ++other) {
            ties.push_back(tie_between(one, other));
        }
    }
    return ties;
}

std::vector<Tie> star(std::size_t nodes) {
    std::vector<Tie> ties;
    for (std::size_t leaf = 1; leaf < nodes; ++leaf) ties.push_back(tie_between(0, leaf));
    return ties;
}

std::vector<Tie> ring(const Ring& shape) {
    expects(shape.degree % 2 == 0, "ring: the degree is even");
    expects(shape.degree == 0 || shape.degree < shape.nodes, "ring: the degree is below the nodes");
    std::vector<Tie> ties;
    for (std::size_t node = 0; node < shape.nodes; ++node) {
        for (std::size_t step = 1; step <= shape.degree / 2; ++step) {
            ties.push_back(tie_between(node, (node + step) % shape.nodes));
        }
    }
    return sorted(std::move(ties));
}

std::vector<Tie> lattice(const Lattice& shape) {
    expects(shape.rows >= 3 && shape.columns >= 3, "lattice: at least three rows and columns");
    std::vector<Tie> ties;
    for (std::size_t row = 0; row < shape.rows; ++row) {
        for (std::size_t column = 0; column < shape.columns; ++column) {
            const std::size_t node = row * shape.columns + column;
            ties.push_back(tie_between(node, row * shape.columns + (column + 1) % shape.columns));
            ties.push_back(tie_between(node, (row + 1) % shape.rows * shape.columns + column));
        }
    }
    return sorted(std::move(ties));
}

std::vector<Tie> random_graph(const RandomGraph& shape, Stream& stream) {
    if (shape.nodes < 2 || shape.mean_degree <= 0.0) return {};
    const double probability = shape.mean_degree / static_cast<double>(shape.nodes - 1);
    expects(probability <= 1.0, "random_graph: the mean degree is at most nodes - 1");
    if (probability == 1.0) return complete_graph(shape.nodes);
    using Undirected = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS>;
    using Generator = boost::sorted_erdos_renyi_iterator<Stream, Undirected>;
    std::vector<Tie> ties;
    for (Generator tie(stream, shape.nodes, probability), end; tie != end; ++tie) {
        ties.push_back(tie_between(tie->first, tie->second));
    }
    return sorted(std::move(ties));
}

std::vector<Tie> random_ties(const RandomTies& shape, Stream& stream) {
    const std::uint64_t nodes = shape.nodes;
    const std::uint64_t pairs = nodes < 2 ? 0 : nodes * (nodes - 1) / 2;
    expects(shape.ties <= pairs, "random_ties: at most one tie per pair");
    // Floyd's sampling without replacement: every set of this size alike, one draw per tie.
    std::unordered_set<std::uint64_t> taken;
    std::vector<Tie> ties;
    for (std::uint64_t last = pairs - shape.ties; last < pairs; ++last) {
        const std::uint64_t drawn = stream.below(last + 1);
        const std::uint64_t chosen = taken.insert(drawn).second ? drawn : last;
        if (chosen == last && drawn != last) taken.insert(last);
        ties.push_back(pair_number(chosen));
    }
    return sorted(std::move(ties));
}

// Boost's small_world_iterator may draw a tie twice; here the number of ties is kept.
std::vector<Tie> small_world(const SmallWorld& shape, Stream& stream) {
    std::vector<Tie> ties = ring({.nodes = shape.nodes, .degree = shape.degree});
    if (shape.degree + 1 >= shape.nodes) return ties; // complete: nowhere to go
    std::unordered_set<std::uint64_t> taken;
    for (const Tie& tie : ties) taken.insert(key(tie.from, tie.to));
    std::vector<Node> degrees(shape.nodes, static_cast<Node>(shape.degree));
    for (Tie& tie : ties) {
        if (stream.uniform() >= shape.rewiring) continue;
        // The near end stays: the one from which the ring counts upwards.
        const bool wraps = tie.to - tie.from > shape.degree / 2;
        const Node near = wraps ? tie.to : tie.from;
        const Node far = wraps ? tie.from : tie.to;
        if (degrees[near] + 1 >= shape.nodes) continue;
        Node target = near;
        while (target == near || taken.contains(key(near, target))) {
            target = static_cast<Node>(stream.below(shape.nodes));
        }
        taken.erase(key(near, far));
        taken.insert(key(near, target));
        --degrees[far];
        ++degrees[target];
        tie = tie_between(near, target);
    }
    return sorted(std::move(ties));
}

std::vector<Tie> scale_free(const ScaleFree& shape, Stream& stream) {
    const std::size_t each = shape.ties_per_node;
    if (shape.nodes == 0) return {};
    expects(each >= 1 && each < shape.nodes, "scale_free: ties per node in [1, nodes)");
    std::vector<Tie> ties = complete_graph(each + 1);
    std::vector<Node> ends; // every node as often as it has ties
    for (const Tie& tie : ties) ends.insert(ends.end(), {tie.from, tie.to});
    std::vector<Node> chosen;
    for (std::size_t newcomer = each + 1; newcomer < shape.nodes; ++newcomer) {
        chosen.clear();
        while (chosen.size() < each) {
            const Node candidate = ends[stream.below(ends.size())];
            if (std::ranges::find(chosen, candidate) == chosen.end()) chosen.push_back(candidate);
        }
        for (const Node node : chosen) {
            ties.push_back(tie_between(node, newcomer));
            ends.insert(ends.end(), {node, static_cast<Node>(newcomer)});
        }
    }
    return sorted(std::move(ties));
}

std::vector<Tie> blocks(const Blocks& shape, Stream& stream) {
    std::vector<Tie> ties;
    std::size_t start = 0;
    for (const std::size_t size : shape.sizes) {
        const std::uint64_t pairs = size < 2 ? 0 : std::uint64_t{size} * (size - 1) / 2;
        pick_each(pairs, shape.within, stream, [&](std::uint64_t number) {
            const Tie pair = pair_number(number);
            ties.push_back(tie_between(start + pair.from, start + pair.to));
        });
        // One sweep over all pairs of this block with everybody before it.
        pick_each(std::uint64_t{size} * start, shape.between, stream, [&](std::uint64_t number) {
            ties.push_back(tie_between(number % start, start + number / start));
        });
        start += size;
    }
    return sorted(std::move(ties));
}

}
