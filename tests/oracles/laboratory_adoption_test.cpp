// Thresholds and complex contagion, as the shipped scenarios run them, against exact answers (D13,
// D13b, D14). But for the random graphs of D13 nothing is drawn.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "tests/oracles/laboratory_run.hpp"

namespace cercle::oracles {
namespace {

/// Share of the runs that ended with more than a tenth of the nodes.
double global_cascades(const LaboratoryRun& run, const std::string& arm) {
    const auto& shares = run.outcome("prevalence", arm);
    return static_cast<double>(
               std::ranges::count_if(shares, [](double share) { return share > 0.1; })) /
           static_cast<double>(shares.size());
}

constexpr double some = 0.05;

// 16 cascades on each graph of 20 000 nodes, on either side of either edge of five windows.
TEST(Thresholds, let_one_node_move_all_inside_the_window_only) {
    const auto run = run_laboratory("watts_window");

    EXPECT_EQ(run.outcomes.size(), 20u);
    for (const auto& [arm, outcomes] : run.outcomes) {
        if (arm.ends_with("_in")) {
            EXPECT_GT(global_cascades(run, arm), some) << arm;
        } else {
            EXPECT_EQ(global_cascades(run, arm), 0.0) << arm;
        }
    }
}

// Twins: a threshold 10 % wrong lets nodes of one neighbour more be moved by one, or of one less.
TEST(Thresholds, move_the_window_when_they_are_another_number_of_neighbours) {
    const auto cascades = [](const char* threshold, const char* degree) {
        return global_cascades(
            run_without_arms("watts_window",
                             {std::string("contagion.threshold.share=") + threshold,
                              std::string("network.colleague.degree=") + degree, "replicates=16"}),
            "default");
    };

    EXPECT_GT(cascades("0.162", "6.5"), some); // .18: none
    EXPECT_EQ(cascades("0.22", "5"), 0.0);     // .2: some
    EXPECT_EQ(cascades("0.275", "3.3"), 0.0);  // .25: some
    EXPECT_GT(cascades("0.135", "8"), some);   // .15: none
    EXPECT_EQ(cascades("0.11", "13"), 0.0);    // .10: some
}

TEST(Thresholds, make_a_riot_or_not_by_one_person) {
    const auto run = run_laboratory("granovetter_riot");

    EXPECT_EQ(run.outcome("prevalence", "riot").at(0), 1.0);
    EXPECT_EQ(run.outcome("end_time", "riot").at(0), 100.0);
    EXPECT_EQ(run.outcome("prevalence", "one_threshold_changed").at(0), 0.01);
    EXPECT_EQ(run.outcome("end_time", "one_threshold_changed").at(0), 1.0);
}

/// Lower-tail quantile of the standard normal distribution, by bisection of erfc.
double normal_quantile(double probability) {
    double low = -9.0;
    double high = 9.0;
    for (int i = 0; i < 80; ++i) {
        const double middle = (low + high) / 2.0;
        (0.5 * std::erfc(-middle / std::sqrt(2.0)) < probability ? low : high) = middle;
    }
    return low;
}

/// Where a crowd of so many ends whose thresholds are the quantiles of a normal distribution.
double end_of_crowd(double sd, int people) {
    const std::string file = (std::filesystem::temp_directory_path() /
                              ("cercle_crowd_" + std::to_string(::getpid()) + ".csv"))
                                 .string();
    std::ofstream text(file);
    text << "id,value\n";
    for (int i = 0; i < people; ++i) {
        text << i << ',' << 0.25 + sd * normal_quantile((i + 0.5) / people) << '\n';
    }
    text.close();
    const auto run = run_without_arms("granovetter_riot",
                                      {"network.colleague.nodes=" + std::to_string(people),
                                       "time.years=100", "contagion.threshold.file=" + file});
    std::filesystem::remove(file);
    return run.outcome("prevalence").at(0);
}

// 2000 people are not a continuum: within a few of them of the fixed point, more of them where the
// distribution function nearly touches the diagonal (sd .122). A hair more spread and all follow.
TEST(Thresholds, end_where_their_distribution_function_meets_the_diagonal) {
    EXPECT_NEAR(end_of_crowd(0.12, 2000), 0.040211340, 0.001);
    EXPECT_NEAR(end_of_crowd(0.122, 2000), 0.054792204, 0.002);
    EXPECT_NEAR(end_of_crowd(0.1225, 2000), 0.99999999954, 0.00025);
    EXPECT_LT(end_of_crowd(0.11025, 2000), 0.02); // twin: 10 % below
}

TEST(ComplexContagion, travels_along_a_ring_as_far_and_as_fast_as_counted_by_hand) {
    const auto run = run_laboratory("complex_ring");
    const auto twin = run_laboratory("complex_ring", {"network.colleague.nodes=110"});
    struct Answer {
        const char* arm;
        double reached, steps;
    };
    const Answer answers[] = {{"k4_one", 1.0, 25.0},   {"k4_two_of_one", 0.01, 0.0},
                              {"k4_two", 1.0, 49.0},   {"k4_three", 0.03, 0.0},
                              {"k6_three", 1.0, 48.0}, {"k6_four", 0.04, 0.0}};

    for (const Answer& exact : answers) {
        EXPECT_EQ(run.outcome("prevalence", exact.arm).at(0), exact.reached) << exact.arm;
        EXPECT_EQ(run.outcome("end_time", exact.arm).at(0), exact.steps) << exact.arm;
    }
    EXPECT_NE(twin.outcome("end_time", "k4_two").at(0), 49.0);
}

}
}
