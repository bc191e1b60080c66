#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

/// Mean square of x about 0 over many people who know nobody, after the noise has settled.
double settled_variance(double state_sd, double months) {
    constexpr std::uint32_t people = 20000;
    auto settings = with(
        quiet_settings(),
        {{"employee.set_point_sd", 0.0}, {"employee.state_sd", state_sd}, {"time.step", months}});
    sim::World world = found(layout_of({.teams = {people}}), settings, {.seed = 11});
    advance(world, only(settings, {"express", "contagion.employee"}), 60, months);
    const auto staff = employees(std::as_const(world));
    double sum = 0.0;
    for (std::size_t i = 0; i < people; ++i) {
        sum += static_cast<double>(staff.engagement[i]) * static_cast<double>(staff.engagement[i]);
    }
    return sum / people;
}

/// (mean square / variance - 1) over its standard error sqrt(2 / n), n = 20 000.
double z_of(double mean_square, double sd) {
    return (mean_square / (sd * sd) - 1.0) / std::sqrt(2.0 / 20000.0);
}

// H0: x ~ N(0, state_sd^2) at any step. z of the mean square, n = 20 000 independent people,
// alpha = 1e-3 two-sided, |z| < 3.29 (normal quantile). Twin: a deviation 10 % too large.
TEST(EngagementNoise, keeps_its_stationary_deviation_whatever_the_step) {
    EXPECT_LT(std::abs(z_of(settled_variance(0.45, 1.0), 0.45)), 3.29);
    EXPECT_LT(std::abs(z_of(settled_variance(0.45, 0.25), 0.45)), 3.29);
    EXPECT_GT(std::abs(z_of(settled_variance(0.495, 1.0), 0.45)), 3.29);
}

/// Replicate moments of three in a row (lambda .1, w .3, noise .1 a step) once settled.
struct Moments {
    double variance_of_first, variance_of_middle, covariance;
};

constexpr std::size_t samples = 16 * 250;

Moments moments_of_three(double weight) {
    // state_sd such that each step adds noise of deviation .1: sd sqrt(1 - .9^2) = .1.
    const auto settings = with(quiet_settings(), {{"contagion.colleague.weight", weight},
                                                  {"contagion.manager.weight", 0.0},
                                                  {"employee.set_point_sd", 0.0},
                                                  {"employee.state_sd", 0.1 / std::sqrt(0.19)}});
    const std::vector<sim::Tie> path = {{0, 1}, {1, 2}};
    const auto pipeline = only(settings, {"express", "contagion.employee"});
    const Layout layout = layout_of({.teams = {3}, .ties = path});
    Moments sum{};
    for (std::uint32_t batch = 0; batch < samples / 16; ++batch) {
        sim::World world =
            found(layout, settings, {.seed = 5, .first_replicate = 16 * batch, .lanes = 16});
        advance(world, pipeline, 80);
        const float* x = employees(world).engagement.data();
        for (std::size_t lane = 0; lane < 16; ++lane) {
            const double first = x[lane];
            const double middle = x[16 + lane];
            sum.variance_of_first += first * first / samples;
            sum.variance_of_middle += middle * middle / samples;
            sum.covariance += first * middle / samples;
        }
    }
    return sum;
}

double z_of_covariance(const Moments& found) {
    constexpr double exact = 0.0123314662, first = 0.0564028954, middle = 0.0562788293;
    return (found.covariance - exact) / std::sqrt((first * middle + exact * exact) / samples);
}

// H0: the stationary covariance is the solution of S = M S M' + sigma^2 I. Each moment by z,
// n = 4 000 replicates, alpha = 1e-3 two-sided, |z| < 3.29 (normal quantile). Twin: no contagion.
TEST(EngagementNoise, spreads_along_ties_as_the_stationary_covariance_says) {
    const Moments found = moments_of_three(0.3);
    const auto z = [](double mean_square, double exact) {
        return (mean_square / exact - 1.0) / std::sqrt(2.0 / samples);
    };

    EXPECT_LT(std::abs(z(found.variance_of_first, 0.0564028954)), 3.29);
    EXPECT_LT(std::abs(z(found.variance_of_middle, 0.0562788293)), 3.29);
    EXPECT_LT(std::abs(z_of_covariance(found)), 3.29);
    EXPECT_GT(std::abs(z_of_covariance(moments_of_three(0.0))), 3.29);
}

}
}
