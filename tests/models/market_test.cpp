// Who comes: acquisition, and the stock of clients that coming and leaving make.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

constexpr std::uint32_t many = 20000;

/// Nothing but chance decides who comes and leaves: everyone is won or lost alike.
sim::Settings indifferent(const Changes& changes) {
    return with(with(quiet_settings(), {{"switch.commercial", false},
                                        {"client.subscription_share", 0.0},
                                        {"exit.fairness", 0.0},
                                        {"market.renewal", 0.0}}),
                changes);
}

double served(sim::World& world) {
    double count = 0.0;
    auto market = clients(world);
    for (std::size_t row = 0; row < market.firm.size(); ++row) {
        count += market.firm[row] != outside ? 1.0 : 0.0;
    }
    return count;
}

/// Of `many` outside, a firm of one reaches 2 marketing / 50 a month and wins half of them.
double stock_after(std::uint32_t months, double hazard, double marketing = 10000.0) {
    const auto settings = indifferent(
        {{"prospect.marketing", marketing}, {"prospect.base", 0.0}, {"exit.hazard", hazard}});
    sim::World world = found(layout_of({.teams = {1}, .clients = many}), settings, {.seed = 3});
    advance(world, only(settings, {"express", "client.exit", "client.acquisition"}), months);
    return served(world);
}

/// Every client is a chain of its own: served or outside. Share served after so many months.
double chain(std::uint32_t months, double hazard, double marketing = 10000.0) {
    const double leave = 1.0 - std::exp(-hazard);
    const double join = 0.5 * (1.0 - std::exp(-2.0 * marketing / 50.0 / many));
    return join / (join + leave) * (1.0 - std::pow(1.0 - join - leave, months));
}

// H0: the stock is binomial with the probability of a two-state chain. z of a share, n = 20 000,
// alpha = 1e-3 two-sided (normal quantile). Twin: a hazard of leaving 10 % larger.
TEST(ClientStock, is_that_of_clients_who_come_and_leave_independently) {
    EXPECT_LT(std::abs(z_of_share(stock_after(12, 0.05), many, chain(12, 0.05))), critical_z);
    EXPECT_LT(std::abs(z_of_share(stock_after(80, 0.05), many, chain(80, 0.05))), critical_z);
    EXPECT_GT(std::abs(z_of_share(stock_after(80, 0.055), many, chain(80, 0.05))), critical_z);
}

// H0: where few of the market are served, 20 come a month and the stock is Poisson of mean 20 /
// .05, less what the market outside has shrunk. alpha = 1e-3 two-sided.
TEST(ClientStock, approaches_immigration_over_hazard) {
    EXPECT_NEAR(chain(100000, 0.05, 1000.0) * many, 400.0, 20.0);
    EXPECT_NEAR(stock_after(80, 0.05, 1000.0), 393.0, critical_z * std::sqrt(400.0));
}

/// Share of `reached` prospects that a firm wins whose employee and price are so.
double won(float shown, float price, float mood, float overload) {
    const auto settings =
        with(quiet_settings(),
             {{"prospect.marketing", 1000.0}, {"prospect.price", 0.0}, {"market.renewal", 0.0}});
    SmallFirm one{.teams = {1}, .clients = 2000};
    sim::World world = found(layout_of(one), settings, {.seed = 3});
    auto staff = employees(world);
    auto firm = firms(world);
    auto market = clients(world);
    staff.shown[0] = shown;
    firm.price[0] = price;
    firm.overload[0] = overload;
    firm.founders[0] = 10'000'000; // so well known that everyone hears of it
    for (std::size_t row = 0; row < 2000; ++row) market.engagement[row] = mood;
    advance(world, only(settings, {"client.acquisition"}), 1);
    return served(world);
}

// H0: P(won) = logistic(-.4 + .5 (shown - mE) + .25 (y - mC) - 2.5 (p / p_m - 1) - 15 overload).
// z of a share, n = 2 000, alpha = 1e-3 two-sided (normal quantile). Twin: log odds .2 higher.
TEST(Prospects, are_won_by_engagement_reputation_price_and_free_hands) {
    const auto z = [](double hits, double log_odds) {
        return std::abs(z_of_share(hits, 2000, 1.0 / (1.0 + std::exp(-log_odds))));
    };

    EXPECT_LT(z(won(0, 1000, 0, 0), -0.4), critical_z);
    EXPECT_LT(z(won(1, 1000, 0, 0), 0.1), critical_z);
    EXPECT_LT(z(won(0, 1000, -1, 0), -0.65), critical_z);
    EXPECT_LT(z(won(0, 1200, 0, 0), -0.9), critical_z);
    EXPECT_LT(z(won(0, 1000, 0, 0.1F), -1.9), critical_z);
    EXPECT_GT(z(won(0, 1000, 0, 0), -0.15), critical_z);
}

