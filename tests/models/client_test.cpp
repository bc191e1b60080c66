// What clients feel: encounters, the price, and what moves their engagement, checked by hand.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

/// One employee serves every client of the market.
sim::World one_serves(std::uint32_t count, const sim::Settings& settings) {
    SmallFirm firm{.teams = {1}, .clients = count};
    for (std::uint32_t i = 0; i < count; ++i) firm.served.push_back({i, 0, 0, nobody});
    sim::World world = found(layout_of(firm), settings, {.seed = 17});
    firms(world).overload[0] = 0.0F;
    return world;
}

struct Meetings {
    double bad = 0, good = 0, bad_squares = 0, both = 0;
};

constexpr double many = 20000;

Meetings meetings(float mood, const Changes& changes) {
    const auto settings = with(quiet_settings(), changes);
    sim::World world = one_serves(20000, settings);
    employees(world).engagement[0] = mood;
    advance(world, only(settings, {"express", "client.contacts", "client.encounters"}), 1);
    auto market = clients(world);
    Meetings sum;
    for (std::size_t i = 0; i < 20000; ++i) {
        sum.bad += market.bad[i];
        sum.good += market.good[i];
        sum.bad_squares += static_cast<double>(market.bad[i]) * market.bad[i];
        sum.both += static_cast<double>(market.bad[i]) * market.good[i];
    }
    return sum;
}

/// How far a total of n Poisson numbers is from its mean, in standard errors.
double z_of_total(double total, double mean) {
    return (total - many * mean) / std::sqrt(many * mean);
}

// H0: bad and good encounters are independent Poisson numbers with means nu p and nu (1 - p),
// p = logistic(-2.6 - .7 (shown - mE) - .3 (I - 1/2)). z of totals, n = 20 000, alpha = 1e-3
// two-sided (normal quantile). Twin: 10 % more encounters.
TEST(Encounters, are_poisson_and_bad_as_engagement_says) {
    const double p = 1.0 / (1.0 + std::exp(2.6));
    const double p_engaged = 1.0 / (1.0 + std::exp(2.6 + 0.7));
    const Meetings average = meetings(0.0F, {});

    EXPECT_LT(std::abs(z_of_total(average.bad, 2 * p)), critical_z);
    EXPECT_LT(std::abs(z_of_total(average.good, 2 * (1 - p))), critical_z);
    EXPECT_LT(std::abs(z_of_total(meetings(1.0F, {}).bad, 2 * p_engaged)), critical_z);
    EXPECT_GT(std::abs(z_of_total(meetings(0.0F, {{"encounter.rate", 2.2}}).good, 2 * (1 - p))),
              critical_z);
}

TEST(Encounters, vary_as_independent_poisson_numbers_do) {
    const Meetings half = meetings(0.0F, {{"encounter.base", 0.0}, {"encounter.rate", 4.0}});
    const double mean = half.bad / many;

    // Variance over mean is 1 with standard error sqrt(2 / n); covariance 0 with mean / sqrt(n).
    EXPECT_LT(std::abs((half.bad_squares / many - mean * mean) / mean - 1.0) /
                  std::sqrt(2.0 / many),
              critical_z);
    EXPECT_LT(std::abs(half.both / many - mean * half.good / many) / (2.0 / std::sqrt(many)),
              critical_z);
    EXPECT_GT(std::abs((half.bad_squares / many - mean * mean) / (0.9 * mean) - 1.0) /
                  std::sqrt(2.0 / many),
              critical_z);
}

TEST(Encounters, of_nobody_who_is_there_do_not_happen) {
    const auto settings = quiet_settings();
    sim::World world = one_serves(50, settings);
    employees(world).occupied[0] = 0;

    advance(world, only(settings, {"express", "client.contacts", "client.encounters"}), 1);

    for (std::size_t i = 0; i < 50; ++i)
        EXPECT_EQ(clients(world).bad[i] + clients(world).good[i], 0);
}

/// Fairness as the only client perceives it after a month.
float fairness(float price, float expected, const std::function<void(Firms&)>& arrange) {
    const auto settings = quiet_settings();
    sim::World world = one_serves(1, settings);
    auto firm = firms(world);
    firm.price[0] = price;
    firm.invested_share[0] = 0.04F;
    clients(world).price_reference[0] = expected;
    arrange(firm);
    advance(world, only(settings, {"client.fairness"}), 1);
    return clients(world).fairness[0];
}

