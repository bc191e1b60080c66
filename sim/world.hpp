#pragma once

#include <cstdint>
#include <vector>

#include "sim/graph.hpp"
#include "sim/population.hpp"
#include "sim/random.hpp"

namespace cercle::sim {

/// Everything that changes while a run goes on, as a plain value: populations of columns, graphs
/// and the step. Carries `source.lanes` replicates of one design point in lockstep. What the
/// columns mean is the model's business (models/state.hpp).
struct World {
    Source source;                       ///< whose random numbers: seed, replicates, lanes
    std::uint32_t step = 0;              ///< steps taken since the world was founded
    std::vector<Population> populations; ///< indexed by the model's list of kinds
    std::vector<Graph> graphs;           ///< indexed by the model's list of networks

    std::size_t lanes() const { return source.lanes; }
    std::size_t bytes() const;
    bool operator==(const World&) const = default;
};

}
