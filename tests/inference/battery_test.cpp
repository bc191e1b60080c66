#include <fmt/format.h>
#include <gmock/gmock.h>

#include "analysis/inference/battery_run.hpp"
#include "analysis/inference/calibration.hpp"
#include "analysis/inference/company.hpp"
#include "analysis/inference/power.hpp"
#include "analysis/inference/power_report.hpp"
#include "sim/error.hpp"
#include "tests/inference/survey_folder.hpp"

namespace cercle::analysis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

BatteryReport judged(const Survey& survey) {
    return run_battery(survey, {.permutations = 199, .calibration_panels = 0});
}

const ChannelReport& channel(const BatteryReport& report, const std::string& name) {
    for (const ChannelReport& each : report.channels) {
        if (each.evidence.channel.name == name) return each;
    }
    throw sim::LogicError("no channel " + name);
}

/// Nothing but complete teams, of two to twelve people, each tie named from both ends.
Survey complete_teams_of_many_sizes() {
    Survey company = make_company({.truth = "none", .handovers = 0, .seed = 1});
    company.ties.clear();
    PersonIndex first = 0;
    for (PersonIndex size = 2; first + size <= 96; size = size == 12 ? 2 : size + 1) {
        for (PersonIndex i = first; i < first + size; ++i) {
            company.people.list[i].team = fmt::format("team of {} from {}", size, first);
            for (PersonIndex j = first; j < first + size; ++j) {
                if (i != j) company.ties.push_back({i, j, 0, 1.0});
            }
        }
        first += size;
    }
    return company;
}

/// Teams in which everybody is tied to everybody, and nobody to others.
Survey complete_teams() {
    Survey company = make_company({.truth = "none", .handovers = 0, .seed = 1});
    company.ties.clear();
    for (PersonIndex i = 0; i < 96; ++i) {
        for (PersonIndex j = i + 1; j < 96 && j / 8 == i / 8; ++j) {
            company.ties.push_back({i, j, 0, 1.0});
        }
    }
    return company;
}

TEST(Company, is_the_same_for_a_seed_and_another_for_another) {
    const Survey one = make_company({.seed = 3});
    const Survey again = make_company({.seed = 3});
    const Survey other = make_company({.seed = 4});

    ASSERT_EQ(one.scores.size(), again.scores.size());
    for (std::size_t i = 0; i < one.scores.size(); ++i) {
        ASSERT_EQ(one.scores[i].value, again.scores[i].value);
    }
    EXPECT_NE(one.scores.size(), other.scores.size());
    EXPECT_EQ(one.handovers.size(), 160U);
    EXPECT_THROW(make_company({.truth = "contagoin"}), sim::UserError);
}

class CompanyFiles : public SurveyFolder {};

TEST_F(CompanyFiles, are_read_back_as_they_were) {
    const Survey company = make_company({.teams = 4, .waves = 5, .handovers = 20, .seed = 2});

    write_company(company, folder_);
    const Survey read = read_survey(folder_);

    EXPECT_EQ(read.size(), company.size());
    ASSERT_EQ(read.scores.size(), company.scores.size());
    EXPECT_EQ(read.scores.back().value, company.scores.back().value);
    EXPECT_EQ(read.handovers.size(), 20U);
    EXPECT_FALSE(read.derived_handovers);
    EXPECT_THROW(write_company(company, folder_), sim::UserError) << "nothing is replaced";
}

TEST(Battery, says_nothing_can_be_asked_where_all_teams_are_complete) {
    const BatteryReport report = judged(complete_teams());

    const ChannelReport& colleagues = channel(report, "colleague");
    EXPECT_EQ(colleagues.verdict.level, Level::not_testable);
    EXPECT_EQ(colleagues.verdict.obstacle, Obstacle::complete_teams);
    EXPECT_TRUE(std::isnan(colleagues.evidence.lag.effect)) << "never a number";
    EXPECT_THAT(battery_text(report, Language::english, 100), HasSubstr("the same contacts"));
}

