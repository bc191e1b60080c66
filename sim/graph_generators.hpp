#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph.hpp"
#include "sim/random.hpp"

/// Textbook graphs. Each function returns the ties of a simple undirected graph (no loops, no
/// doubles), with from < to, in ascending order, of weight 1. What is drawn depends on the stream
/// alone; time and memory grow with nodes + ties.
namespace cercle::sim {

/// Everyone with everyone.
std::vector<Tie> complete_graph(std::size_t nodes);

/// Node 0 with every other node.
std::vector<Tie> star(std::size_t nodes);

/// Everyone with the degree / 2 nearest on each side of a ring.
struct Ring {
    std::size_t nodes = 0;
    std::size_t degree = 2; ///< even, < nodes
};
std::vector<Tie> ring(const Ring& shape);

/// A grid closed to a torus: everyone with four neighbours.
struct Lattice {
    std::size_t rows = 0;    ///< >= 3
    std::size_t columns = 0; ///< >= 3
};
std::vector<Tie> lattice(const Lattice& shape);

/// Every pair with the same probability (Gilbert 1959).
struct RandomGraph {
    std::size_t nodes = 0;
    double mean_degree = 0.0; ///< expected; at most nodes - 1
};
std::vector<Tie> random_graph(const RandomGraph& shape, Stream& stream);

/// A given number of ties, every set of pairs alike (Erdos and Renyi 1959).
struct RandomTies {
    std::size_t nodes = 0;
    std::size_t ties = 0; ///< at most nodes * (nodes - 1) / 2
};
std::vector<Tie> random_ties(const RandomTies& shape, Stream& stream);

/// A ring of which each tie's far end is moved to a random node with a probability
/// (Watts and Strogatz 1998, Nature 393:440). The number of ties is that of the ring.
struct SmallWorld {
    std::size_t nodes = 0;
    std::size_t degree = 2; ///< even, < nodes
    double rewiring = 0.0;  ///< in [0, 1]
};
std::vector<Tie> small_world(const SmallWorld& shape, Stream& stream);

/// Growth by preferential attachment (Barabasi and Albert 1999, Science 286:509) from a complete
/// graph of ties_per_node + 1 nodes.
struct ScaleFree {
    std::size_t nodes = 0;
    std::size_t ties_per_node = 1; ///< of each newcomer; in [1, nodes)
};
std::vector<Tie> scale_free(const ScaleFree& shape, Stream& stream);

/// Contiguous blocks of nodes; the probability of a tie depends on whether two share a block
/// (Holland, Laskey and Leinhardt 1983).
struct Blocks {
    std::vector<std::size_t> sizes;
    double within = 0.0;  ///< in [0, 1]
    double between = 0.0; ///< in [0, 1]
};
std::vector<Tie> blocks(const Blocks& shape, Stream& stream);

/// True when a simple graph with these degrees exists (Erdos and Gallai 1960).
bool is_graphical(std::span<const std::uint32_t> degrees);

/// A graph with exactly these degrees (which must be graphical), made by Havel and Hakimi's rule
/// and mixed by ten swaps of two ties' ends per tie.
std::vector<Tie> configuration(std::span<const std::uint32_t> degrees, Stream& stream);

}
