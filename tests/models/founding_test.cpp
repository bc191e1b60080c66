#include "models/founding.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "models/firm/ledger.hpp"
#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

TEST(Founding, seats_people_and_leaves_vacant_positions_open) {
    const sim::World world = found(layout_of({.teams = {2, 3}, .vacant = {1}}), default_settings(),
                                   {.seed = 1, .lanes = 2});
    const auto staff = employees(world);
    const auto firm = firms(world);

    for (std::size_t lane = 0; lane < 2; ++lane) {
        EXPECT_EQ(firm.employees[lane], 4);
        EXPECT_EQ(staff.occupied[2 + lane], 0);
        EXPECT_EQ(staff.occupied[4 + lane], 1);
    }
    EXPECT_EQ(firm.first_position[0], 0U);
    EXPECT_EQ(firm.positions[0], 5U);
    EXPECT_NE(staff.set_point[0], staff.set_point[1]) << "lanes are different people";
    EXPECT_EQ(world.step, 0U);
}

TEST(Founding, gives_set_points_and_states_the_stated_mean_and_spread) {
    constexpr double many = 20000;
    const auto settings = default_settings();
    const sim::World world = found(layout_of({.teams = {20000}}), settings, {.seed = 2});
    const auto staff = employees(world);
    double mean = 0.0, spread = 0.0, wavering = 0.0;
    for (std::size_t i = 0; i < 20000; ++i) {
        const double b = static_cast<double>(staff.set_point[i]) + 0.62;
        const double off = static_cast<double>(staff.engagement[i] - staff.set_point[i]);
        mean += b / many;
        spread += b * b / many;
        wavering += off * off / many;
    }

    // H0: N(-.62, 1.10) and N(0, .45). alpha = 1e-3 two-sided; twin: spreads 5 % larger.
    const auto z = [&](double square, double sd) {
        return (square / (sd * sd) - 1) / std::sqrt(2 / many);
    };
    EXPECT_LT(std::abs(mean) / (1.10 / std::sqrt(many)), critical_z);
    EXPECT_LT(std::abs(z(spread, 1.10)), critical_z);
    EXPECT_LT(std::abs(z(wavering, 0.45)), critical_z);
    EXPECT_GT(std::abs(z(spread, 1.05 * 1.10)), critical_z);
}

TEST(Founding, makes_members_of_those_there_for_a_year_with_their_stakes_in_the_capital) {
    const auto settings =
        with(default_settings(), {{"governance.membership", true}, {"firm.initial_cash", 0.0}});
    sim::World world = found(layout_of({.teams = {500}}), settings, {.seed = 2});
    auto staff = employees(world);
    auto firm = firms(world);
    std::int64_t stakes = 0;
    for (std::size_t i = 0; i < 500; ++i) {
        EXPECT_EQ(staff.member[i] != 0, staff.tenure[i] >= 12.0F);
        stakes += staff.stake[i];
    }

    EXPECT_GT(firm.members[0], 300);
    EXPECT_LT(firm.members[0], 500);
    EXPECT_EQ(firm.capital[0], stakes);
    EXPECT_EQ((Books{firm, 0}.imbalance()), 0);
}

TEST(Founding, serves_the_clients_that_the_layout_says) {
    const SmallFirm firm{
        .teams = {2, 2}, .clients = 5, .served = {{1, 0, 3, nobody}, {4, 0, 0, 2}}};
    const sim::World world = found(layout_of(firm), default_settings(), {.seed = 1});
    const auto market = clients(world);

    EXPECT_EQ(market.firm[0], outside);
    EXPECT_EQ(market.firm[1], 0);
    EXPECT_EQ(market.contact[1], 3U);
    EXPECT_EQ(market.second_contact[1], 2U) << "drawn in the team";
    EXPECT_EQ(market.second_contact[4], 2U) << "as given";
    EXPECT_EQ(firms(world).clients[0], 2);
    EXPECT_EQ(environment(world).outside_start[0], 3.0F);
}

TEST(Founding, counts_people_at_the_start_like_at_any_later_moment) {
    const auto settings = default_settings();
    sim::World world = found(office_of(9, 3, 5), settings, {.seed = 1});
    const sim::World before = world;

    for (const Law& law : laws()) {
        if (law.name == "measure") law.build(settings)->advance(world, {.step = 0, .months = 1.0});
    }

    EXPECT_EQ(world, before);
    EXPECT_GT(firms(world).engagement_sum[0], 0);
    EXPECT_EQ(firms(world).clients_before[0], 45);
}

TEST(Founding, draws_the_latent_trait_as_closely_to_the_set_point_as_asked) {
    constexpr double many = 20000;
    const auto correlation = [&](double link) {
        const auto settings = with(default_settings(), {{"rewiring.trait_link", link}});
        const sim::World world = found(layout_of({.teams = {20000}}), settings, {.seed = 2});
        const auto staff = employees(world);
        double product = 0.0;
        for (std::size_t i = 0; i < 20000; ++i) {
            product += (static_cast<double>(staff.set_point[i]) + 0.62) / 1.10 *
                       static_cast<double>(staff.trait[i]) / many;
        }
        return product;
    };
    const auto z = [&](double r, double rho) {
        return (r - rho) / std::sqrt((1 + rho * rho) / many);
    };

    // H0: correlation as stated (product of standard normals). alpha = 1e-3 two-sided.
    EXPECT_LT(std::abs(z(correlation(0.8), 0.8)), critical_z);
    EXPECT_LT(std::abs(z(correlation(0.0), 0.0)), critical_z);
    EXPECT_GT(std::abs(z(correlation(0.72), 0.8)), critical_z);
}

}
}
