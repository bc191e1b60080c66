#include "models/spreading/event_clock.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "sim/graph_generators.hpp"

// What the clock of events does beside sampling its chain (tests/oracles/event_clock_test.cpp).
namespace cercle::models {
namespace {

constexpr sim::Draw draw{900};
const SpreadRates sisa{.transmission = 0.20, .recovery = 0.30, .spontaneous = 0.05};

sim::Graph undirected(std::size_t nodes, const std::vector<sim::Tie>& ties) {
    return {nodes, ties, true};
}

TEST(EventClock, works_on_the_states_of_its_lane_alone) {
    const sim::Graph graph = undirected(40, sim::ring({.nodes = 40, .degree = 4}));
    EventClock clock(graph, sim::Weighting::unweighted);
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
    const sim::Graph graph = undirected(3, {{0, 1}});
    EventClock clock(graph, sim::Weighting::unweighted);
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
