#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

constexpr std::uint32_t many = 20000;

/// A firm of 20 000 whose demand equals its capacity.
struct Staff {
    sim::Settings settings;
    sim::World world;
    Employees people;
    Firms firm;

    explicit Staff(const Changes& changes, std::uint64_t seed = 1)
        : settings(with(quiet_settings(), changes)),
          world(found(layout_of({.teams = {many}, .served = {{0, 0, 0, nobody}}}), settings,
                      {.seed = seed})),
          people(employees(world)), firm(firms(world)) {
        firm.capacity[0] = 1.0F;
        for (std::size_t i = 0; i < many; ++i) people.engagement[i] = 0.0F;
    }
    void after(std::initializer_list<const char*> laws, std::uint32_t months) {
        advance(world, only(settings, laws), months);
    }
    double present() const {
        double count = 0.0;
        for (std::size_t i = 0; i < many; ++i) count += people.occupied[i];
        return count;
    }
};

double quitters(float mood, bool members, bool just_sold, double hazard) {
    Staff staff({{"quit.hazard", hazard}});
    for (std::size_t i = 0; i < many; ++i) {
        staff.people.engagement[i] = mood;
        staff.people.member[i] = members ? 1 : 0;
    }
    if (just_sold) staff.firm.shaken_steps[0] = 12;
    staff.after({"staff.quits"}, 1);
    EXPECT_EQ(staff.firm.quits[0], static_cast<std::int32_t>(many - staff.present()));
    EXPECT_EQ(staff.firm.employees_before[0], static_cast<std::int32_t>(many));
    return many - staff.present();
}

// H0: P(quit) = 1 - exp(-q0 exp(-.72 (x - mE)) (1 - .3 member) (1 + 1.5 just sold)). z of a share,
// n = 20 000, alpha = 1e-3 two-sided (normal quantile). Twin: a hazard 10 % larger.
TEST(Quits, follow_their_hazard) {
    const auto z = [](double hits, double hazard) {
        return std::abs(z_of_share(hits, many, 1.0 - std::exp(-hazard)));
    };

    EXPECT_LT(z(quitters(0, false, false, 0.2), 0.2), critical_z);
    EXPECT_LT(z(quitters(1, false, false, 0.2), 0.2 * std::exp(-0.72)), critical_z);
    EXPECT_LT(z(quitters(0, true, false, 0.2), 0.2 * 0.7), critical_z);
    EXPECT_LT(z(quitters(0, false, true, 0.2), 0.2 * 2.5), critical_z);
    EXPECT_GT(z(quitters(0, false, false, 0.22), 0.2), critical_z);
}

TEST(Quits, are_the_same_people_and_more_where_the_hazard_is_higher) {
    Staff calm({{"quit.hazard", 0.1}});
    Staff restless({{"quit.hazard", 0.2}});

    calm.after({"staff.quits"}, 1);
    restless.after({"staff.quits"}, 1);

    for (std::size_t i = 0; i < many; ++i) {
        EXPECT_LE(restless.people.occupied[i], calm.people.occupied[i]);
    }
    EXPECT_LT(restless.present(), calm.present());
}

TEST(Departures, make_neighbours_leave_where_turnover_is_contagious) {
    const auto settings = with(quiet_settings(), {{"quit.contagion", 10.0}, {"quit.hazard", 0.05}});
    sim::World world = found(layout_of({.teams = {2}, .ties = {{0, 1}}, .vacant = {1}}), settings,
                             {.seed = 1, .lanes = 16});
    sim::World calm = world;
    for (std::size_t lane = 0; lane < 16; ++lane) employees(world).left_recently[16 + lane] = 10.0F;

    advance(world, only(settings, {"staff.quits"}), 1);
    advance(calm, only(settings, {"staff.quits"}), 1);

    int gone = 0;
    int gone_calmly = 0;
    for (std::size_t lane = 0; lane < 16; ++lane) {
        gone += employees(world).occupied[lane] == 0 ? 1 : 0;
        gone_calmly += employees(calm).occupied[lane] == 0 ? 1 : 0;
    }
    EXPECT_GT(gone, 12);
    EXPECT_LT(gone_calmly, 5);
}

