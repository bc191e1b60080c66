#pragma once

#include <span>

#include "models/laboratory/nodes.hpp"
#include "models/laboratory/words.hpp"
#include "sim/parallel.hpp"
#include "sim/pipeline.hpp"
#include "sim/pull.hpp"

namespace cercle::models {

/// What a node's next opinion is made of: shares of its own opinion, of that of the start, and of
/// what its neighbours hold.
struct Shares {
    double own = 0.0;
    double anchor = 0.0;
    double neighbours = 0.0;
};

/// What stands for the mean of the neighbours of a node that has none.
enum class WithoutTies : std::uint8_t { nothing, anchor };

/// The linear laws, all nodes at once, W being row-stochastic on the weights of ties:
///   x' = own x + anchor b + neighbours W x + deviation e.
/// `Weigh` gives the shares of a row, and tells in `anchored` whether b has one in any: a column
/// that is not wanted is not read, memory being what a step costs.
template <class Weigh> class Averaging final : public sim::Process {
public:
    Averaging(Weigh weigh, WithoutTies without, double deviation = 0.0)
        : weigh_(weigh), without_(without), deviation_(deviation) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        Opinions nodes = opinions_to_renew(world);
        const Traits given = traits(world);
        const sim::Graph& graph = world.graphs.front();
        const std::size_t lanes = world.lanes();
        const sim::Pull how{.weighting = graph.weighted() ? sim::Weighting::weighted
                                                          : sim::Weighting::unweighted,
                            .lanes = lanes};
        const std::span<const double> before(nodes.previous.data(), nodes.previous.size());
        const std::span<double> after(nodes.value.data(), nodes.value.size());
        sim::for_each_block(graph.nodes(), lanes, [&](std::size_t first, std::size_t last) {
            sim::pull_block(graph, how, before, after, first, last);
            for (std::size_t node = first; node < last; ++node) {
                const bool alone = graph.degree(node) == 0;
                for (std::size_t row = node * lanes; row < (node + 1) * lanes; ++row)
                    mix(nodes, weigh_(given, row), row, alone);
            }
            if (deviation_ > 0.0) add_noise(world, tick, nodes, {first, last});
        });
    }

private:
    struct Nodes {
        std::size_t first, last;
    };

    /// `value` holds the mean of the neighbours and becomes the next opinion.
    void mix(Opinions& nodes, const Shares& shares, std::size_t row, bool alone) const {
        const bool anchored = alone && without_ == WithoutTies::anchor;
        const double mean = anchored ? nodes.anchor[row] : nodes.value[row];
        double next = shares.own * nodes.previous[row];
        if constexpr (Weigh::anchored) next += shares.anchor * nodes.anchor[row];
        nodes.value[row] = next + shares.neighbours * mean;
    }

    void add_noise(const sim::World& world, const sim::Tick& tick, Opinions& nodes,
                   Nodes block) const {
        std::uint32_t words[sim::block_rows];
        sim::fill_words(world.source, tick.step, sim::Draw::laboratory_noise,
                        static_cast<std::uint32_t>(block.first),
                        static_cast<std::uint32_t>(block.last - block.first), words);
        const std::size_t start = block.first * world.lanes();
        for (std::size_t row = start; row < block.last * world.lanes(); ++row) {
            nodes.value[row] += deviation_ * static_cast<double>(sim::normal(words[row - start]));
        }
    }

    Weigh weigh_;
    WithoutTies without_;
    double deviation_;
};

}
