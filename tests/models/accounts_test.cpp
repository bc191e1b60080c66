// Money neither appears nor vanishes: the identities of D20, in cents, in every month of whole
// runs.
#include <gtest/gtest.h>

#include "models/firm/ledger.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

const Changes scop = {{"governance.legal_form", "scop"},    {"governance.membership", true},
                      {"governance.owner_votes", 0.0},      {"governance.workers_share", 0.43},
                      {"governance.reserve_share", 0.44},   {"governance.capital_share", 0.13},
                      {"governance.take_over_hazard", 0.0}, {"pricing.rule", "fair"}};
const Changes sold_often = {{"governance.take_over_hazard", 0.5}, {"governance.membership", true}};

struct Wealth {
    std::int64_t cash, legal, development, free;
};

Wealth wealth(const Firms& firm, std::size_t home) {
    return {firm.cash[home], firm.legal_reserve[home], firm.development_reserve[home],
            firm.free_reserve[home]};
}

void expect_balanced_month(Firms& firm, std::size_t home, const Wealth& before) {
    const std::int64_t flow = firm.revenue[home] - firm.wages[home] - firm.overhead[home] -
                              firm.investment[home] - firm.tax[home] - firm.payouts[home] +
                              firm.capital_flow[home];
    ASSERT_EQ(firm.cash[home] - before.cash, flow);
    ASSERT_EQ((Books{firm, home}.imbalance()), 0);
    ASSERT_GE(firm.legal_reserve[home], before.legal);
    ASSERT_GE(firm.development_reserve[home], before.development - firm.from_reserves[home]);
    ASSERT_LE(firm.legal_reserve[home], std::max(before.legal, firm.highest_capital[home]));
    ASSERT_GE(firm.capital[home], 0);
}

class Accounts : public testing::TestWithParam<Changes> {};

TEST_P(Accounts, balance_to_the_cent_in_every_month) {
    const auto settings = with(default_settings(), GetParam());
    const auto pipeline = pipeline_of(settings);
    sim::World world = found(office_of(24, 8, 10), settings, {.seed = 3, .lanes = 8});
    auto firm = firms(world);
    std::size_t months = 0;
    for (std::uint32_t month = 0; month < 84; ++month) {
        std::vector<Wealth> before;
        for (std::size_t home = 0; home < 8; ++home) before.push_back(wealth(firm, home));
        advance(world, pipeline, 1);
        for (std::size_t home = 0; home < 8; ++home) {
            if (firm.alive[home] == 0) continue;
            ++months;
            expect_balanced_month(firm, home, before[home]);
            if (HasFatalFailure()) return;
        }
    }
    EXPECT_GT(months, 100U);
}

INSTANTIATE_TEST_SUITE_P(Regimes, Accounts, testing::Values(Changes{}, scop, sold_often));

TEST(YearEnd, shares_out_the_whole_net_result_and_nothing_of_a_loss) {
    const auto settings = with(default_settings(), scop);
    const auto pipeline = pipeline_of(settings);
    sim::World world = found(office_of(24, 8, 10), settings, {.seed = 3, .lanes = 8});
    auto firm = firms(world);
    int profits = 0;
    std::vector<std::int64_t> losses(8, 0);
    for (int year = 0; year < 6; ++year) {
        std::vector<Wealth> start;
        std::vector<std::int64_t> result(8, 0);
        std::vector<std::int64_t> from_reserves(8, 0);
        for (std::size_t home = 0; home < 8; ++home) start.push_back(wealth(firm, home));
        for (int month = 0; month < 12; ++month) {
            advance(world, pipeline, 1);
            for (std::size_t home = 0; home < 8; ++home) {
                result[home] += firm.revenue[home] - firm.wages[home] - firm.overhead[home] -
                                firm.investment[home];
                from_reserves[home] += firm.from_reserves[home];
            }
        }
        for (std::size_t home = 0; home < 8; ++home) {
            const std::int64_t kept = firm.legal_reserve[home] - start[home].legal +
                                      firm.development_reserve[home] - start[home].development +
                                      firm.free_reserve[home] - start[home].free;
            if (firm.alive[home] == 0) continue;
            EXPECT_EQ(result[home] - firm.tax[home], firm.payouts[home] + kept);
            const std::int64_t of_the_year = result[home] + from_reserves[home];
            const std::int64_t profit =
                std::max<std::int64_t>(of_the_year - std::max<std::int64_t>(losses[home], 0), 0);
            losses[home] = std::max<std::int64_t>(losses[home] - of_the_year, 0);
            EXPECT_EQ(firm.losses_carried[home], losses[home]);
            EXPECT_EQ(firm.tax[home], profit / 4);
            EXPECT_TRUE(profit > 0 || firm.payouts[home] == 0);
            profits += result[home] > 0 ? 1 : 0;
        }
    }
    EXPECT_GT(profits, 5);
}

