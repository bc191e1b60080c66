#include <algorithm>

#include <gtest/gtest.h>

#include "models/pricing/rules.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

float aim(const char* rule, const PriceSituation& now) {
    return price_rules()[price_rule_named(rule)].build(default_settings())(now);
}

TEST(PriceRules, aim_at_what_their_names_say) {
    const PriceSituation now{.unit_cost = 950.0F, .market_price = 1000.0F, .margin_given_up = 0.0F};

    EXPECT_FLOAT_EQ(aim("fair", now), 950.0F / 0.95F);
    EXPECT_FLOAT_EQ(aim("market", now), 1000.0F);
    EXPECT_FLOAT_EQ(aim("cost_plus", now), 950.0F * 1.08F);
    EXPECT_FLOAT_EQ(aim("extractive", now), 1120.0F);
    EXPECT_FLOAT_EQ(aim("low_ball", now), 840.0F);
}

TEST(PriceRules, give_up_margin_but_never_charge_less_than_cost_for_it) {
    const PriceSituation losing{
        .unit_cost = 950.0F, .market_price = 1000.0F, .margin_given_up = 0.02F};
    const PriceSituation gone{
        .unit_cost = 950.0F, .market_price = 1000.0F, .margin_given_up = 0.5F};

    EXPECT_FLOAT_EQ(aim("fair", losing), 950.0F / 0.97F);
    EXPECT_FLOAT_EQ(aim("fair", gone), 950.0F);
    EXPECT_FLOAT_EQ(aim("cost_plus", losing), 950.0F * 1.06F);
    EXPECT_FLOAT_EQ(aim("cost_plus", gone), 950.0F);
    EXPECT_FLOAT_EQ(aim("market", losing), 980.0F);
    EXPECT_FLOAT_EQ(aim("extractive", losing), 1120.0F) << "an extractive owner gives up nothing";
}

sim::World firm_with_price(float price, const sim::Settings& settings) {
    sim::World world = found(layout_of({.served = {{0, 0, 0, nobody}}}), settings, {.seed = 1});
    auto firm = firms(world);
    firm.price[0] = firm.price_reference[0] = price;
    return world;
}

TEST(PriceController, closes_a_share_of_the_gap_each_month) {
    const auto settings =
        with(quiet_settings(), {{"market.price", 100.0}, {"pricing.speed", 0.25}});
    sim::World world = firm_with_price(120.0F, settings);

    advance(world, only(settings, {"pricing"}), 12);

    EXPECT_NEAR(firms(world).price[0], 100.633527040, 2e-5);
}

TEST(PriceController, closes_the_same_share_of_it_in_quarter_steps) {
    const auto settings = with(
        quiet_settings(), {{"market.price", 100.0}, {"pricing.speed", 0.25}, {"time.step", 0.25}});
    sim::World world = firm_with_price(120.0F, settings);

    advance(world, only(settings, {"pricing"}), 48, 0.25);

    EXPECT_NEAR(firms(world).price[0], 100.633527040, 5e-5);
}

TEST(PriceController, keeps_within_thirty_percent_of_the_price_elsewhere) {
    for (const auto& [cost, bound] : {std::pair{5000.0F, 1300.0F}, std::pair{10.0F, 700.0F}}) {
        const auto settings =
            with(quiet_settings(), {{"pricing.rule", "fair"}, {"pricing.speed", 1.0}});
        sim::World world = firm_with_price(1000.0F, settings);
        auto firm = firms(world);
        firm.wages[0] = std::llround(cost * 100.0F);
        firm.overhead[0] = firm.investment[0] = 0;

        advance(world, only(settings, {"pricing"}), 3);

        EXPECT_FLOAT_EQ(firm.unit_cost[0], cost);
        EXPECT_FLOAT_EQ(firm.price[0], bound);
    }
}

TEST(PriceController, aims_no_further_than_thirty_percent_from_the_price_elsewhere) {
    const auto settings =
        with(quiet_settings(), {{"pricing.rule", "fair"}, {"pricing.speed", 0.5}});
    sim::World world = firm_with_price(1000.0F, settings);
    auto firm = firms(world);
    firm.wages[0] = 500'000;
    firm.overhead[0] = firm.investment[0] = 0;

    advance(world, only(settings, {"pricing"}), 1);

    EXPECT_FLOAT_EQ(firm.price[0], 1000.0F + 0.5F * 300.0F);
}

TEST(SelfCorrection, gives_up_margin_while_clients_leave_and_takes_it_back_after) {
    const auto settings = quiet_settings();
    sim::World world = firm_with_price(1000.0F, settings);
    auto firm = firms(world);
    const auto pipeline = only(settings, {"pricing"});
    firm.clients[0] = 97;
    firm.clients_reference[0] = 100.0F;

    advance(world, pipeline, 1);
    EXPECT_NEAR(firm.margin_given_up[0], 0.06 / 6.0, 1e-7);
    EXPECT_LT(firm.price[0], 1000.0F);

    firm.clients_reference[0] = 97.0F;
    advance(world, pipeline, 1);
    EXPECT_NEAR(firm.margin_given_up[0], 0.01 * 5.0 / 6.0, 1e-7);
}

TEST(SelfCorrection, does_not_react_to_small_losses_and_gives_up_a_limited_margin) {
    const auto settings = quiet_settings();
    sim::World world = firm_with_price(1000.0F, settings);
    auto firm = firms(world);
    const auto pipeline = only(settings, {"pricing"});

    firm.clients[0] = 99;
    firm.clients_reference[0] = 100.0F;
    advance(world, pipeline, 1);
    EXPECT_EQ(firm.margin_given_up[0], 0.0F);

    for (int month = 0; month < 60; ++month) {
        firm.clients[0] = 50;
        firm.clients_reference[0] = 100.0F;
        advance(world, pipeline, 1);
    }
    EXPECT_FLOAT_EQ(firm.margin_given_up[0], 0.05F);
}

TEST(PriceMemory, follows_price_and_cost_over_a_year) {
    const auto settings = quiet_settings();
    sim::World world = firm_with_price(1000.0F, settings);
    auto firm = firms(world);
    firm.price_reference[0] = 880.0F;

    advance(world, only(settings, {"pricing"}), 1);

    EXPECT_FLOAT_EQ(firm.price_reference[0], 880.0F + 120.0F / 12.0F);
}

}
}
