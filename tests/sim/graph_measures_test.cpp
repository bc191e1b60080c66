#include "sim/graph_measures.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/graph_generators.hpp"

namespace cercle::sim {
namespace {

// Zachary 1977, in the order of networkx, counted from 1.
const std::vector<Tie> karate_from_one{
    {1, 2},   {1, 3},   {2, 3},   {1, 4},   {2, 4},   {3, 4},   {1, 5},   {1, 6},   {1, 7},
    {5, 7},   {6, 7},   {1, 8},   {2, 8},   {3, 8},   {4, 8},   {1, 9},   {3, 9},   {3, 10},
    {1, 11},  {5, 11},  {6, 11},  {1, 12},  {1, 13},  {4, 13},  {1, 14},  {2, 14},  {3, 14},
    {4, 14},  {6, 17},  {7, 17},  {1, 18},  {2, 18},  {1, 20},  {2, 20},  {1, 22},  {2, 22},
    {24, 26}, {25, 26}, {3, 28},  {24, 28}, {25, 28}, {3, 29},  {24, 30}, {27, 30}, {2, 31},
    {9, 31},  {1, 32},  {25, 32}, {26, 32}, {29, 32}, {3, 33},  {9, 33},  {15, 33}, {16, 33},
    {19, 33}, {21, 33}, {23, 33}, {24, 33}, {30, 33}, {31, 33}, {32, 33}, {9, 34},  {10, 34},
    {14, 34}, {15, 34}, {16, 34}, {19, 34}, {20, 34}, {21, 34}, {23, 34}, {24, 34}, {27, 34},
    {28, 34}, {29, 34}, {30, 34}, {31, 34}, {32, 34}, {33, 34}};

Graph karate() {
    std::vector<Tie> ties = karate_from_one;
    for (Tie& tie : ties) {
        --tie.from;
        --tie.to;
    }
    return Graph(34, ties, true);
}

Graph path(std::size_t nodes) {
    std::vector<Tie> ties;
    for (std::uint32_t node = 0; node + 1 < nodes; ++node) ties.push_back({node, node + 1});
    return Graph(nodes, ties, true);
}

TEST(GraphMeasures, karate_has_the_published_figures) {
    // Values of networkx 3.6 on its karate_club_graph(); largest eigenvalue: oracle D3.
    const GraphMeasures measures = measure(karate());

    EXPECT_EQ(measures.nodes, 34u);
    EXPECT_EQ(measures.ties, 78u);
    EXPECT_NEAR(measures.degree.mean, 156.0 / 34.0, 1e-12);
    EXPECT_EQ(measures.degree.min, 1.0);
    EXPECT_EQ(measures.degree.max, 17.0);
    EXPECT_NEAR(measures.density, 0.13903743315508021, 1e-12);
    EXPECT_NEAR(measures.transitivity, 0.2556818181818182, 1e-12);
    EXPECT_NEAR(measures.mean_clustering, 0.5706384782076823, 1e-12);
    EXPECT_NEAR(measures.degree_assortativity, -0.47561309768461413, 1e-12);
    EXPECT_EQ(measures.components, 1u);
    EXPECT_NEAR(measures.mean_path, 2.408199643493761, 1e-12);
    EXPECT_EQ(measures.diameter, 5u);
    EXPECT_NEAR(measures.largest_eigenvalue, 6.7256977276, 1e-10);
}

TEST(GraphMeasures, karate_correlates_a_number_over_ties_as_the_oracle_says) {
    // Oracle D26: y = (I - .4 W)^-1 (1 + 2 x + e), x = sin i, e = .5 cos 3 i, W row-standardised.
    const Graph graph = karate();
    std::vector<double> y(34, 0.0);
    for (int round = 0; round < 200; ++round) { // the map shrinks by .4 each round
        std::vector<double> next(34);
        for (std::size_t node = 0; node < 34; ++node) {
            const double i = static_cast<double>(node + 1);
            double around = 0.0;
            for (const std::uint32_t other : graph.neighbours(node)) around += y[other];
            next[node] = 0.4 * around / static_cast<double>(graph.degree(node)) + 1.0 +
                         2.0 * std::sin(i) + 0.5 * std::cos(3.0 * i);
        }
        y = next;
    }

    EXPECT_NEAR(assortativity(graph, y), 0.03802563, 5e-9);
}

TEST(GraphMeasures, largest_eigenvalues_are_those_of_known_graphs) {
    // Oracle D3.
    const std::vector<Tie> petersen{{0, 1}, {1, 2}, {2, 3}, {3, 4}, {4, 0}, {0, 5}, {1, 6}, {2, 7},
                                    {3, 8}, {4, 9}, {5, 7}, {7, 9}, {9, 6}, {6, 8}, {8, 5}};
    const std::vector<Tie> two_threes{{0, 3}, {0, 4}, {0, 5}, {1, 3}, {1, 4},
                                      {1, 5}, {2, 3}, {2, 4}, {2, 5}};

    EXPECT_NEAR(largest_eigenvalue(Graph(10, complete_graph(10), true)), 9.0, 1e-10);
    EXPECT_NEAR(largest_eigenvalue(Graph(50, ring({.nodes = 50, .degree = 2}), true)), 2.0, 1e-10);
    EXPECT_NEAR(largest_eigenvalue(Graph(10, star(10), true)), 3.0, 1e-10);
    EXPECT_NEAR(largest_eigenvalue(Graph(10, petersen, true)), 3.0, 1e-10);
    EXPECT_NEAR(largest_eigenvalue(Graph(6, two_threes, true)), 3.0, 1e-10);
    EXPECT_NEAR(largest_eigenvalue(path(5)), std::sqrt(3.0), 1e-10);
    EXPECT_NEAR(largest_eigenvalue(path(400)), 2.0 * std::cos(M_PI / 401.0), 1e-10);
    EXPECT_EQ(largest_eigenvalue(Graph(5, {}, true)), 0.0);
}

TEST(GraphMeasures, the_largest_eigenvalue_is_found_in_whichever_component_has_it) {
    std::vector<Tie> ties = ring({.nodes = 500, .degree = 2});
    for (const Tie& tie : complete_graph(6)) ties.push_back({tie.from + 500, tie.to + 500});

    EXPECT_NEAR(largest_eigenvalue(Graph(506, ties, true)), 5.0, 1e-10);
}

TEST(GraphMeasures, the_largest_eigenvalue_of_a_directed_graph_is_its_spectral_radius) {
    const std::vector<Tie> chain{{0, 1}, {1, 2}, {2, 3}};
    const std::vector<Tie> cycle_with_tail{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}};
    // x^3 = x + 1: a cycle of three and one of two that share an arc.
    const std::vector<Tie> two_cycles{{0, 1}, {1, 2}, {2, 0}, {1, 0}};