TEST(Battery, says_what_constant_and_copied_answers_are) {
    const CompanyPlan plan{.truth = "none", .teams = 6, .waves = 4, .handovers = 60, .seed = 5};
    Survey constant = make_company(plan);
    for (Score& score : constant.scores) score.value = 7.0;
    Survey copied = make_company(plan);
    std::vector<double> first(copied.size(), -1.0);
    for (Score& score : copied.scores) {
        if (first[score.person] < 0.0) first[score.person] = score.value;
        score.value = first[score.person];
    }

    for (const ChannelReport& each : judged(constant).channels) {
        EXPECT_EQ(each.verdict.obstacle, Obstacle::all_alike) << each.evidence.channel.name;
    }
    EXPECT_EQ(channel(judged(copied), "colleague").verdict.obstacle, Obstacle::unchanging);
    EXPECT_THAT(battery_text(judged(constant), Language::french, 100),
                HasSubstr("tout le monde donne la même réponse"));
}

TEST(Battery, says_nothing_of_complete_teams_of_two_or_three_though_one_tie_crosses) {
    for (const PersonIndex size : {PersonIndex{2}, PersonIndex{3}}) {
        Survey company = make_company({.truth = "none", .handovers = 0, .seed = 5});
        company.ties.clear();
        for (PersonIndex i = 0; i < 96; ++i) {
            company.people.list[i].team = fmt::format("team {}", i / size);
            for (PersonIndex j = i - i % size; j < i; ++j) company.ties.push_back({i, j, 0, 1.0});
        }
        company.ties.push_back({0, 95, 0, 1.0});

        const ChannelReport& colleagues = channel(judged(company), "colleague");

        EXPECT_EQ(colleagues.verdict.obstacle, Obstacle::complete_teams)
            << size << ": " << colleagues.evidence.data.wiring;
    }
}

TEST(Battery, says_nothing_of_teams_that_are_a_tie_short_of_complete) {
    Survey nearly = complete_teams();
    std::erase_if(nearly.ties, [](const SurveyTie& tie) {
        return tie.from % 8 == 0 && tie.to % 8 == 1; // of 28 in each team
    });

    const ChannelReport& colleagues = channel(judged(nearly), "colleague");

    EXPECT_EQ(colleagues.verdict.obstacle, Obstacle::complete_teams)
        << colleagues.evidence.data.wiring;
    EXPECT_GT(channel(judged(make_company({.handovers = 0})), "colleague").evidence.data.wiring,
              0.3);
}

TEST(Battery, says_what_it_took_for_ties_both_ways_and_what_holm_is_over) {
    const BatteryReport report = judged(make_company({.seed = 3}));

    const std::string text = battery_text(report, Language::english, 100);

    const Diagnostics& data = channel(report, "colleague").evidence.data;
    EXPECT_TRUE(data.both_ways);
    EXPECT_TRUE(std::isnan(data.reciprocity)) << "no 100 % of the program's own making";
    EXPECT_THAT(text, HasSubstr("named from one end, counted both ways"));
    EXPECT_THAT(text, Not(HasSubstr("returned")));
    EXPECT_THAT(text, HasSubstr("p after Holm, over the 2 confirmatory tests of this channel"));
    EXPECT_THAT(text, HasSubstr("3 channels are judged"));
    EXPECT_THAT(text, HasSubstr("in about 14 % of"));
    EXPECT_EQ(battery_json(report, Language::english)["channels_judged"], 3);
}

