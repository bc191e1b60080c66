// Voter, invasion and Moran, as the shipped scenarios run them, against exact answers (D11, D12).
// The seeds stand in the scenarios and were chosen before the first run. H0: the mean over
// replicates is the exact value; |z| < 4, alpha = 6.4e-5 each. Twins: another law, or a fitness
// that is 10 % wrong.
#include <filesystem>

#include <gtest/gtest.h>

#include "tests/oracles/laboratory_run.hpp"

namespace cercle::oracles {
namespace {

constexpr double most = 4.0;

TEST(Voter, takes_over_in_proportion_to_degree) {
    const auto run = run_laboratory("voter_star");

    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "hub"), 0.5)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "leaf"), 0.125)), most);
    EXPECT_GT(std::abs(errors_of_mean(run.outcome("fixation", "hub"), 0.55)), most);
    EXPECT_GT(std::abs(errors_of_mean(run.outcome("fixation", "leaf"), 0.1375)), most);
}

TEST(Invasion, takes_over_in_inverse_proportion_to_degree) {
    const auto run = run_laboratory("invasion_star");

    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "hub"), 1.0 / 17.0)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "leaf"), 4.0 / 17.0)), most);
    EXPECT_GT(std::abs(errors_of_mean(run.outcome("fixation", "hub"), 1.1 / 17.0)), most);
    EXPECT_GT(std::abs(errors_of_mean(run.outcome("fixation", "leaf"), 4.4 / 17.0)), most);
}

TEST(Voter, comes_to_consensus_in_the_known_number_of_updates) {
    const auto run = run_laboratory("voter_complete");
    const auto twin =
        run_laboratory("voter_complete", {"network.colleague.nodes=11", "replicates=10000"});

    EXPECT_LT(std::abs(errors_of_mean(run.outcome("end_time", "five"), 58.107142857)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("end_time", "one"), 25.460714286)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("end_time", "five"), 58.107142857)), most);
}

TEST(Voter, takes_over_a_network_read_from_a_file) {
    const std::string ties = CERCLE_SHARED_DATA "/karate/ties.csv";
    if (!std::filesystem::exists(ties)) GTEST_SKIP() << ties << " is not here";
    const auto from = [&](const std::string& node) {
        return run_laboratory("voter_star",
                              {"network.colleague.file=" + ties, "initial.nodes=[\"" + node + "\"]",
                               "time.years=40", "observe.every=480", "replicates=100000"});
    };

    const auto instructor = from("34");
    const auto member = from("12");

    EXPECT_LT(std::abs(errors_of_mean(instructor.outcome("fixation", "hub"), 0.108974359)), most);
    EXPECT_LT(std::abs(errors_of_mean(member.outcome("fixation", "hub"), 0.006410256)), most);
    EXPECT_GT(std::abs(errors_of_mean(instructor.outcome("fixation", "hub"), 1.1 * 0.108974359)),
              most);
}

TEST(Moran, takes_over_as_its_fitness_lets_it) {
    const auto run = run_laboratory("moran_complete");
    const auto twin =
        run_laboratory("moran_complete", {"contagion.moran.fitness=1.21", "replicates=20000"});

    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "r1.1"), 0.147950359)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "r2"), 0.500488759)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "r0.9_of_20"), 0.015378140)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", "neutral"), 0.1)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("fixation", "r1.1"), 0.147950359)), most);
}

}
}
