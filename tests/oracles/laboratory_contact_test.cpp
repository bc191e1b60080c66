// SISa of one node and of everybody with everybody, SIS on complete graphs, as the shipped
// scenarios run them, against exact answers (D1 to D3). The seeds stand in the scenarios and were
// chosen before the first run. H0: the mean over replicates is the exact value; n as many as the
// scenario says (200 000 of one node; fewer on complete graphs, whose runs take thousands of events
// each); |z| < 4, alpha = 6.4e-5 each. Every test has a twin with a parameter that is 10 % wrong,
// which must reject.
#include <algorithm>

#include <gtest/gtest.h>

#include "tests/oracles/complete_graph_chain.hpp"
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

/// One arm of sisa_well_mixed: its rates, its mean field and the mean of its chain.
struct WellMixed {
    const char* arm;
    double transmission, spontaneous, recovery;
    double field, chain;

    double prevalence(std::size_t nodes) const {
        return prevalence_of_complete(
            nodes, {.transmission = transmission / static_cast<double>(nodes - 1),
                    .recovery = recovery,
                    .spontaneous = spontaneous});
    }
};
constexpr WellMixed well_mixed[] = {
    {"b.3_a.02", 0.3, 0.02, 0.2, 0.423926596, 0.4228728932},
    {"b.3_a0", 0.3, 0.0, 0.2, 0.333333333, 0.3298353363},
    {"b.1_a.02", 0.1, 0.02, 0.2, 0.148331477, 0.1482115516},
    {"b.5_a.01", 0.5, 0.01, 0.1, 0.804849370, 0.8047372210},
};

TEST(WellMixedSisa, has_a_chain_that_tends_to_the_field) {
    for (const WellMixed& exact : well_mixed) {
        EXPECT_NEAR(exact.prevalence(400), exact.chain, 1e-9) << exact.arm;
        EXPECT_LT(std::abs(exact.chain - exact.field), 0.0036) << exact.arm;
        EXPECT_NEAR(exact.prevalence(2'000'000), exact.field, 1e-6) << exact.arm;
    }
}

TEST(WellMixedSisa, has_the_prevalence_of_its_chain) {
    const auto run = run_laboratory("sisa_well_mixed");
    const auto twin =
        run_laboratory("sisa_well_mixed", {"contagion.sisa.recovery=0.22", "replicates=96"});
    const auto twin_of_last =
        run_laboratory("sisa_well_mixed", {"contagion.sisa.recovery=0.11", "replicates=96"});

    for (const WellMixed& exact : well_mixed) {
        const auto& wrong = exact.recovery == 0.1 ? twin_of_last : twin;
        const auto z = [&](const LaboratoryRun& seen) {
            return std::abs(errors_of_mean(seen.outcome("prevalence", exact.arm), exact.chain));
        };
        EXPECT_LT(z(run), most) << exact.arm;
        EXPECT_GT(z(wrong), most) << exact.arm;
    }
}

TEST(SisOnACompleteGraph, lasts_as_long_as_its_chain_says) {
    const auto run = run_laboratory("sis_complete_graph");
    const auto one =
        run_laboratory("sis_complete_graph", {"initial.share=0.05", "replicates=5000"});
    const auto twin =
        run_laboratory("sis_complete_graph", {"contagion.sis.transmission=0.11", "replicates=500"});

    EXPECT_EQ(mean_of(run.outcome("extinct")), 1.0);
    EXPECT_LT(std::abs(errors_of_mean(run.outcome("end_time"), 69.2984134)), most);
    EXPECT_LT(std::abs(errors_of_mean(one.outcome("end_time"), 31.2107142)), most);
    EXPECT_GT(std::abs(errors_of_mean(twin.outcome("end_time"), 69.2984134)), most);
}

TEST(SisOnACompleteGraph, is_quasi_stationary_while_it_lasts) {
    const auto run = run_laboratory("sis_quasi_stationary");
    const auto twin =
        run_laboratory("sis_quasi_stationary", {"contagion.sis.recovery=1.1", "replicates=3000"});
    const struct {
        const char* arm;
        double mean, deviation;
    } answers[] = {{"n20", 0.443375706, 0.168762643}, {"n50", 0.476623968, 0.105646029}};

    for (const auto& exact : answers) {
        const auto& alive = run.outcome("prevalence_alive", exact.arm);
        const auto& wrong = twin.outcome("prevalence_alive", exact.arm);
        EXPECT_LT(std::abs(errors_of_mean(alive, exact.mean)), most);
        EXPECT_LT(std::abs(errors_of_deviation(alive, exact.deviation)), most);
        EXPECT_GT(std::abs(errors_of_mean(wrong, exact.mean)), most);
    }
    // Of 50 nodes the deviation tells the twin too; of 20 it hardly changes (.1688 to .1689).
    EXPECT_GT(std::abs(errors_of_deviation(twin.outcome("prevalence_alive", "n50"), 0.105646029)),
              most);
}

/// SIS on 50 nodes from one of them, for 15 months.
std::vector<std::string> from_one(const char* replicates, const char* transmission) {
    return {"initial.share=0.02",
            "time.years=15 months",
            "time.step=15",
            "observe.every=15",
            std::string("replicates=") + replicates,
            std::string("contagion.sis.transmission=") + transmission};
}

// The life of a quasi-stationary SIS on 50 nodes, 12 217 months, is too dear to sample (600 000
// events each). H0: the share extinct is the one that decay and mean times give, from everybody
// after 2000 months (n = 128) and from one node after 15 (n = 10 000).
TEST(SisOnACompleteGraph, of_fifty_dies_out_at_its_rate_of_decay) {
    constexpr double decay = 8.185213587e-5;
    const auto extinct = [](double mean_time, double months) {
        return 1.0 - decay * mean_time * std::exp(-decay * months);
    };
    const auto z = [](const LaboratoryRun& run, double exact) {
        return std::abs(errors_of_mean(run.outcome("extinct"), exact));
    };
    const auto all = run_laboratory("sis_lifetime");
    const auto twin =
        run_laboratory("sis_lifetime", {"contagion.sis.transmission=0.036", "replicates=100"});
    const auto one = run_laboratory("sis_lifetime", from_one("10000", "0.04"));
    const auto twin_of_one = run_laboratory("sis_lifetime", from_one("4000", "0.036"));

    EXPECT_LT(z(all, extinct(12223.1972, 2000.0)), most);
    EXPECT_GT(z(twin, extinct(12223.1972, 2000.0)), most);
    EXPECT_LT(z(one, extinct(5826.2767, 15.0)), most);
    EXPECT_GT(z(twin_of_one, extinct(5826.2767, 15.0)), most);
}

}
}