TEST(Fairness, is_hurt_twice_as_much_by_a_rise_as_it_is_pleased_by_a_cut) {
    const auto nothing = [](Firms&) {};

    EXPECT_NEAR(fairness(1000, 1000, nothing), 0.0, 1e-6);
    EXPECT_NEAR(fairness(1100, 1000, nothing), std::tanh(-0.4), 1e-5);
    EXPECT_NEAR(fairness(900, 1000, nothing), std::tanh(0.2), 1e-5);
}

TEST(Fairness, accepts_the_part_of_a_rise_that_costs_explain) {
    const auto costs_rose = [](float by) {
        return [by](Firms& firm) {
            firm.price_reference[0] = 1000.0F;
            firm.unit_cost[0] = firm.cost_reference[0] * (1.0F + by);
        };
    };

    EXPECT_NEAR(fairness(1100, 1000, costs_rose(0.05F)), std::tanh(-0.2), 1e-5);
    EXPECT_NEAR(fairness(1100, 1000, costs_rose(0.20F)), 0.0, 1e-5);
    EXPECT_NEAR(fairness(1100, 1000, costs_rose(-0.20F)), std::tanh(-0.4), 1e-5);
}

TEST(Fairness, sees_dividends_and_investment_as_far_as_the_accounts_are_open) {
    EXPECT_NEAR(fairness(1000, 1000, [](Firms& firm) { firm.extraction[0] = 0.05F; }),
                std::tanh(-0.5 * 12 * 0.05), 1e-5);
    EXPECT_NEAR(fairness(1000, 1000, [](Firms& firm) { firm.invested_share[0] = 0.09F; }),
                std::tanh(0.5 * 4 * 0.05), 1e-5);
}

TEST(Fairness, of_a_firm_without_costs_is_that_of_its_price) {
    const auto free_of_cost = [](Firms& firm) {
        firm.unit_cost[0] = firm.cost_reference[0] = 0.0F;
    };

    EXPECT_NEAR(fairness(1100, 1000, free_of_cost), std::tanh(-0.4), 1e-5);
}

TEST(PriceHeldToBeNormal, moves_toward_what_a_client_sees) {
    const auto settings = quiet_settings();
    SmallFirm firm{.teams = {1}, .clients = 2, .served = {{0, 0, 0, nobody}}};
    sim::World world = found(layout_of(firm), settings, {.seed = 1});
    firms(world).price[0] = 1200.0F;
    auto market = clients(world);
    market.price_reference[0] = market.price_reference[1] = 900.0F;

    advance(world, only(settings, {"client.fairness"}), 1);

    EXPECT_FLOAT_EQ(market.price_reference[0], 900.0F + 0.08F * 200.0F);
    EXPECT_FLOAT_EQ(market.price_reference[1], 900.0F + 0.08F * 100.0F);
    EXPECT_EQ(market.fairness[1], 0.0F);
}

/// The step of a client at 0 with set point 0 over the adjustment: what pulls it.
float pull(const Changes& changes, const std::function<void(sim::World&)>& arrange) {
    const auto settings =
        with(with(quiet_settings(), {{"contagion.contact.weight", 0.0}}), changes);
    sim::World world = one_serves(1, settings);
    auto market = clients(world);
    market.engagement[0] = market.set_point[0] = 0.0F;
    market.relation[0] = 24.0F;
    arrange(world);
    advance(world, only(settings, {"contagion.client"}), 1);
    return market.engagement[0] / 0.12F;
}

