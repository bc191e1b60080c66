#pragma once

#include "models/laboratory/synchronous.hpp"

namespace cercle::models {

/// Lets every node that has not adopted do so when `enough(adopters among neighbours, row)` says
/// that those before the step suffice; who has adopted stays.
template <class Enough> void adopt(sim::World& world, const Enough& enough) {
    Holders nodes = holders(world);
    remember_states(nodes);
    const sim::Graph& graph = world.graphs.front();
    with_lanes(world.lanes(), [&](auto lanes) {
        sim::for_each_block(graph.nodes(), lanes, [&](std::size_t first, std::size_t last) {
            std::uint32_t counts[sim::max_lanes];
            const std::uint8_t* before = nodes.previous.data();
            for (std::size_t node = first; node < last; ++node) {
                count_neighbours(graph, node, before, 1, lanes, counts);
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    const std::size_t row = node * lanes + lane;
                    if (before[row] == 0 && enough(counts[lane], node, row)) {
                        nodes.state.data()[row] = 1;
                    }
                }
            }
        });
    });
}

}
