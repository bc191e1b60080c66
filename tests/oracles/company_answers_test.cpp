// D17, D18 and D24: clients who come and leave, walk out of encounters, and an innovation stock,
// through the laws of the company. Seeds were chosen before the first run; |z| < 4, alpha = 6.4e-5
// each; twins have a parameter that is 10 % wrong and must be told apart.
#include <cmath>

#include <gtest/gtest.h>

#include "tests/models/small_world.hpp"
#include "tests/models/statistics.hpp"

namespace cercle::models {
namespace {

constexpr double most = 4.0;

/// Clients of a firm of one: everyone leaves, and everyone outside is won, alike.
sim::Settings indifferent(const Changes& changes) {
    return with(with(quiet_settings(), {{"switch.commercial", false},
                                        {"client.subscription_share", 0.0},
                                        {"exit.fairness", 0.0},
                                        {"market.renewal", 0.0},
                                        {"prospect.overload", 0.0},
                                        {"prospect.base", 0.0}}),
                changes);
}

Layout served_by_one(std::uint32_t clients, std::uint32_t served) {
    SmallFirm firm{.teams = {1}, .clients = clients};
    for (std::uint32_t i = 0; i < served; ++i) firm.served.push_back({i, 0, 0, nobody});
    return layout_of(firm);
}

/// Of a hundred months' clients, one leaves: a hazard that is a probability of .01 a month.
const double one_in_hundred = -std::log(0.99);

/// A market so large that who is served is hardly missed in it. Everyone outside comes with such a
/// probability a month that three come while 300 are served.
struct LargeMarket {
    std::uint32_t size;
    double joining() const { return 3.0 / (size - 300.0); }
    double mean_after(std::uint32_t months, double start) const {
        return 300.0 + (start - 300.0) * std::pow(0.99 - joining(), months);
    }
    /// Half of those reached are won; 2 marketing / 50 are reached when `outside` are there.
    double marketing(double outside) const {
        return -25.0 * outside * std::log(1.0 - 2.0 * joining());
    }
};

struct Stock {
    double mean, deviation, count;
};

/// The clients of `worlds` x 16 firms after so many months.
Stock stock_after(std::uint32_t months, const LargeMarket& market, std::uint32_t start,
                  std::uint32_t worlds, double more = 1.0) {
    const auto settings =
        indifferent({{"exit.hazard", one_in_hundred},
                     {"prospect.marketing", more * market.marketing(market.size - start)}});
    const Layout layout = served_by_one(market.size, start);
    const auto pipeline = only(settings, {"client.exit", "client.acquisition"});
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint32_t i = 0; i < worlds; ++i) {
        sim::World world =
            found(layout, settings, {.seed = 31, .first_replicate = 16 * i, .lanes = 16});
        advance(world, pipeline, months);
        const auto now = clients(std::as_const(world));
        double count[16] = {};
        for (std::size_t row = 0; row < now.firm.size(); ++row) {
            count[row % 16] += now.firm[row] != outside ? 1.0 : 0.0;
        }
        for (const double each : count) {
            sum += each;
            squares += each * each;
        }
    }
    const double n = 16.0 * worlds;
    return {sum / n, std::sqrt((squares - sum * sum / n) / (n - 1.0)), n};
}

/// How many standard errors a mean of counts, or their deviation, is from a known one. (Poisson:
/// the variance of a sample variance is 2 s^4 / n and a little.)
double z_of_mean(const Stock& seen, double known) {
    return (seen.mean - known) / (seen.deviation / std::sqrt(seen.count));
}
double z_of_deviation(const Stock& seen, double known) {
    return (seen.deviation - known) / (seen.deviation / std::sqrt(2.0 * seen.count));
}

// H0: from 100 clients, 300 - 200 .99^60 = 190.568671522 after 60 months, less what a market of
// 30 000 lacks of an endless one (.7). n = 32 firms (a month of 30 000 clients each is what it
// costs). Twin: 10 % more come.
TEST(ClientStock, grows_to_immigration_over_hazard) {
    const LargeMarket market{30'000};
    const double exact = market.mean_after(60, 100);
    const Stock seen = stock_after(60, market, 100, 2);
    const Stock twin = stock_after(60, market, 100, 2, 1.1);

    EXPECT_NEAR(exact, 190.568671522, 0.7);
    EXPECT_LT(std::abs(z_of_mean(seen, exact)), most);
    EXPECT_GT(std::abs(z_of_mean(twin, exact)), most);
}

// H0: at rest Poisson of mean 300 and standard deviation 17.3205. From exactly 300, of whom .99^120
// = .3 are there still after 120 months, .91 of that variance has come; that a market of 4000 ends
// takes 300 / 4000 of it. n = 128 firms. Twin: 10 % more come (n = 32).
TEST(ClientStock, is_at_rest_poisson_of_immigration_over_hazard) {
    const LargeMarket market{4000};
    const double kept = std::pow(0.99 - market.joining(), 120);
    const double part = (1.0 - kept * kept) * (1.0 - 300.0 / market.size);
    const Stock seen = stock_after(120, market, 300, 8);
    const Stock twin = stock_after(120, market, 300, 2, 1.1);

    EXPECT_LT(std::abs(z_of_mean(seen, 300.0)), most);
    EXPECT_LT(std::abs(z_of_deviation(seen, 17.3205 * std::sqrt(part))), most);
    EXPECT_GT(std::abs(z_of_mean(twin, 300.0)), most);
}

/// Of many alike clients of a firm, how many have left after so many months.
double left_after(std::uint32_t months, std::uint32_t many, const Changes& changes) {
    const auto settings = indifferent(changes);
    sim::World world = found(served_by_one(many, many), settings, {.seed = 32});
    auto market = clients(world);
    for (std::size_t row = 0; row < many; ++row) {
        market.engagement[row] = market.set_point[row] = 0.0F;
    }
    firms(world).overload[0] = 0.0F;
    advance(world,
            only(settings, {"express", "client.contacts", "client.encounters", "client.exit"}),
            months);
    double gone = 0.0;
    for (std::size_t row = 0; row < many; ++row) gone += market.firm[row] == outside ? 1.0 : 0.0;
    return gone;
}

constexpr std::uint32_t many = 200'000;

// H0: a hundredth leaves a month, 1 - .99^12 = .113615128 a year. n = 200 000.
TEST(AnnualChurn, is_what_twelve_months_of_it_leave) {
    const auto z_of_hazard = [](double hazard) {
        const double left = left_after(12, many, {{"exit.hazard", hazard}, {"exit.walk_out", 0.0}});
        return std::abs(z_of_share(left, many, 0.113615128));
    };

    EXPECT_LT(z_of_hazard(one_in_hundred), most);
    EXPECT_GT(z_of_hazard(1.1 * one_in_hundred), most);
}

/// Encounters: how many a month, the share of bad ones, of which a share walks out.
struct Encounters {
    double rate, bad, walk_out;
};

double z_of_walk_outs(const Encounters& met, std::uint32_t months, double known) {
    const double left = left_after(months, many,
                                   {{"switch.commercial", true},
                                    {"exit.engagement", 0.0},
                                    {"encounter.rate", met.rate},
                                    {"encounter.base", std::log(met.bad / (1.0 - met.bad))},
                                    {"exit.walk_out", met.walk_out},
                                    {"exit.hazard", 0.0},
                                    {"switch.quality", false}});
    return std::abs(z_of_share(left, many, known));
}

// H0: 1 - e^(-nu p pi) walk out in a month; .463940021 and .786627861 are still there after a year.
// n = 200 000. Twins: 10 % more bad encounters.
TEST(BadEncounters, drive_clients_away_at_their_hazard) {
    const Encounters rare_and_bad{1.0, 0.2, 0.32};
    const Encounters frequent_and_mild{4.0, 0.1, 0.05};

    EXPECT_LT(z_of_walk_outs(rare_and_bad, 1, 0.061995000), most);
    EXPECT_LT(z_of_walk_outs(frequent_and_mild, 1, 0.019801327), most);
    EXPECT_LT(z_of_walk_outs(rare_and_bad, 12, 1.0 - 0.463940021), most);
    EXPECT_LT(z_of_walk_outs(frequent_and_mild, 12, 1.0 - 0.786627861), most);
    EXPECT_GT(z_of_walk_outs({1.0, 0.22, 0.32}, 1, 0.061995000), most);
    EXPECT_GT(z_of_walk_outs({4.0, 0.11, 0.05}, 1, 0.019801327), most);
}

/// A firm's innovation stock, from a start, with or without the money for its plan.
double innovation_after(std::uint32_t months, float start, std::int64_t cash,
                        double depreciation = 0.03) {
    const auto settings = with(quiet_settings(), {{"innovation.frontier", 0.0},
                                                  {"innovation.depreciation", depreciation}});
    sim::World world = found(layout_of({.teams = {5}}), settings, {.seed = 33});
    auto firm = firms(world);
    firm.creativity[0] = 1.0F;
    firm.innovation[0] = start;
    firm.cash[0] = cash;
    advance(world, only(settings, {"innovation"}), months);
    return static_cast<double>(firm.innovation[0]);
}

// The company's columns are in single precision: 1e-5 of a stock.
TEST(InnovationStock, settles_at_investment_over_depreciation_and_has_its_half_life) {
    const auto half_life = [](double depreciation) {
        return 24.0 * std::log(0.5) / std::log(innovation_after(24, 1.0F, -1, depreciation));
    };
    const double gain = innovation_after(1, 0.0F, 1'000'000'000); // of a month's investment
    const double settled = innovation_after(1000, 0.0F, 1'000'000'000);

    EXPECT_NEAR(half_life(0.03), 22.7566, 2e-4);
    EXPECT_NEAR(2.0 * settled / gain, 66.6667, 1e-3); // of an investment worth 2 a month
    EXPECT_GT(std::abs(half_life(0.033) - 22.7566), 1.0);
}

}
}
