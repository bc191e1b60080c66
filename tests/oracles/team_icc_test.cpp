// D9b: what linear contagion does to complete teams of eight: ICC(1), variance and stability of x.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

constexpr std::uint32_t teams_of_world = 1250;
constexpr std::uint32_t lanes = 16;
constexpr std::uint32_t teams = teams_of_world * lanes;
constexpr std::uint32_t size = 8;

struct Spread {
    double icc, variance, stability;
};

/// Teams after ten years, and a year later: trait variance .8, state variance .2, lambda .10.
Spread spread_under(double weight) {
    const auto settings = with(quiet_settings(), {{"employee.set_point_sd", std::sqrt(0.8)},
                                                  {"employee.state_sd", std::sqrt(0.2)},
                                                  {"contagion.colleague.weight", weight},
                                                  {"contagion.manager.weight", 0.0},
                                                  {"contagion.client.weight", 0.0}});
    SmallFirm firm{.teams = std::vector<std::uint32_t>(teams_of_world, size)};
    for (std::uint32_t team = 0; team < teams_of_world; ++team) {
        for (const sim::Tie& tie : complete(size)) {
            firm.ties.push_back({size * team + tie.from, size * team + tie.to});
        }
    }
    sim::World world = found(layout_of(firm), settings, {.seed = 9, .lanes = lanes});
    auto staff = employees(world);
    // The level that needs and information set is the same for all and does not matter.
    const auto pipeline = only(settings, {"express", "contagion.employee"});
    advance(world, pipeline, 120);
    std::vector<double> before(staff.engagement.data(), staff.engagement.data() + teams * size);
    advance(world, pipeline, 12);

    double sum = 0, squares = 0, between = 0, cross = 0, sum_before = 0, squares_before = 0;
    for (std::size_t team = 0; team < teams; ++team) {
        double total = 0;
        for (std::size_t member = 0; member < size; ++member) {
            const std::size_t i = (size * (team / lanes) + member) * lanes + team % lanes;
            const auto x = static_cast<double>(staff.engagement[i]);
            total += x;
            squares += x * x;
            cross += x * before[i];
            sum_before += before[i];
            squares_before += before[i] * before[i];
        }
        sum += total;
        between += total * total / size;
    }
    const double n = teams * size;
    const double among = (between - sum * sum / n) / (teams - 1.0);
    const double within = (squares - between) / (n - teams);
    const double variance = squares / n - sum * sum / (n * n);
    const double variance_before = squares_before / n - sum_before * sum_before / (n * n);
    return {(among - within) / (among + (size - 1.0) * within), variance,
            (cross / n - sum * sum_before / (n * n)) / std::sqrt(variance * variance_before)};
}

// H0: ICC, variance and 12-month stability are those of the stationary covariance (evidence D9b).
// Four standard errors at 20 000 teams: ICC .008 (Fisher 1925), variance .9 %, stability .004.
// Twin: a weight 10 % larger.
TEST(TeamsOfEight, have_the_icc_variance_and_stability_that_algebra_gives) {
    const struct {
        double weight, icc, stability, variance;
    } table[] = {{0.3, 0.1068, 0.768, 0.619}, {0.5, 0.2226, 0.690, 0.465}};
    for (const auto& row : table) {
        const Spread now = spread_under(row.weight);
        EXPECT_NEAR(now.icc, row.icc, 0.008) << row.weight;
        EXPECT_NEAR(now.variance, row.variance, 0.011 * row.variance + 0.0005) << row.weight;
        EXPECT_NEAR(now.stability, row.stability, 0.0045) << row.weight;
    }
    const Spread twin = spread_under(1.1 * 0.5);
    EXPECT_GT(std::abs(twin.icc - 0.2226), 0.008);
    EXPECT_GT(std::abs(twin.stability - 0.690), 0.0045);
}

}
}
