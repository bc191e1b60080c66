// What leaves the battery and the methods, and what must not.
#include <gmock/gmock.h>

#include "analysis/inference/battery_run.hpp"
#include "analysis/inference/company.hpp"
#include "analysis/inference/method_options.hpp"
#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"
#include "tests/inference/karate.hpp"

namespace cercle::analysis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int waves = 5;

/// 32 people in two teams, five waves; a mark that all but `apart` have: of one team, or (`late`)
/// from the third wave on.
Survey marked_firm(std::size_t apart, bool late, double answer_of_first) {
    static constexpr int no_ties[][2] = {{1, 2}};
    Survey survey = tied_people(32, no_ties, 2);
    for (PersonIndex i = 0; i < 32; ++i) {
        for (const PersonIndex step : {1U, 5U, 11U, 12U}) {
            survey.ties.push_back({i, (i * i + i + step) % 32, 0, 1.0});
        }
    }
    std::erase_if(survey.ties, [](const SurveyTie& tie) { return tie.from == tie.to; });
    survey.instruments = {{.name = "mood", .scale_min = -10.0, .scale_max = 10.0}};
    survey.covariate_names = {"mark"};
    survey.exogenous = {false};
    for (int t = 0; t < waves; ++t) {
        const Day day(std::chrono::year(2001 + t) / 1 / 15);
        std::size_t left = apart;
        for (PersonIndex i = 0; i < 32; ++i) {
            const double answer =
                std::sin(17.3 * (i + 1) * (t + 2)) + (i == 0 ? answer_of_first : 0);
            survey.scores.push_back({i, 0, day, answer});
            const bool may = late ? t >= 2 : i % 2 == 0;
            const bool has = may && left == 0;
            if (may && left > 0) --left;
            survey.covariates.push_back({i, 0, day, has ? 1.0 : 0.0});
        }
    }
    return survey;
}

struct Asked {
    std::string method;
    std::vector<std::string> effects;
    bool late = false;
};

/// By how much the coefficient of the mark moves with one person's answer; NaN where it is refused.
double given_away(const Asked& asked, std::size_t apart) {
    const auto coefficient = [&](double answer) {
        return estimate_by(
                   asked.method, marked_firm(apart, asked.late, answer),
                   {.outcome = "mood", .covariates = {"mark"}, .fixed_effects = asked.effects})
            .at("mark")
            .estimate;
    };
    try {
        return std::abs(coefficient(1.0) - coefficient(0.0));
    } catch (const sim::UserError& error) {
        EXPECT_THAT(error.what(), HasSubstr("--covariates mark: fewer than 5 people"));
        return std::nan("");
    }
}

// The attack: a mark that everybody of a team has but one person, or that everybody gets but one.
TEST(Covariates, that_set_few_apart_inside_what_effects_leave_are_refused) {
    for (const Asked& asked :
         {Asked{"peer_ols", {"team"}}, Asked{"tsls", {"team"}}, Asked{"nar", {"team"}},
          Asked{"nar", {"team_wave"}}, Asked{"nar", {"wave", "team"}},
          Asked{"nar", {"person", "wave"}, true}, Asked{"nar", {"person", "team_wave"}, true}}) {
        for (std::size_t apart = 1; apart < 5; ++apart) {
            EXPECT_TRUE(std::isnan(given_away(asked, apart))) << asked.method << apart;
        }
    }
    // Twin: seven of sixteen differ, and no answer moves the coefficient by more than its share.
    EXPECT_LT(given_away({"peer_ols", {"team"}}, 7), 0.3);
    EXPECT_LT(given_away({"nar", {"team"}}, 7), 0.3);
    EXPECT_LT(given_away({"nar", {"person", "wave"}, true}, 12), 0.3);
}

TEST(Nar, tells_nothing_of_few_people_or_few_contacts) {
    Survey firm = marked_firm(7, false, 0.0);
    Survey one_contact = firm;
    for (SurveyTie& tie : one_contact.ties) tie.to = tie.from == 31 ? 30 : 31;
    const auto refusal = [](const Survey& survey) {
        try {
            estimate_by("nar", survey, {.naming = Naming::sent});
        } catch (const sim::UserError& error) {
            return std::string(error.what());
        }
        return std::string("accepted");
    };

    EXPECT_EQ(refusal(firm), "accepted");
    EXPECT_THAT(refusal(one_contact), HasSubstr("the answers of as few contacts"));
    firm.settings.fewest_told = 33;
    EXPECT_THAT(refusal(firm), HasSubstr("rests on fewer than 33 people"));
}