TEST(Departures, leave_neighbours_alone_without_contagion) {
    const auto settings =
        with(quiet_settings(),
             {{"quit.contagion", 10.0}, {"quit.hazard", 0.05}, {"switch.contagion", false}});
    sim::World world = found(layout_of({.teams = {2}, .ties = {{0, 1}}, .vacant = {1}}), settings,
                             {.seed = 1, .lanes = 16});
    sim::World calm = world;
    for (std::size_t lane = 0; lane < 16; ++lane) employees(world).left_recently[16 + lane] = 10.0F;

    advance(world, only(settings, {"staff.quits"}), 1);
    advance(calm, only(settings, {"staff.quits"}), 1);

    for (std::size_t row = 0; row < 32; ++row) {
        EXPECT_EQ(employees(world).occupied[row], employees(calm).occupied[row]);
    }
}

double dismissed(float trend, float capacity) {
    Staff staff({{"quit.hazard", 0.0}});
    staff.firm.result_trend[0] = trend;
    staff.firm.capacity[0] = capacity;
    staff.after({"staff.quits"}, 1);
    EXPECT_EQ(staff.firm.layoffs[0], static_cast<std::int32_t>(many - staff.present()));
    return many - staff.present();
}

// H0: P(dismissed) = .3 (1 - 1.1 demand / capacity). z of a share, n = 20 000, alpha = 1e-3.
TEST(Dismissals, hit_the_redundant_of_a_firm_in_loss_only) {
    EXPECT_LT(std::abs(z_of_share(dismissed(-1.0F, 2.0F), many, 0.3 * 0.45)), critical_z);
    EXPECT_GT(std::abs(z_of_share(dismissed(-1.0F, 2.2F), many, 0.3 * 0.45)), critical_z);
    EXPECT_EQ(dismissed(0.0F, 2.0F), 0.0);
    EXPECT_EQ(dismissed(-1.0F, 1.05F), 0.0) << "some spare capacity is kept";
}

/// A co-operative in which this share leaves in a month and is replaced at once.
Staff renewed_for(std::uint32_t months, double monthly, std::uint64_t seed) {
    Staff staff({{"quit.hazard", -std::log(1.0 - monthly)},
                 {"quit.engagement", 0.0},
                 {"hiring.fill", 1000.0},
                 {"governance.membership", true},
                 {"governance.member_loyalty", 0.0}},
                seed);
    staff.after({"staff.quits", "staff.hiring", "staff.membership"}, months);
    return staff;
}

constexpr double leaving = 0.010035829; ///< a month: 11.4 % a year
constexpr std::uint64_t firms_pooled = 8;

/// Members in eight firms of 20 000, seeds 1 to 8.
double members_after(std::uint32_t months, double monthly) {
    double members = 0.0;
    for (std::uint64_t seed = 1; seed <= firms_pooled; ++seed) {
        members += renewed_for(months, monthly, seed).firm.members[0];
    }
    return members;
}

// H0: with 11.4 % leaving a year, .886 of tenures are of 12 months and more (D19). z of a share,
// n = 160 000, alpha = 1e-3 two-sided (normal quantile). Twin: 10 % more leave.
TEST(Membership, is_of_those_who_have_been_there_a_year) {
    constexpr double n = firms_pooled * many;

    EXPECT_LT(std::abs(z_of_share(members_after(1, leaving), n, 0.886)), critical_z);
    EXPECT_LT(std::abs(z_of_share(members_after(30, leaving), n, 0.886)), critical_z);
    EXPECT_GT(std::abs(z_of_share(members_after(30, 1.1 * leaving), n, 0.886)), critical_z);
}

