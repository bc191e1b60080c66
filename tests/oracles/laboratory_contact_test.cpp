// Laws of contact, as the shipped scenarios run them, against exact answers (D1 to D6). The seeds
// stand in the scenarios and were chosen before the first run. H0: the mean over replicates is the
// exact value; n as many as the scenario says; |z| < 4, alpha = 6.4e-5 each. Every test has a twin
// with a parameter that is 10 % wrong, which must reject.
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "sim/graph_generators.hpp"
#include "tests/oracles/laboratory_run.hpp"

namespace cercle::oracles {
namespace {

constexpr double most = 4.0;

TEST(IsolatedAgent, is_in_each_state_as_often_as_its_chain_says) {
    const auto run = run_laboratory("isolated_agent");
    const auto twin = run_laboratory("isolated_agent", {"contagion.sisa.recovery=0.165"});

    EXPECT_LT(std::abs(errors_of_mean(run.node(0), 0.318038465)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.node(1), 0.227320512)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.node(0), 0.318038465)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.node(1), 0.227320512)), most);
}

TEST(WellMixedSisa, has_the_prevalence_of_its_chain_which_is_near_the_field) {
    const auto run = run_laboratory("sisa_well_mixed");
    const auto twin =
        run_laboratory("sisa_well_mixed", {"contagion.sisa.transmission=0.000827067669172932"});

    EXPECT_LT(std::abs(errors_of_mean(run.outcome("prevalence"), 0.4228728932)), most);
    EXPECT_NEAR(mean_of(run.outcome("prevalence")), 0.423926596, 0.005);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("prevalence"), 0.4228728932)), most);
}

TEST(SisOnACompleteGraph, lasts_as_long_as_its_chain_says) {
    const auto run = run_laboratory("sis_complete_graph");
    const auto twin =
        run_laboratory("sis_complete_graph", {"contagion.sis.transmission=0.11", "replicates=500"});

    EXPECT_EQ(mean_of(run.outcome("extinct")), 1.0);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("end_time"), 69.2984134)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("end_time"), 69.2984134)), most);
}

TEST(SisOnACompleteGraph, is_quasi_stationary_while_it_lasts) {
    const auto run = run_laboratory("sis_quasi_stationary");
    const auto twin = run_laboratory("sis_quasi_stationary", {"contagion.sis.transmission=0.11"});
    const auto& alive = run.outcome("prevalence_alive");

    EXPECT_LT(std::abs(errors_of_mean(alive, 0.443375706)), most);
    EXPECT_NEAR(std::sqrt(covariance(alive, alive)), 0.168762643, 0.003);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("prevalence_alive"), 0.443375706)), most);
}

/// Stationary answers for one small graph; missing ones are not checked.
struct SmallGraph {
    const char* arm;
    double prevalence, all, none;
};

void expect_stationary(const LaboratoryRun& run, const SmallGraph& exact) {
    SCOPED_TRACE(exact.arm);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("prevalence", exact.arm), exact.prevalence)),
              most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("fixation", exact.arm), exact.all)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("extinct", exact.arm), exact.none)), most);
}

constexpr SmallGraph continuous_answers[] = {
    {"pair", 0.20754717, 0.09433962, 0.67924528},
    {"path", 0.24390986, 0.04945498, 0.52709016},
    {"triangle", 0.30718954, 0.09803922, 0.47058824},
    {"star", 0.271936325, 0.02490525, 0.40170189},
};
constexpr SmallGraph synchronous_answers[] = {
    {"pair", 0.21076573, 0.08567096, 0.66413950},
    {"path", 0.248538539, 0.041401644, 0.500368298},
    {"triangle", 0.31196577, 0.07881163, 0.43280647},
    {"star", 0.276916836, 0.019714575, 0.368370758},
};

TEST(SisaOnSmallGraphs, has_the_stationary_distribution_of_continuous_time) {
    const auto run = run_laboratory("sisa_small_graphs");
    const auto twin =
        run_laboratory("sisa_small_graphs", {"contagion.sisa.recovery=0.33", "replicates=40000"});

    for (const SmallGraph& exact : continuous_answers) {
        expect_stationary(run, exact);
        EXPECT_GT(std::abs(errors_of_mean(twin.outcome("prevalence", exact.arm), exact.prevalence)),
                  most);
    }
}

TEST(SisaOnSmallGraphs, has_the_stationary_distribution_of_discrete_time) {
    const auto run = run_laboratory("sisa_small_graphs_synchronous");
    const auto twin = run_laboratory("sisa_small_graphs_synchronous",
                                     {"contagion.sisa.recovery=0.33", "replicates=40000"});

    for (const SmallGraph& exact : synchronous_answers) {
        expect_stationary(run, exact);
        EXPECT_GT(std::abs(errors_of_mean(twin.outcome("prevalence", exact.arm), exact.prevalence)),
                  most);
    }
}

