#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/graph.hpp"

namespace cercle::sim {

/// Mean and spread of some numbers; NaN where there are too few.
struct Spread {
    double mean = 0.0;
    double cv = 0.0; ///< standard deviation (of the population) over mean
    double min = 0.0;
    double max = 0.0;
};
Spread spread(std::span<const double> numbers);

/// How the weights of ties are distributed; NaN without ties.
struct TieWeights {
    double mean = 0.0;
    double median = 0.0;
    double ninety_percent = 0.0; ///< nine ties in ten weigh less or as much
    double max = 0.0;
    double log_mean = 0.0;
    double log_sd = 0.0;
};

/// What a graph looks like. Of a directed graph, `degree` and `strength` count what a node names
/// (its row); clustering, components and paths take a tie in either direction as a tie.
/// NaN where a measure is not defined.
struct GraphMeasures {
    std::size_t nodes = 0;
    std::size_t ties = 0;
    bool directed = false;
    Spread degree = {};
    Spread strength = {}; ///< weighted degree
    TieWeights weight = {};
    double density = 0.0;
    double reciprocity = 0.0;     ///< share of arcs that are returned; 1 when undirected
    double transitivity = 0.0;    ///< 3 triangles / connected triples (global clustering)
    double mean_clustering = 0.0; ///< mean local clustering, 0 for degree < 2 (Watts, Strogatz)
    double degree_assortativity = 0.0;
    std::size_t components = 0;
    std::size_t largest_component = 0;
    double mean_path = 0.0;          ///< in the largest component
    std::size_t diameter = 0;        ///< of the largest component; a lower bound when sampled
    bool paths_sampled = false;      ///< from 1 000 evenly spaced nodes, where all would take long
    double largest_eigenvalue = 0.0; ///< of the unweighted adjacency matrix (spectral radius)
};
GraphMeasures measure(const Graph& graph);

/// Largest eigenvalue of the unweighted adjacency matrix, to 1e-10.
double largest_eigenvalue(const Graph& graph);

/// Correlation of a number over the two ends of ties (Newman 2003); NaN when it does not vary.
double assortativity(const Graph& graph, std::span<const double> number);

/// Assortativity by kind: (sum e_ii - sum a_i b_i) / (1 - sum a_i b_i) (Newman 2003).
double assortativity_by(const Graph& graph, std::span<const std::uint32_t> kind);

enum class Weighting { unweighted, weighted };
/// Modularity of a partition (Newman and Girvan 2004; Leicht and Newman 2008 when directed).
double modularity(const Graph& graph, std::span<const std::uint32_t> part, Weighting weighting);

/// Each node's component (weak when directed), numbered by their first node.
std::vector<std::uint32_t> components(const Graph& graph);

/// Each node's strong component: those who reach each other along arcs, both ways.
std::vector<std::uint32_t> strong_components(const Graph& graph);

}