TEST(Prospects, who_come_start_a_relation_with_the_employee_they_met) {
    const auto settings =
        with(quiet_settings(), {{"prospect.base", 5.0}, {"prospect.marketing", 1000.0}});
    sim::World world = found(layout_of({.teams = {3}, .clients = 500}), settings, {.seed = 3});
    advance(world, only(settings, {"express", "client.exit", "client.acquisition"}), 1);
    auto market = clients(world);
    std::vector<double> met(3);
    for (std::size_t row = 0; row < 500; ++row) {
        if (market.moved[row] != came) continue;
        EXPECT_EQ(market.firm[row], 0);
        EXPECT_EQ(market.relation[row], 0.0F);
        ASSERT_LT(market.contact[row], 3U);
        EXPECT_NE(market.second_contact[row], market.contact[row]);
        ++met[market.contact[row]];
    }
    EXPECT_GT(met[0] + met[1] + met[2], 50.0);
    EXPECT_EQ(firms(world).acquired[0], static_cast<std::int32_t>(met[0] + met[1] + met[2]));
    // H0: each employee is met alike. Chi-square, 2 degrees of freedom, alpha = 1e-3: 13.82.
    EXPECT_LT(chi_square(met), 13.82);
    EXPECT_GT(chi_square({met[0], met[1], 2.0 * met[2]}), 13.82);
}

TEST(Prospects, hear_of_no_firm_without_people_or_that_has_failed) {
    const auto settings =
        with(quiet_settings(), {{"prospect.base", 5.0}, {"prospect.marketing", 1000.0}});
    sim::World empty =
        found(layout_of({.teams = {2}, .clients = 500, .vacant = {0, 1}}), settings, {.seed = 3});
    sim::World failed = found(layout_of({.teams = {2}, .clients = 500}), settings, {.seed = 3});
    firms(failed).alive[0] = 0;

    for (sim::World* world : {&empty, &failed}) {
        advance(*world, only(settings, {"express", "client.exit", "client.acquisition"}), 6);
        EXPECT_EQ(served(*world), 0.0);
    }
}

/// Two firms of one employee in one market of 4 000; prices as given.
std::vector<double> shares_of_two_firms(float first_price, float second_price) {
    const auto settings = indifferent({{"prospect.base", 5.0},
                                       {"prospect.marketing", 1000.0},
                                       {"exit.price", 0.0},
                                       {"prospect.price", 3.0}});
    Layout layout = layout_of({.teams = {1, 1}, .clients = 4000});
    layout.firms = 2;
    layout.firm = {0, 1};
    layout.teams[1].firm = 1;
    sim::World world = found(layout, settings, {.seed = 3});
    firms(world).price[0] = first_price;
    firms(world).price[1] = second_price;
    advance(world, only(settings, {"express", "client.exit", "client.acquisition"}), 6);
    auto market = clients(world);
    std::vector<double> shares(2);
    for (std::size_t row = 0; row < 4000; ++row) {
        if (market.firm[row] == outside) continue;
        ++shares[static_cast<std::size_t>(market.firm[row])];
        EXPECT_EQ(market.contact[row], static_cast<std::uint32_t>(market.firm[row]));
    }
    return shares;
}

// H0: of those who come, a firm gets the share of its reach, e^(-3 dearness). z of a share, n about
// 450, alpha = 1e-3 two-sided (normal quantile). Twin: equal shares at different prices.
TEST(Rivals, share_the_market_by_their_reach) {
    const auto alike = shares_of_two_firms(1000, 1000);
    const auto dear = shares_of_two_firms(1200, 900);
    const double expected = std::exp(-0.6) / (std::exp(-0.6) + std::exp(0.3));

    EXPECT_GT(alike[0] + alike[1], 200.0);
    EXPECT_LT(std::abs(z_of_share(alike[0], alike[0] + alike[1], 0.5)), critical_z);
    EXPECT_LT(std::abs(z_of_share(dear[0], dear[0] + dear[1], expected)), critical_z);
    EXPECT_GT(std::abs(z_of_share(dear[0], dear[0] + dear[1], 0.5)), critical_z);
}

TEST(Renewal, replaces_people_served_elsewhere_only) {
    const auto settings = with(quiet_settings(), {{"market.renewal", 1.0},
                                                  {"prospect.marketing", 0.0},
                                                  {"prospect.referral", 0.0},
                                                  {"exit.hazard", 0.0},
                                                  {"client.set_point_sd", 0.8}});
    sim::World world =
        found(layout_of({.teams = {1}, .clients = 2000, .served = {{0, 0, 0, nobody}}}), settings,
              {.seed = 3});
    const sim::World before = world;
    advance(world, only(settings, {"client.exit", "client.acquisition"}), 12);
    auto market = clients(world);
    const auto old = clients(before);
    double kept = 0.0;
    for (std::size_t row = 0; row < 2000; ++row) {
        const bool same = market.occupant[row] == 0;
        kept += same ? 1.0 : 0.0;
        EXPECT_EQ(market.set_point[row] == old.set_point[row], same);
    }

    EXPECT_EQ(market.occupant[0], 0U);
    // H0: outside, a year's hazard of 1 is survived with probability 1/e. alpha = 1e-3; twin: 1.1.
    EXPECT_LT(std::abs(z_of_share(kept, 2000, std::exp(-1.0))), critical_z);
    EXPECT_GT(std::abs(z_of_share(kept, 2000, std::exp(-1.2))), critical_z);
}

}
}
