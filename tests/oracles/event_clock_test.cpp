#include "models/spreading/event_clock.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
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

    EXPECT_LT(worst(frequencies(plan), exact, nodes, plan.samples), 4.0);
    EXPECT_GT(worst(frequencies(twin), exact, nodes, plan.samples), 4.0); // twin
}

TEST(OracleD1, an_isolated_node_follows_its_two_state_chain) {
    const Graph one = undirected(1, {});
    const SpreadRates rates{.recovery = 0.15, .spontaneous = 0.05};

    expect_samples_of({one, rates, 12.0, 0}, {1.0 - 0.227320512, 0.227320512});
    expect_samples_of({one, rates, 12.0, 1}, {1.0 - 0.318038465, 0.318038465});
}

TEST(OracleD4, the_exact_chains_are_those_of_the_literature) {
    const Graph pair = undirected(2, sim::complete_graph(2));
    const Graph path = undirected(3, {{0, 1}, {1, 2}});
    const Graph star = undirected(4, sim::star(4));
    const auto of_pair = ExactChain(pair, sisa).stationary();
    const auto of_path = ExactChain(path, sisa).stationary();
    const auto of_star = ExactChain(star, sisa).stationary();

    EXPECT_NEAR(ExactChain::marginal(of_pair, 0), 0.20754717, 1e-8);
    EXPECT_NEAR(of_pair[0], 0.67924528, 1e-8);
    EXPECT_NEAR(ExactChain::marginal(of_path, 1), 0.27111636, 1e-8);
    EXPECT_NEAR(of_path[7], 0.04945498, 1e-8);
    EXPECT_NEAR(ExactChain::marginal(of_star, 0), 0.33217328, 1e-8);
    EXPECT_NEAR(ExactChain::marginal(of_star, 3), 0.25185734, 1e-8);
    EXPECT_NEAR(ExactChain::marginal(ExactChain(path, sisa).after(10.0, 1), 2), 0.23300762, 1e-8);
}

