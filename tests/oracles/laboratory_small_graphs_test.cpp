// SISa on four small graphs side by side, as the shipped scenarios run it, against the exact chains
// of its 2^n sets (D4, D5). The seeds stand in the scenarios and were chosen before the first run.
// H0: a probability is the exact one; n = 200 000; |z| < 4, alpha = 6.4e-5 each. The twin recovers
// 10 % faster (n = 40 000) and must be told apart on every graph.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/oracles/laboratory_run.hpp"

namespace cercle::oracles {
namespace {

constexpr double most = 4.0;

/// A graph of small_graphs.csv: its nodes [first, first + size), of which the first two are tied.
struct SmallGraph {
    const char* name;
    std::size_t first, size;
};
constexpr SmallGraph pair{"pair", 0, 2};
constexpr SmallGraph path{"path", 2, 3};
constexpr SmallGraph triangle{"triangle", 5, 3};
constexpr SmallGraph star{"star", 8, 4};

/// 1 for each run that ends with so many of some nodes [first, last) in state 1, else 0.
std::vector<double> runs_with(const LaboratoryRun& run, std::size_t first, std::size_t last,
                              double wanted) {
    std::vector<double> found(run.node(first).size(), 0.0);
    for (std::size_t i = 0; i < found.size(); ++i) {
        double count = 0.0;
        for (std::size_t node = first; node < last; ++node) count += run.node(node)[i];
        found[i] = count == wanted ? 1.0 : 0.0;
    }
    return found;
}

/// The largest deviation of the marginals, in standard errors.
double worst_marginal(const LaboratoryRun& run, const SmallGraph& graph,
                      const std::vector<double>& exact) {
    double largest = 0.0;
    for (std::size_t node = 0; node < graph.size; ++node) {
        const double z = errors_of_mean(run.node(graph.first + node), exact.at(node));
        largest = std::max(largest, std::abs(z));
    }
    return largest;
}

struct Stationary {
    SmallGraph graph;
    std::vector<double> marginals;
    double both, all, none;
};

void expect_stationary(const LaboratoryRun& run, const Stationary& exact) {
    const std::size_t first = exact.graph.first;
    const std::size_t last = first + exact.graph.size;
    const auto both = runs_with(run, first, first + 2, 2.0);
    const auto all = runs_with(run, first, last, static_cast<double>(exact.graph.size));
    const auto none = runs_with(run, first, last, 0.0);
    SCOPED_TRACE(exact.graph.name);

    EXPECT_LT(worst_marginal(run, exact.graph, exact.marginals), most);
    EXPECT_LT(std::abs(errors_of_mean(both, exact.both)), most);
    EXPECT_LT(std::abs(errors_of_mean(all, exact.all)), most);
    EXPECT_LT(std::abs(errors_of_mean(none, exact.none)), most);
}

/// Runs a scenario that gives the stationary answers, and its twin that does not.
void expect_stationary(const char* scenario, const std::vector<Stationary>& answers) {
    const auto run = run_laboratory(scenario);
    const auto twin =
        run_laboratory(scenario, {"contagion.sisa.recovery=0.33", "replicates=40000"});

    for (const Stationary& exact : answers) {
        expect_stationary(run, exact);
        EXPECT_GT(worst_marginal(twin, exact.graph, exact.marginals), most) << exact.graph.name;
    }
}

TEST(SisaOnSmallGraphs, has_the_stationary_distribution_of_continuous_time) {
    expect_stationary(
        "sisa_small_graphs",
        {{pair, {0.20754717, 0.20754717}, 0.09433962, 0.09433962, 0.67924528},
         {path, {0.23030661, 0.27111636, 0.23030661}, 0.11807979, 0.04945498, 0.52709016},
         {triangle, {0.30718954, 0.30718954, 0.30718954}, 0.16339869, 0.09803922, 0.47058824},
         {star,
          {0.33217328, 0.25185734, 0.25185734, 0.25185734},
          0.14142293,
          0.02490525,
          0.40170189}});
}

TEST(SisaOnSmallGraphs, has_the_stationary_distribution_of_discrete_time) {
    expect_stationary(
        "sisa_small_graphs_synchronous",
        {{pair, {0.21076573, 0.21076573}, 0.08567096, 0.08567096, 0.66413950},
         {path, {0.23441738, 0.27676680, 0.23441738}, 0.10810320, 0.04140164, 0.50036830},
         {triangle, {0.31196577, 0.31196577, 0.31196577}, 0.14917181, 0.07881163, 0.43280647},
         {star,
          {0.33871312, 0.25631808, 0.25631808, 0.25631808},
          0.12970613,
          0.01971458,
          0.36837076}});
}

using Marginals = std::vector<std::pair<SmallGraph, std::vector<double>>>;

void expect_from_one(const char* scenario, const Marginals& answers) {
    const auto run = run_laboratory(scenario);
    const auto twin =
        run_laboratory(scenario, {"contagion.sisa.recovery=0.33", "replicates=40000"});

    for (const auto& [graph, exact] : answers) {
        EXPECT_LT(worst_marginal(run, graph, exact), most) << graph.name;
        EXPECT_GT(worst_marginal(twin, graph, exact), most) << graph.name;
    }
}

TEST(SisaOnSmallGraphs, has_spread_from_one_node_as_far_as_continuous_time_lets_it) {
    expect_from_one("sisa_from_one", {{pair, {0.23423297, 0.23014620}},
                                      {path, {0.24918720, 0.28337280, 0.23300762}},
                                      {triangle, {0.32567030, 0.32348063, 0.32348063}},
                                      {star, {0.35118336, 0.26536874, 0.26536874, 0.26536874}}});
}

TEST(SisaOnSmallGraphs, has_spread_from_one_node_as_far_as_five_steps_let_it) {
    expect_from_one("sisa_from_one_synchronous",
                    {{pair, {0.30253817, 0.28194188}},
                     {path, {0.30712946, 0.31538733, 0.22908890}},
                     {triangle, {0.37236784, 0.35916822, 0.35916822}},
                     {star, {0.40222108, 0.30034305, 0.30034305, 0.30034305}}});
}

}
}
