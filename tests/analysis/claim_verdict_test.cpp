#include "analysis/claim_verdict.hpp"

#include <gtest/gtest.h>

namespace cercle::analysis {
namespace {

constexpr Claimed rise{.rises = true, .smallest = 1.0};
constexpr Claimed fall{.rises = false, .smallest = 1.0};

Summary summary(std::size_t count, double mean, double reach) {
    return {.count = count, .mean = mean, .sd = 1.0, .interval = {mean - reach, mean + reach}};
}

TEST(ReadingOfAnEffect, holds_when_all_of_it_lies_beyond_the_smallest_that_matters) {
    EXPECT_EQ(read_effect({1.0, 2.0}, rise), Reading::holds);
    EXPECT_EQ(read_effect({-2.0, -1.0}, fall), Reading::holds);
}

TEST(ReadingOfAnEffect, is_too_small_when_all_of_it_falls_short) {
    EXPECT_EQ(read_effect({0.2, 0.9}, rise), Reading::too_small);
    EXPECT_EQ(read_effect({-0.9, 0.3}, fall), Reading::too_small);
    EXPECT_EQ(read_effect({0.0, 0.1}, rise), Reading::too_small);
}

TEST(NextToNothing, is_an_effect_all_within_a_hundredth_of_what_it_is_as_given) {
    EXPECT_TRUE(is_next_to_nothing({0.0, 0.0}, 3.0));
    EXPECT_TRUE(is_next_to_nothing({-0.02, 0.01}, -3.0));
    EXPECT_FALSE(is_next_to_nothing({-0.01, 0.05}, 3.0));
    EXPECT_FALSE(is_next_to_nothing({}, 3.0));
}

TEST(ReadingOfAnEffect, is_opposite_when_all_of_it_lies_on_the_other_side_of_zero) {
    EXPECT_EQ(read_effect({-3.0, -0.1}, rise), Reading::opposite);
    EXPECT_EQ(read_effect({0.1, 3.0}, fall), Reading::opposite);
}

TEST(ReadingOfAnEffect, stays_open_when_the_smallest_that_matters_is_inside_or_nothing_is_known) {
    EXPECT_EQ(read_effect({0.5, 1.5}, rise), Reading::open);
    EXPECT_EQ(read_effect({-1.5, 0.5}, fall), Reading::open);
    EXPECT_EQ(read_effect({}, rise), Reading::open);
}

TEST(VerdictOnAClaim, follows_only_where_the_effect_holds_at_every_end_of_what_is_assumed) {
    using enum Reading;

    EXPECT_EQ(verdict_of(std::vector{holds, holds, holds}), Verdict::follows);
    EXPECT_EQ(verdict_of(std::vector{holds}), Verdict::follows);
    EXPECT_EQ(verdict_of(std::vector{holds, holds, too_small}), Verdict::assumed);
    EXPECT_EQ(verdict_of(std::vector{holds, opposite}), Verdict::assumed);
    EXPECT_EQ(verdict_of(std::vector{holds, open}), Verdict::assumed);
    EXPECT_EQ(verdict_of(std::vector{holds, none}), Verdict::assumed);
}

TEST(VerdictOnAClaim, is_no_when_the_effect_as_given_is_too_small_or_opposite) {
    using enum Reading;

    EXPECT_EQ(verdict_of(std::vector{too_small, holds, holds}), Verdict::does_not);
    EXPECT_EQ(verdict_of(std::vector{opposite, holds}), Verdict::does_not);
    EXPECT_EQ(verdict_of(std::vector{none, holds}), Verdict::does_not);
}

TEST(VerdictOnAClaim, is_never_a_no_for_want_of_replicates) {
    using enum Reading;

    EXPECT_EQ(verdict_of(std::vector{open, too_small}), Verdict::undecided);
    EXPECT_EQ(verdict_of(std::vector{open, holds}), Verdict::undecided);
}

TEST(ReplicatesNeeded, grow_with_the_square_of_how_far_the_interval_reaches_too_far) {
    // Reach .6 around 1.2, the smallest at 1: a third of the reach is left, so nine times the runs,
    // and a tenth more to be safe.
    EXPECT_NEAR(static_cast<double>(replicates_needed(summary(20, 1.2, 0.6), rise)), 198.0, 1.0);
    EXPECT_NEAR(static_cast<double>(replicates_needed(summary(20, -1.2, 0.6), fall)), 198.0, 1.0);
}

TEST(ReplicatesNeeded, are_none_where_the_answer_is_known_or_no_number_would_tell) {
    EXPECT_EQ(replicates_needed(summary(20, 3.0, 0.6), rise), 0U);
    EXPECT_EQ(replicates_needed(summary(20, 1.0, 0.6), rise), 0U);
}

}
}
