#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "sim/graph.hpp"

namespace cercle::sim {

/// Lengths of shortest paths, in ties.
struct Paths {
    double mean = 0.0; ///< over ordered pairs of different nodes; NaN without any
    std::size_t longest = 0;
    bool sampled = false; ///< from 1 000 evenly spaced nodes rather than from all
};

/// Shortest paths among the nodes of one component of an undirected graph.
Paths paths_in(const Graph& graph, std::span<const std::uint32_t> component, std::uint32_t which);

}
