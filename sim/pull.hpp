#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/graph.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::sim {

/// How neighbours are pulled, and how many values each node has.
struct Pull {
    Weighting weighting = Weighting::unweighted; ///< unweighted: every tie weighs 1
    std::size_t lanes = 1;                       ///< rows are (node, lane)
};

/// Every node takes the mean of its neighbours (y = W x; 0 where there are none), for each lane.
/// `to` and `from` hold nodes * lanes values and do not overlap. In parallel where it is worth it;
/// the bits depend neither on threads nor on lanes: a row is summed in four partial sums, arc by
/// arc in turn, added as (0 + 1) + (2 + 3).
void pull(const Graph& graph, const Pull& how, std::span<const float> from, std::span<float> to);
void pull(const Graph& graph, const Pull& how, std::span<const double> from, std::span<double> to);

/// The same for nodes [first, last) only, on the caller's thread: for laws that go on with a block
/// while it is in the cache.
void pull_block(const Graph& graph, const Pull& how, std::span<const double> from,
                std::span<double> to, std::size_t first, std::size_t last);

}