TEST(Battery, tells_nothing_of_fewer_people_than_may_be_told_of) {
    Survey company = make_company({.truth = "none", .teams = 6, .waves = 6, .seed = 4});
    company.settings.fewest_told = 49; // of 48 employees; and there are 192 clients

    const BatteryReport report =
        run_battery(company, {.permutations = 99, .calibration_panels = 2});

    const std::string text = battery_text(report, Language::english, 100);
    for (const auto& json : battery_json(report, Language::english)["channels"]) {
        EXPECT_EQ(json["verdict"], "V0");
        for (const char* name : {"response", "stability", "team_icc", "linked", "wiring"}) {
            EXPECT_TRUE(json["data"][name].is_null()) << name;
        }
    }
    EXPECT_THAT(text, HasSubstr("(too few people to be told of"));
    for (const char* said : {"T1", "T2", "T4", "answered,", "linked"}) {
        EXPECT_THAT(text, Not(HasSubstr(said)));
    }
    company.settings.fewest_told = 48;
    EXPECT_THAT(battery_text(run_battery(company, {.permutations = 99, .calibration_panels = 0}),
                             Language::english, 100),
                HasSubstr("T2"))
        << "twin";
}

TEST(Battery, uses_no_hand_overs_of_fewer_clients_than_may_be_told_of) {
    Survey company = make_company({.truth = "none", .handovers = 60, .seed = 3});
    const auto told = [&](std::size_t fewest) {
        company.settings.fewest_told = fewest;
        return battery_text(run_battery(company, {.permutations = 99, .calibration_panels = 0}),
                            Language::english, 100);
    };

    EXPECT_THAT(told(5), HasSubstr("T4 clients"));
    EXPECT_THAT(told(61), Not(HasSubstr("T4 clients")));
}

TEST(Battery, says_that_events_are_too_few_without_their_number) {
    Survey company = make_company({.truth = "none", .handovers = 0, .seed = 3});
    company.events = {{0, Day(std::chrono::year(2026) / 3 / 1), "quit"},
                      {9, Day(std::chrono::year(2026) / 6 / 1), "quit"}};
    const auto told = [&](Language language) {
        return battery_text(run_battery(company, {.permutations = 99, .calibration_panels = 0}),
                            language, 100);
    };

    EXPECT_THAT(told(Language::english), HasSubstr("T5 is not asked: quits are too few\n"));
    EXPECT_THAT(told(Language::french),
                HasSubstr("T5 n'est pas posé : les départs sont trop rares"));
}

/// A report of one channel with p and interval of T2.
std::string told_lag(double p, const Interval& interval) {
    ChannelReport each;
    each.evidence.channel = {"colleague", false, false};
    each.evidence.data = {.people = 90,
                          .waves = 8,
                          .linked = 90,
                          .receivers = 90,
                          .informants = 90,
                          .response = 1.0,
                          .months = 3.0,
                          .rearrangeable = true,
                          .wiring = 0.5};
    each.evidence.lag.p = p;
    each.evidence.lag.jackknife = 0.067;
    each.evidence.lag.interval = interval;
    each.verdict = decide(each.evidence, nullptr);
    return battery_text({.channels = {each}}, Language::english, 100);
}

TEST(Battery, explains_a_p_that_seems_to_contradict_its_interval) {
    const char* sentence = "T2: p is one-sided and that of the plain slope";

    EXPECT_THAT(told_lag(0.019, {-0.058, 0.192}), HasSubstr(sentence));
    EXPECT_THAT(told_lag(0.08, {0.004, 0.13}), HasSubstr(sentence));
    EXPECT_THAT(told_lag(0.6, {-0.058, 0.192}), Not(HasSubstr(sentence)));
    EXPECT_THAT(told_lag(0.001, {0.02, 0.11}), Not(HasSubstr(sentence)));
}

TEST(Options, that_a_method_does_not_look_at_are_refused_all_at_once) {
    const auto refusal = [](const std::string& method, const std::vector<std::string>& given,
                            const Question& question = {}) {
        try {
            expect_options(method, given, question);
        } catch (const sim::UserError& error) {
            return std::string(error.what());
        }
        return std::string();
    };

    const std::string of_geary = refusal("geary", {"--contextual", "--lag", "--cluster", "--wave"});
    for (const char* name : {"--contextual: --method geary does not look at it (it goes with "
                             "peer_ols, sar_ml, tsls)",
                             "--lag:", "--cluster:"}) {
        EXPECT_THAT(of_geary, HasSubstr(name));
    }
    EXPECT_THAT(of_geary, Not(HasSubstr("--wave:")));
    EXPECT_THAT(refusal("handover", {"--layer"}),
                HasSubstr("--layer colleague: --method handover"));
    EXPECT_EQ(refusal("handover", {"--layer"}, {.layer = "employee_client"}), "");
    EXPECT_EQ(refusal("nar", {"--fixed-effects", "--lag", "--cluster", "--layer"}), "");
    EXPECT_EQ(refusal("morann", {"--lag"}), "") << "it is told that there is no such method";
}

TEST(Covariates, that_nobody_has_are_named_as_the_cause) {
    Survey survey = karate_survey(0.0, 0.5);
    survey.columns.push_back({"promoter", std::vector<double>(34, not_known)});

    try {
        estimate_by("tsls", survey, {.outcome = "y", .covariates = {"promoter"}});
        FAIL();
    } catch (const sim::UserError& error) {
        EXPECT_THAT(error.what(), HasSubstr("--covariates promoter: none of the 34 people with y"));
    }
}

}
}
