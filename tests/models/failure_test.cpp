#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

constexpr std::uint32_t many = 20000;

/// Firms of 20 000 that have been sold after a year.
double sold(double hazard) {
    const auto settings = with(quiet_settings(), {{"governance.take_over_hazard", hazard}});
    Layout layout;
    layout.firms = many;
    sim::World world = found(layout, settings, {.seed = 2});
    advance(world, only(settings, {"firm.take_over"}), 12);
    double count = 0.0;
    for (std::size_t home = 0; home < many; ++home) count += firms(world).policy[home];
    return count;
}

// H0: P(sold within a year) = 1 - e^-.2. z of a share, n = 20 000, alpha = 1e-3 two-sided (normal
// quantile). Twin: a hazard 10 % larger.
TEST(TakeOver, comes_at_its_hazard_and_never_where_shares_cannot_be_sold) {
    const double expected = 1.0 - std::exp(-0.2);

    EXPECT_LT(std::abs(z_of_share(sold(0.2), many, expected)), critical_z);
    EXPECT_GT(std::abs(z_of_share(sold(0.22), many, expected)), critical_z);
    EXPECT_EQ(sold(0.0), 0.0);
}

TEST(TakeOver, shakes_stability_for_a_year_and_a_little_for_good) {
    for (const double months : {1.0, 0.5}) {
        const auto settings =
            with(quiet_settings(), {{"governance.take_over_hazard", 1.0}, {"time.step", months}});
        sim::World world = found(layout_of({}), settings, {.seed = 2});
        auto firm = firms(world);
        const auto pipeline = only(settings, {"firm.take_over"});
        while (firm.policy[0] == 0) advance(world, pipeline, 1, months);
        const auto year = static_cast<std::uint32_t>(12.0 / months);

        EXPECT_EQ(firm.stability[0], -1.0F);
        EXPECT_EQ(firm.voice[0], 0.36F) << "the buyer's, at once";
        advance(world, pipeline, year - 1, months);
        EXPECT_EQ(firm.stability[0], -1.0F);
        EXPECT_EQ(firm.shaken_steps[0], 1);
        advance(world, pipeline, 1, months);
        EXPECT_EQ(firm.stability[0], -0.3F);
        EXPECT_EQ(firm.shaken_steps[0], 0);
        advance(world, pipeline, 30, months);
        EXPECT_EQ(firm.stability[0], -0.3F);
    }
}

TEST(TakeOver, ends_membership_and_pays_members_out) {
    const auto settings = with(quiet_settings(), {{"governance.membership", true}});
    sim::World world = found(layout_of({}), settings, {.seed = 2});
    auto staff = employees(world);
    auto firm = firms(world);
    for (std::size_t i = 0; i < 5; ++i) staff.tenure[i] = 24.0F;
    const auto pipeline = only(settings, {"staff.membership"});
    advance(world, pipeline, 1);
    ASSERT_EQ(firm.members[0], 5);
    const std::int64_t cash = firm.cash[0];
    std::int64_t stakes = 0;
    for (std::size_t i = 0; i < 5; ++i) stakes += staff.stake[i];
    firm.policy[0] = 1;

    advance(world, pipeline, 1);

    EXPECT_EQ(firm.members[0], 0);
    EXPECT_EQ(firm.member_share[0], 0.0F);
    EXPECT_EQ(firm.cash[0], cash - stakes);
    EXPECT_EQ(staff.stake[0], 0);
}

/// A firm with three clients and a month's cost of 2 000 EUR.
struct Debtor {
    sim::Settings settings = quiet_settings();
    sim::World world =
        found(layout_of({.clients = 9,
                         .served = {{0, 0, 0, nobody}, {1, 0, 1, nobody}, {2, 0, 2, nobody}}}),
              settings, {.seed = 2});
    Firms firm = firms(world);

    Debtor() {
        firm.wages[0] = 150'000;
        firm.overhead[0] = 40'000;
        firm.investment[0] = 10'000;
    }
    void month_with(std::int64_t cash) {
        firm.cash[0] = cash;
        advance(world, only(settings, {"firm.bankruptcy"}), 1);
    }
};

TEST(Bankruptcy, takes_three_months_in_a_row_below_half_a_months_cost) {
    Debtor debtor;

    debtor.month_with(-100'001);
    debtor.month_with(-100'001);
    EXPECT_EQ(debtor.firm.alive[0], 1);
    debtor.month_with(-100'001);
    EXPECT_EQ(debtor.firm.alive[0], 0);
}

TEST(Bankruptcy, is_averted_by_one_month_within_the_overdraft) {
    Debtor debtor;
    for (int quarter = 0; quarter < 4; ++quarter) {
        debtor.month_with(-100'001);
        debtor.month_with(-100'001);
        debtor.month_with(-100'000);
    }
    EXPECT_EQ(debtor.firm.alive[0], 1);
}

TEST(Bankruptcy, sends_employees_home_and_clients_elsewhere) {
    Debtor debtor;
    for (int month = 0; month < 3; ++month) debtor.month_with(-1'000'000);

    EXPECT_EQ(debtor.firm.employees[0], 0);
    for (std::size_t i = 0; i < 5; ++i) EXPECT_EQ(employees(debtor.world).occupied[i], 0);
    for (std::size_t i = 0; i < 9; ++i) EXPECT_EQ(clients(debtor.world).firm[i], outside);
}

TEST(Bankruptcy, is_for_ever) {
    const auto settings = default_settings();
    sim::World world = found(office_of(9, 3, 5), settings, {.seed = 2});
    firms(world).cash[0] = -1'000'000'000;
    advance(world, pipeline_of(settings), 3);
    ASSERT_EQ(firms(world).alive[0], 0);

    advance(world, pipeline_of(settings), 60);

    EXPECT_EQ(firms(world).alive[0], 0);
    EXPECT_EQ(firms(world).employees[0], 0);
    EXPECT_EQ(firms(world).clients[0], 0);
}

TEST(Bankruptcy, ends_a_firm_without_people_and_clients) {
    const auto settings = quiet_settings();
    sim::World world = found(layout_of({.vacant = {0, 1, 2, 3, 4}}), settings, {.seed = 2});

    advance(world, only(settings, {"firm.bankruptcy"}), 1);

    EXPECT_EQ(firms(world).alive[0], 0);
}

}
}
