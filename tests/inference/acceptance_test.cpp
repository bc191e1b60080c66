#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "analysis/inference/calibration.hpp"
#include "analysis/inference/company.hpp"

// The acceptance of the battery at full size: minutes, not seconds. Set CERCLE_STATISTICS to run it
// (`make check-statistics`).
namespace cercle::analysis {
namespace {

class Acceptance : public ::testing::Test {
protected:
    void SetUp() override {
        if (!std::getenv("CERCLE_STATISTICS")) GTEST_SKIP() << "only in make check-statistics";
    }
};

const Channel to_clients{"employee_client", true, false};

/// Reliability .85 and .70, levels .8; no homophily, nor shocks.
SurveyLaw quiet() {
    SurveyLaw law;
    law.team_share = {0.0, 0.0};
    law.trait_share = 0.0;
    return law;
}

/// The same with strong shocks, which staff and clients share in half.
SurveyLaw shaken() {
    SurveyLaw law;
    law.team_share = {0.25, 0.25};
    return law;
}

Calibration on_company(std::size_t handovers, std::vector<double> weights, const SurveyLaw& law) {
    const Survey company = make_company({.truth = "none", .handovers = handovers, .seed = 31});
    CalibrationOptions options{.panels = 200, .threads = 2, .weights = std::move(weights)};
    options.with_nulls = options.weights.empty();
    options.law = law;
    return calibrate(company, panels_of(company), {to_clients}, options)[0];
}

/// Largest distance between the shares of p at or below a value and that value.
double distance_to_uniform(std::vector<double> p) {
    std::ranges::sort(p);
    double largest = 0.0;
    const auto n = static_cast<double>(p.size());
    for (std::size_t i = 0; i < p.size(); ++i) {
        largest = std::max(largest, std::abs(static_cast<double>(i + 1) / n - p[i]));
        largest = std::max(largest, std::abs(static_cast<double>(i) / n - p[i]));
    }
    return largest;
}

TEST_F(Acceptance, evidence_is_rare_without_contagion) {
    const Calibration found = on_company(160, {}, shaken());

    // At most 5 % (hidden shocks: 10 %) of the worlds that were simulated, and so, by the exact 99
    // % bound of 10 of 200, less than 10 % of all.
    ASSERT_EQ(found.nulls.size(), 7U);
    for (const WorldRate& rate : found.nulls) {
        EXPECT_LE(rate.evidence * 200.0, rate.world == "hidden shocks" ? 20.0 : 10.0) << rate.world;
        RecordProperty(rate.world, std::to_string(rate.evidence));
    }
}

TEST_F(Acceptance, clients_given_to_contacts_like_them_are_seldom_taken_for_evidence) {
    const Calibration faultless{.nulls = {{"null", 200, 0.0, 0.0}},
                                .powers = {{0.25, 200, 1.0, 1.0}}};
    std::size_t evidence = 0, compatible = 0;
    for (std::uint64_t seed = 1000; seed < 1200; ++seed) {
        const Survey company = make_company({.truth = "assortative", .seed = seed});
        const Verdict verdict = decide(evidence_of(company, panels_of(company), to_clients,
                                                   {.permutations = 99, .seed = seed, .threads = 2},
                                                   Tests::confirmatory),
                                       &faultless);
        evidence += verdict.level >= Level::evidence ? 1 : 0;
        compatible += verdict.level == Level::compatible ? 1 : 0;
    }

    EXPECT_LE(evidence, 20U); // 10 %
    RecordProperty("evidence", std::to_string(evidence));
    RecordProperty("compatible", std::to_string(compatible));
}

/// Evidence at w = .25 in at least so many of 200 surveys with so many hand-overs.
void expect_found(std::size_t handovers, const SurveyLaw& law, double least) {
    const PowerPoint found = on_company(handovers, {0.25}, law).powers[0];

    EXPECT_GE(found.evidence * 200.0, least) << handovers << " hand-overs";
    const std::string name = fmt::format("on_{}", handovers);
    testing::Test::RecordProperty(name, std::to_string(found.evidence));
    testing::Test::RecordProperty(name + "_significant", std::to_string(found.significant));
}

TEST_F(Acceptance, evidence_is_found_on_160_and_on_320_hand_overs) {
    expect_found(160, quiet(), 100.0); // 50 %
    expect_found(320, quiet(), 140.0); // 70 %
}

TEST_F(Acceptance, evidence_is_found_where_staff_and_clients_share_shocks) {
    expect_found(160, shaken(), 100.0);
    expect_found(320, shaken(), 140.0);
}

/// What is greater than 99 % of the largest distances of 500 p that are uniform (Kolmogorov and
/// Smirnov); p has steps of 1/200.
const double most_distance = 1.628 / std::sqrt(500.0) + 0.005;

TestOptions tests_of_world(std::uint32_t world) {
    return {.permutations = 199, .seed = 500 + world, .threads = 2};
}

TEST_F(Acceptance, p_is_uniform_in_null_worlds) {
    const Survey company = make_company({.truth = "none", .seed = 41});
    const SurveyFrame frame(company, panels_of(company));
    std::vector<double> resemblance, lag, handovers;
    for (std::uint32_t world = 0; world < 500; ++world) {
        const Panels panels = frame.simulate({.name = "null"}, {}, 77, world);
        const Evidence evidence =
            evidence_of(company, panels, to_clients, tests_of_world(world), Tests::all);
        resemblance.push_back(evidence.resemblance.p);
        lag.push_back(evidence.lag.p);
        handovers.push_back(evidence.handovers->p);
    }

    EXPECT_LT(distance_to_uniform(resemblance), most_distance);
    EXPECT_LT(distance_to_uniform(lag), most_distance);
    EXPECT_LT(distance_to_uniform(handovers), most_distance);
}

TEST_F(Acceptance, simultaneity_errs_as_often_as_it_says_and_sees_some_hidden_shocks) {
    const Survey company = make_company({.truth = "none", .seed = 41});
    const SurveyFrame frame(company, panels_of(company));
    const TieChoice colleagues{layer_named(company, "colleague")};
    const auto p_in = [&](const SurveyWorld& world, std::uint32_t count) {
        std::vector<double> p;
        for (std::uint32_t number = 0; number < count; ++number) {
            const Answers answers = *frame.simulate(world, {}, 78, number).employees;
            p.push_back(test_lag(transmission(company, colleagues, answers, answers, 1),
                                 tests_of_world(number))
                            .simultaneity_p);
        }
        return p;
    };
    const std::vector<double> null = p_in({.name = "null"}, 500);
    const std::vector<double> hidden = p_in({.name = "hidden", .hidden_shocks = 0.25}, 200);

    EXPECT_LT(distance_to_uniform(null), most_distance);
    const auto seen = std::ranges::count_if(hidden, [](double p) { return p <= 0.05; });
    EXPECT_GT(seen, 20) << "upper 99.9 % point of Binomial(200, .05)";
    RecordProperty("errs",
                   std::to_string(std::ranges::count_if(null, [](double p) { return p <= 0.05; })));
    RecordProperty("sees", std::to_string(seen));
}

}
}
