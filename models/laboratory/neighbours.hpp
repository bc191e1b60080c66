#pragma once

#include <cstdint>
#include <type_traits>

#include "sim/graph.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

/// Lanes known when compiling (one), or only when running: so that a world of a single replicate
/// does not pay for a loop over lanes.
using OneLane = std::integral_constant<std::size_t, 1>;

/// Calls `kernel(lanes)` with the number of lanes in the fitting type.
template <class Kernel> void with_lanes(std::size_t lanes, const Kernel& kernel) {
    if (lanes == 1) {
        kernel(OneLane{});
    } else {
        kernel(lanes);
    }
}

/// How many of a node's neighbours are in `state`, for each lane.
template <class Lanes>
void count_neighbours(const sim::Graph& graph, std::size_t node, const std::uint8_t* states,
                      std::uint8_t state, Lanes lanes, std::uint32_t* counts) {
    for (std::size_t lane = 0; lane < lanes; ++lane) counts[lane] = 0;
    for (const std::uint32_t other : graph.neighbours(node)) {
        const std::uint8_t* row = states + std::size_t{other} * lanes;
        for (std::size_t lane = 0; lane < lanes; ++lane)
            counts[lane] += row[lane] == state ? 1U : 0U;
    }
}

}
