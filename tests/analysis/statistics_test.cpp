#include "analysis/statistics.hpp"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

// Hours of extra sleep of ten patients under two drugs: Student (1908), data set `sleep` of R.
const std::vector<double> drug_one = {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0};
const std::vector<double> drug_two = {1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4};

}

TEST(Summary, of_a_sample_is_that_of_t_test_in_R) {
    const Summary summary = summarise(drug_one, 0.95);

    // R: t.test(extra[group == 1]): mean 0.75, 95 percent interval -0.5297804 2.0297804
    EXPECT_EQ(summary.count, 10U);
    EXPECT_DOUBLE_EQ(summary.mean, 0.75);
    EXPECT_NEAR(summary.sd, 1.7890096577591625, 1e-14);
    EXPECT_NEAR(summary.interval.low, -0.5297804, 5e-8);
    EXPECT_NEAR(summary.interval.high, 2.0297804, 5e-8);
    // R: qt(0.975, 9) = 2.2621571627982
    EXPECT_NEAR(summary.interval.half_width(), 2.2621571627982 * summary.sd / std::sqrt(10.0),
                1e-12);
}

TEST(Summary, leaves_missing_values_out) {
    const Summary summary = summarise(std::vector{1.0, not_known, 3.0}, 0.95);

    EXPECT_EQ(summary.count, 2U);
    EXPECT_EQ(summary.mean, 2.0);
}

TEST(Summary, of_too_small_a_sample_knows_no_interval) {
    EXPECT_EQ(summarise(std::vector{5.0}, 0.95).mean, 5.0);
    EXPECT_TRUE(std::isnan(summarise(std::vector{5.0}, 0.95).sd));
    EXPECT_TRUE(std::isnan(summarise(std::vector{5.0}, 0.95).interval.low));
    EXPECT_TRUE(std::isnan(summarise(std::vector<double>{}, 0.95).mean));
}

TEST(Summary, keeps_the_digits_of_a_small_spread_around_a_large_mean) {
    // Exact: variance of {-1, 0, 1} is 1.
    EXPECT_DOUBLE_EQ(summarise(std::vector{1e9 - 1.0, 1e9, 1e9 + 1.0}, 0.95).sd, 1.0);
}

TEST(PairedDifference, is_that_of_the_paired_t_test_in_R) {
    const PairedDifference result = paired_difference(drug_one, drug_two, 0.95);

    // R: t.test(extra ~ group, paired = TRUE): t = -4.0621, df = 9, mean difference -1.58,
    // 95 percent interval -2.4598858 -0.7001142
    EXPECT_EQ(result.pairs, 10U);
    EXPECT_NEAR(result.mean, -1.58, 1e-15);
    EXPECT_NEAR(result.mean / result.standard_error, -4.062127683382037, 1e-12);
    EXPECT_NEAR(result.interval.low, -2.4598858, 5e-8);
    EXPECT_NEAR(result.interval.high, -0.7001142, 5e-8);
}

TEST(PairedDifference, has_the_standardised_effect_and_the_gain_of_pairing) {
    const PairedDifference result = paired_difference(drug_one, drug_two, 0.95);

    // Python's statistics.variance: one 3.200555..., two 4.009, difference 1.512888...
    EXPECT_NEAR(result.effect, -0.8321810813495397, 1e-13);
    EXPECT_NEAR(result.variance_reduction, 0.7901550411490923, 1e-13);
}

TEST(PairedDifference, leaves_broken_pairs_out_and_counts_them) {
    const std::vector<double> first = {1.0, not_known, 3.0, 4.0};
    const std::vector<double> second = {0.0, 5.0, not_known, 1.0};

    const PairedDifference result = paired_difference(first, second, 0.95);

    EXPECT_EQ(result.pairs, 2U);
    EXPECT_EQ(result.left_out, 2U);
    EXPECT_EQ(result.mean, 2.0); // (1 - 0 + 4 - 1) / 2
}

TEST(PairedDifference, of_a_sample_with_itself_is_exactly_nothing) {
    const PairedDifference result = paired_difference(drug_one, drug_one, 0.95);

    EXPECT_EQ(result.mean, 0.0);
    EXPECT_EQ(result.interval, (Interval{0.0, 0.0}));
    EXPECT_FALSE(result.interval.excludes(0.0));
    EXPECT_EQ(result.variance_reduction, 1.0);
}

TEST(PairedDifference, without_any_spread_has_no_standardised_effect) {
    const PairedDifference result =
        paired_difference(std::vector{2.0, 2.0}, std::vector{1.0, 1.0}, 0.95);

    EXPECT_TRUE(std::isnan(result.effect));
    EXPECT_TRUE(std::isnan(result.variance_reduction));
    EXPECT_TRUE(result.interval.excludes(0.0));
}

TEST(PairedDifference, refuses_samples_of_two_lengths) {
    EXPECT_THROW(paired_difference(drug_one, std::vector{1.0}, 0.95), sim::LogicError);
}

TEST(Interval, not_known_excludes_nothing) { EXPECT_FALSE(Interval{}.excludes(0.0)); }

TEST(Interval, of_a_difference_widens_with_the_confidence) {
    const PairedDifference result = paired_difference(drug_one, drug_two, 0.95);

    // R: qt(0.995, 9) = 3.2498355415921254
    EXPECT_NEAR(interval_at(result, 0.99).half_width(), 3.2498355415921254 * 0.3889587238883952,
                1e-12);
}

TEST(Equivalence, is_shown_only_when_the_margin_is_wide_enough) {
    const PairedDifference result = paired_difference(drug_one, drug_two, 0.95);

    const Equivalence narrow = test_equivalence(result, 2.0, 0.95);
    const Equivalence wide = test_equivalence(result, 3.0, 0.95);

    // Upper tail of Student's t, 9 degrees of freedom, integrated by Simpson's rule.
    EXPECT_NEAR(narrow.p, 0.154157235669, 1e-9);
    EXPECT_NEAR(wide.p, 0.002655570293, 1e-9);
    EXPECT_FALSE(narrow.shown);
    EXPECT_TRUE(wide.shown);
}

TEST(Equivalence, is_never_shown_by_one_pair) {
    const PairedDifference one = paired_difference(std::vector{1.0}, std::vector{1.0}, 0.95);

    EXPECT_FALSE(test_equivalence(one, 100.0, 0.95).shown);
}

}
