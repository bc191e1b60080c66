#include "sim/world.hpp"

namespace cercle::sim {

std::size_t World::bytes() const {
    std::size_t total = 0;
    for (const Population& population : populations) total += population.bytes();
    for (const Graph& graph : graphs) {
        total += graph.offsets().size_bytes() + graph.targets().size_bytes() +
                 graph.all_weights().size_bytes();
    }
    return total;
}

}
