#include "models/observables.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "models/fixed.hpp"
#include "tests/models/small_world.hpp"

namespace cercle::models {
namespace {

/// What is recorded of a world as it stands.
struct Look {
    CompanyObservables observables;
    sim::Record record;

    explicit Look(const sim::World& world, const sim::Settings& settings = default_settings())
        : observables(settings) {
        record.batch.lanes = world.lanes();
        record.times = 1;
        record.series_count = observables.series().size();
        record.outcome_count = observables.outcomes().size();
        record.series.resize(record.series_count * world.lanes());
        record.outcomes.resize(record.outcome_count * world.lanes());
        observables.observe(world, 0, record);
    }
    /// Looks at it once more, as at the next observation.
    void again(const sim::World& world) {
        sim::Record next = record;
        next.times = 2;
        next.series.resize(next.series_count * world.lanes() * 2);
        observables.observe(world, 1, next);
        record.carried = next.carried;
        for (std::size_t metric = 0; metric < record.series_count; ++metric) {
            for (std::size_t lane = 0; lane < world.lanes(); ++lane) {
                record.at(metric, lane, 0) = next.at(metric, lane, 1);
            }
        }
    }
    std::size_t index(const char* name) const {
        const auto& series = observables.series();
        const auto found = std::ranges::find(series, name, &sim::Metric::name);
        sim::expects(found != series.end(), "Look: no such series");
        return static_cast<std::size_t>(found - series.begin());
    }
    double at(const char* name, std::size_t lane = 0) {
        return static_cast<double>(record.at(index(name), lane, 0));
    }
};

sim::World five_people() {
    const auto settings = quiet_settings();
    SmallFirm small{.clients = 6};
    for (std::uint32_t i = 0; i < 4; ++i) small.served.push_back({i, 0, i, nobody});
    sim::World world = found(layout_of(small), settings, {.seed = 1});
    auto staff = employees(world);
    const float x[] = {-2.0F, -1.0F, 0.0F, 1.0F, 2.0F};
    for (std::size_t i = 0; i < 5; ++i) staff.engagement[i] = x[i];
    auto market = clients(world);
    for (std::size_t i = 0; i < 6; ++i) market.engagement[i] = 0.0F;
    return world;
}

sim::World counted(sim::World world) {
    advance(world, only(with(quiet_settings(), {{"survey.noise", 0.0}}), {"output", "measure"}), 1);
    return world;
}

TEST(Observables, count_the_engaged_and_the_disengaged) {
    Look look(counted(five_people()));

    EXPECT_NEAR(look.at("engagement_employee"), 0.5, 1e-5);
    EXPECT_NEAR(look.at("engaged_share"), 0.4, 1e-6);    // .731 and .881 reach .70
    EXPECT_NEAR(look.at("disengaged_share"), 0.2, 1e-6); // .119; .269 does not
    EXPECT_NEAR(look.at("engagement_client"), 0.5, 1e-5);
    EXPECT_EQ(look.at("clients"), 4.0);
    EXPECT_EQ(look.at("employees"), 5.0);
    EXPECT_EQ(look.at("survival"), 1.0);
}

TEST(Observables, make_nps_of_promoters_and_detractors) {
    sim::World world = five_people();
    auto market = clients(world);
    market.engagement[0] = 4.0F; // 10: a promoter
    market.engagement[1] = 1.0F; // 10 logistic(1.7) = 8.45, 8: neither
    market.engagement[2] = -2.0F;
    market.engagement[3] = 4.0F;

    Look look(counted(world));

    EXPECT_NEAR(look.at("nps"), 100.0 * (2 - 1) / 4.0, 1e-4);
}

/// Twelve steps in which 3 of 48 client-steps and 2 of 60 employee-steps end with a departure.
void a_year_goes_by(sim::World& world) {
    auto firm = firms(world);
    firm.churned_ever[0] += 3;
    firm.client_steps[0] += 48;
    firm.quits_ever[0] += 2;
    firm.employee_steps[0] += 60;
    firm.revenue_ever[0] += 1'000'000;
    firm.cost_ever[0] += 850'000;
}

TEST(Observables, turn_what_happened_since_the_last_observation_into_yearly_rates) {
    sim::World world = five_people();
    a_year_goes_by(world); // before the first observation: nobody's
    const auto quarter = with(default_settings(), {{"time.step", 0.25}});
    Look look(world);
    Look in_quarters(world, quarter);

    EXPECT_TRUE(std::isnan(look.at("churn")));
    EXPECT_TRUE(std::isnan(look.at("margin")));
    a_year_goes_by(world);
    look.again(world);
    in_quarters.again(world);

    EXPECT_NEAR(look.at("churn"), 3.0 / 48.0 * 12.0, 1e-6);
    EXPECT_NEAR(look.at("quits"), 2.0 / 60.0 * 12.0, 1e-6);
    EXPECT_NEAR(look.at("margin"), 0.15, 1e-6);
    EXPECT_NEAR(in_quarters.at("churn"), 3.0 / 48.0 * 48.0, 1e-5);
}

TEST(Rates, are_the_same_however_seldom_one_looks) {
    const auto monthly = default_settings();
    const auto yearly = with(monthly, {{"observe.every", 12.0}});
    const sim::World start = found(office_of(24, 8, 10), monthly, {.seed = 3, .lanes = 4});
    const auto outcome = [&](const sim::Settings& settings, std::uint32_t every) {
        const CompanyObservables observables(settings);
        sim::Record record =
            sim::run(start, pipeline_of(settings), observables, {.steps = 36, .every = every});
        return record;
    };

    sim::Record often = outcome(monthly, 1);
    sim::Record seldom = outcome(yearly, 12);

    const std::size_t churn = Look(start).index("churn");
    for (std::size_t lane = 0; lane < 4; ++lane) {
        // Means of monthly and of yearly rates differ only by how the number of clients moves.
        EXPECT_GT(seldom.outcome(churn, lane), 0.0);
        EXPECT_NEAR(often.outcome(churn, lane), seldom.outcome(churn, lane),
                    0.05 * seldom.outcome(churn, lane));
    }
}

TEST(Observables, give_money_in_euros) {
    sim::World world = five_people();
    auto firm = firms(world);
    firm.cash[0] = 123'456;
    firm.legal_reserve[0] = 1'000;
    firm.development_reserve[0] = 2'000;
    firm.free_reserve[0] = -500;

    Look look(world);

    EXPECT_NEAR(look.at("cash"), 1234.56, 1e-3);
    EXPECT_NEAR(look.at("reserves"), 25.0, 1e-6);
}

TEST(Observables, miss_what_a_failed_firm_no_longer_has) {
    sim::World world = five_people();
    firms(world).alive[0] = 0;

    Look look(world);

    EXPECT_TRUE(std::isnan(look.at("engagement_employee")));
    EXPECT_TRUE(std::isnan(look.at("price")));
    EXPECT_TRUE(std::isnan(look.at("cash")));
    EXPECT_EQ(look.at("survival"), 0.0);
    EXPECT_EQ(look.at("clients"), 0.0);
}

TEST(Outcomes, are_means_over_the_window_without_what_is_missing) {
    const auto settings = with(default_settings(), {{"observe.window", 3.0}});
    Look look(five_people(), settings);
    look.record.times = 6;
    look.record.series.assign(look.record.series_count * 6, 0.0F);
    const std::size_t nps = look.index("nps");
    const std::size_t survival = look.index("survival");
    const float values[] = {90, 90, 90, 10, NAN, 30};
    for (std::size_t time = 0; time < 6; ++time) {
        look.record.at(nps, 0, time) = values[time];
        look.record.at(survival, 0, time) = 1.0F;
        look.record.at(look.index("cash"), 0, time) = NAN;
    }

    look.observables.summarise(look.record);

    EXPECT_EQ(look.record.outcome(nps, 0), 20.0);
    EXPECT_EQ(look.record.outcome(survival, 0), 1.0);
    EXPECT_TRUE(std::isnan(look.record.outcome(look.index("cash"), 0)));
}

// A mean over the months a firm lived would be compared with its partner's whole window.
TEST(Outcomes, are_missing_of_a_firm_that_did_not_live_through_the_window) {
    Look look(five_people(), with(default_settings(), {{"observe.window", 3.0}}));
    look.record.times = 6;
    look.record.series.assign(look.record.series_count * 6, 1.0F);
    look.record.at(look.index("survival"), 0, 5) = 0.0F;
    look.record.at(look.index("price"), 0, 5) = std::nanf("");

    look.observables.summarise(look.record);

    EXPECT_TRUE(std::isnan(look.record.outcome(look.index("nps"), 0)));
    EXPECT_EQ(look.record.outcome(look.index("survival"), 0), 0.0) << "survival is that of the end";
}

TEST(Outcomes, count_a_firm_that_took_the_place_of_another_among_the_dead) {
    sim::World world = five_people();
    EXPECT_EQ(Look(world).at("survival"), 1.0);

    firms(world).foundings[0] = 2;

    EXPECT_EQ(Look(world).at("survival"), 0.0);
    EXPECT_GT(Look(world).at("price"), 0.0) << "the new firm is there";
}

TEST(Observables, change_nothing_by_looking) {
    const sim::World world = counted(five_people());
    const sim::World before = world;

    const Look look(world);

    EXPECT_EQ(world, before);
}

TEST(FixedPoint, keeps_totals_free_of_their_order) {
    EXPECT_EQ(to_fixed(1.0F), 1 << 20);
    EXPECT_EQ(to_fixed(-1.5F), -(3 << 19));
    EXPECT_EQ(to_fixed(0x1p-21F), 1) << "halves go away from zero";
    EXPECT_EQ(to_fixed(-0x1p-21F), -1);
    EXPECT_EQ(from_fixed(to_fixed(0.625F)), 0.625);
}

}
}
