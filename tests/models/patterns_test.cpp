#include "models/patterns.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/fixed.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

float logit(double engagement) {
    return static_cast<float>(std::log(engagement / (1 - engagement)));
}

/// Two teams of two with these engagements E.
sim::World two_teams(const std::vector<double>& engagement) {
    sim::World world = found(layout_of({.teams = {2, 2}}), quiet_settings(), {.seed = 1});
    for (std::size_t i = 0; i < 4; ++i) employees(world).engagement[i] = logit(engagement[i]);
    return world;
}

TEST(TeamIcc, is_that_of_a_one_way_analysis_of_variance) {
    // Teams (.2, .4) and (.6, .8): MSB = .16, MSW = .02, n0 = 2: (.16 - .02) / (.16 + .02).
    EXPECT_NEAR(patterns_of(two_teams({0.2, 0.4, 0.6, 0.8}), 0).team_icc, 7.0 / 9.0, 1e-5);
    EXPECT_NEAR(patterns_of(two_teams({0.2, 0.8, 0.8, 0.2}), 0).team_icc, -1.0, 1e-5);
    EXPECT_NEAR(patterns_of(two_teams({0.3, 0.3, 0.7, 0.7}), 0).team_icc, 1.0, 1e-5);
}

TEST(TeamIcc, corrects_for_teams_of_different_size) {
    sim::World world = two_teams({0.2, 0.4, 0.6, 0.8});
    employees(world).occupied[3] = 0;
    // Teams (.2, .4) and (.6): MSB = .06, MSW = .02, n0 = 3 - 5/3 = 4/3.
    EXPECT_NEAR(patterns_of(world, 0).team_icc, 0.04 / (0.06 + 0.02 / 3.0), 1e-5);
}

TEST(TeamIcc, is_missing_of_a_single_team) {
    const sim::World world = found(layout_of({.teams = {5}}), quiet_settings(), {.seed = 1});

    EXPECT_TRUE(std::isnan(patterns_of(world, 0).team_icc));
}

TEST(PortfolioCorrelation, compares_people_with_the_mean_of_their_clients) {
    sim::World world = two_teams({0.2, 0.4, 0.6, 0.8});
    auto staff = employees(world);
    const float shown[] = {-1.0F, 0.0F, 1.0F, 7.0F};
    const float clients_show[] = {0.0F, 2.0F, 1.0F, -7.0F};
    for (std::size_t i = 0; i < 4; ++i) {
        staff.present[i] = 1.0F;
        staff.shown[i] = shown[i];
        staff.portfolio_count[i] = i < 3 ? 2 : 0; // the last one has no clients
        staff.portfolio_sum[i] = to_fixed(2.0F * clients_show[i]);
    }

    EXPECT_NEAR(patterns_of(world, 0).portfolio_correlation, 0.5, 1e-6);
}

TEST(Stability, is_of_those_who_were_there_a_year_before) {
    sim::World world = two_teams({0.2, 0.4, 0.6, 0.1});
    auto staff = employees(world);
    const double last_year[] = {0.3, 0.2, 0.4, 0.9};
    for (std::size_t i = 0; i < 4; ++i) {
        staff.engagement_last_year[i] = logit(last_year[i]);
        staff.tenure[i] = i < 3 ? 12.0F : 11.0F;
    }

    EXPECT_NEAR(patterns_of(world, 0).stability, 0.5, 1e-5);
}

// A world in which nothing moves has a stability of 1; the year before is noted once a year.
TEST(Stability, is_noted_at_the_end_of_each_year) {
    const auto settings = quiet_settings();
    sim::World world = found(layout_of({.teams = {5}}), settings, {.seed = 1});
    auto staff = employees(world);
    const auto pipeline = only(settings, {"express"});
    const float before = staff.engagement[2];

    advance(world, pipeline, 1);
    EXPECT_EQ(staff.engagement_last_year[2], before);
    staff.engagement[2] = 3.0F;
    advance(world, pipeline, 11);
    EXPECT_EQ(staff.engagement_last_year[2], before) << "until the year is over";
    advance(world, pipeline, 1);
    EXPECT_EQ(staff.engagement_last_year[2], 3.0F);
}

}
}
