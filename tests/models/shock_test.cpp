#include <cmath>

#include <gtest/gtest.h>

#include "models/rates.hpp"
#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

constexpr std::size_t many = 20000;

double mean_square(const float* values, std::size_t count) {
    double sum = 0.0;
    for (std::size_t i = 0; i < count; ++i) sum += static_cast<double>(values[i]) * values[i];
    return sum / static_cast<double>(count);
}

/// Standard errors between a mean square of normals and their variance.
double z_of_square(double found, double sd, double n) {
    return (found / (sd * sd) - 1.0) / std::sqrt(2.0 / n);
}

/// Mean square of the shocks of 20 000 teams of one after five years.
double team_shocks(double sd, double months) {
    const auto settings = with(quiet_settings(), {{"shock.team.sd", sd}, {"time.step", months}});
    sim::World world =
        found(layout_of({.teams = std::vector<std::uint32_t>(many, 1)}), settings, {.seed = 6});
    advance(world, only(settings, {"shock"}), static_cast<std::uint32_t>(60.0 / months), months);
    return mean_square(teams(world).shock.data(), many);
}

// H0: shocks have their stated deviation at any step. z of the mean square, n = 20 000, alpha =
// 1e-3 two-sided (normal quantile). Twin: a deviation 10 % larger.
TEST(TeamShock, keeps_its_stationary_deviation_whatever_the_step) {
    EXPECT_LT(std::abs(z_of_square(team_shocks(0.22, 1.0), 0.22, many)), critical_z);
    EXPECT_LT(std::abs(z_of_square(team_shocks(0.22, 0.5), 0.22, many)), critical_z);
    EXPECT_GT(std::abs(z_of_square(team_shocks(0.242, 1.0), 0.22, many)), critical_z);
}

TEST(Shocks, that_are_off_stay_at_zero_and_prices_at_theirs) {
    const auto settings = quiet_settings();
    sim::World world = found(layout_of({}), settings, {.seed = 6});

    advance(world, only(settings, {"shock"}), 24);

    EXPECT_EQ(teams(world).shock[0], 0.0F);
    EXPECT_EQ(sites(world).shock[0], 0.0F);
    EXPECT_EQ(environment(world).shock[0], 0.0F);
    EXPECT_EQ(environment(world).market_price[0], 1000.0F);
}

struct Drifts {
    double mean_square, tied_product;
};

/// 10 000 pairs of people; each pair tied or nobody tied.
Drifts drifts(bool tied) {
    const auto settings = with(quiet_settings(), {{"drift.sd", 0.5}, {"drift.memory", 0.8}});
    SmallFirm firm{.teams = {many}};
    if (tied) {
        for (std::uint32_t i = 0; i < many; i += 2) firm.ties.push_back({i, i + 1});
    }
    sim::World world = found(layout_of(firm), settings, {.seed = 6});
    advance(world, only(settings, {"shock.drift"}), 40);
    auto staff = employees(world);
    Drifts sum{mean_square(staff.drift.data(), many), 0.0};
    for (std::size_t i = 0; i < many; i += 2) {
        sum.tied_product += static_cast<double>(staff.drift[i]) * staff.drift[i + 1] / (many / 2.0);
    }
    return sum;
}

// H0: drift has deviation .5 with and without ties; untied people drift independently (their
// product has standard error .25 / sqrt(10 000)). A pair shares the sum of its two own numbers, so
// tied pairs drift as one. alpha = 1e-3 two-sided (normal quantile). Twin of independence: the tied
// pairs.
TEST(Drift, is_alike_for_tied_people_and_independent_for_others) {
    const Drifts apart = drifts(false);
    const Drifts together = drifts(true);

    EXPECT_LT(std::abs(z_of_square(apart.mean_square, 0.5, many)), critical_z);
    EXPECT_LT(std::abs(z_of_square(together.mean_square, 0.5, many / 2.0)), critical_z);
    EXPECT_LT(std::abs(apart.tied_product) / (0.25 / 100.0), critical_z);
    EXPECT_GT(std::abs(together.tied_product) / (0.25 / 100.0), critical_z);
    EXPECT_NEAR(together.tied_product, together.mean_square, 1e-5);
}

TEST(Rates, become_shares_and_probabilities_of_a_step) {
    EXPECT_FLOAT_EQ(share_over(0.10, 1.0), 0.10F);
    EXPECT_NEAR(share_over(0.10, 7.0 / 30.0), 1.0 - std::pow(0.9, 7.0 / 30.0), 1e-7);
    EXPECT_FLOAT_EQ(share_over(1.0, 0.5), 1.0F);
    EXPECT_NEAR(probability_over(0.2, 1.0), 0.181269247, 1e-7);
    EXPECT_EQ(probability_over(0.0, 1.0), 0.0F);
}

TEST(Periods, end_once_each_whatever_the_step) {
    for (const double months : {0.25, 0.3, 0.4, 0.5, 0.6, 0.75, 0.8, 1.0 / 3.0, 1.0}) {
        for (const double period : {3.0, 12.0}) {
            const double steps = period / months;
            if (std::abs(steps - std::round(steps)) > 1e-9) continue;
            const auto length = static_cast<std::uint32_t>(std::lround(steps));
            for (std::uint32_t step = 1; step < 5000; ++step) {
                ASSERT_EQ(ends_period(step, months, period), step % length == 0)
                    << "step " << step << " of " << months << " month";
            }
        }
    }
}

}
}
