#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>

#include "models/laboratory/nodes.hpp"
#include "models/laboratory/words.hpp"
#include "sim/parameter.hpp"
#include "sim/pipeline.hpp"

namespace cercle::models {

/// The row of a law's table that says how many updates make a step.
inline sim::Parameter updates_parameter(const std::string& law) {
    return {law + ".updates",
            0.0,
            "1",
            sim::whole(0, 1e12),
            "chosen by the user",
            "updates of one node or tie in a step; 0: as many as there are nodes"};
}

/// Makes the updates of a step one after another, in each lane from its own words. A lane that has
/// come to rest is left alone: nothing could change.
template <class Update>
void update_one_by_one(sim::World& world, const sim::Tick& tick, double updates,
                       const Update& update) {
    const std::size_t lanes = world.lanes();
    const std::size_t nodes = world.populations.front().size();
    const auto count = updates == 0.0 ? std::uint64_t{nodes} : static_cast<std::uint64_t>(updates);
    const Tally noted = tally(world);
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        if (!std::isnan(noted.ended[lane])) continue;
        sim::Stream stream = stream_of(world, lane, tick.step, sim::Draw::laboratory_update);
        for (std::uint64_t i = 0; i < count; ++i) update(stream, lane);
    }
}

/// A node, each as likely.
inline std::uint32_t any_node(const sim::Graph& graph, sim::Stream& stream) {
    return static_cast<std::uint32_t>(stream.below(graph.nodes()));
}

/// A neighbour of a node with ties, each as likely.
inline std::uint32_t any_neighbour(const sim::Graph& graph, std::uint32_t node,
                                   sim::Stream& stream) {
    const auto others = graph.neighbours(node);
    return others[stream.below(others.size())];
}

/// Lets a random node meet a random neighbour of it, again and again: `meet(node, neighbour)` gets
/// their rows. A node without ties meets nobody, and that update is lost.
template <class Meet>
void meet_one_by_one(sim::World& world, const sim::Tick& tick, double updates, const Meet& meet) {
    const sim::Graph& graph = world.graphs.front();
    const std::size_t lanes = world.lanes();
    update_one_by_one(world, tick, updates, [&](sim::Stream& stream, std::size_t lane) {
        const std::uint32_t node = any_node(graph, stream);
        if (graph.degree(node) == 0) return;
        const std::uint32_t neighbour = any_neighbour(graph, node, stream);
        meet(node * lanes + lane, neighbour * lanes + lane);
    });
}

}
