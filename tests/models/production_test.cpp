#include <cmath>

#include <gtest/gtest.h>

#include "models/fixed.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

/// What one employee of this engagement E gives in a month.
struct Given {
    float output, absence, creativity;
};

Given given_by(double engagement, const Changes& changes) {
    const auto settings = with(quiet_settings(), changes);
    sim::World world = found(layout_of({.teams = {1}}), settings, {.seed = 1});
    auto staff = employees(world);
    staff.engagement[0] = static_cast<float>(std::log(engagement / (1.0 - engagement)));
    advance(world, only(settings, {"output"}), 1);
    return {staff.output[0], staff.absence[0], firms(world).creativity[0]};
}

const Changes claims = {{"output.productivity", 0.67},
                        {"output.illness", 1.72},
                        {"output.absence", 4.45},
                        {"output.creativity", 1.09}};

Changes claims_and(const Changes& more) {
    Changes all = claims;
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

TEST(Claims, make_the_ratios_of_the_article_between_engaged_and_other_employees) {
    const auto never_away = claims_and({{"output.ill_days", 0.0}, {"output.absent_days", 0.0}});
    const auto only_ill = claims_and({{"output.absent_days", 0.0}});
    const auto only_absent = claims_and({{"output.ill_days", 0.0}});
    const double low = 0.36;
    const double high = low + 0.402;

    EXPECT_NEAR(given_by(high, never_away).output / given_by(low, never_away).output, 1.31, 0.005);
    EXPECT_NEAR(given_by(low, only_ill).absence / given_by(high, only_ill).absence, 2.0, 0.005);
    EXPECT_NEAR(given_by(low, only_absent).absence / given_by(high, only_absent).absence, 6.0,
                0.02);
    EXPECT_NEAR(given_by(high, claims).creativity / given_by(low, claims).creativity, 1.55, 0.005);
}

TEST(Output, takes_its_base_values_at_the_reference_engagement) {
    const Given given = given_by(0.36, {});

    EXPECT_NEAR(given.absence, 1.15 + 0.35, 1e-5);
    EXPECT_NEAR(given.output, 1.0 - 1.5 / 21.0, 1e-6);
    EXPECT_NEAR(given.creativity, 1.0, 1e-5);
}

TEST(Output, of_someone_always_absent_is_nothing) {
    EXPECT_EQ(given_by(0.36, {{"output.ill_days", 15.0}, {"output.absent_days", 10.0}}).output,
              0.0F);
}

TEST(Capacity, is_what_people_present_can_serve) {
    const auto settings = with(quiet_settings(), {{"output.ill_days", 0.0},
                                                  {"output.absent_days", 0.0},
                                                  {"output.productivity", 0.0},
                                                  {"network.service.clients_per_employee", 1.0}});
    SmallFirm three{.teams = {3}, .clients = 9, .vacant = {2}};
    for (std::uint32_t client = 0; client < 4; ++client)
        three.served.push_back({client, 0, 0, nobody});
    sim::World world = found(layout_of(three), settings, {.seed = 1});

    advance(world, only(settings, {"output"}), 1);

    EXPECT_FLOAT_EQ(firms(world).capacity[0], 2.0F * 1.08F);
    EXPECT_FLOAT_EQ(firms(world).overload[0], 4.0F / 2.16F - 1.0F);
}

struct Investor {
    sim::Settings settings;
    sim::World world;
    Firms firm;

    explicit Investor(const Changes& changes)
        : settings(with(quiet_settings(), changes)),
          world(found(layout_of({.teams = {5}}), settings, {.seed = 1})), firm(firms(world)) {
        firm.creativity[0] = 1.0F;
        firm.cash[0] = 1'000'000'000;
    }
    void after(std::uint32_t months) { advance(world, only(settings, {"innovation"}), months); }
};

TEST(Innovation, decays_toward_what_people_create) {
    Investor firm({{"innovation.frontier", 0.0}});
    firm.firm.innovation[0] = 2.0F;

    firm.after(23);

    EXPECT_NEAR(firm.firm.innovation[0], 1.0 + std::pow(0.97, 23.0), 1e-5);
    EXPECT_EQ(firm.firm.investment[0], 5 * 60'000);
}

TEST(Innovation, halves_in_22_months_and_three_quarters_without_investment) {
    Investor firm({{"innovation.frontier", 0.0}});
    firm.firm.cash[0] = -1;

    firm.after(22);
    EXPECT_GT(firm.firm.innovation[0], 0.5F);
    firm.after(1);
    EXPECT_LT(firm.firm.innovation[0], 0.5F);
    EXPECT_EQ(firm.firm.investment[0], 0);
}

TEST(Innovation, settles_below_one_behind_a_moving_frontier) {
    Investor firm({{"innovation.frontier", 0.05}});
    const double g = std::pow(1.05, 1.0 / 12.0) - 1.0;

    firm.after(600);

    EXPECT_NEAR(firm.firm.innovation[0], 0.03 / (0.03 + g), 1e-4);
}

TEST(Innovation, yields_the_root_of_what_a_firm_can_afford) {
    Investor firm({{"innovation.frontier", 0.0}});
    firm.firm.cash[0] = 750'000; // a tenth: a quarter of the plan of 300 000 cents

    firm.after(1);

    EXPECT_EQ(firm.firm.investment[0], 75'000);
    EXPECT_NEAR(firm.firm.innovation[0], 0.97 + 0.03 * 0.5, 1e-6);
}

TEST(Innovation, measures_what_is_invested_against_what_is_usual_whatever_the_plan) {
    Investor less({{"innovation.frontier", 0.0}, {"innovation.plan", 150.0}});
    Investor nothing({{"innovation.frontier", 0.0}, {"innovation.plan", 0.0}});
    nothing.firm.development_reserve[0] = 30'000'000;

    less.after(1);
    nothing.after(1);

    EXPECT_NEAR(less.firm.innovation[0], 0.97 + 0.03 * 0.5, 1e-6);
    EXPECT_EQ(nothing.firm.investment[0], 300'000); // out of reserves: as much as is usual
    EXPECT_NEAR(nothing.firm.innovation[0], 1.0, 1e-6);
}

TEST(Innovation, invests_no_more_of_its_cash_in_a_month_than_its_share) {
    Investor firm({{"innovation.cash_share", 0.2}});
    firm.firm.cash[0] = 375'000;

    firm.after(1);

    EXPECT_EQ(firm.firm.investment[0], 75'000);
}

TEST(Innovation, invests_from_the_development_fund_besides) {
    Investor firm({{"innovation.frontier", 0.0}});
    firm.firm.development_reserve[0] = 90'000'000;

    firm.after(1);

    EXPECT_EQ(firm.firm.investment[0], 300'000 + 900'000);
    EXPECT_EQ(firm.firm.from_reserves[0], 900'000);
    EXPECT_NEAR(firm.firm.innovation[0], 0.97 + 0.03 * 2.0, 1e-6);
}

TEST(Innovation, invests_retained_earnings_as_it_does_a_development_fund) {
    Investor firm({{"innovation.frontier", 0.0}});
    firm.firm.free_reserve[0] = 91'000'000;
    firm.firm.result_year[0] = 1'000'000; // of this year, not yet anybody's

    firm.after(1);

    EXPECT_EQ(firm.firm.investment[0], 300'000 + 900'000);
}

TEST(Innovation, counts_past_losses_against_the_reserves_of_any_firm) {
    Investor firm({{"innovation.frontier", 0.0}});
    firm.firm.development_reserve[0] = 90'000'000;
    firm.firm.free_reserve[0] = -60'000'000; // a Scop's loss of an earlier year

    firm.after(1);

    EXPECT_EQ(firm.firm.investment[0], 300'000 + 300'000);
}

}
}
