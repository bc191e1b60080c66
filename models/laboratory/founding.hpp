#pragma once

#include <string>
#include <vector>

#include "models/laboratory/laws.hpp"
#include "sim/graph.hpp"
#include "sim/world.hpp"

namespace cercle::models {

/// What all replicates of an arm share in the laboratory: who is tied to whom, and what is given
/// node by node rather than drawn.
struct LaboratoryLayout {
    sim::Graph graph;
    std::vector<std::string> ids; ///< of each node
    std::vector<double> start;    ///< state or opinion of each node; empty: drawn
    std::vector<double> traits;   ///< of each node; empty: drawn
};

/// How states and opinions start, and where they come from in a scenario: the table `initial`.
sim::ParameterTable initial_parameters(Holding holding);

/// A world at its start (step 0). The same layout, settings and source always found the same one.
sim::World found(const LaboratoryLayout& layout, const LaboratoryLaw& law,
                 const sim::Settings& settings, const sim::Source& source);

}
