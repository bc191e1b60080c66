// Several firms in one market: who is governed how, whom clients choose, who enters.
#include <cmath>

#include <gtest/gtest.h>

#include "models/governance/policy.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

/// Firms of `people` in one team each, in a market of which they serve half.
Layout market_of(std::uint32_t count, std::uint32_t people, std::uint32_t clients_each) {
    Layout layout;
    layout.firms = count;
    std::vector<sim::Tie> ties;
    for (std::uint32_t f = 0; f < count; ++f) {
        const auto first = static_cast<std::uint32_t>(layout.positions());
        layout.teams.push_back({f, first, people});
        for (std::uint32_t p = 0; p < people; ++p) {
            layout.firm.push_back(f);
            layout.team.push_back(f);
            layout.site.push_back(f);
            layout.manager.push_back(nobody);
            layout.is_manager.push_back(0);
            layout.occupied.push_back(1);
            if (p > 0) ties.push_back({first, first + p});
        }
    }
    const std::uint32_t served = count * people * clients_each;
    layout.clients = 2UL * served;
    layout.segment.assign(layout.clients, 0);
    for (std::uint32_t i = 0; i < served; ++i) {
        const std::uint32_t position = i % (count * people);
        layout.served.push_back({2 * i, position / people, position, nobody});
    }
    layout.colleague = sim::Graph(layout.positions(), ties, true);
    layout.client = sim::Graph(layout.clients, {}, true);
    return layout;
}

sim::Settings logit_market(const Changes& more = {}) {
    return with(with(default_settings(), {{"market.choice", std::string("logit")},
                                          {"market.firms", 4.0},
                                          {"shock.team.sd", 0.0}}),
                more);
}

TEST(OracleD16, utilities_of_a_fifth_and_of_nothing_give_their_logit_shares) {
    const auto settings = with(default_settings(), {{"market.choice", std::string("logit")},
                                                    {"choice.relation", 0.0},
                                                    {"prospect.overload", 0.0}});
    sim::World world = found(market_of(2, 4, 5), settings, {.seed = 1});
    auto firm = firms(world);
    for (std::size_t home = 0; home < 2; ++home) {
        firm.price[home] = (1.0F - 0.2F / 2.5F) * environment(world).market_price[0];
    }

    advance(world, only(settings, {"client.acquisition"}), 1);

    const double looks = 1.0 - std::exp(-settings.number("choice.look"));
    const double any = static_cast<double>(environment(world).reached[0]) / looks;
    EXPECT_NEAR(any * static_cast<double>(firm.reach[0] / firm.reach[1]), 0.3547696065, 1e-6);
    EXPECT_NEAR(1.0 - any, 0.2904607871, 1e-6);
}

/// Share of the first of four firms in the clients served after five years, over lanes and seeds.
struct Share {
    double mean = 0.0;
    double standard_error = 0.0;
};
Share share_of_the_first(float its_price) {
    // Capacity would level them: firms without a limit.
    const auto settings = logit_market(
        {{"pricing.speed", 0.0}, {"market.price_sd", 0.0}, {"prospect.overload", 0.0}});
    std::vector<double> shares;
    for (std::uint64_t seed = 1; seed <= 6; ++seed) {
        sim::World world = found(market_of(4, 6, 8), settings, {.seed = seed, .lanes = 16});
        auto firm = firms(world);
        for (std::size_t lane = 0; lane < 16; ++lane) firm.price[lane] *= its_price;
        advance(world, pipeline_of(settings), 60);
        for (std::size_t lane = 0; lane < 16; ++lane) {
            double all = 0.0;
            for (std::size_t f = 0; f < 4; ++f) all += firms(world).clients[f * 16 + lane];
            shares.push_back(firms(world).clients[lane] / all);
        }
    }
    Share share;
    const auto n = static_cast<double>(shares.size());
    for (const double one : shares) share.mean += one / n;
    double squares = 0.0;
    for (const double one : shares) squares += (one - share.mean) * (one - share.mean);
    share.standard_error = std::sqrt(squares / (n - 1.0) / n);
    return share;
}

/// H0: the mean share of the first of four is 1/4; 96 markets; alpha 6e-5 (four standard errors).
TEST(AlikeFirms, get_equal_shares_of_the_market_in_expectation) {
    const Share alike = share_of_the_first(1.0F);
    EXPECT_LT(std::abs(alike.mean - 0.25), 4.0 * alike.standard_error);

    const Share dearer = share_of_the_first(1.1F);
    EXPECT_LT(dearer.mean, 0.25 - 4.0 * dearer.standard_error);
}

TEST(Rivals, take_turns_with_the_others_and_are_governed_their_own_way) {
    const auto settings = logit_market({{"market.rivals", 0.5},
                                        {"governance.membership", true},
                                        {"governance.voice", 0.8},
                                        {"rival.voice", 0.2}});
    const sim::World world = found(market_of(4, 6, 8), settings, {.seed = 3, .lanes = 2});

    const auto firm = firms(world);
    for (std::size_t home = 0; home < firm.policy.size(); ++home) {
        const bool rival = home / 2 % 2 == 1;
        EXPECT_EQ(is_rival(firm.policy[home]), rival);
        EXPECT_EQ(firm.voice[home], rival ? 0.2F : 0.8F);
        EXPECT_EQ(firm.members[home] > 0, !rival);
    }
}

TEST(Rivals, are_bought_at_their_own_hazard_and_stay_rivals) {
    const auto settings = logit_market({{"market.rivals", 0.5},
                                        {"governance.take_over_hazard", 0.0},
                                        {"rival.take_over_hazard", 1.0}});
    sim::World world = found(market_of(4, 6, 8), settings, {.seed = 3, .lanes = 8});

    advance(world, only(settings, {"firm.take_over"}), 120);

    const auto firm = firms(world);
    for (std::size_t home = 0; home < firm.policy.size(); ++home) {
        const bool rival = home / 8 % 2 == 1;
        EXPECT_EQ(is_rival(firm.policy[home]), rival);
        EXPECT_EQ(is_sold(firm.policy[home]), rival);
    }
}

TEST(Entry, puts_a_firm_of_the_same_form_where_one_failed) {
    const auto settings = logit_market({{"market.rivals", 0.5}, {"market.entry", 12.0}});
    sim::World world = found(market_of(4, 6, 8), settings, {.seed = 3});
    auto firm = firms(world);
    firm.cash[1] -= 100'000'000'000;
    firm.free_reserve[1] -= 100'000'000'000;
    const auto pipeline = only(settings, {"output", "firm.accounts", "firm.bankruptcy"});
    while (firm.alive[1] != 0) advance(world, pipeline, 1);
    ASSERT_EQ(firm.employees[1], 0);

    environment(world).market_price[0] = 900.0F;
    advance(world, only(settings, {"firm.entry"}), 24);

    EXPECT_EQ(firm.alive[1], 1);
    EXPECT_TRUE(is_rival(firm.policy[1]));
    EXPECT_EQ(firm.employees[1], 6);
    EXPECT_EQ(firm.foundings[1], 2U);
    EXPECT_EQ(firm.price[1], environment(world).market_price[0]);
    EXPECT_EQ(firm.cash[1], firm.capital[1]);
    EXPECT_EQ(firm.free_reserve[1], 0);
    EXPECT_EQ(firm.foundings[0], 1U);
}

TEST(MarketOfOne, has_no_rivals) {
    const auto problems = check(with(default_settings(), {{"market.rivals", 0.5}}));

    ASSERT_EQ(problems.size(), 1U);
    EXPECT_EQ(problems[0].about, "market.rivals");
}

}
}
