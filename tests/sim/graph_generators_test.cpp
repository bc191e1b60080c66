#include "sim/graph_generators.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <set>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::sim {
namespace {

Stream stream(std::uint64_t seed) { return Stream(seed, Draw{900}, 0); }

void expect_simple_and_sorted(const std::vector<Tie>& ties, std::size_t nodes) {
    for (std::size_t i = 0; i < ties.size(); ++i) {
        ASSERT_LT(ties[i].from, ties[i].to);
        ASSERT_LT(ties[i].to, nodes);
        ASSERT_EQ(ties[i].weight, 1.0F);
        if (i == 0) continue;
        ASSERT_LT(std::tuple(ties[i - 1].from, ties[i - 1].to),
                  std::tuple(ties[i].from, ties[i].to));
    }
}

std::vector<std::uint32_t> degrees_of(const std::vector<Tie>& ties, std::size_t nodes) {
    std::vector<std::uint32_t> degrees(nodes, 0);
    for (const Tie& tie : ties) {
        ++degrees[tie.from];
        ++degrees[tie.to];
    }
    return degrees;
}

TEST(GraphGenerators, every_graph_is_simple_sorted_and_the_same_for_the_same_stream) {
    const std::vector<std::uint32_t> wanted{5, 3, 3, 2, 2, 1, 1, 1};
    const auto draw_all = [&](std::uint64_t seed) {
        Stream s = stream(seed);
        return std::vector<std::pair<std::size_t, std::vector<Tie>>>{
            {200, random_graph({.nodes = 200, .mean_degree = 7.0}, s)},
            {50, random_ties({.nodes = 50, .ties = 300}, s)},
            {200, small_world({.nodes = 200, .degree = 6, .rewiring = 0.3}, s)},
            {200, scale_free({.nodes = 200, .ties_per_node = 3}, s)},
            {120, blocks({.sizes = {40, 50, 30}, .within = 0.4, .between = 0.02}, s)},
            {8, configuration(wanted, s)}};
    };

    const auto one = draw_all(1);

    for (const auto& [nodes, ties] : one) expect_simple_and_sorted(ties, nodes);
    EXPECT_EQ(one, draw_all(1));
    const auto two = draw_all(2);
    for (std::size_t i = 0; i + 1 < one.size(); ++i) EXPECT_NE(one[i], two[i]) << i;
}

TEST(GraphGenerators, regular_shapes_have_their_ties) {
    expect_simple_and_sorted(lattice({.rows = 3, .columns = 4}), 12);
    expect_simple_and_sorted(ring({.nodes = 7, .degree = 6}), 7);
    expect_simple_and_sorted(complete_graph(6), 6);

    EXPECT_EQ(complete_graph(6).size(), 15u);
    EXPECT_EQ(complete_graph(0).size(), 0u);
    EXPECT_EQ(star(5), (std::vector<Tie>{{0, 1}, {0, 2}, {0, 3}, {0, 4}}));
    EXPECT_EQ(ring({.nodes = 4, .degree = 2}), (std::vector<Tie>{{0, 1}, {0, 3}, {1, 2}, {2, 3}}));
    EXPECT_EQ(ring({.nodes = 7, .degree = 6}), complete_graph(7));
    EXPECT_EQ(degrees_of(lattice({.rows = 3, .columns = 4}), 12),
              std::vector<std::uint32_t>(12, 4));
    EXPECT_THROW(ring({.nodes = 7, .degree = 3}), LogicError);
    EXPECT_THROW(ring({.nodes = 6, .degree = 6}), LogicError);
}

TEST(GraphGenerators, a_random_graph_has_its_mean_degree) {
    // H0: ties ~ Binomial(n (n - 1) / 2, p). Two-sided z, alpha = 1e-3, |z| < 3.29.
    Stream s = stream(3);
    const double pairs = 2000.0 * 1999.0 / 2.0;
    const auto ties = random_graph({.nodes = 2000, .mean_degree = 12.0}, s);
    const auto z = [&](double degree) {
        const double p = degree / 1999.0;
        return (static_cast<double>(ties.size()) - pairs * p) / std::sqrt(pairs * p * (1.0 - p));
    };

    EXPECT_LT(std::abs(z(12.0)), 3.29);
    EXPECT_GT(std::abs(z(12.6)), 3.29); // twin: can it fail?
}

TEST(GraphGenerators, degrees_of_a_random_graph_are_binomial) {
    // H0: degree ~ Binomial(n - 1, p), p = 6 / (n - 1), n = 20 000. Chi-squared over the degrees
    // 0-1, 2, 3 ... 11, 12 and more: 11 degrees of freedom, alpha = 1e-3: 31.26.
    constexpr std::size_t nodes = 20'000;
    Stream s = stream(8);
    std::vector<double> counts(12, 0.0);
    for (const std::uint32_t degree :
         degrees_of(random_graph({.nodes = nodes, .mean_degree = 6.0}, s), nodes)) {
        counts[std::clamp<std::size_t>(degree, 1, 12) - 1] += 1.0;
    }
    const auto statistic = [&](double mean) {
        const double p = mean / (nodes - 1.0);
        std::vector<double> share(12, 0.0);
        double left = 1.0;
        double probability = std::pow(1.0 - p, nodes - 1.0);
        for (std::size_t degree = 0; degree < 12; ++degree) {
            share[std::max<std::size_t>(degree, 1) - 1] += probability;
            left -= probability;
            const auto k = static_cast<double>(degree);
            probability *= (nodes - 1.0 - k) / (k + 1.0) * p / (1.0 - p);
        }
        share[11] = left;
        double sum = 0.0;
        for (std::size_t i = 0; i < 12; ++i) {
            const double expected = share[i] * nodes;
            sum += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return sum;
    };

    EXPECT_LT(statistic(6.0), 31.26);
    EXPECT_GT(statistic(6.6), 31.26); // twin
}

TEST(GraphGenerators, random_ties_are_as_many_as_asked_and_all_alike) {
    // H0: each of the 10 pairs of five nodes is drawn with probability 4/10. Chi-squared over the
    // ten counts of 20 000 draws; drawing without replacement leaves a mean of 6, so it is scaled
    // by 9/6 to 9 degrees of freedom. alpha = 1e-3: 27.88.
    const auto statistic = [](double share_of_the_first) {
        std::vector<double> counts(10, 0.0);
        for (std::uint64_t draw = 0; draw < 20'000; ++draw) {
            Stream s(5, Draw{900}, draw);
            for (const Tie& tie : random_ties({.nodes = 5, .ties = 4}, s)) {
                counts[tie.to * (tie.to - 1) / 2 + tie.from] += 1.0;
            }
        }
        counts[0] *= share_of_the_first;
        double sum = 0.0;
        for (const double count : counts) sum += (count - 8000.0) * (count - 8000.0) / 8000.0;
        return sum * 9.0 / 6.0;
    };
    Stream s = stream(6);

    EXPECT_EQ(random_ties({.nodes = 7, .ties = 21}, s), complete_graph(7));
    EXPECT_LT(statistic(1.0), 27.88);
    EXPECT_GT(statistic(0.95), 27.88); // twin
}

TEST(GraphGenerators, a_small_world_keeps_its_ties_and_rewires_the_asked_share) {
    Stream s = stream(7);
    const std::vector<Tie> ring_ties = ring({.nodes = 4000, .degree = 10});
    const std::set<std::pair<std::uint32_t, std::uint32_t>> of_ring = [&] {
        std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
        for (const Tie& tie : ring_ties) pairs.emplace(tie.from, tie.to);
        return pairs;
    }();

    const auto still = small_world({.nodes = 4000, .degree = 10, .rewiring = 0.0}, s);
    const auto mixed = small_world({.nodes = 4000, .degree = 10, .rewiring = 0.1}, s);
    const auto random = small_world({.nodes = 4000, .degree = 10, .rewiring = 1.0}, s);

    EXPECT_EQ(still, ring_ties);
    EXPECT_EQ(mixed.size(), ring_ties.size());
    // H0: rewired ~ Binomial(20 000, .1) less the few that fall on a ring tie again.
    double moved = 0.0;
    for (const Tie& tie : mixed) moved += of_ring.contains({tie.from, tie.to}) ? 0.0 : 1.0;
    EXPECT_LT(std::abs(moved - 2000.0) / std::sqrt(1800.0), 3.29);
    EXPECT_GT(std::abs(moved - 2200.0) / std::sqrt(1980.0), 3.29); // twin
    EXPECT_NEAR(measure(Graph(4000, still, true)).transitivity, 2.0 / 3.0, 1e-12);
    EXPECT_LT(measure(Graph(4000, random, true)).transitivity, 0.01);
    EXPECT_EQ(small_world({.nodes = 5, .degree = 4, .rewiring = 1.0}, s), complete_graph(5));
}

TEST(GraphGenerators, preferential_attachment_makes_a_heavy_tail) {
    Stream s = stream(8);

    const auto ties = scale_free({.nodes = 20'000, .ties_per_node = 3}, s);

    const auto degrees = degrees_of(ties, 20'000);
    EXPECT_EQ(ties.size(), 6u + 3u * (20'000u - 4u));
    EXPECT_GE(*std::min_element(degrees.begin(), degrees.end()), 3u);
    // P(k >= 30) = m (m + 1) / (30 * 31) = 12 / 930 in the limit (Bollobas et al. 2001); a random
    // graph of mean degree 6 has none.
    const auto many = std::count_if(degrees.begin(), degrees.end(), [](auto k) { return k >= 30; });
    EXPECT_NEAR(static_cast<double>(many) / 20'000.0, 12.0 / 930.0, 0.004);
}

TEST(GraphGenerators, blocks_have_their_densities) {
    // H0: ties within ~ Binomial(pairs, .2), between ~ Binomial(pairs, .01). |z| < 3.29.
    Stream s = stream(9);
    const auto ties = blocks({.sizes = {300, 500}, .within = 0.2, .between = 0.01}, s);
    double between = 0.0;
    for (const Tie& tie : ties) between += tie.from < 300 && tie.to >= 300 ? 1.0 : 0.0;
    const double within = static_cast<double>(ties.size()) - between;
    const auto z = [](double count, double pairs, double p) {
        return (count - pairs * p) / std::sqrt(pairs * p * (1.0 - p));
    };
    const double pairs_within = 300.0 * 299.0 / 2.0 + 500.0 * 499.0 / 2.0;

    EXPECT_LT(std::abs(z(within, pairs_within, 0.2)), 3.29);
    EXPECT_LT(std::abs(z(between, 150'000.0, 0.01)), 3.29);
    EXPECT_GT(std::abs(z(within, pairs_within, 0.21)), 3.29); // twins
    EXPECT_GT(std::abs(z(between, 150'000.0, 0.011)), 3.29);
    EXPECT_EQ(blocks({.sizes = {3, 2}, .within = 1.0, .between = 0.0}, s),
              (std::vector<Tie>{{0, 1}, {0, 2}, {1, 2}, {3, 4}}));
    EXPECT_EQ(blocks({.sizes = {3, 2}, .within = 1.0, .between = 1.0}, s), complete_graph(5));
}

TEST(GraphGenerators, a_configuration_has_exactly_its_degrees_and_is_mixed) {
    Stream s = stream(10);
    std::vector<std::uint32_t> wanted;
    for (std::uint32_t i = 0; i < 400; ++i) wanted.push_back(1 + i % 9);

    const auto ties = configuration(wanted, s);

    EXPECT_EQ(degrees_of(ties, 400), wanted);
    expect_simple_and_sorted(ties, 400);
    // Havel and Hakimi's own graph is strongly assortative; a mixed one is not.
    EXPECT_LT(std::abs(measure(Graph(400, ties, true)).degree_assortativity), 0.12);
}

/// Havel and Hakimi: the largest takes those after it; possible when nothing is left over.
bool can_be_built(std::vector<int> degrees) {
    while (true) {
        std::ranges::sort(degrees, std::greater{});
        const int largest = degrees.front();
        if (largest == 0) return true;
        degrees.erase(degrees.begin());
        if (static_cast<std::size_t>(largest) > degrees.size()) return false;
        for (std::size_t i = 0; i < static_cast<std::size_t>(largest); ++i) {
            if (--degrees[i] < 0) return false;
        }
    }
}

TEST(GraphGenerators, degrees_are_graphical_exactly_when_a_graph_can_be_built) {
    // Every sequence of six degrees from 0 to 6.
    for (int code = 0; code < 7 * 7 * 7 * 7 * 7 * 7; ++code) {
        std::vector<int> degrees;
        for (int i = 0, rest = code; i < 6; ++i, rest /= 7) degrees.push_back(rest % 7);
        const std::vector<std::uint32_t> same(degrees.begin(), degrees.end());

        ASSERT_EQ(is_graphical(same), can_be_built(degrees)) << testing::PrintToString(degrees);
    }
}

TEST(GraphGenerators, impossible_degrees_are_recognised) {
    const auto graphical = [](const std::vector<std::uint32_t>& degrees) {
        return is_graphical(degrees);
    };

    EXPECT_TRUE(graphical({}));
    EXPECT_TRUE(graphical({0, 0}));
    EXPECT_TRUE(graphical({3, 3, 3, 3}));
    EXPECT_TRUE(graphical({1, 2, 3, 2, 2}));
    EXPECT_FALSE(graphical({1}));
    EXPECT_FALSE(graphical({2, 1}));
    EXPECT_FALSE(graphical({4, 4, 4, 1, 1}));
    EXPECT_FALSE(graphical({3, 3, 3, 1}));
    EXPECT_FALSE(graphical({5, 5, 4, 1, 1, 0}));
}

}
}
