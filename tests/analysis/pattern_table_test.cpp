#include "analysis/pattern_table.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

std::vector<double> survivals(std::size_t alive, std::size_t firms, std::size_t shift = 0) {
    std::vector<double> list(firms, 0.0);
    for (std::size_t i = 0; i < alive; ++i) list[(i + shift) % firms] = 1.0;
    return list;
}

TEST(HazardRatio, is_that_of_the_logarithms_of_survival) {
    const Summary ratio = hazard_ratio(survivals(75, 100), survivals(50, 100));

    EXPECT_NEAR(ratio.mean, std::log(0.75) / std::log(0.5), 1e-12);
    EXPECT_EQ(ratio.count, 100U);
    // By hand: sd^2 = 100/99 S (1 - S), covariance (.5 - .75 .5) 100/99, and the log of the ratio
    // moves by 1/(S ln S): -4.63475 and 2.88539.
    const double variance =
        (4.63475 * 4.63475 * 0.1875 + 2.88539 * 2.88539 * 0.25 - 2 * 4.63475 * 2.88539 * 0.125) *
        100.0 / 99.0;
    const double factor = std::exp(1.95996 * std::sqrt(variance / 100.0));
    EXPECT_NEAR(ratio.interval.low, ratio.mean / factor, 1e-4);
    EXPECT_NEAR(ratio.interval.high, ratio.mean * factor, 1e-4);
}

TEST(HazardRatio, of_the_same_firms_is_one_without_doubt) {
    const Summary ratio = hazard_ratio(survivals(61, 100), survivals(61, 100));

    EXPECT_NEAR(ratio.mean, 1.0, 1e-12);
    EXPECT_NEAR(ratio.interval.half_width(), 0.0, 1e-7);
}

TEST(HazardRatio, is_less_sure_when_other_firms_fail_in_each_arm) {
    const Summary same = hazard_ratio(survivals(70, 100), survivals(60, 100));
    const Summary others = hazard_ratio(survivals(70, 100, 40), survivals(60, 100));

    EXPECT_NEAR(same.mean, others.mean, 1e-12);
    EXPECT_LT(same.interval.half_width(), others.interval.half_width());
}

TEST(HazardRatio, is_unknown_where_nobody_fails) {
    EXPECT_TRUE(std::isnan(hazard_ratio(survivals(90, 100), survivals(100, 100)).mean));
    EXPECT_TRUE(std::isnan(hazard_ratio(survivals(100, 100), survivals(90, 100)).mean));
}

TEST(Correlation, is_pearsons_with_fishers_interval) {
    const std::vector<double> x{1.0, 2.0, 3.0, 4.0, 5.0, not_known};
    const std::vector<double> y{2.0, 1.0, 4.0, 3.0, 5.0, 1.0};

    const Summary r = correlation(x, y);

    EXPECT_NEAR(r.mean, 0.8, 1e-12);
    EXPECT_EQ(r.count, 5U);
    EXPECT_NEAR(r.interval.low, std::tanh(std::atanh(0.8) - 1.959964 / std::sqrt(2.0)), 1e-6);
    EXPECT_TRUE(std::isnan(correlation(x, std::vector<double>(6, 1.0)).mean));
}

scenarios::Study study_of(const std::string& time, const std::string& arms) {
    return scenarios::Study(scenarios::read_scenario(
        {.name = "t.toml",
         .text = "cercle = 1\nseed = 3\nreplicates = 4\n[time]\nburn_in = 0\n" + time +

                 "[network.colleague]\ngenerator = \"blocks\"\nnodes = 24\n" + arms,
         .folder = ".",
         .overrides = {}}));
}

const std::string two_arms = "[[arm]]\nname = \"scop\"\ngovernance.regime = \"cooperative\"\n"
                             "pricing.rule = \"market\"\n[[arm]]\nname = \"plain\"\n"
                             "governance.regime = \"conventional\"\npricing.rule = \"market\"\n";

TEST(Patterns, are_asked_of_the_conventional_firm_at_the_market_price) {
    const scenarios::Study study = study_of("years = 2\n", two_arms);
    const Outcomes outcomes(study, 2, 1);

    const auto checks = check_patterns(study, outcomes);

    EXPECT_EQ(checks.size(), 14U); // ten patterns, four correlations
    for (const PatternCheck& check : checks) {
        EXPECT_EQ(check.arm, "plain");
        EXPECT_EQ(check.simulated.count, 4U) << check.pattern.outcome;
    }
}

TEST(Patterns, of_young_firms_are_survival_and_the_hazard_of_co_operatives) {
    const scenarios::Study study =
        study_of("years = 5\n", "[firm]\nefficiency_sd = 0.35\n" + two_arms);
    const Outcomes outcomes(study, 4, 2);

    const auto checks = check_patterns(study, outcomes);

    ASSERT_EQ(checks.size(), 2U);
    EXPECT_EQ(checks[0].pattern.outcome, "survival");
    EXPECT_EQ(checks[1].arm, "scop");
}

TEST(Patterns, of_young_firms_are_those_of_five_years) {
    const scenarios::Study study =
        study_of("years = 3\n", "[firm]\nefficiency_sd = 0.35\n" + two_arms);
    EXPECT_THROW(check_patterns(study, Outcomes(study, 4, 1)), sim::UserError);
}

TEST(Patterns, cannot_be_asked_of_a_co_operative_alone) {
    const scenarios::Study study = study_of("years = 2\n", "[[arm]]\nname = \"scop\"\n"
                                                           "governance.regime = \"cooperative\"\n");
    EXPECT_THROW(check_patterns(study, Outcomes(study, 4, 1)), sim::UserError);
}

TEST(PatternTable, says_what_is_missed_and_names_sources) {
    const scenarios::Study study = study_of("years = 2\n", two_arms);
    std::vector<PatternCheck> checks = {{patterns()[0], "plain", {.count = 4, .mean = 0.5}},
                                        {patterns()[0], "plain", {.count = 4, .mean = 0.1}}};

    const std::string table = pattern_table(checks, study, 100);

    EXPECT_NE(table.find("MISSED"), std::string::npos);
    EXPECT_NE(table.find("1 of 2 patterns met"), std::string::npos);
    EXPECT_NE(table.find("Gallup"), std::string::npos);
}

TEST(PatternTable, counts_no_correlation_that_nothing_but_engagement_makes) {
    const scenarios::Study study = study_of("years = 2\n", two_arms);
    const auto correlation = std::ranges::find(patterns(), true, &Pattern::across_firms);
    const std::vector<PatternCheck> checks = {{*correlation, "plain", {.count = 4, .mean = 0.9997}},
                                              {*correlation, "plain", {.count = 4, .mean = 0.3}}};

    const std::string table = pattern_table(checks, study, 100);

    EXPECT_NE(table.find("not tested"), std::string::npos);
    EXPECT_EQ(table.find("MISSED"), std::string::npos);
    EXPECT_NE(table.find("1 of 1 correlations"), std::string::npos);
    EXPECT_NE(table.find("1 more is not tested here"), std::string::npos);
}

}
}
