#include <gmock/gmock.h>

#include "analysis/inference/battery_run.hpp"
#include "analysis/inference/company.hpp"
#include "analysis/inference/survey_world.hpp"

namespace cercle::analysis {
namespace {

/// Twelve teams of eight whose mates name one of the team's first `managers`, and those the first
/// of the next team.
Survey managed(std::size_t managers) {
    Survey company = make_company({.truth = "none", .handovers = 0, .seed = 1});
    company.ties.clear();
    company.tie_kinds = {"manager"};
    for (PersonIndex i = 0; i < 96; ++i) {
        const bool leads = i % 8 < managers;
        const PersonIndex first = i - i % 8;
        const auto led_by = first + static_cast<PersonIndex>(i % managers);
        company.ties.push_back({i, leads ? (first + 8) % 96 : led_by, 0, 1.0});
    }
    return company;
}

TEST(Managers, of_whom_each_team_has_one_tell_nothing_inside_teams) {
    const BatteryReport one =
        run_battery(managed(1), {.permutations = 99, .calibration_panels = 0});
    const BatteryReport two =
        run_battery(managed(2), {.permutations = 99, .calibration_panels = 0});

    const ChannelReport& alone = one.channels.at(0);
    EXPECT_EQ(alone.evidence.channel.name, "manager");
    EXPECT_FALSE(alone.evidence.data.rearrangeable);
    EXPECT_EQ(alone.verdict.obstacle, Obstacle::complete_teams);
    EXPECT_TRUE(std::isnan(alone.evidence.lag.effect)) << "never a number";
    EXPECT_TRUE(two.channels.at(0).evidence.data.rearrangeable) << "twin: two managers";
    EXPECT_EQ(two.channels.at(0).verdict.obstacle, Obstacle::none);
    EXPECT_FALSE(std::isnan(two.channels.at(0).evidence.lag.p));
    RecordProperty("wiring_one", std::to_string(alone.evidence.data.wiring));
    RecordProperty("wiring_two", std::to_string(two.channels.at(0).evidence.data.wiring));
}

TEST(Groups, of_clients_are_the_teams_that_served_them_on_each_day) {
    Survey survey;
    for (int i = 0; i < 6; ++i) survey.people.list.push_back({.id = std::to_string(i)});
    for (std::size_t i = 3; i < 6; ++i) {
        survey.people.list[i].kind = scenarios::PersonKind::client;
    }
    survey.people.list[0].team = "a";
    survey.people.list[1].team = survey.people.list[2].team = "b";
    survey.tie_kinds = {"account"};
    survey.ties = {{0, 3, 0, 1.0}, {0, 4, 0, 1.0}, {1, 5, 0, 1.0}};
    survey.handovers = {{3, 0, 1, day_of("2020-06-01"), HandoverReason::leave},
                        {5, 1, 2, day_of("2020-06-01"), HandoverReason::leave}};
    const Day before = day_of("2020-01-01"), after = day_of("2021-01-01");

    const auto any = groups_by(survey, "team").of;
    const auto early = groups_by(survey, "team", {before}).of;
    const auto late = groups_by(survey, "team", {after}).of;
    const auto both = groups_by(survey, "team", {before, after}).of;

    EXPECT_EQ(any[3], any[4]);
    EXPECT_EQ(early[3], early[4]);
    EXPECT_EQ(late[3], late[5]) << "served by b, as 5";
    EXPECT_NE(both[3], both[4]);
    EXPECT_NE(both[3], both[5]);
    EXPECT_NE(both[4], both[5]);
    EXPECT_EQ(both[0], any[0]) << "employees stay";
}

TEST(Lag, has_its_size_where_clients_go_to_another_team_that_shares_its_shocks) {
    // Every other client goes to the next team in the middle. H0: nothing spreads; staff and the
    // clients they serve share shocks. 100 worlds, rejections at .05: at most 13 with alpha = .001.
    Survey company = make_company({.truth = "none", .handovers = 0, .seed = 1});
    std::vector<SurveyTie> accounts;
    for (SurveyTie& tie : company.ties) {
        if (company.tie_kinds[tie.kind] != "account" || tie.to % 2 == 0) continue;
        accounts.push_back(tie);
        tie.last = day_of("2023-06-01");
        accounts.back().from = (tie.from + 8) % 96;
        accounts.back().first = day_of("2023-06-02");
    }
    company.ties.insert(company.ties.end(), accounts.begin(), accounts.end());
    const SurveyFrame frame(company, panels_of(company));
    SurveyLaw law;
    law.shared_shocks = 1.0;
    SurveyWorld world{.name = "shocks"};
    world.team_shocks = {0.5, 0.5};
    std::size_t rejected = 0, by_weightiest = 0;
    for (std::uint32_t seed = 0; seed < 100; ++seed) {
        const Panels panels = frame.simulate(world, law, 5, seed);
        const TestOptions options{.permutations = 99, .seed = seed, .stop_above = 0.3};
        Transmission data = transmission(company, {layer_named(company, "employee_client")},
                                         *panels.clients, *panels.employees, 1);
        rejected += test_lag(data, options).p <= 0.05 ? 1 : 0;
        data.team = groups_by(company, "team").of;
        by_weightiest += test_lag(data, options).p <= 0.05 ? 1 : 0;
    }

    EXPECT_LE(rejected, 13U);
    EXPECT_GT(by_weightiest, 13U) << "twin: teams of the weightiest account of any day";
    RecordProperty("rejected", static_cast<int>(rejected));
    RecordProperty("by_weightiest", static_cast<int>(by_weightiest));
}

}
}