TEST(Battery, holds_no_estimate_at_all_where_nothing_can_be_asked) {
    for (const Survey& survey : {complete_teams(), complete_teams_of_many_sizes()}) {
        const BatteryReport report = run_battery(survey, {.calibration_panels = 3});

        const auto json = battery_json(report, Language::english)["channels"][0];
        EXPECT_EQ(json["verdict"], "V0");
        EXPECT_TRUE(json["calibration"].is_null());
        EXPECT_TRUE(json["effect"].is_null());
        for (const auto& [name, test] : json["tests"].items()) {
            const auto numbers = test.flatten();
            for (const auto& [key, value] : numbers.items()) {
                EXPECT_TRUE(value.is_null() || value == 0) << name << key << " " << value;
            }
        }
        const std::string text = battery_text(report, Language::english, 100);
        EXPECT_THAT(text, HasSubstr("(everybody of a team has the same contacts"));
        for (const char* test : {"T1", "T2", "T3", "w ="}) EXPECT_THAT(text, Not(HasSubstr(test)));
    }
    Survey open = complete_teams_of_many_sizes();
    for (PersonIndex i = 0; i < 96; ++i) {
        open.ties.push_back({i, (i + 40) % 96, 0, 1.0});
        open.ties.push_back({i, (i + 60) % 96, 0, 1.0});
    }
    // Twin: everybody has two contacts in other teams.
    EXPECT_THAT(battery_text(judged(open), Language::english, 100), HasSubstr("T1"));
}

TEST(Battery, takes_the_instrument_asked_for_and_another_for_those_who_were_not_asked_it) {
    Survey company = make_company({.truth = "none", .teams = 6, .waves = 6, .seed = 4});
    const std::size_t answers = company.scores.size();
    company.instruments.push_back({"content", 0.0, 1.0, 1});
    for (std::size_t i = 0; i < answers; ++i) { // yes or no, of most employees
        const Score& score = company.scores[i];
        if (company.is_client(score.person) || i % 5 == 0) continue;
        company.scores.push_back({score.person, 2, score.date, score.value > 60.0 ? 1.0 : 0.0});
    }
    const auto asked = [&](const std::string& outcome) {
        return run_battery(company,
                           {.permutations = 99, .calibration_panels = 0, .outcome = outcome});
    };

    const BatteryReport usual = asked("");
    const BatteryReport binary = asked("content");

    EXPECT_EQ(usual.employee_instrument, "engagement");
    EXPECT_EQ(binary.employee_instrument, "content");
    EXPECT_EQ(binary.client_instrument, "promoter");
    EXPECT_LT(channel(binary, "colleague").evidence.lag.steps,
              channel(usual, "colleague").evidence.lag.steps);
    EXPECT_FALSE(std::isnan(channel(binary, "colleague").evidence.lag.p));
    EXPECT_THROW(asked("contnet"), sim::UserError);
}

TEST(Battery, finds_a_strong_contagion_from_employees_to_clients) {
    const BatteryReport report = judged(make_company({.weight = 0.6, .handovers = 320, .seed = 5}));

    const ChannelReport& clients = channel(report, "employee_client");
    EXPECT_LT(clients.evidence.handovers->p, 0.01);
    EXPECT_GT(clients.verdict.effect, 0.1);
    EXPECT_EQ(clients.verdict.level, Level::compatible) << "uncalibrated, it is no more";
}

TEST(Battery, gives_the_same_answer_on_any_number_of_threads) {
    const Survey company = make_company({.teams = 5, .waves = 6, .handovers = 40, .seed = 7});
    const auto text = [&](std::size_t threads) {
        return battery_text(
            run_battery(company, {.permutations = 99, .calibration_panels = 4, .threads = threads}),
            Language::english, 100);
    };
    const std::string alone = text(1);

    EXPECT_EQ(text(2), alone);
    EXPECT_EQ(text(7), alone);
}

TEST(Battery, needs_scores_and_ties) {
    Survey company = make_company({.teams = 2, .waves = 2, .handovers = 0});
    Survey without_scores = company;
    without_scores.scores.clear();
    company.ties.clear();

    EXPECT_THROW(judged(company), sim::UserError);
    EXPECT_THROW(judged(without_scores), sim::UserError);
}

TEST(Lag, is_found_among_colleagues_and_not_without_contagion) {
    // Twin: the same company without contagion.
    const CompanyPlan plan{
        .truth = "colleagues", .weight = 0.8, .teams = 40, .waves = 20, .handovers = 0, .seed = 11};
    CompanyPlan none = plan;
    none.truth = "none";

    EXPECT_LT(channel(judged(make_company(plan)), "colleague").evidence.lag.p, 0.02);
    EXPECT_GT(channel(judged(make_company(none)), "colleague").evidence.lag.p, 0.02);
}

