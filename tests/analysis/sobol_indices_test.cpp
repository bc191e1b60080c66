#include <cmath>

#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "tests/analysis/test_functions.hpp"

namespace cercle::analysis {
namespace {

// The sequence of Sobol errs by about 1/N here: with N = 2^14 all indices were seen within .005.
constexpr double tolerance = 0.01;

TEST(SobolIndices, of_the_ishigami_function_are_its_exact_ones) {
    const Experiment experiment =
        experiment_of({.name = "saltelli", .size = 1U << 14}, 3, circle, ishigami);
    // V1 = (1 + b pi^4 / 5)^2 / 2, V2 = a^2 / 8, V13 = b^2 pi^8 (1/18 - 1/50).
    const double pi4 = std::pow(std::numbers::pi, 4);
    const double v1 = std::pow(1.0 + 0.1 * pi4 / 5.0, 2) / 2.0;
    const double v2 = 49.0 / 8.0;
    const double v13 = 0.01 * pi4 * pi4 * (1.0 / 18.0 - 1.0 / 50.0);
    const double v = v1 + v2 + v13;

    const Findings findings = findings_of(experiment);

    const double first[] = {v1 / v, v2 / v, 0.0};
    const double total[] = {(v1 + v13) / v, v2 / v, v13 / v};
    EXPECT_NEAR(first[0], 0.3139, 5e-5); // as everybody prints them
    EXPECT_NEAR(total[2], 0.2437, 5e-5);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(findings.measures[0].rows[i].value, first[i], tolerance);
        EXPECT_NEAR(findings.measures[1].rows[i].value, total[i], tolerance);
    }
}

TEST(SobolIndices, of_the_g_function_are_its_exact_ones) {
    const Experiment experiment =
        experiment_of({.name = "saltelli", .size = 1U << 14}, 6, unit_interval, g_function);
    double all = 1.0; // V + 1 = product of (1 + V_i), with V_i = 1 / (3 (1 + a_i)^2)
    std::vector<double> own;
    for (const double a : g_weights) {
        own.push_back(1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
        all *= 1.0 + own.back();
    }

    const Findings findings = findings_of(experiment);

    for (std::size_t i = 0; i < 6; ++i) {
        const double total = own[i] * all / (1.0 + own[i]) / (all - 1.0);
        EXPECT_NEAR(findings.measures[0].rows[i].value, own[i] / (all - 1.0), tolerance);
        EXPECT_NEAR(findings.measures[1].rows[i].value, total, tolerance);
    }
}

/// Two base rows of two factors, worked out by hand: y = x1 + 2 x2 on 0 and 1.
TEST(SobolIndices, of_a_few_rows_are_the_formulas_of_saltelli_and_jansen) {
    Experiment experiment{.source = "test", .method = "saltelli"};
    experiment.factors = {{.name = "x1", .paths = {}}, {.name = "x2", .paths = {}}};
    experiment.matrix = {0, 0, 1, 1, 1, 0, 0, 1, // A, B, AB1, AB2
                         1, 0, 0, 0, 0, 0, 1, 0};
    experiment.outcomes = {{"", {"y", "", ""}, {0, 3, 1, 2, 1, 0, 0, 1}}};

    const Findings findings = findings_of(experiment);

    // Mean of all eight 1; of A and B (0, 3, 1, 0): variance 1.5. First: B - 1 = 2, -1 times
    // AB_i - A = (1, -1) and (2, 0), mean over rows: 1.5 and 2. Total: mean square / 2.
    EXPECT_DOUBLE_EQ(findings.measures[0].rows[0].value, 1.0);
    EXPECT_DOUBLE_EQ(findings.measures[0].rows[1].value, 2.0 / 1.5);
    EXPECT_DOUBLE_EQ(findings.measures[1].rows[0].value, 0.5 / 1.5);
    EXPECT_DOUBLE_EQ(findings.measures[1].rows[1].value, 1.0 / 1.5);
}

TEST(SobolIndices, have_intervals_that_hold_the_exact_value_and_shrink_with_more_rows) {
    const auto widest = [](std::size_t rows) {
        const Findings findings =
            findings_of(experiment_of({.name = "saltelli", .size = rows}, 3, circle, ishigami));
        const Interval& total = findings.measures[1].rows[0].interval;
        EXPECT_FALSE(total.excludes(0.5576));
        EXPECT_TRUE(total.excludes(0.3139)); // twin: the first-order index is told from the total
        return total.half_width();
    };

    const double few = widest(512);
    const double many = widest(8192);

    EXPECT_NEAR(few / many, 4.0, 0.8); // as the square root of 16
}

TEST(SobolIndices, leave_out_base_rows_with_a_failed_point_and_count_them) {
    Experiment experiment = experiment_of({.name = "saltelli", .size = 4096}, 3, circle, ishigami);
    std::vector<double>& values = experiment.outcomes[0].values;
    for (std::size_t i = 0; i < values.size(); i += 500) values[i] = not_known;

    const Findings findings = findings_of(experiment);

    EXPECT_EQ(findings.left_out, 41U); // 20 480 points, of which 41 are those of a row of their own
    EXPECT_EQ(findings.blocks, 4096U - 41U);
    EXPECT_NEAR(findings.measures[1].rows[0].value, 0.5576, 0.03);
}

TEST(SobolIndices, are_the_same_in_the_order_of_salib) {
    const Experiment ours = experiment_of({.name = "saltelli", .size = 64}, 2, circle,
                                          [](auto x) { return std::sin(x[0]) + x[1]; });
    Experiment salib = ours; // A, mixtures, B
    for (std::size_t a = 0; a < ours.points(); a += 4) {
        const std::size_t from[] = {a, a + 2, a + 3, a + 1};
        for (std::size_t i = 0; i < 4; ++i) {
            salib.outcomes[0].values[a + i] = ours.outcomes[0].values[from[i]];
            for (std::size_t f = 0; f < 2; ++f)
                salib.matrix[(a + i) * 2 + f] = ours.entry(from[i], f);
        }
    }

    const Findings one = findings_of(ours);
    const Findings other = findings_of(salib);

    EXPECT_EQ(misfit(salib, "saltelli"), "");
    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_NEAR(one.measures[0].rows[i].value, other.measures[0].rows[i].value, 1e-12);
        EXPECT_NEAR(one.measures[1].rows[i].interval.low, other.measures[1].rows[i].interval.low,
                    1e-12);
    }
}

TEST(SobolIndices, of_an_outcome_that_does_not_vary_are_unknown) {
    const Experiment experiment =
        experiment_of({.name = "saltelli", .size = 8}, 2, unit_interval, [](auto) { return 3.0; });

    const Findings findings = findings_of(experiment);

    EXPECT_TRUE(std::isnan(findings.measures[1].rows[0].value));
}

}
}
