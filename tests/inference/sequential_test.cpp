#include "analysis/inference/sequential.hpp"

#include <atomic>
#include <cmath>

#include <gtest/gtest.h>

namespace cercle::analysis {
namespace {

/// Which of 100 items takes the first place: each as likely.
double first(std::span<const std::uint32_t> order) { return order[0]; }

Permutations plan(std::uint64_t seed) {
    return {.stratum = std::vector<std::uint32_t>(100, 0), .count = 999, .seed = seed};
}

constexpr std::array at_a_twentieth{0.05};

TEST(SequentialP, goes_on_where_p_cannot_be_told_from_a_threshold) {
    std::atomic<std::size_t> asked = 0;
    const auto statistic = [&](std::span<const std::uint32_t> order) {
        ++asked;
        return first(order);
    };

    // Five of a hundred are as large as 95: p = .05.
    const double near = sequential_p(plan(1), 95.0, Tail::upper, {1.0, at_a_twentieth}, statistic);

    EXPECT_EQ(asked, 19'980U);
    EXPECT_NEAR(near, 0.05, 3.0 * std::sqrt(0.05 * 0.95 / 19'980.0));
}

TEST(SequentialP, stops_at_once_where_p_is_far_from_every_threshold) {
    std::atomic<std::size_t> asked = 0;
    const auto statistic = [&](std::span<const std::uint32_t> order) {
        ++asked;
        return first(order);
    };

    const double far = sequential_p(plan(1), 50.0, Tail::upper, {1.0, at_a_twentieth}, statistic);

    EXPECT_EQ(asked, 999U);
    EXPECT_NEAR(far, 0.5, 0.06);
}

TEST(SequentialP, of_more_permutations_is_that_of_all_of_them_at_once) {
    Permutations all = plan(7);
    all.count = 19'980;
    const double at_once = permutation_p(95.0, permuted(all, first), Tail::upper);

    EXPECT_EQ(sequential_p(plan(7), 95.0, Tail::upper, {1.0, at_a_twentieth}, first), at_once);
}

TEST(SequentialP, of_another_seed_lies_on_the_same_side_of_a_threshold) {
    // Exact p .04 and .06: 999 permutations put .04 above .05 for one seed in 19.
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
        EXPECT_LT(sequential_p(plan(seed), 96.0, Tail::upper, {1.0, at_a_twentieth}, first), 0.05);
        EXPECT_GT(sequential_p(plan(seed), 94.0, Tail::upper, {1.0, at_a_twentieth}, first), 0.05);
    }
}

}
}
