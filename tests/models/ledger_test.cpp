#include "models/firm/ledger.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "models/draws.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

std::int64_t sum(const Allocation& parts) {
    return parts.workers + parts.legal + parts.development + parts.retained + parts.capital;
}

/// A random result between 0 and 10 million EUR, in cents, often small.
std::int64_t some_result(sim::Stream& stream) {
    return static_cast<std::int64_t>(stream.below(1 + stream.below(1'000'000'000)));
}

/// Random shares of workers and capital that leave something for reserves.
SplitRule some_rule(sim::Stream& stream, bool scop) {
    const double workers = stream.uniform();
    return {workers, (1.0 - workers) * stream.uniform(), scop};
}

TEST(Allocation, adds_up_to_the_net_result_to_the_cent) {
    sim::Stream stream(1, sim::Draw::start_state, 0);
    for (int i = 0; i < 20000; ++i) {
        const std::int64_t net = some_result(stream);
        const SplitRule rule = some_rule(stream, i % 2 == 0);

        const Allocation parts = allocate(net, rule, some_result(stream), some_result(stream));

        ASSERT_EQ(sum(parts), net);
        ASSERT_GE(std::min({parts.workers, parts.legal, parts.development, parts.retained,
                            parts.capital}),
                  0);
    }
}

TEST(Allocation, of_a_scop_keeps_the_limits_of_law_78_763_whatever_the_rule) {
    sim::Stream stream(2, sim::Draw::start_state, 0);
    for (int i = 0; i < 20000; ++i) {
        const std::int64_t net = some_result(stream);
        const std::int64_t legal = some_result(stream) / 10;
        const std::int64_t highest = some_result(stream) / 10;

        const Allocation parts = allocate(net, some_rule(stream, true), legal, highest);

        ASSERT_GE(4 * parts.workers, net) << "workers get a quarter";
        ASSERT_LE(parts.capital, parts.workers);
        ASSERT_LE(parts.capital, parts.legal + parts.development);
        ASSERT_EQ(parts.retained, 0) << "nothing stays divisible";
        ASSERT_LE(legal + parts.legal, std::max(legal, highest)) << "until = the highest capital";
    }
}

TEST(Allocation, of_a_scop_puts_15_percent_into_the_legal_reserve_until_it_equals_the_capital) {
    const SplitRule usual{0.43, 0.13, true};

    EXPECT_EQ(allocate(100'000, usual, 0, 50'000).legal, 15'000);
    EXPECT_EQ(allocate(100'000, usual, 40'000, 50'000).legal, 10'000);
    EXPECT_EQ(allocate(100'000, usual, 50'000, 50'000).legal, 0);
    EXPECT_EQ(allocate(100'000, usual, 60'000, 50'000).legal, 0);
    EXPECT_EQ(allocate(100'000, usual, 60'000, 50'000).development, 44'000);
}

TEST(Allocation, of_an_ordinary_firm_follows_its_shares) {
    const Allocation parts = allocate(100'001, {0.10, 0.45, false}, 0, 0);

    EXPECT_EQ(parts.workers, 10'000);
    EXPECT_EQ(parts.capital, 45'000);
    EXPECT_EQ(parts.retained, 45'001) << "what rounding leaves goes to reserves";
    EXPECT_EQ(parts.legal + parts.development, 0);
}

TEST(Allocation, of_a_loss_is_nothing) {
    for (const std::int64_t net : {0L, -1L, -100'000L}) {
        EXPECT_EQ(sum(allocate(net, {0.43, 0.13, true}, 0, 100)), 0);
        EXPECT_EQ(sum(allocate(net, {0.10, 0.45, false}, 0, 100)), 0);
    }
}

TEST(Books, stay_in_balance_through_every_booking) {
    sim::World world = found(layout_of({}), default_settings(), {.seed = 1});
    auto firm = firms(world);
    Books books{firm, 0};
    const std::int64_t start = firm.cash[0];
    ASSERT_EQ(books.imbalance(), 0);

    books.earn(1'000'007);
    books.spend(300'001, 200'002, 50'003);
    books.take_in_capital(300'000);
    books.pay_back_capital(100'000);
    books.close_year(50'000, {.workers = 40'000,
                              .legal = 10'000,
                              .development = 20'000,
                              .retained = 5'000,
                              .capital = 7'000});

    EXPECT_EQ(books.imbalance(), 0);
    EXPECT_EQ(firm.cash[0] - start,
              1'000'007 - 300'001 - 200'002 - 50'003 + 200'000 - 50'000 - 47'000);
    EXPECT_EQ(firm.capital_flow[0], 200'000);
    EXPECT_EQ(firm.highest_capital[0] - firm.capital[0], 100'000);
    EXPECT_EQ(firm.legal_reserve[0], 10'000);
    EXPECT_EQ(firm.development_reserve[0], 20'000);
    EXPECT_EQ(firm.result_year[0], 0);
}

TEST(Books, charge_what_is_invested_of_reserves_to_them_and_not_to_the_year) {
    sim::World world = found(layout_of({}), default_settings(), {.seed = 1});
    auto firm = firms(world);
    firm.development_reserve[0] = 30'000;
    firm.free_reserve[0] = 50'000;
    firm.cash[0] += 80'000;
    firm.from_reserves[0] = 40'000;

    Books{firm, 0}.spend(1'000, 2'000, 45'000);

    EXPECT_EQ(firm.development_reserve[0], 0);
    EXPECT_EQ(firm.free_reserve[0], 50'000 - 10'000 - 8'000);
    EXPECT_EQ(firm.result_year[0], -8'000);
    EXPECT_EQ((Books{firm, 0}.imbalance()), 0);
}

TEST(Books, show_a_booking_that_was_forgotten) {
    sim::World world = found(layout_of({}), default_settings(), {.seed = 1});
    auto firm = firms(world);

    firm.cash[0] += 1;

    EXPECT_EQ((Books{firm, 0}.imbalance()), 1);
}

}
}