TEST(OracleD4, small_graphs_keep_their_exact_distribution) {
    const std::vector<Graph> graphs = {
        undirected(2, sim::complete_graph(2)), undirected(3, {{0, 1}, {1, 2}}),
        undirected(3, sim::complete_graph(3)), undirected(4, sim::star(4))};
    for (const Graph& graph : graphs) {
        const ExactChain chain(graph, sisa);

        expect_samples_of({graph, sisa, 10.0, 1}, chain.after(10.0, 1));
        expect_samples_of({graph, sisa, 60.0, 1}, chain.stationary());
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

/// Mean and standard error of the time to extinction on a complete graph.
struct Mean {
    double value;
    double error;
};
Mean time_to_extinction(double transmission, std::size_t infectious, std::size_t samples) {
    const Graph graph = undirected(20, sim::complete_graph(20));
    EventClock clock(graph, Weighting::unweighted);
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < samples; ++i) {
        std::vector<std::uint8_t> state(20, 0);
        std::fill_n(state.begin(), infectious, std::uint8_t{1});
        sim::Stream stream(3, draw, i);
        const auto end =
            clock.advance({.rows = state}, {.transmission = transmission, .recovery = 1},
                          std::numeric_limits<double>::infinity(), stream);
        sum += end.extinct_at;
        squares += end.extinct_at * end.extinct_at;
    }
    const auto n = static_cast<double>(samples);
    return {sum / n, std::sqrt((squares / n - sum / n * sum / n) / n)};
}

TEST(OracleD3, extinction_on_a_complete_graph_takes_its_exact_mean_time) {
    // H0: E[T | 20] = 69.2984134 and E[T | 1] = 31.2107142; n = 20 000.
    const Mean from_all = time_to_extinction(0.1, 20, 20'000);
    const Mean from_one = time_to_extinction(0.1, 1, 20'000);
    const Mean twin = time_to_extinction(0.09, 20, 20'000);

    EXPECT_LT(std::abs(from_all.value - 69.2984134), 4.0 * from_all.error);
    EXPECT_LT(std::abs(from_one.value - 31.2107142), 4.0 * from_one.error);
    EXPECT_GT(std::abs(twin.value - 69.2984134), 4.0 * twin.error);
}

/// Mean share infectious at a time, over runs from everyone infectious that have not ended.
Mean prevalence(const Graph& graph, const SpreadRates& rates, double time, std::size_t samples) {
    EventClock clock(graph, Weighting::unweighted);
    double n = 0.0;
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < samples; ++i) {
        std::vector<std::uint8_t> state(graph.nodes(), 1);
        sim::Stream stream(4, draw, i);
        clock.advance({.rows = state}, rates, time, stream);
        const double share =
            std::accumulate(state.begin(), state.end(), 0.0) / static_cast<double>(graph.nodes());
        if (share == 0.0) continue;
        n += 1.0;
        sum += share;
        squares += share * share;
    }
    return {sum / n, std::sqrt((squares / n - sum / n * sum / n) / n)};
}

TEST(OracleD3, the_quasi_stationary_prevalence_is_exact) {
    // H0: mean .476623968 given survival; the decay (8.2e-5) is too slow to matter at time 25.
    const Graph graph = undirected(50, sim::complete_graph(50));
    const Mean right = prevalence(graph, {.transmission = 0.04, .recovery = 1.0}, 25.0, 10'000);
    const Mean twin = prevalence(graph, {.transmission = 0.044, .recovery = 1.0}, 25.0, 10'000);

    EXPECT_LT(std::abs(right.value - 0.476623968), 4.0 * right.error);
    EXPECT_GT(std::abs(twin.value - 0.476623968), 4.0 * twin.error);
}

TEST(OracleD2, a_well_mixed_world_comes_near_its_mean_field) {
    // Nearness O(1/n): the mean field is the limit of many nodes.
    const Graph graph = undirected(600, sim::complete_graph(600));
    const auto share = [&](double transmission, double spontaneous) {
        return prevalence(graph,
                          {.transmission = transmission / 599.0,
                           .recovery = 0.2,
                           .spontaneous = spontaneous},
                          60.0, 400)
            .value;
    };

    EXPECT_NEAR(share(0.3, 0.02), 0.423926596, 0.006);
    EXPECT_NEAR(share(0.1, 0.02), 0.148331477, 0.006);
    EXPECT_GT(std::abs(share(0.33, 0.02) - 0.423926596), 0.006); // twin
}

/// Chi-squared of final sizes against their exact distribution.
double final_size_statistic(const Graph& graph, double transmission,
                            const std::vector<double>& exact) {
    constexpr std::size_t samples = 200'000;
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
        const double expected = exact[size] * samples;
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

        EXPECT_LT(final_size_statistic(*graph, 0.6, exact), 18.47);
        EXPECT_GT(final_size_statistic(*graph, 0.66, exact), 18.47); // twin
    }
}

TEST(EventClock, works_on_the_states_of_its_lane_alone) {
    const Graph graph = undirected(40, sim::ring({.nodes = 40, .degree = 4}));
    EventClock clock(graph, Weighting::unweighted);
    std::vector<std::uint8_t> alone(40, 1);
    std::vector<std::uint8_t> together(40 * 4, 1);
    sim::Stream first(6, draw, 0);
    sim::Stream second(6, draw, 0);

    const auto one = clock.advance({.rows = alone}, sisa, 5.0, first);
    clock.advance({.rows = together, .lanes = 4, .lane = 2}, sisa, 5.0, second);

    EXPECT_GT(one.events(), 0u);
    for (std::size_t node = 0; node < 40; ++node) {
        for (std::size_t lane = 0; lane < 4; ++lane) {
            EXPECT_EQ(together[node * 4 + lane], lane == 2 ? alone[node] : 1);
        }
    }
}

TEST(EventClock, stops_where_nothing_can_happen_any_more) {
    const Graph graph = undirected(3, {{0, 1}});
    EventClock clock(graph, Weighting::unweighted);
    constexpr double forever = std::numeric_limits<double>::infinity();
    std::vector<std::uint8_t> state{1, 0, 0};
    sim::Stream stream(7, draw, 0);

    const auto spread = clock.advance({.rows = state}, {.transmission = 1.0}, 1e3, stream);
    EXPECT_EQ(state, (std::vector<std::uint8_t>{1, 1, 0}));
    EXPECT_EQ(spread.events(), 1u);
    EXPECT_EQ(spread.extinct_at, forever);

    const auto ended = clock.advance(
        {.rows = state}, {.recovery = 2.0, .recovered = Compartment::removed}, forever, stream);
    EXPECT_EQ(state, (std::vector<std::uint8_t>{2, 2, 0}));
    EXPECT_EQ(ended.extinct_at, ended.time);

    EXPECT_EQ(clock.advance({.rows = state}, sisa, 0.0, stream).events(), 0u);
    EXPECT_EQ(clock.advance({.rows = state}, {}, forever, stream).extinct_at, 0.0);
}

}
}
