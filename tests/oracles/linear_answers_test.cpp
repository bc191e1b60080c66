#include "analysis/linear_answers.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/graph_generators.hpp"

// Oracles D7, D8 and D9: linear laws by linear algebra. Figures with nine or ten digits are met to
// half of the last one.
namespace cercle::oracles {
namespace {

using analysis::linear_answers;
using analysis::LinearAnswers;
using scenarios::LinearLaw;

LinearLaw law_on(const char* name, sim::Graph graph) {
    LinearLaw law{.name = name, .graph = std::move(graph)};
    const std::size_t nodes = law.graph.nodes();
    for (std::size_t node = 0; node < nodes; ++node) law.ids.push_back(std::to_string(node + 1));
    law.own.assign(nodes, 0.0);
    law.neighbours.assign(nodes, 1.0);
    law.constant.assign(nodes, 0.0);
    law.start.assign(nodes, 0.0);
    return law;
}

sim::Graph undirected(std::size_t nodes, const std::vector<sim::Tie>& ties) {
    return {nodes, ties, true};
}

LinearLaw three_who_average() {
    const std::vector<sim::Tie> ties{{0, 1, 3.0F}, {0, 2, 2.0F}, {1, 0, 1.0F},
                                     {1, 2, 1.0F}, {2, 0, 1.0F}, {2, 1, 3.0F}};
    LinearLaw law = law_on("degroot", {3, ties, false});
    law.own = {0.5, 0.6, 0.6};
    law.neighbours = {0.5, 0.4, 0.4};
    law.start = {0.2, 0.5, 0.9};
    return law;
}

TEST(OracleD7, the_consensus_weighs_everyone_by_the_left_eigenvector) {
    const LinearAnswers answers = linear_answers(three_who_average());

    EXPECT_NEAR(answers.weights[0], 5.0 / 21.0, 1e-12);
    EXPECT_NEAR(answers.weights[1], 9.0 / 21.0, 1e-12);
    EXPECT_NEAR(answers.weights[2], 7.0 / 21.0, 1e-12);
    EXPECT_NEAR(answers.fixed_point[1], 0.5619047619, 5e-11);
    EXPECT_NEAR(*answers.second, 0.4, 1e-9);
    EXPECT_NEAR(answers.spectral_radius, 1.0, 1e-9);
}

TEST(OracleD7, a_lazy_star_gives_its_hub_half_of_the_weight) {
    LinearLaw law = law_on("degroot", undirected(5, sim::star(5)));
    law.own.assign(5, 0.5);
    law.neighbours.assign(5, 0.5);

    const LinearAnswers answers = linear_answers(law);

    EXPECT_NEAR(answers.weights[0], 0.5, 1e-12);
    EXPECT_NEAR(answers.weights[4], 0.125, 1e-12);
}

TEST(OracleD7, no_consensus_where_groups_listen_to_nobody_else) {
    LinearLaw law = law_on("degroot", undirected(4, {{0, 1}, {2, 3}}));
    law.own.assign(4, 0.5);
    law.neighbours.assign(4, 0.5);

    const LinearAnswers answers = linear_answers(law);

    EXPECT_TRUE(answers.weights.empty());
    EXPECT_TRUE(answers.fixed_point.empty());
    EXPECT_EQ(answers.notes.size(), 1u);
}

TEST(OracleD7, a_periodic_graph_is_told) {
    const LinearAnswers answers = linear_answers(law_on("degroot", undirected(5, sim::star(5))));

    EXPECT_EQ(answers.half_life, std::nullopt);
    EXPECT_EQ(answers.notes.size(), 1u);
}

TEST(OracleD8, stubborn_opinions_come_to_rest_apart) {
    LinearLaw law = law_on("friedkin_johnsen", undirected(4, {{0, 1}, {0, 2}, {1, 2}, {2, 3}}));
    law.neighbours.assign(4, 0.6);
    const std::vector<double> first{0.2, 0.4, 0.8, 0.1};
    for (std::size_t node = 0; node < 4; ++node) law.constant[node] = 0.4 * first[node];

    const LinearAnswers answers = linear_answers(law);

    const std::vector<double> exact{0.3805210918, 0.4420595533, 0.5596774194, 0.3758064516};
    for (std::size_t node = 0; node < 4; ++node) {
        EXPECT_NEAR(answers.fixed_point[node], exact[node], 5e-11);
    }
}

LinearAnswers nar(sim::Graph graph, double influence = 0.2) {
    LinearLaw law = law_on("nar", std::move(graph));
    law.own.assign(law.ids.size(), 0.6);
    law.neighbours.assign(law.ids.size(), influence);
    law.deviation = 1.0;
    return linear_answers(law);
}

double covariance(const LinearAnswers& answers, std::size_t row, std::size_t column) {
    return answers.covariance->matrix[row * answers.covariance->variance.size() + column];
}

TEST(OracleD9, autoregression_on_a_network_has_its_stationary_covariance) {
    const LinearAnswers ring = nar(undirected(6, sim::ring({.nodes = 6, .degree = 2})));
    const LinearAnswers complete = nar(undirected(5, sim::complete_graph(5)));
    const LinearAnswers star = nar(undirected(5, sim::star(5)));
    const LinearAnswers twin = nar(undirected(5, sim::star(5)), 0.22);

    EXPECT_NEAR(ring.covariance->variance[0], 1.75941488, 5e-9);
    EXPECT_NEAR(covariance(ring, 0, 1), 0.36912543, 5e-9);
    EXPECT_NEAR(ring.covariance->correlation_of_ties, 0.20980011, 5e-9);
    EXPECT_NEAR(complete.covariance->variance[3], 1.70250896, 5e-9);
    EXPECT_NEAR(covariance(complete, 1, 4), 0.26881720, 5e-9);
    EXPECT_NEAR(complete.covariance->correlation_of_ties, 0.15789474, 5e-9);
    EXPECT_NEAR(star.covariance->variance[0], 1.79154995, 5e-9);
    EXPECT_NEAR(star.covariance->variance[2], 1.86048378, 5e-9);
    EXPECT_NEAR(covariance(star, 0, 2), 0.49603175, 5e-9);
    EXPECT_GT(std::abs(twin.covariance->variance[0] - 1.79154995), 1e-3);
}

TEST(OracleD9, the_linear_engine_on_a_path_of_three_is_exact) {
    LinearLaw law = law_on("linear", undirected(3, {{0, 1}, {1, 2}}));
    law.own.assign(3, 0.9);
    law.neighbours.assign(3, 0.1 * 0.3);
    law.constant = {-0.07, 0.035, 0.07};
    law.deviation = 0.1;

    const LinearAnswers answers = linear_answers(law);

    EXPECT_NEAR(answers.fixed_point[0], -0.5846153846, 5e-11);
    EXPECT_NEAR(answers.fixed_point[1], 0.3846153846, 5e-11);
    EXPECT_NEAR(answers.fixed_point[2], 0.8153846154, 5e-11);
    EXPECT_NEAR(answers.covariance->variance[0], 0.0564028954, 5e-11);
    EXPECT_NEAR(answers.covariance->variance[1], 0.0562788293, 5e-11);
    EXPECT_NEAR(covariance(answers, 0, 1), 0.0123314662, 5e-11);
    EXPECT_NEAR(covariance(answers, 0, 2), 0.0037713164, 5e-11);
    EXPECT_NEAR(answers.spectral_radius, 0.93, 1e-12);
    EXPECT_NEAR(*answers.half_life, std::log(0.5) / std::log(0.93), 1e-9);
}

TEST(OracleD9, an_employee_and_a_client_have_the_modes_and_covariance_of_their_loop) {
    LinearLaw law = law_on("linear", undirected(2, {{0, 1}}));
    law.own = {0.9, 0.88};
    law.neighbours = {0.10 * 0.25, 0.12 * 0.40};
    law.constant = {0.10 * 0.75 * -0.5, 0.12 * 0.60 * 0.8};
    law.deviation = 0.1;

    const LinearAnswers answers = linear_answers(law);

    EXPECT_NEAR(answers.fixed_point[0], -0.2833333333, 5e-11);
    EXPECT_NEAR(answers.fixed_point[1], 0.3666666667, 5e-11);
    EXPECT_NEAR(answers.spectral_radius, 0.9260555128, 5e-11);
    EXPECT_NEAR(*answers.second, 0.8539444872, 5e-11);
    EXPECT_NEAR(covariance(answers, 0, 0), 0.056911686, 5e-10);
    EXPECT_NEAR(covariance(answers, 0, 1), 0.0173575723, 5e-11);
    EXPECT_NEAR(covariance(answers, 1, 1), 0.0514073237, 5e-11);
}

/// A complete team of eight under the linear law, lambda .10, from one member's set point of 1.
LinearAnswers team_of_eight(double weight) {
    LinearLaw law = law_on("linear", undirected(8, sim::complete_graph(8)));
    law.own.assign(8, 0.9);
    law.neighbours.assign(8, 0.1 * weight);
    law.constant[0] = 0.1 * (1.0 - weight);
    law.deviation = std::sqrt(0.2 * (1.0 - 0.81));
    return linear_answers(law);
}

/// Variance of a member and covariance of two: set points of variance .8 passed on, and noise.
struct Likeness {
    double variance, covariance, after_a_year;
};
Likeness likeness(double weight) {
    const LinearAnswers answers = team_of_eight(weight);
    const double own = answers.fixed_point[0];
    const double other = answers.fixed_point[1];
    const double noise = covariance(answers, 0, 0);
    const double shared = covariance(answers, 0, 1);
    const double trait = 0.8 * (own * own + 7.0 * other * other);
    // After h steps what all share has shrunk by .9 + .1 w each, the rest by .9 - .1 w / 7.
    const double kept = (std::pow(0.9 + 0.1 * weight, 12.0) * (noise + 7.0 * shared) +
                         7.0 * std::pow(0.9 - 0.1 * weight / 7.0, 12.0) * (noise - shared)) /
                        8.0;
    return {trait + noise, 0.8 * (2.0 * own * other + 6.0 * other * other) + shared, trait + kept};
}

TEST(OracleD9b, a_complete_team_of_eight_is_as_alike_as_its_weight_makes_it) {
    const struct {
        double weight, icc, stability, variance;
    } answers[] = {{0.0, 0.0, 0.857, 1.0},       {0.1, 0.0285, 0.831, 0.851},
                   {0.15, 0.0451, 0.817, 0.786}, {0.2, 0.0636, 0.802, 0.725},
                   {0.25, 0.0841, 0.785, 0.669}, {0.3, 0.1068, 0.768, 0.619},
                   {0.4, 0.1594, 0.730, 0.532},  {0.5, 0.2226, 0.690, 0.465}};

    for (const auto& exact : answers) {
        const Likeness seen = likeness(exact.weight);
        const Likeness twin = likeness(1.1 * exact.weight + 0.01);
        EXPECT_NEAR(seen.covariance / seen.variance, exact.icc, 5e-5) << exact.weight;
        EXPECT_NEAR(seen.after_a_year / seen.variance, exact.stability, 6e-4) << exact.weight;
        EXPECT_NEAR(seen.variance, exact.variance, 6e-4) << exact.weight;
        EXPECT_GT(std::abs(twin.covariance / twin.variance - exact.icc), 5e-4) << exact.weight;
    }
}

TEST(OracleD10, one_opinion_with_a_memory_has_its_variance_and_half_life) {
    const auto alone = [](double memory, double deviation) {
        LinearLaw law = law_on("nar", undirected(1, {}));
        law.own = {memory};
        law.neighbours = {0.0};
        law.deviation = deviation;
        return linear_answers(law);
    };

    EXPECT_NEAR(alone(0.9, 0.2).covariance->variance[0], 0.210526316, 5e-10);
    EXPECT_NEAR(*alone(0.9, 0.2).half_life, 6.578813, 5e-7);
    EXPECT_NEAR(alone(0.95, 0.1).covariance->variance[0], 0.102564103, 5e-10);
    EXPECT_NEAR(*alone(0.95, 0.1).half_life, 13.513407, 5e-7);
}

TEST(LinearAnswers, a_sparse_solution_is_that_of_the_dense_one) {
    const auto solve = [&](std::size_t nodes) {
        LinearLaw law =
            law_on("friedkin_johnsen", undirected(nodes, sim::ring({.nodes = nodes, .degree = 4})));
        law.neighbours.assign(nodes, 0.9);
        for (std::size_t node = 0; node < nodes; ++node) law.constant[node] = node % 2 ? 0.1 : 0.0;
        return linear_answers(law);
    };

    const LinearAnswers dense = solve(40);
    const LinearAnswers sparse = solve(4000);

    EXPECT_TRUE(sparse.radius_is_bound);
    for (std::size_t node = 0; node < 40; ++node) {
        EXPECT_NEAR(sparse.fixed_point[node], dense.fixed_point[node], 1e-10);
    }
}

TEST(LinearAnswers, a_wandering_law_has_no_fixed_point_and_a_large_one_no_covariance) {
    EXPECT_TRUE(nar(undirected(5, sim::complete_graph(5)), 0.4).fixed_point.empty());

    const LinearAnswers large = nar(undirected(1200, sim::ring({.nodes = 1200, .degree = 2})));
    EXPECT_FALSE(large.covariance);
    EXPECT_EQ(large.notes.size(), 1u);
}

}
}