/// A firm at the end of a year with this result, on a revenue of a million EUR.
struct YearsEnd {
    sim::Settings settings = with(quiet_settings(), {{"firm.wage", 0.0}, {"firm.overhead", 0.0}});
    sim::World world = found(layout_of({}), settings, {.seed = 1});
    Firms firm = firms(world);

    explicit YearsEnd(std::int64_t cash) {
        firm.free_reserve[0] += cash - firm.cash[0];
        firm.cash[0] = cash;
    }
    void close(std::int64_t result) {
        world.step = 11;
        firm.revenue_year[0] = 100'000'000;
        firm.result_year[0] = result;
        advance(world, only(settings, {"firm.accounts"}), 1);
    }
};

TEST(YearEnd, makes_good_past_losses_before_tax_and_sharing) {
    YearsEnd year(50'000'000);

    year.close(-6'000'000);
    EXPECT_EQ(year.firm.losses_carried[0], 6'000'000);
    year.close(4'000'000);
    EXPECT_EQ(year.firm.losses_carried[0], 2'000'000);
    EXPECT_EQ(year.firm.tax[0] + year.firm.payouts[0], 0);
    year.close(10'000'000);

    EXPECT_EQ(year.firm.losses_carried[0], 0);
    EXPECT_EQ(year.firm.tax[0], 2'000'000);
    EXPECT_EQ(year.firm.payouts[0], 600'000 + 2'700'000); // of the 6 000 000 that are left
}

TEST(YearEnd, pays_capital_no_more_than_the_cash_there_is) {
    YearsEnd year(4'000'000);

    year.close(10'000'000);

    EXPECT_EQ(year.firm.payouts[0], 750'000 + (4'000'000 - 2'500'000 - 750'000));
    EXPECT_EQ(year.firm.cash[0], 0);
    EXPECT_EQ((Books{year.firm, 0}.imbalance()), 0);
}

TEST(YearEnd, pays_tax_before_it_shares) {
    YearsEnd year(50'000'000);

    year.close(10'000'000);

    EXPECT_EQ(year.firm.tax[0], 2'500'000);
    EXPECT_EQ(year.firm.payouts[0], 750'000 + 3'375'000);
    EXPECT_FLOAT_EQ(year.firm.extraction[0], 0.03375F);
}

/// The wage factor after a year that ends with this margin on a revenue of a million.
float wage_after(double margin, float wage, double flexibility) {
    const auto settings = with(
        quiet_settings(),
        {{"governance.wage_flexibility", flexibility}, {"firm.wage", 0.0}, {"firm.overhead", 0.0}});
    sim::World world = found(layout_of({}), settings, {.seed = 1});
    world.step = 11;
    auto firm = firms(world);
    firm.wage_factor[0] = wage;
    firm.revenue_year[0] = 100'000'000;
    firm.result_year[0] = static_cast<std::int64_t>(margin * 100'000'000);
    advance(world, only(settings, {"firm.accounts"}), 1);
    return firm.wage_factor[0];
}

TEST(Wages, bear_the_policys_share_of_a_loss_and_come_back_with_profit) {
    EXPECT_NEAR(wage_after(-0.05, 1.0F, 0.7), 1.0 - 0.7 * 0.05, 1e-6);
    EXPECT_NEAR(wage_after(-0.50, 1.0F, 0.7), 1.0 - 0.7 * 0.10, 1e-6) << "of 10 % at most";
    EXPECT_NEAR(wage_after(-0.50, 0.82F, 0.7), 0.8, 1e-6) << "never below 80 %";
    EXPECT_NEAR(wage_after(0.05, 0.9F, 0.2), 0.92, 1e-6);
    EXPECT_NEAR(wage_after(0.05, 1.0F, 0.2), 1.0, 1e-6);
}

TEST(Month, is_booked_as_computed_by_hand) {
    const auto settings = quiet_settings();
    sim::World world = found(
        layout_of({.teams = {2}, .clients = 3, .served = {{0, 0, 0, nobody}, {1, 0, 1, nobody}}}),
        settings, {.seed = 1});
    auto firm = firms(world);
    firm.price[0] = 1234.5F;
    firm.wage_factor[0] = 0.5F;
    firm.investment[0] = 700;

    advance(world, only(settings, {"firm.accounts"}), 1);

    EXPECT_EQ(firm.revenue[0], 246'900);
    EXPECT_EQ(firm.wages[0], 520'000);
    EXPECT_EQ(firm.overhead[0],
              2 * static_cast<std::int64_t>(settings.number("firm.overhead") * 100));
    EXPECT_EQ(firm.investment[0], 700);
    EXPECT_FLOAT_EQ(firm.invested_share[0], 700.0F / 246'900.0F);
}

}
}
