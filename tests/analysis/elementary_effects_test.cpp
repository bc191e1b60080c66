#include <gtest/gtest.h>

#include "tests/analysis/test_functions.hpp"

namespace cercle::analysis {
namespace {

TEST(ElementaryEffects, of_a_linear_function_are_its_slopes_over_the_range) {
    const scenarios::Factor range{.name = "", .paths = {}, .low = -2.0, .high = 6.0};
    const Experiment experiment = experiment_of({.name = "morris", .size = 10}, 3, range,
                                                [](auto x) { return 5.0 * x[0] - 0.5 * x[1]; });

    const Findings findings = findings_of(experiment);

    const double slopes[] = {40.0, -4.0, 0.0};
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(findings.measures[0].rows[i].value, std::abs(slopes[i]), 1e-9);
        EXPECT_NEAR(findings.measures[1].rows[i].value, slopes[i], 1e-9);
        EXPECT_NEAR(findings.measures[2].rows[i].value, 0.0, 1e-9);
    }
    EXPECT_EQ(findings.blocks, 10U);
}

/// Morris (1991), section 5: 20 factors, of which 1 to 10 matter, 8 to 10 almost linearly, and 11
/// to 20 hardly; coefficients he drew from a normal distribution are left at 0 here.
double morris_function(std::span<const double> x) {
    std::vector<double> w;
    for (std::size_t i = 0; i < x.size(); ++i) {
        const bool bends = i == 2 || i == 4 || i == 6;
        w.push_back(2.0 * ((bends ? 1.1 * x[i] / (x[i] + 0.1) : x[i]) - 0.5));
    }
    double y = 0.0;
    for (std::size_t i = 0; i < 10; ++i) y += 20.0 * w[i];
    for (std::size_t i = 0; i < 6; ++i) {
        for (std::size_t j = i + 1; j < 6; ++j) {
            y -= 15.0 * w[i] * w[j];
            if (j >= 5) continue;
            for (std::size_t k = j + 1; k < 5; ++k) y -= 10.0 * w[i] * w[j] * w[k];
        }
    }
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t j = i + 1; j < 4; ++j) {
            for (std::size_t k = j + 1; k < 4; ++k) {
                for (std::size_t l = k + 1; l < 4; ++l) y += 5.0 * w[i] * w[j] * w[k] * w[l];
            }
        }
    }
    return y;
}

TEST(ElementaryEffects, of_the_function_of_morris_sort_its_factors_as_he_did) {
    const Experiment experiment =
        experiment_of({.name = "morris", .size = 200}, 20, unit_interval, morris_function);

    const Findings findings = findings_of(experiment);
    const auto mu_star = [&](std::size_t i) { return findings.measures[0].rows[i - 1].value; };
    const auto sigma = [&](std::size_t i) { return findings.measures[2].rows[i - 1].value; };

    for (const std::size_t linear : {8U, 9U, 10U}) {
        EXPECT_NEAR(mu_star(linear), 40.0, 1e-9); // 20 times the range of w, which is 2
        EXPECT_NEAR(sigma(linear), 0.0, 1e-9);
    }
    for (std::size_t entangled = 1; entangled <= 6; ++entangled) EXPECT_GT(sigma(entangled), 20.0);
    for (std::size_t idle = 11; idle <= 20; ++idle) EXPECT_EQ(mu_star(idle), 0.0);
}

TEST(ElementaryEffects, that_cancel_are_seen_by_their_size) {
    const Experiment experiment =
        experiment_of({.name = "morris", .size = 100}, 2, unit_interval,
                      [](auto x) { return (x[0] - 0.5) * (x[1] < 0.5 ? -1.0 : 1.0); });

    const Findings findings = findings_of(experiment);

    EXPECT_NEAR(findings.measures[0].rows[0].value, 1.0, 1e-9);
    EXPECT_FALSE(findings.measures[1].rows[0].interval.excludes(0.0));
}

TEST(ElementaryEffects, leave_out_a_trajectory_with_a_failed_point) {
    Experiment experiment = experiment_of({.name = "morris", .size = 10}, 2, unit_interval,
                                          [](auto x) { return x[0]; });
    experiment.outcomes[0].values[4] = not_known;

    const Findings findings = findings_of(experiment);

    EXPECT_EQ(findings.blocks, 9U);
    EXPECT_EQ(findings.left_out, 1U);
    EXPECT_NEAR(findings.measures[0].rows[0].value, 1.0, 1e-9);
}

TEST(ElementaryEffects, of_levels_and_logarithms_go_by_the_place_in_the_range) {
    const scenarios::Factor names{
        .name = "", .paths = {}, .levels = {std::string("a"), std::string("b"), std::string("c")}};
    const scenarios::Factor numbers{.name = "", .paths = {}, .levels = {30.0, 10.0}};
    const scenarios::Factor powers{
        .name = "", .paths = {}, .low = 0.01, .high = 100.0, .logarithmic = true};

    EXPECT_DOUBLE_EQ(share_of(names, 1.0), 0.5);
    EXPECT_DOUBLE_EQ(share_of(numbers, 10.0), 1.0);
    EXPECT_DOUBLE_EQ(share_of(powers, 1.0), 0.5);
}

}
}
