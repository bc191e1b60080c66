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

}
}