TEST(SurveyLaw, is_found_again_in_the_answers_of_a_world) {
    const Survey company = make_company({.truth = "none", .teams = 60, .seed = 51});
    const SurveyFrame frame(company, panels_of(company));
    SurveyLaw law;
    law.level_share = {0.5, 0.55}; // far from what would be assumed, .8, and .85 and .70
    law.reliability = {0.65, 0.45};

    const SurveyLaw found = fitted_law(company, frame.simulate({.name = "null"}, law, 1, 0));

    // 480 employees and 1 920 clients, 12 waves: errors of a share are about .05 and .03.
    EXPECT_NEAR(found.level_share[0], 0.5, 0.15);
    EXPECT_NEAR(found.level_share[1], 0.55, 0.15);
    EXPECT_NEAR(found.reliability[0], 0.65, 0.12);
    EXPECT_NEAR(found.reliability[1], 0.45, 0.12);
}

TEST(SurveyLaw, tells_shocks_who_shares_them_and_homophily) {
    const Survey company = make_company({.truth = "none", .teams = 60, .seed = 51});
    const SurveyFrame frame(company, panels_of(company));
    SurveyLaw law;
    law.team_share = {0.2, 0.3};
    law.shared_shocks = 0.9;
    law.shock_memory = 0.6; // .8 would be assumed
    SurveyWorld world = contagion_world(law, "", 0.0);
    world.homophily = 0.5;
    SurveyLaw apart = law;
    apart.shared_shocks = 0.0;

    const SurveyLaw found = fitted_law(company, frame.simulate(world, law, 1, 0));
    const SurveyLaw alone = fitted_law(company, frame.simulate(world, apart, 1, 0));
    const SurveyLaw none = fitted_law(company, frame.simulate({.name = "null"}, law, 1, 0));

    // In 20 fits of 40 teams the standard deviations were .02, .02, .11 and .05 (memory .09).
    EXPECT_NEAR(found.team_share[0], 0.2, 0.07);
    EXPECT_NEAR(found.team_share[1], 0.3, 0.07);
    EXPECT_NEAR(found.shock_memory, 0.6, 0.11);
    EXPECT_NEAR(found.shared_shocks, 0.9, 0.35);
    EXPECT_NEAR(found.trait_share, 0.5, 0.17);
    EXPECT_NEAR(alone.shared_shocks, 0.0, 0.35) << "twin: teams and clients shaken apart";
    EXPECT_LT(none.team_share[0] + none.team_share[1], 0.05) << "twin: nothing shared";
    EXPECT_LT(none.trait_share, 0.17);
}

TEST(SurveyLaw, is_what_survey_toml_assumes_where_there_are_no_answers) {
    Survey roster = make_company({.truth = "none"});
    roster.settings.assumed = {.reliability_employees = 0.6, .team_shocks = 0.3, .homophily = 0.1};

    const SurveyLaw law = assumed_law(roster);

    EXPECT_EQ(law.reliability[0], 0.6);
    EXPECT_EQ(law.team_share[1], 0.3);
    EXPECT_EQ(law.trait_share, 0.1);
    EXPECT_EQ(contagion_world(law, "colleague", 0.5).team_shocks, law.team_share);
    EXPECT_EQ(contagion_world(law, "colleague", 0.5).homophily, 0.1);
}

TEST(Calibrations, find_less_where_teams_and_their_clients_share_shocks) {
    const Survey company = make_company({.truth = "none", .seed = 21});
    SurveyLaw law;
    law.trait_share = 0.0;
    const auto found = [&](double team_share) {
        law.team_share = {team_share, team_share};
        CalibrationOptions options{.panels = 60, .seed = 2, .threads = 2};
        options.weights = {0.25};
        options.with_nulls = false;
        options.law = law;
        return calibrate(company, panels_of(company), {{"employee_client", true, false}},
                         options)[0]
            .powers[0]
            .evidence;
    };

    const double quiet = found(0.0), shaken = found(0.7);

    // H0: the same share is found. Two of 60 differ by .27 with p = .001 (normal, shares of .5).
    EXPECT_GT(quiet - shaken, 0.27);
}

