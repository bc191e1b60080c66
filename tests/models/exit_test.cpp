#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

/// A firm of one employee with many alike clients of reference engagement.
struct Market {
    sim::Settings settings;
    sim::World world;

    Market(std::uint32_t count, const Changes& changes)
        : settings(with(quiet_settings(), changes)), world(founded(count)) {
        auto market = clients(world);
        for (std::size_t row = 0; row < count; ++row) {
            market.engagement[row] = market.set_point[row] = 0.0F;
        }
    }

    sim::World founded(std::uint32_t count) const {
        SmallFirm firm{.teams = {1}, .clients = count};
        for (std::uint32_t i = 0; i < count; ++i) firm.served.push_back({i, 0, 0, nobody});
        sim::World world_now = found(layout_of(firm), settings, {.seed = 7});
        firms(world_now).overload[0] = 0.0F;
        return world_now;
    }
    double left() {
        double gone = 0.0;
        auto market = clients(world);
        for (std::size_t row = 0; row < market.firm.size(); ++row) {
            gone += market.firm[row] == outside ? 1.0 : 0.0;
        }
        return gone;
    }
};

constexpr std::uint32_t many = 20000;

double survivors_of_a_year(double meetings, double bad, double walk_out) {
    Market market(many, {{"encounter.rate", meetings},
                         {"encounter.base", std::log(bad / (1.0 - bad))},
                         {"exit.walk_out", walk_out},
                         {"exit.hazard", 0.0},
                         {"switch.quality", false},
                         {"client.subscription_share", 0.0}});
    advance(
        market.world,
        only(market.settings, {"express", "client.contacts", "client.encounters", "client.exit"}),
        12);
    return many - market.left();
}

// H0: a client survives a year with probability e^(-12 nu p pi) (Poisson encounters). z of a share,
// n = 20 000, alpha = 1e-3 two-sided (normal quantile). Twin: 10 % more walk out.
TEST(WalkOuts, leave_the_survivors_that_encounters_allow) {
    EXPECT_LT(std::abs(z_of_share(survivors_of_a_year(1, 0.2, 0.32), many, 0.463940021)),
              critical_z);
    EXPECT_LT(std::abs(z_of_share(survivors_of_a_year(4, 0.1, 0.05), many, 0.786627861)),
              critical_z);
    EXPECT_GT(std::abs(z_of_share(survivors_of_a_year(1, 0.2, 0.352), many, 0.463940021)),
              critical_z);
}

/// Clients of 20 000 who walk out after `bad` encounters, in this mood and under this contract.
double walk_outs(float mood, std::uint8_t bad, std::uint8_t contract) {
    Market market(many, {{"exit.walk_out", 0.2}, {"exit.hazard", 0.0}});
    auto now = clients(market.world);
    for (std::size_t row = 0; row < many; ++row) {
        now.engagement[row] = mood;
        now.bad[row] = bad;
        now.contract[row] = contract;
    }
    advance(market.world, only(market.settings, {"client.exit"}), 1);
    return market.left();
}

// H0: P(walk out) = 1 - (1 - .2 e^(-dy / 2) (.3 under a subscription))^B. z of a share, n = 20 000,
// alpha = 1e-3 two-sided (normal quantile). Twin: a mood .2 better.
TEST(WalkOuts, are_rarer_among_the_engaged_and_under_a_subscription) {
    EXPECT_LT(std::abs(z_of_share(walk_outs(0, 1, 0), many, 0.2)), critical_z);
    EXPECT_LT(std::abs(z_of_share(walk_outs(1, 1, 0), many, 0.2 * std::exp(-0.5))), critical_z);
    EXPECT_LT(std::abs(z_of_share(walk_outs(0, 3, 0), many, 1 - 0.512)), critical_z);
    EXPECT_LT(std::abs(z_of_share(walk_outs(0, 1, 1), many, 0.06)), critical_z);
    EXPECT_GT(std::abs(z_of_share(walk_outs(1.2F, 1, 0), many, 0.2 * std::exp(-0.5))), critical_z);
    EXPECT_EQ(walk_outs(0, 0, 0), 0.0);
}

/// Clients of 20 000 who leave in a month, at this gap of engagement and price above the market.
double leavers(float mood, float dearness, double hazard) {
    Market market(many, {{"exit.hazard", hazard}, {"client.subscription_share", 0.0}});
    auto clients_now = clients(market.world);
    for (std::size_t row = 0; row < many; ++row) clients_now.engagement[row] = mood;
    firms(market.world).price[0] *= 1.0F + dearness;
    advance(market.world, only(market.settings, {"client.exit"}), 1);
    return market.left();
}