TEST(SisaOnAPath, has_the_marginals_of_its_nodes_under_either_clock) {
    const auto run = run_laboratory("sisa_path");
    const auto synchronous = run_laboratory("sisa_path_synchronous");
    const auto twin = run_laboratory("sisa_path", {"contagion.sisa.recovery=0.33"});

    EXPECT_LT(std::abs(errors_of_mean(run.node(1), 0.24918720)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.node(0), 0.28337280)), most);
    EXPECT_LT(std::abs(errors_of_mean(run.node(2), 0.23300762)), most);
    EXPECT_LT(std::abs(errors_of_mean(synchronous.node(1), 0.30712946)), most);
    EXPECT_LT(std::abs(errors_of_mean(synchronous.node(0), 0.31538733)), most);
    EXPECT_LT(std::abs(errors_of_mean(synchronous.node(2), 0.22908890)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.node(0), 0.28337280)), most);
}

/// The share of runs with so many of five reached, as samples of 0 and 1.
std::vector<double> reached_exactly(const LaboratoryRun& run, int cases) {
    std::vector<double> samples;
    for (const double share : run.outcome("reached")) {
        samples.push_back(std::lround(5.0 * share) == cases ? 1.0 : 0.0);
    }
    return samples;
}

TEST(ReedFrost, has_the_final_sizes_of_its_chain) {
    const auto run = run_laboratory("reed_frost");
    const auto twin = run_laboratory("reed_frost", {"contagion.cascade.probability=0.33"});
    const double exact[] = {0.2401, 0.1411788, 0.1524731, 0.20998762, 0.25626048};

    for (int more = 0; more < 5; ++more) {
        EXPECT_LT(std::abs(errors_of_mean(reached_exactly(run, 1 + more), exact[more])), most);
    }
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("reached"), (1 + 2.10112977) / 5)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("reached"), (1 + 2.10112977) / 5)), most);
}

/// Mean share reached by the cascades that did not die at once, and how many did not.
std::pair<double, double> large_cascades(const LaboratoryRun& run) {
    std::vector<double> sizes;
    for (const double share : run.outcome("reached")) {
        if (share > 0.1) sizes.push_back(share);
    }
    return {mean_of(sizes),
            static_cast<double>(sizes.size()) / static_cast<double>(run.outcome("reached").size())};
}

TEST(Cascade, percolates_over_a_random_graph) {
    const auto [size, share] = large_cascades(run_laboratory("percolation"));
    const auto [twin, ignored] = large_cascades(
        run_laboratory("percolation", {"contagion.cascade.probability=0.45", "replicates=40"}));

    EXPECT_NEAR(size, 0.796812130, 0.01);
    EXPECT_NEAR(share, 0.796812130, 4.0 * std::sqrt(0.7968 * 0.2032 / 200.0));
    EXPECT_GT(std::abs(twin - 0.796812130), 0.01);
}

/// Cascades over one graph in which every node has four ties, from a random node each.
LaboratoryRun over_regular_graph(const std::string& probability, const std::string& replicates) {
    constexpr std::size_t nodes = 20000;
    const std::vector<std::uint32_t> degrees(nodes, 4);
    sim::Stream stream(112, sim::Draw{901}, 0);
    const std::string file = (std::filesystem::temp_directory_path() /
                              ("cercle_regular_" + std::to_string(::getpid()) + ".csv"))
                                 .string();
    std::ofstream text(file);
    text << "from_id,to_id\n";
    for (const sim::Tie& tie : sim::configuration(degrees, stream)) {
        text << tie.from << ',' << tie.to << '\n';
    }
    text.close();
    const auto run = run_laboratory("percolation", {"network.colleague.file=" + file,
                                                    "contagion.cascade.probability=" + probability,
                                                    "replicates=" + replicates});
    std::filesystem::remove(file);
    return run;
}

TEST(Cascade, percolates_over_a_regular_graph_above_a_third) {
    const auto [size, share] = large_cascades(over_regular_graph("0.5", "200"));
    const auto [twin, ignored] = large_cascades(over_regular_graph("0.45", "40"));
    const auto [none, below] = large_cascades(over_regular_graph("0.3", "40"));

    EXPECT_NEAR(size, 0.854101966, 0.01);
    EXPECT_NEAR(share, 0.854101966, 4.0 * std::sqrt(0.8541 * 0.1459 / 200.0));
    EXPECT_GT(std::abs(twin - 0.854101966), 0.01);
    EXPECT_EQ(below, 0.0);
    EXPECT_TRUE(std::isnan(none));
}

TEST(Sir, reaches_its_final_size) {
    const auto run = run_laboratory("sir_final_size");
    const auto twin = run_laboratory("sir_final_size", {"contagion.sir.transmission=0.0022"});

    EXPECT_NEAR(mean_of(run.outcome("reached")), 0.800203968, 0.005);
    EXPECT_EQ(mean_of(run.outcome("prevalence")), 0.0);
    EXPECT_GT(std::abs(mean_of(twin.outcome("reached")) - 0.800203968), 0.005);
}

}
}
