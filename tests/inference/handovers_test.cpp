#include "analysis/inference/handovers.hpp"

#include <gmock/gmock.h>

#include "scenarios/draws.hpp"
#include "sim/random.hpp"

namespace cercle::analysis {
namespace {

/// Hand-overs in eight teams; clients answer `effect` times their new contact, plus noise. The
/// client before is `assortative` times the new contact, plus noise.
HandoverTable table_of(std::size_t count, double effect, double assortative, std::uint64_t seed) {
    sim::Stream stream(seed, sim::Draw::survey_roster, 0);
    HandoverTable table{.by_reason = std::vector<std::size_t>(5, 0)};
    for (std::uint32_t i = 0; i < count; ++i) {
        const double successor = stream.normal();
        table.successor.push_back(successor);
        table.predecessor.push_back(stream.normal());
        table.before.push_back(assortative * successor + stream.normal());
        table.after.push_back(effect * successor + 0.4 * table.before[i] + stream.normal());
        table.team.push_back(i % 8);
        table.stratum.push_back(i % 8);
    }
    return table;
}

TEST(HandoverTest, finds_an_effect_and_holds_it_in_its_interval) {
    const HandoverTable table = table_of(240, 0.4, 0.0, 1);

    const HandoverResult result = test_handovers(table, {.permutations = 999});

    EXPECT_LT(result.p, 0.005);
    EXPECT_LT(result.interval.low, 0.4);
    EXPECT_GT(result.interval.high, 0.4);
    EXPECT_NEAR(result.interval.half_width(), 1.96 * result.se, 0.3 * result.se);
    EXPECT_GT(result.balance_p, 0.05);
}

TEST(HandoverTest, sees_clients_given_to_contacts_who_suit_them) {
    const HandoverResult result = test_handovers(table_of(240, 0.0, 0.6, 2), {.permutations = 999});

    EXPECT_LT(result.balance_p, 0.01);
}

TEST(HandoverTest, has_its_size_without_an_effect) {
    // H0: no effect. 200 tables, rejections at .05 ~ Binomial(200, .05): at most 22 with
    // alpha = .001 (normal quantile 3.09: 10 + 3.09 * 3.08 = 19.5; exact 99.9 % quantile 20).
    std::size_t rejected = 0, found = 0;
    for (std::uint64_t seed = 100; seed < 300; ++seed) {
        const HandoverOptions options{.permutations = 99, .seed = seed};
        rejected += test_handovers(table_of(60, 0.0, 0.0, seed), options).p <= 0.05 ? 1 : 0;
        found += test_handovers(table_of(60, 0.5, 0.0, seed), options).p <= 0.05 ? 1 : 0;
    }

    EXPECT_LE(rejected, 20U);
    EXPECT_GT(found, 150U) << "twin: an effect is found";
}

TEST(HandoverTest, is_not_made_with_too_few) {
    EXPECT_TRUE(std::isnan(test_handovers(table_of(9, 1.0, 0.0, 1), {}).effect));

    HandoverTable alone = table_of(30, 1.0, 0.0, 1);
    for (std::uint32_t i = 0; i < 30; ++i) alone.stratum[i] = i;

    EXPECT_TRUE(std::isnan(test_handovers(alone, {}).effect)) << "nobody to exchange with";
}

}
}