    EXPECT_EQ(largest_eigenvalue(Graph(4, chain, false)), 0.0);
    EXPECT_NEAR(largest_eigenvalue(Graph(5, cycle_with_tail, false)), 1.0, 1e-10);
    EXPECT_NEAR(largest_eigenvalue(Graph(3, two_cycles, false)), 1.324717957244746, 1e-10);
}

TEST(GraphMeasures, weights_of_a_hand_made_graph_are_summed_up) {
    // 0 -1- 1 -2- 2 -4- 0, 2 -9- 3, and 4 alone: strengths 5, 3, 15, 9, 0.
    const std::vector<Tie> ties{{0, 1, 1.0F}, {1, 2, 2.0F}, {0, 2, 4.0F}, {2, 3, 9.0F}};

    const GraphMeasures measures = measure(Graph(5, ties, true));

    EXPECT_NEAR(measures.strength.mean, 32.0 / 5.0, 1e-12);
    EXPECT_NEAR(measures.strength.cv, std::sqrt(27.04) / 6.4, 1e-12);
    EXPECT_NEAR(measures.weight.mean, 4.0, 1e-12);
    EXPECT_NEAR(measures.weight.median, 3.0, 1e-12);
    EXPECT_NEAR(measures.weight.ninety_percent, 9.0, 1e-12);
    EXPECT_NEAR(measures.weight.log_mean, std::log(72.0) / 4.0, 1e-12);
    EXPECT_NEAR(measures.transitivity, 3.0 / 5.0, 1e-12);
    EXPECT_NEAR(measures.mean_clustering, (1.0 + 1.0 + 1.0 / 3.0) / 5.0, 1e-12);
    EXPECT_EQ(measures.components, 2u);
    EXPECT_EQ(measures.largest_component, 4u);
    EXPECT_NEAR(measures.mean_path, 8.0 / 6.0, 1e-12);
    EXPECT_EQ(measures.diameter, 2u);
    EXPECT_EQ(components(Graph(5, ties, true)), (std::vector<std::uint32_t>{0, 0, 0, 0, 1}));
}

TEST(GraphMeasures, reciprocity_is_the_share_of_returned_arcs) {
    const std::vector<Tie> ties{{0, 1}, {1, 0}, {1, 2}, {2, 3}};

    const GraphMeasures measures = measure(Graph(4, ties, false));

    EXPECT_TRUE(measures.directed);
    EXPECT_NEAR(measures.reciprocity, 0.5, 1e-12);
    EXPECT_NEAR(measures.density, 4.0 / 12.0, 1e-12);
    EXPECT_EQ(measures.components, 1u);
    EXPECT_EQ(measures.diameter, 3u);
    EXPECT_EQ(measure(path(3)).reciprocity, 1.0);
}

TEST(GraphMeasures, modularity_and_assortativity_of_two_pairs_are_those_of_hand) {
    // 0-1 (weight 3), 2-3 (weight 3), 1-2 (weight 2); parts {0,1}, {2,3}.
    const Graph graph(4, std::vector<Tie>{{0, 1, 3.0F}, {2, 3, 3.0F}, {1, 2, 2.0F}}, true);
    const std::vector<std::uint32_t> part{0, 0, 1, 1};

    EXPECT_NEAR(modularity(graph, part, Weighting::unweighted), 2.0 / 3.0 - 0.5, 1e-12);
    EXPECT_NEAR(modularity(graph, part, Weighting::weighted), 6.0 / 8.0 - 0.5, 1e-12);
    EXPECT_NEAR(assortativity_by(graph, part), (2.0 / 3.0 - 0.5) / 0.5, 1e-12);
    EXPECT_NEAR(assortativity(graph, std::vector<double>{0.0, 0.0, 1.0, 1.0}), 1.0 / 3.0, 1e-12);
}

TEST(GraphMeasures, what_is_not_defined_is_not_a_number) {
    const GraphMeasures nobody = measure(Graph(0, {}, true));
    const GraphMeasures strangers = measure(Graph(3, {}, true));
    const Graph regular(6, ring({.nodes = 6, .degree = 2}), true);

    EXPECT_TRUE(std::isnan(nobody.degree.mean));
    EXPECT_EQ(nobody.components, 0u);
    EXPECT_EQ(strangers.components, 3u);
    EXPECT_TRUE(std::isnan(strangers.weight.median));
    EXPECT_TRUE(std::isnan(strangers.transitivity));
    EXPECT_TRUE(std::isnan(strangers.mean_path));
    EXPECT_TRUE(std::isnan(measure(regular).degree_assortativity));
    EXPECT_TRUE(std::isnan(assortativity_by(regular, std::vector<std::uint32_t>(6, 2))));
}

TEST(Assortativity, is_undefined_however_large_a_graph_of_equal_degrees_is) {
    for (const std::size_t nodes : {10UL, 500UL, 1000UL}) {
        const Graph graph(nodes, complete_graph(nodes), true);
        EXPECT_TRUE(std::isnan(measure(graph).degree_assortativity)) << nodes;
    }
}

}
}
