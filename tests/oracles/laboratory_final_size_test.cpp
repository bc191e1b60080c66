// Who is reached in the end: Reed and Frost, percolation, SIR, as the shipped scenarios run them,
// against exact answers (D6). The seeds stand in the scenarios and were chosen before the first
// run. H0: a mean over replicates is the exact value; n as many as the scenario says; |z| < 4,
// alpha = 6.4e-5 each. Every test has a twin with a parameter that is 10 % wrong, which must
// reject.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/oracles/complete_graph_chain.hpp"
#include "tests/oracles/laboratory_run.hpp"

namespace cercle::oracles {
namespace {

constexpr double most = 4.0;
constexpr double large = 0.1; ///< share reached by what did not die at once

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
        EXPECT_GT(std::abs(errors_of_mean(reached_exactly(twin, 1 + more), exact[more])), most);
    }
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("reached"), (1 + 2.10112977) / 5)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("reached"), (1 + 2.10112977) / 5)), most);
}

/// Sizes of the outbreaks that did not die at once, and 1 for each run that had one, else 0.
struct Outbreaks {
    std::vector<double> sizes, happened;
};
Outbreaks outbreaks(const LaboratoryRun& run, const std::string& arm) {
    Outbreaks found;
    for (const double share : run.outcome("reached", arm)) {
        if (share > large) found.sizes.push_back(share);
        found.happened.push_back(share > large ? 1.0 : 0.0);
    }
    return found;
}

struct Percolation {
    const char* arm;
    double probability, reached;
    double tolerance; ///< one graph of 10 000 nodes is not the limit, least of all near criticality
    const char* graph;
};
constexpr auto four = "network.colleague.degrees=[4]";
constexpr auto three = "network.colleague.degrees=[3]";
constexpr auto poisson = "network.colleague.degree=4";
constexpr Percolation percolations[] = {
    {"regular4_.4", 0.4, 0.541502622, 0.02, four},
    {"regular4_.5", 0.5, 0.854101966, 0.01, four},
    {"regular4_.6", 0.6, 0.956218807, 0.01, four},
    {"regular3_.6", 0.6, 0.703703704, 0.01, three},
    {"regular3_.7", 0.7, 0.921282799, 0.01, three},
    {"poisson_.3", 0.3, 0.313698331, 0.02, poisson},
    {"poisson_.4", 0.4, 0.641981317, 0.01, poisson},
    {"poisson_.5", 0.5, 0.796812130, 0.01, poisson},
};

/// Cascades of another probability on a graph of 5000 nodes with the ties of an arm.
Outbreaks cascades(const Percolation& like, double probability) {
    const bool is_random = std::string(like.graph) == poisson;
    return outbreaks(
        run_without_arms("percolation",
                         {is_random ? "network.colleague.generator=random"
                                    : "network.colleague.generator=configuration",
                          like.graph,
                          "contagion.cascade.probability=" + std::to_string(probability),
                          "network.colleague.nodes=5000", "initial.share=0.0002", "replicates=16"}),
        "default");
}

// Samples are the 10 000 nodes of each of 32 runs on one graph; how often a cascade is large rests
// on the runs alone. Twins: a probability 10 % lower, told apart by the size or because no cascade
// is large.
TEST(Cascade, percolates_over_graphs_of_given_degrees) {
    const auto run = run_laboratory("percolation");

    for (const Percolation& exact : percolations) {
        const auto [sizes, happened] = outbreaks(run, exact.arm);
        const auto twin = cascades(exact, 0.9 * exact.probability).sizes;
        const double error =
            std::sqrt(exact.reached * (1.0 - exact.reached) / static_cast<double>(happened.size()));
        EXPECT_NEAR(mean_of(sizes), exact.reached, exact.tolerance) << exact.arm;
        EXPECT_NEAR(mean_of(happened), exact.reached, most * error) << exact.arm;
        EXPECT_TRUE(twin.empty() || std::abs(mean_of(twin) - exact.reached) > exact.tolerance)
            << exact.arm;
    }
}

TEST(Cascade, dies_below_the_critical_probability) {
    EXPECT_TRUE(cascades(percolations[0], 0.9 / 3.0).sizes.empty());
    EXPECT_TRUE(cascades(percolations[3], 0.9 / 2.0).sizes.empty());
    EXPECT_TRUE(cascades(percolations[5], 0.9 / 4.0).sizes.empty());
}

struct FinalSize {
    const char* arm;
    double r0, limit, size, probability;
};
constexpr FinalSize final_sizes[] = {
    {"r1.5", 1.5, 0.582811644, 0.5781400866, 0.3267960331},
    {"r2", 2.0, 0.796812130, 0.7953746336, 0.4979345375},
    {"r2.5", 2.5, 0.892644754, 0.8918318620, 0.5988724141},
    {"r3", 3.0, 0.940479791, 0.9399632365, 0.6659097562},
};

TEST(Sir, has_a_chain_of_final_sizes_near_the_limit) {
    for (const FinalSize& exact : final_sizes) {
        const auto sizes = final_sizes_of_complete(1000, exact.r0 / 1000.0, 1.0);
        double probability = 0.0;
        double sum = 0.0;
        for (std::size_t reached = 101; reached <= 1000; ++reached) {
            probability += sizes[reached];
            sum += sizes[reached] * static_cast<double>(reached) / 1000.0;
        }
        EXPECT_NEAR(probability, exact.probability, 1e-9) << exact.arm;
        EXPECT_NEAR(sum / probability, exact.size, 1e-9) << exact.arm;
        EXPECT_NEAR(exact.size, exact.limit, 0.005) << exact.arm;
    }
}

// n = 1200 epidemics of a thousand nodes each.
TEST(Sir, reaches_its_final_size) {
    const auto run = run_laboratory("sir_final_size");
    const auto twin =
        run_laboratory("sir_final_size", {"contagion.sir.recovery=1.1", "replicates=160"});

    for (const FinalSize& exact : final_sizes) {
        const auto [sizes, happened] = outbreaks(run, exact.arm);
        const auto wrong = outbreaks(twin, exact.arm);
        EXPECT_LT(std::abs(errors_of_mean(sizes, exact.size)), most) << exact.arm;
        EXPECT_LT(std::abs(errors_of_mean(happened, exact.probability)), most) << exact.arm;
        EXPECT_EQ(mean_of(run.outcome("prevalence", exact.arm)), 0.0) << exact.arm;
        EXPECT_GT(std::abs(errors_of_mean(wrong.sizes, exact.size)), most) << exact.arm;
    }
}

}
}
