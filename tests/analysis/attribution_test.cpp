#include "analysis/attribution.hpp"

#include <numeric>

#include <gtest/gtest.h>

namespace cercle::analysis {
namespace {

TEST(ShapleyShares, of_a_sum_are_its_terms) {
    // Worth of a set: the sum of 3, -1 and 0.5 of its players.
    const double alone[] = {3.0, -1.0, 0.5};
    std::vector<double> worth(8, 10.0);
    for (std::size_t set = 0; set < 8; ++set) {
        for (std::size_t i = 0; i < 3; ++i) worth[set] += (set >> i & 1) != 0 ? alone[i] : 0.0;
    }

    const auto shares = shapley_shares(worth, 3);

    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(shares[i], alone[i], 1e-12);
}

TEST(ShapleyShares, divide_what_only_a_pair_achieves_between_the_two) {
    // The glove game: player 0 has a left glove, 1 and 2 a right one; a pair is worth 1.
    // Shares 2/3, 1/6, 1/6 (Shapley 1953; any textbook of cooperative games).
    const auto shares = shapley_shares(std::vector<double>{0, 0, 0, 1, 0, 1, 0, 1}, 3);

    EXPECT_NEAR(shares[0], 2.0 / 3.0, 1e-12);
    EXPECT_NEAR(shares[1], 1.0 / 6.0, 1e-12);
    EXPECT_NEAR(shares[2], 1.0 / 6.0, 1e-12);
}

TEST(ShapleyShares, add_up_and_give_nothing_to_who_adds_nothing) {
    std::vector<double> worth(32);
    for (std::size_t set = 0; set < 32; ++set) {
        const std::size_t others = set & 15; // the fifth player never matters
        worth[set] = static_cast<double>(others * others * 7 % 13);
    }

    const auto shares = shapley_shares(worth, 5);

    EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), worth[31] - worth[0], 1e-12);
    EXPECT_NEAR(shares[4], 0.0, 1e-12);
}

/// Worth of a set: what its players bring alone and in pairs, drawn from fixed numbers.
std::vector<double> worth_of_pairs(std::size_t players) {
    std::vector<double> worth(std::size_t{1} << players, 0.0);
    for (std::size_t set = 0; set < worth.size(); ++set) {
        for (std::size_t i = 0; i < players; ++i) {
            for (std::size_t j = 0; j <= i; ++j) {
                const bool both = (set >> i & 1) != 0 && (set >> j & 1) != 0;
                if (both) worth[set] += static_cast<double>((7 * i + 3 * j) % 5) - 1.5;
            }
        }
    }
    return worth;
}

TEST(ShapleyShares, along_one_order_and_its_reverse_are_exact_where_pairs_act_together) {
    const auto worth = worth_of_pairs(5);
    const auto exact = shapley_shares(worth, 5);

    const auto along = shapley_shares_along(worth, {{3, 0, 4, 1, 2}});

    for (std::size_t i = 0; i < 5; ++i) EXPECT_NEAR(along[i], exact[i], 1e-12);
}

TEST(ShapleyShares, along_some_orders_add_up_where_three_act_together_too) {
    std::vector<double> worth(8, 0.0);
    worth[7] = 1.0; // only all three achieve anything: a third each

    const auto along = shapley_shares_along(worth, {{0, 1, 2}});

    EXPECT_NEAR(std::accumulate(along.begin(), along.end(), 0.0), 1.0, 1e-12);
    EXPECT_NEAR(along[0], 0.5, 1e-12); // last in one of the two orders
}

}
}
