// Voter, invasion and Moran, as the shipped scenarios run them, against exact answers (D11, D12).
// The seeds stand in the scenarios and were chosen before the first run. H0: the mean over
// replicates is the exact value; n as the scenario says (fewer than 200 000 where a run takes
// thousands of updates); |z| < 4, alpha = 6.4e-5 each. Twins: the other law on the same graph, or a
// fitness that is 10 % wrong.
#include <gtest/gtest.h>

#include "tests/oracles/laboratory_run.hpp"

namespace cercle::oracles {
namespace {

constexpr double most = 4.0;

double errors_of_fixation(const LaboratoryRun& run, const std::string& arm, double exact) {
    return std::abs(errors_of_mean(run.outcome("fixation", arm), exact));
}

TEST(Voter, takes_over_in_proportion_to_degree) {
    const auto run = run_laboratory("voter_star");
    const auto twin =
        run_laboratory("voter_star", {"laws=[\"contagion.invasion\"]", "replicates=20000"});

    EXPECT_LT(errors_of_fixation(run, "hub", 0.5), most);
    EXPECT_LT(errors_of_fixation(run, "leaf", 0.125), most);
    EXPECT_GT(errors_of_fixation(twin, "hub", 0.5), most);
    EXPECT_GT(errors_of_fixation(twin, "leaf", 0.125), most);
}

TEST(Voter, takes_over_a_measured_network_in_proportion_to_degree) {
    const auto run = run_laboratory("voter_karate");
    const auto twin =
        run_laboratory("voter_karate", {"laws=[\"contagion.invasion\"]", "replicates=5000"});

    EXPECT_LT(errors_of_fixation(run, "node_34", 0.108974359), most);
    EXPECT_LT(errors_of_fixation(run, "node_12", 0.006410256), most);
    EXPECT_GT(errors_of_fixation(twin, "node_34", 0.108974359), most);
    EXPECT_GT(errors_of_fixation(twin, "node_12", 0.006410256), most);
}

TEST(Voter, comes_to_consensus_in_the_known_number_of_updates) {
    const auto run = run_laboratory("voter_complete");
    const auto twin =
        run_laboratory("voter_complete", {"network.colleague.nodes=11", "replicates=10000"});

    EXPECT_LT(std::abs(errors_of_mean(run.outcome("end_time", "five"), 58.107142857)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("end_time", "one"), 25.460714286)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("end_time", "five"), 58.107142857)), most);
}

TEST(Invasion, takes_over_in_inverse_proportion_to_degree) {
    const auto run = run_laboratory("invasion_star");
    const auto twin =
        run_laboratory("invasion_star", {"laws=[\"contagion.voter\"]", "replicates=20000"});

    EXPECT_LT(errors_of_fixation(run, "hub", 0.058823529), most);
    EXPECT_LT(errors_of_fixation(run, "leaf", 0.235294118), most);
    EXPECT_GT(errors_of_fixation(twin, "hub", 0.058823529), most);
    EXPECT_GT(errors_of_fixation(twin, "leaf", 0.235294118), most);
}

TEST(Moran, takes_over_as_its_fitness_lets_it) {
    const auto run = run_laboratory("moran_complete");
    const struct {
        const char* arm;
        double exact;
        const char *nodes, *wrong; ///< fitness of the twin
    } answers[] = {{"r1.1", 0.147950359, "10", "1.21"},
                   {"r2", 0.500488759, "10", "2.2"},
                   {"r0.9_of_20", 0.015378140, "20", "0.99"},
                   {"neutral", 0.1, "10", "1.1"}};

    for (const auto& [arm, exact, nodes, wrong] : answers) {
        const auto twin = run_without_arms(
            "moran_complete", {std::string("contagion.moran.fitness=") + wrong, "replicates=10000",
                               std::string("network.colleague.nodes=") + nodes});
        EXPECT_LT(errors_of_fixation(run, arm, exact), most) << arm;
        EXPECT_GT(errors_of_fixation(twin, "default", exact), most) << arm;
    }
}

}
}
