#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/graph.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::sim {

/// What a node makes of the values of its neighbours.
enum class Pulled : std::uint8_t {
    sum,  ///< sum over neighbours of weight times value; 0 without any
    mean, ///< the same over the sum of weights; 0 where that is 0
};

/// How neighbours are pulled, and how many values each node has.
struct Pull {
    Pulled what = Pulled::mean;
    Weighting weighting = Weighting::unweighted; ///< unweighted: every tie weighs 1
    std::size_t lanes = 1;                       ///< rows are (node, lane)
};

/// Every node collects the values of its neighbours (y = A x or y = W x), for each lane. `to` and
/// `from` hold nodes * lanes values and do not overlap. In parallel where it is worth it; the bits
/// depend neither on threads nor on lanes: a row is summed in four partial sums, arc by arc in
/// turn, added as (0 + 1) + (2 + 3).
void pull(const Graph& graph, const Pull& how, std::span<const float> from, std::span<float> to);
void pull(const Graph& graph, const Pull& how, std::span<const double> from, std::span<double> to);

}