TEST(Membership, comes_with_tenure_and_a_stake) {
    const Staff staff = renewed_for(30, leaving, 1);

    EXPECT_EQ(staff.present(), many);
    EXPECT_FLOAT_EQ(staff.firm.member_share[0], static_cast<float>(staff.firm.members[0]) / many);
    for (std::size_t i = 0; i < many; ++i) {
        ASSERT_EQ(staff.people.member[i] != 0, staff.people.tenure[i] >= 12.0F);
        ASSERT_EQ(staff.people.stake[i], staff.people.member[i] != 0 ? 300'000 : 0);
    }
}

// H0: tenures are geometric with mean 1 / hazard - 1 = 98.643 full months, which the founders start
// from and renewal keeps (D19). z of a mean, n = 20 000, sd = mean (geometric), alpha = 1e-3
// two-sided. Twin: 10 % more leave.
TEST(Tenure, keeps_its_mean_under_renewal) {
    const auto z_of_mean = [](double monthly) {
        const Staff staff = renewed_for(600, monthly, 1);
        double total = 0.0;
        for (std::size_t i = 0; i < many; ++i) total += static_cast<double>(staff.people.tenure[i]);
        const double mean = (1.0 - leaving) / leaving;
        const double sd = std::sqrt(1.0 - leaving) / leaving;
        return (total / many - mean) / (sd / std::sqrt(static_cast<double>(many)));
    };

    EXPECT_LT(std::abs(z_of_mean(leaving)), critical_z);
    EXPECT_GT(std::abs(z_of_mean(1.1 * leaving)), critical_z);
}

TEST(Membership, capital_is_what_members_hold_and_the_founders_paid) {
    Staff staff(
        {{"governance.membership", true}, {"quit.hazard", 0.05}, {"firm.initial_cash", 0.0}});
    const std::int64_t before = staff.firm.capital[0];

    staff.after({"staff.quits", "staff.hiring", "staff.membership"}, 6);

    std::int64_t stakes = 0;
    for (std::size_t i = 0; i < many; ++i) stakes += staff.people.stake[i];
    EXPECT_EQ(staff.firm.capital[0], stakes);
    EXPECT_NE(staff.firm.capital[0], before);
    EXPECT_GE(staff.firm.highest_capital[0], staff.firm.capital[0]);
}

/// People of 20 hired into 10 open positions, when demand asks for half as many people again.
std::int32_t hired(std::int64_t cash, std::initializer_list<std::uint32_t> leavers) {
    const auto settings = with(quiet_settings(), {{"hiring.fill", 1000.0}, {"quit.hazard", 0.0}});
    SmallFirm firm{.teams = {30}, .served = {{0, 0, 0, nobody}}};
    for (std::uint32_t i = 20; i < 30; ++i) firm.vacant.push_back(i);
    sim::World world = found(layout_of(firm), settings, {.seed = 1});
    auto books = firms(world);
    books.capacity[0] = 1.0F / 1.5F;
    books.wages[0] = books.overhead[0] = 100'000;
    books.cash[0] = cash;
    advance(world, only(settings, {"staff.quits"}), 1);
    for (const std::uint32_t leaver : leavers) employees(world).occupied[leaver] = 0;
    books.employees[0] -= static_cast<std::int32_t>(leavers.size());
    advance(world, only(settings, {"staff.hiring"}), 1);
    return books.hires[0];
}

TEST(Hiring, fills_the_positions_that_demand_asks_for) { EXPECT_EQ(hired(200'000, {}), 10); }

TEST(Hiring, only_replaces_leavers_where_cash_is_below_the_working_capital) {
    EXPECT_EQ(hired(199'999, {}), 0);
    EXPECT_GT(hired(199'999, {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}), 0);
    EXPECT_EQ(hired(0, {}), 0);
}

TEST(Hiring, seats_a_newcomer_without_tenure_or_membership) {
    const auto settings = with(default_settings(), {{"hiring.fill", 1000.0}});
    sim::World world =
        found(layout_of({.teams = {5}, .served = {{0, 0, 0, nobody}}}), settings, {.seed = 1});
    auto staff = employees(world);
    const float before = staff.set_point[2];
    staff.occupied[2] = 0;
    staff.tenure[2] = 99.0F;
    firms(world).employees[0] = 4;
    firms(world).employees_before[0] = 5;
    firms(world).capacity[0] = 1.0F;

    advance(world, only(settings, {"staff.hiring"}), 1);

    EXPECT_EQ(staff.occupied[2], 1);
    EXPECT_EQ(staff.occupant[2], 1U);
    EXPECT_EQ(staff.tenure[2], 0.0F);
    EXPECT_NE(staff.set_point[2], before);
    EXPECT_EQ(staff.engagement[2], staff.set_point[2]);
}

TEST(Hiring, gives_nobody_to_a_firm_that_has_failed) {
    const auto settings = with(quiet_settings(), {{"hiring.fill", 1000.0}});
    sim::World world = found(layout_of({.teams = {5}, .vacant = {0}}), settings, {.seed = 1});
    firms(world).alive[0] = 0;

    advance(world, only(settings, {"staff.hiring"}), 3);

    EXPECT_EQ(employees(world).occupied[0], 0);
}

}
}
