#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "models/laboratory/neighbours.hpp"
#include "models/laboratory/nodes.hpp"
#include "models/laboratory/words.hpp"
#include "sim/pipeline.hpp"

namespace cercle::models {

/// Probability that at least one of m tries succeeds, or the event happens without any:
/// 1 - (1 - alone) (1 - each)^m. Products only, so that the bits are those of every machine.
class AtLeastOnce {
public:
    AtLeastOnce(double alone, double each) : none_(1.0 - alone), miss_(1.0 - each) {
        double missed = none_;
        for (double& probability : few_) {
            probability = 1.0 - missed;
            missed *= miss_;
        }
    }
    double operator()(std::uint32_t tries) const {
        if (tries < few_.size()) return few_[tries];
        double missed = none_;
        double power = miss_;
        for (std::uint32_t left = tries; left > 0; left /= 2) {
            if (left % 2 == 1) missed *= power;
            power *= power;
        }
        return 1.0 - missed;
    }

private:
    double none_, miss_;
    std::array<double, 64> few_{};
};

inline void remember_states(Holders& nodes) {
    std::copy_n(nodes.state.data(), nodes.state.size(), nodes.previous.data());
}

/// Gives every node its next state, all at once: `next(state, neighbours in state 1, word)`.
template <class Next>
void change_states(sim::World& world, const sim::Tick& tick, const Next& next) {
    Holders nodes = holders(world);
    remember_states(nodes);
    const sim::Graph& graph = world.graphs.front();
    with_lanes(world.lanes(), [&](auto lanes) {
        sim::for_each_block(graph.nodes(), lanes, [&](std::size_t first, std::size_t last) {
            std::uint32_t words[sim::block_rows];
            sim::fill_words(world.source, tick.step, sim::Draw::laboratory_change,
                            static_cast<std::uint32_t>(first),
                            static_cast<std::uint32_t>(last - first), words);
            std::uint32_t counts[sim::max_lanes];
            const std::uint8_t* before = nodes.previous.data();
            for (std::size_t node = first; node < last; ++node) {
                count_neighbours(graph, node, before, 1, lanes, counts);
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    const std::size_t row = node * lanes + lane;
                    nodes.state.data()[row] =
                        next(before[row], counts[lane], words[row - first * lanes]);
                }
            }
        });
    });
}

}