TEST(ClientTarget, adds_up_quality_price_stability_innovation_and_relation) {
    const auto nothing = [](sim::World&) {};
    const double usual = 1.0 - 1.0 / (1.0 + std::exp(2.6));

    EXPECT_NEAR(pull({}, nothing), 0.0, 1e-6);
    EXPECT_NEAR(
        pull({{"client.quality", 0.3}}, [](sim::World& w) { clients(w).quality[0] = 0.5F; }),
        4 * 0.3 * (0.5 - usual), 1e-5);
    EXPECT_NEAR(pull({{"client.price", 0.8}}, [](sim::World& w) { clients(w).fairness[0] = 0.5F; }),
                0.4, 1e-5);
    EXPECT_NEAR(
        pull({{"client.stability", 0.4}}, [](sim::World& w) { firms(w).stability[0] = -1.0F; }),
        -0.4, 1e-5);
    EXPECT_NEAR(
        pull({{"client.innovation", 0.5}}, [](sim::World& w) { firms(w).innovation[0] = 1.5F; }),
        0.5 * std::tanh(0.5), 1e-5);
    EXPECT_NEAR(pull({{"client.relation", 0.2}}, nothing), 0.2 * 0.4, 1e-5);
    EXPECT_NEAR(
        pull({{"client.relation", 0.2}}, [](sim::World& w) { clients(w).relation[0] = 6.0F; }),
        0.2 * (0.25 - 0.6), 1e-5);
}

TEST(ClientEngagement, falls_by_bad_encounters_and_rises_a_little_by_good_ones) {
    const auto met = [](sim::World& world) {
        clients(world).bad[0] = 2;
        clients(world).good[0] = 3;
    };

    EXPECT_NEAR(pull({{"client.bad_encounter", 0.25}, {"client.good_encounter", 0.03}}, met),
                2 * (3 * 0.03 - 2 * 0.25), 1e-5);
    EXPECT_NEAR(pull({{"client.bad_encounter", 0.25}, {"switch.quality", false}}, met), 0.0, 1e-6);
}

TEST(ClientEngagement, moves_twice_as_fast_against_an_unfair_price) {
    const auto angry = [](sim::World& world) { clients(world).fairness[0] = -0.5F; };
    const auto pleased = [](sim::World& world) { clients(world).fairness[0] = 0.5F; };

    EXPECT_NEAR(pull({{"client.price", 0.8}}, angry), -2.0 * 0.4, 1e-5);
    EXPECT_NEAR(pull({{"client.price", 0.8}}, pleased), 0.4, 1e-5);
}

TEST(WordOfMouth, pulls_clients_toward_those_they_talk_with_wherever_they_are_served) {
    const auto settings = with(
        quiet_settings(), {{"contagion.word_of_mouth.weight", 0.5}, {"client.adjustment", 0.1}});
    const SmallFirm firm{.teams = {1}, .clients = 3, .talk = {{0, 1, 3.0F}, {0, 2, 1.0F}}};
    sim::World world = found(layout_of(firm), settings, {.seed = 1});
    auto market = clients(world);
    const float start[] = {0.0F, 1.0F, 3.0F};
    for (std::size_t i = 0; i < 3; ++i) market.engagement[i] = market.set_point[i] = start[i];

    advance(world, only(settings, {"express", "client.contacts", "contagion.client"}), 1);

    EXPECT_FLOAT_EQ(market.engagement[0], 0.1F * 0.5F * 1.5F);
    EXPECT_FLOAT_EQ(market.engagement[1], 1.0F - 0.1F * 0.5F * 1.0F);
}

TEST(Contacts, count_seven_to_three_and_for_each_other_when_absent) {
    const auto settings =
        with(quiet_settings(), {{"contagion.contact.weight", 0.5}, {"client.adjustment", 0.1}});
    const SmallFirm firm{.teams = {2}, .served = {{0, 0, 0, 1}}};
    const auto moved = [&](bool main_there, bool second_there) {
        sim::World world = found(layout_of(firm), settings, {.seed = 1});
        auto staff = employees(world);
        auto market = clients(world);
        staff.engagement[0] = 1.0F;
        staff.engagement[1] = -1.0F;
        staff.occupied[0] = main_there ? 1 : 0;
        staff.occupied[1] = second_there ? 1 : 0;
        market.engagement[0] = market.set_point[0] = 0.0F;
        advance(world, only(settings, {"express", "client.contacts", "contagion.client"}), 1);
        return market.engagement[0] / 0.05F;
    };

    EXPECT_NEAR(moved(true, true), 0.4, 1e-6);
    EXPECT_NEAR(moved(true, false), 1.0, 1e-6);
    EXPECT_NEAR(moved(false, true), -1.0, 1e-6);
    EXPECT_NEAR(moved(false, false), 0.0, 1e-6);
}

}
}
