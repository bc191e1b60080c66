#pragma once

#include <string>
#include <vector>

#include "sim/graph.hpp"
#include "sim/parameter.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// A law that linear algebra answers, on its graph, node by node:
///     x' = own x + neighbours W x + constant + deviation e
/// with W row-stochastic on the weights of ties and e standard normal.
struct LinearLaw {
    std::string name; ///< "degroot", "friedkin_johnsen", "nar" or "linear"
    sim::Graph graph;
    std::vector<std::string> ids = {};
    std::vector<double> own = {};
    std::vector<double> neighbours = {}; ///< 0 for a node without ties
    std::vector<double> constant = {};
    std::vector<double> start = {};
    double deviation = 0.0;
};

/// The names of these laws.
const std::vector<std::string>& linear_laws();

/// The law that a laboratory scenario's arm runs. Throws UserError when it is none of these, when
/// it starts from drawn opinions, and with all the problems of its files.
LinearLaw linear_law(const sim::Settings& settings, const sim::TextFolder& folder);

}