// The acceptance of the battery in small: the whole rule on simulated worlds of one company.
TEST(DecisionRule, keeps_its_size_and_has_power_on_160_hand_overs) {
    const Survey company = make_company({.truth = "none", .seed = 21});
    const std::vector<Channel> channels{{"employee_client", true, false}};
    CalibrationOptions options{.panels = 40, .seed = 1, .threads = 2};
    options.weights = {0.0, 0.25};

    const Calibration found = calibrate(company, panels_of(company), channels, options)[0];

    for (const WorldRate& rate : found.nulls) EXPECT_LE(rate.evidence, 4.0 / 40.0) << rate.world;
    // Half of the worlds with w = .25 (76 % of 200 in the acceptance at full size).
    EXPECT_GE(found.powers[1].evidence, 20.0 / 40.0);
    // Twin: a world with no contacts' weight is one without contagion.
    EXPECT_LE(found.powers[0].evidence, 4.0 / 40.0);
}

TEST(Power, grows_with_hand_overs) {
    const Survey roster = make_company({.truth = "none", .waves = 1, .handovers = 0});
    const auto power = [&](std::size_t handovers) {
        const Survey planned = planned_survey(roster, {12, 0.8, handovers}, 1);
        CalibrationOptions options{.panels = 40, .threads = 2};
        options.with_nulls = false;
        options.law = SurveyLaw{};
        options.weights = {0.25};
        return calibrate(planned, panels_of(planned), {{"employee_client", true, false}},
                         options)[0]
            .powers[0]
            .evidence;
    };

    EXPECT_GT(power(300) - power(20), 0.4);
}

TEST(Power, is_no_number_where_nothing_can_be_tested) {
    const std::vector<PlannedPower> powers = power_of(complete_teams(), {.panels = 10});
    const std::vector<PlannedPower> twin = power_of(
        make_company({.truth = "none", .teams = 6, .handovers = 0, .seed = 1}), {.panels = 10});

    for (const PlannedPower& each : powers) {
        EXPECT_EQ(each.obstacle, Obstacle::complete_teams);
        EXPECT_TRUE(each.found.powers.empty());
    }
    const std::string text = power_text(powers, Language::english, 100);
    EXPECT_THAT(text, HasSubstr("V0: not testable (everybody of a team has the same contacts"));
    EXPECT_THAT(text, Not(HasSubstr("[")));
    EXPECT_TRUE(power_json(powers)[0]["power"].empty());
    EXPECT_THAT(std::string(power_json(powers)[0]["not_testable"]), HasSubstr("same contacts"));
    EXPECT_EQ(twin.front().obstacle, Obstacle::none);
    const std::string of_twin = power_text(twin, Language::english, 400);
    EXPECT_THAT(of_twin, HasSubstr("~0 % [0, 31]"))
        << "of ten panels an interval: 0 of 10 is up to 31 %, so it may be chance";
    EXPECT_THAT(of_twin, HasSubstr("a share of one half is known to 31 points"))
        << "5 of 10: .187 to .813 (Clopper and Pearson)";
}

TEST(Power, counts_the_hand_overs_that_a_roster_allows) {
    Survey roster = make_company(
        {.truth = "none", .teams = 5, .clients_per_employee = 2, .handovers = 0, .seed = 2});

    const auto powers = power_of(roster, {.panels = 10});

    std::vector<std::size_t> made;
    for (const PlannedPower& each : powers) {
        if (each.channel == "employee_client") made.push_back(each.handovers);
    }
    EXPECT_THAT(made, ::testing::ElementsAre(40U, 80U, 80U)) << "80 clients; 50 % asked again";
    EXPECT_THAT(power_text(powers, Language::english, 100), HasSubstr("80 of 160"));
    for (scenarios::Person& person : roster.people.list) person.team = person.id; // nobody to take
    EXPECT_EQ(planned_survey(roster, {12, 0.8, 40}, 1).handovers.size(), 0U);
}

}
}