// H0: P(leave) = 1 - exp(-h0 exp(-.8 dy + 2.5 dp)). z of a share, n = 20 000, alpha = 1e-3
// two-sided (normal quantile). Twin: a hazard 10 % larger.
TEST(ExitHazard, falls_with_engagement_and_rises_with_price) {
    const auto probability = [](double h0, double mood, double dearness) {
        return 1.0 - std::exp(-h0 * std::exp(-0.8 * mood + 2.5 * dearness));
    };

    EXPECT_LT(std::abs(z_of_share(leavers(0, 0, 0.2), many, probability(0.2, 0, 0))), critical_z);
    EXPECT_LT(std::abs(z_of_share(leavers(1, 0, 0.2), many, probability(0.2, 1, 0))), critical_z);
    EXPECT_LT(std::abs(z_of_share(leavers(0, 0.2F, 0.2), many, probability(0.2, 0, 0.2))),
              critical_z);
    EXPECT_GT(std::abs(z_of_share(leavers(0, 0, 0.22), many, probability(0.2, 0, 0))), critical_z);
}

TEST(ExitHazard, never_loses_more_than_half_the_clients_in_a_month) {
    EXPECT_LT(std::abs(z_of_share(leavers(-8, 0, 0.5), many, 0.5)), critical_z);
}

TEST(Subscription, comes_up_for_renewal_exactly_once_a_term) {
    for (const double term : {3.0, 5.0, 12.0, 24.0}) {
        // 40 alike clients for each age of subscription; half of those up for renewal leave.
        constexpr std::uint32_t alike = 40, ages = 200;
        Market market(alike * ages, {{"exit.hazard", 0.5},
                                     {"exit.walk_out", 0.0},
                                     {"client.term", term},
                                     {"client.subscription_share", 1.0}});
        auto now = clients(market.world);
        for (std::size_t row = 0; row < alike * ages; ++row) {
            now.subscribed[row] = static_cast<float>(row / alike);
            now.relation[row] = static_cast<float>(row % 7); // hand-overs do not matter
        }

        advance(market.world, only(market.settings, {"client.exit"}), 1);

        for (std::size_t age = 0; age < ages; ++age) {
            bool any_left = false;
            for (std::size_t i = 0; i < alike; ++i)
                any_left |= now.firm[age * alike + i] == outside;
            EXPECT_EQ(any_left, (age + 1) % static_cast<std::size_t>(term) == 0)
                << "after " << age + 1 << " months of terms of " << term;
        }
    }
}

TEST(Subscription, comes_up_once_a_term_in_any_step) {
    for (const double months : {0.25, 0.5, 1.0}) {
        Market market(400, {{"exit.hazard", 1e-9},
                            {"client.term", 12.0},
                            {"time.step", months},
                            {"client.subscription_share", 1.0}});
        auto now = clients(market.world);
        for (std::size_t row = 0; row < 400; ++row) now.subscribed[row] = 0.0F;
        auto sure = only(with(market.settings, {{"exit.hazard", 0.5}}), {"client.exit"});
        const auto term = static_cast<std::uint32_t>(std::lround(12.0 / months));

        advance(market.world, sure, term - 1, months);
        EXPECT_EQ(market.left(), 0.0) << months;
        advance(market.world, sure, 1, months);
        EXPECT_GT(market.left(), 100.0) << months;
        const double after_a_term = market.left();
        advance(market.world, sure, term - 1, months);
        EXPECT_EQ(market.left(), after_a_term) << months;
        advance(market.world, sure, 1, months);
        EXPECT_GT(market.left(), after_a_term) << months;
    }
}

TEST(Relation, grows_while_a_client_stays) {
    Market market(10, {{"exit.hazard", 0.0}, {"exit.walk_out", 0.0}});
    clients(market.world).relation[3] = 7.0F;

    advance(market.world, only(market.settings, {"client.exit"}), 5);

    EXPECT_EQ(clients(market.world).relation[3], 12.0F);
    EXPECT_EQ(market.left(), 0.0);
}

TEST(Leavers, are_counted_by_their_firm) {
    Market market(1000, {{"exit.hazard", 0.3}, {"client.subscription_share", 0.0}});
    auto now = clients(market.world);
    for (std::size_t row = 0; row < 200; ++row) now.bad[row] = 3;
    const auto settings = with(market.settings, {{"exit.walk_out", 0.6}});

    advance(market.world, only(settings, {"client.exit"}), 1);

    const auto firm = firms(std::as_const(market.world));
    EXPECT_EQ(firm.churned[0], static_cast<std::int32_t>(market.left()));
    EXPECT_EQ(firm.clients_before[0], 1000);
    EXPECT_EQ(firm.client_steps[0], 1000);
    EXPECT_EQ(firm.churned_ever[0], firm.churned[0]);
    EXPECT_GT(firm.walked_out[0], 150);
    EXPECT_LE(firm.walked_out[0], 200);
}

}
}
