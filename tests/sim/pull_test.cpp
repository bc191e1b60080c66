#include "sim/pull.hpp"

#include <vector>

#include <gtest/gtest.h>

#include "sim/graph_generators.hpp"

namespace cercle::sim {
namespace {

template <class Real>
std::vector<Real> pulled(const Graph& graph, const Pull& how, const std::vector<Real>& from) {
    std::vector<Real> to(from.size(), Real{-1});
    pull(graph, how, std::span<const Real>(from), std::span<Real>(to));
    return to;
}

const Graph firm(4, std::vector<Tie>{{0, 1, 1.0F}, {0, 2, 3.0F}, {2, 1, 0.5F}}, false);

TEST(Pull, takes_the_mean_of_those_who_influence_someone_and_nothing_where_there_is_nobody) {
    const std::vector<double> values{1.0, 2.0, 4.0, 8.0};

    EXPECT_EQ(pulled(firm, {}, values), (std::vector<double>{3.0, 0.0, 2.0, 0.0}));
    EXPECT_EQ(pulled(firm, {.weighting = Weighting::weighted}, values),
              (std::vector<double>{3.5, 0.0, 2.0, 0.0}));
}

TEST(Pull, of_some_nodes_leaves_the_others_alone) {
    const std::vector<double> values{1.0, 2.0, 4.0, 8.0};
    std::vector<double> to(4, -1.0);

    pull_block(firm, {.weighting = Weighting::weighted}, values, to, 0, 2);

    EXPECT_EQ(to, (std::vector<double>{3.5, 0.0, -1.0, -1.0}));
}

TEST(Graph, knows_whether_its_ties_weigh_other_than_one) {
    EXPECT_TRUE(firm.weighted());
    EXPECT_FALSE(Graph(3, std::vector<Tie>{{0, 1}, {1, 2}}, true).weighted());
    EXPECT_TRUE(Graph(3, std::vector<Tie>{{0, 1}, {0, 1}}, true).weighted()); // they add up
}

/// Each lane of a pull over several against the pull of that lane alone.
template <class Real> void expect_lanes_to_have_the_bits_they_have_alone(Weighting weighting) {
    Stream stream(1, Draw{900}, 0);
    std::vector<Tie> ties = random_graph({.nodes = 5000, .mean_degree = 7.0}, stream);
    for (Tie& tie : ties) tie.weight = static_cast<float>(0.1 + stream.uniform());
    const Graph graph(5000, ties, true);
    for (const std::size_t lanes : {2, 5, 8, 16, 31}) {
        std::vector<Real> all(5000 * lanes);
        for (Real& value : all) value = static_cast<Real>(stream.normal());
        const auto together = pulled(graph, {.weighting = weighting, .lanes = lanes}, all);
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            std::vector<Real> one(5000);
            for (std::size_t v = 0; v < 5000; ++v) one[v] = all[v * lanes + lane];
            const auto alone = pulled(graph, {.weighting = weighting}, one);
            for (std::size_t v = 0; v < 5000; ++v) ASSERT_EQ(together[v * lanes + lane], alone[v]);
        }
    }
}

TEST(Pull, gives_a_lane_the_bits_it_has_alone) {
    expect_lanes_to_have_the_bits_they_have_alone<float>(Weighting::unweighted);
    expect_lanes_to_have_the_bits_they_have_alone<float>(Weighting::weighted);
    expect_lanes_to_have_the_bits_they_have_alone<double>(Weighting::weighted);
}

TEST(Pull, is_right_on_a_large_graph_shared_among_threads) {
    Stream stream(2, Draw{900}, 0);
    const Graph graph(100'000, random_graph({.nodes = 100'000, .mean_degree = 6.0}, stream), true);
    std::vector<double> values(100'000);
    for (double& value : values) value = stream.uniform();

    const auto means = pulled(graph, {}, values);

    for (std::size_t v = 0; v < graph.nodes(); ++v) {
        double sum = 0.0;
        for (const std::uint32_t other : graph.neighbours(v)) sum += values[other];
        const double mean = graph.degree(v) == 0 ? 0.0 : sum / static_cast<double>(graph.degree(v));
        ASSERT_NEAR(means[v], mean, 1e-14);
    }
}

}
}
