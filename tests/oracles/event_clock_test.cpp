#include "models/spreading/event_clock.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/graph_generators.hpp"
#include "tests/oracles/exact_chain.hpp"

// The seeds of this file were chosen before the first run. "Within 4 standard errors": two-sided z,
// alpha = 6.4e-5 each.
namespace cercle::oracles {
namespace {

using models::Compartment;
using models::EventClock;
using sim::Graph;
using sim::Weighting;

constexpr sim::Draw draw{900};

Graph undirected(std::size_t nodes, const std::vector<sim::Tie>& ties) {
    return {nodes, ties, true};
}

const SpreadRates sisa{.transmission = 0.20, .recovery = 0.30, .spontaneous = 0.05};

SpreadRates slower_recovery(SpreadRates rates) {
    rates.recovery *= 0.9;
    return rates;
}

/// How often each set of infectious nodes was seen at a time, from one start.
struct Sampling {
    const Graph& graph;
    SpreadRates rates;
    double time;
    std::uint32_t start = 0;
    std::uint64_t seed = 1;
    Weighting weighting = Weighting::unweighted;
    std::size_t samples = 200'000;
};

std::vector<double> frequencies(const Sampling& plan) {
    EventClock clock(plan.graph, plan.weighting);
    std::vector<std::uint8_t> state(plan.graph.nodes());
    std::vector<double> seen(std::size_t{1} << state.size(), 0.0);
    for (std::size_t i = 0; i < plan.samples; ++i) {
        for (std::size_t v = 0; v < state.size(); ++v) state[v] = (plan.start >> v) & 1U;
        sim::Stream stream(plan.seed, draw, i);
        clock.advance({.rows = state}, plan.rates, plan.time, stream);
        std::size_t set = 0;
        for (std::size_t v = 0; v < state.size(); ++v) set |= std::size_t{state[v]} << v;
        seen[set] += 1.0 / static_cast<double>(plan.samples);
    }
    return seen;
}

double errors_of_share(double seen, double exact, std::size_t samples) {
    return (seen - exact) / std::sqrt(exact * (1.0 - exact) / static_cast<double>(samples));
}

/// The largest deviation, in standard errors, of marginals and of "none" and "all" infectious.
double worst(const std::vector<double>& seen, const std::vector<double>& exact, std::size_t nodes,
             std::size_t samples) {
    double largest = std::abs(errors_of_share(seen.front(), exact.front(), samples));
    largest = std::max(largest, std::abs(errors_of_share(seen.back(), exact.back(), samples)));
    for (std::size_t v = 0; v < nodes; ++v) {
        const double z =
            errors_of_share(ExactChain::marginal(seen, v), ExactChain::marginal(exact, v), samples);
        largest = std::max(largest, std::abs(z));
    }
    return largest;
}

/// H0: the clock samples the chain. Holds within 4 standard errors, and not with a wrong rate.
void expect_samples_of(const Sampling& plan, const std::vector<double>& exact) {
    const std::size_t nodes = plan.graph.nodes();
    Sampling twin = plan;
    twin.rates = slower_recovery(plan.rates);
    twin.samples = 50'000;

    EXPECT_LT(worst(frequencies(plan), exact, nodes, plan.samples), 4.0);
    EXPECT_GT(worst(frequencies(twin), exact, nodes, twin.samples), 4.0);
}

TEST(OracleD1, an_isolated_node_follows_its_two_state_chain) {
    const Graph one = undirected(1, {});
    const SpreadRates rates{.recovery = 0.15, .spontaneous = 0.05};

    expect_samples_of({one, rates, 12.0, 0}, {1.0 - 0.227320512, 0.227320512});
    expect_samples_of({one, rates, 12.0, 1}, {1.0 - 0.318038465, 0.318038465});
}

/// Known stationary probabilities: of nodes in their order, of both ends of the tie of 0 and 1, of
/// all and none; and those of nodes ten months after node 0 alone.
struct Known {
    Graph graph;
    std::vector<double> marginals;
    double both, all, none;
    std::vector<double> from_one;
};

double both_ends(const std::vector<double>& of_sets) {
    double sum = 0.0;
    for (std::size_t set = 3; set < of_sets.size(); set += 4) sum += of_sets[set];
    return sum;
}

TEST(OracleD4, the_exact_chains_are_those_of_the_literature) {
    const std::vector<Known> answers = {{undirected(2, sim::complete_graph(2)),
                                         {0.20754717, 0.20754717},
                                         0.09433962,
                                         0.09433962,
                                         0.67924528,
                                         {0.23423297, 0.23014620}},
                                        {undirected(3, {{0, 1}, {1, 2}}),
                                         {0.23030661, 0.27111636, 0.23030661},
                                         0.11807979,
                                         0.04945498,
                                         0.52709016,
                                         {0.24918720, 0.28337280, 0.23300762}},
                                        {undirected(3, sim::complete_graph(3)),
                                         {0.30718954, 0.30718954, 0.30718954},
                                         0.16339869,
                                         0.09803922,
                                         0.47058824,
                                         {0.32567030, 0.32348063, 0.32348063}},
                                        {undirected(4, sim::star(4)),
                                         {0.33217328, 0.25185734, 0.25185734, 0.25185734},
                                         0.14142293,
                                         0.02490525,
                                         0.40170189,
                                         {}}};

    for (const Known& known : answers) {
        const ExactChain chain(known.graph, sisa);
        const auto at_rest = chain.stationary();
        const auto later = chain.after(10.0, 1);
        for (std::size_t node = 0; node < known.marginals.size(); ++node) {
            EXPECT_NEAR(ExactChain::marginal(at_rest, node), known.marginals[node], 1e-8);
        }
        for (std::size_t node = 0; node < known.from_one.size(); ++node) {
            EXPECT_NEAR(ExactChain::marginal(later, node), known.from_one[node], 1e-8);
        }
        EXPECT_NEAR(both_ends(at_rest), known.both, 1e-8);
        EXPECT_NEAR(at_rest.back(), known.all, 1e-8);
        EXPECT_NEAR(at_rest.front(), known.none, 1e-8);
    }
}

TEST(OracleD4, small_graphs_keep_their_exact_distribution) {
    const std::vector<Graph> graphs = {
        undirected(2, sim::complete_graph(2)), undirected(3, {{0, 1}, {1, 2}}),
        undirected(3, sim::complete_graph(3)), undirected(4, sim::star(4))};
    for (const Graph& graph : graphs) {
        const ExactChain chain(graph, sisa);

        expect_samples_of(
            {.graph = graph, .rates = sisa, .time = 10.0, .start = 1, .samples = 50'000},
            chain.after(10.0, 1));
    }
}

TEST(OracleD4, weights_and_directions_count_as_they_should) {
    const Graph graph(5,
                      std::vector<sim::Tie>{{0, 1, 0.5F},
                                            {0, 2, 3.0F},
                                            {1, 2, 0.25F},
                                            {2, 3, 1.5F},
                                            {3, 0, 7.0F},
                                            {4, 0, 1.0F},
                                            {4, 3, 0.125F}},
                      false);

    expect_samples_of({graph, sisa, 6.0, 8, 2, Weighting::weighted},
                      ExactChain(graph, sisa).after(6.0, 8));
}

/// Chi-squared of final sizes against their exact distribution.
double final_size_statistic(const Graph& graph, double transmission,
                            const std::vector<double>& exact, std::size_t samples) {
    EventClock clock(graph, Weighting::weighted);
    std::vector<double> counts(graph.nodes() + 1, 0.0);
    for (std::size_t i = 0; i < samples; ++i) {
        std::vector<std::uint8_t> state(graph.nodes(), 0);
        state[0] = 1;
        sim::Stream stream(5, draw, i);
        const auto end = clock.advance(
            {.rows = state},
            {.transmission = transmission, .recovery = 1.0, .recovered = Compartment::removed}, 1e6,
            stream);
        EXPECT_EQ(end.infections + 1, end.recoveries);
        counts[end.recoveries] += 1.0;
    }
    double sum = 0.0;
    for (std::size_t size = 1; size < counts.size(); ++size) {
        const double expected = exact[size] * static_cast<double>(samples);
        sum += (counts[size] - expected) * (counts[size] - expected) / expected;
    }
    return sum;
}

TEST(OracleD6, final_sizes_of_sir_on_small_graphs_are_exact) {
    // H0: the exact distribution; chi-squared with 4 degrees of freedom, alpha = 1e-3: 18.47.
    const Graph complete = undirected(5, sim::complete_graph(5));
    const Graph uneven =
        undirected(5, {{0, 1, 2.0F}, {1, 2, 0.5F}, {1, 3, 1.0F}, {2, 3, 1.0F}, {3, 4, 3.0F}});
    for (const Graph* graph : {&complete, &uneven}) {
        const auto exact = ExactFinalSize(*graph, 0.6, 1.0).from(0);

        EXPECT_LT(final_size_statistic(*graph, 0.6, exact, 200'000), 18.47);
        EXPECT_GT(final_size_statistic(*graph, 0.66, exact, 50'000), 18.47); // twin
    }
}

}
}
