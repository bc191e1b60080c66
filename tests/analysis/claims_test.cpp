#include "analysis/claims.hpp"

#include <algorithm>
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analysis/claim_wording.hpp"
#include "analysis/claims_file.hpp"
#include "analysis/claims_text.hpp"
#include "analysis/outcomes.hpp"
#include "analysis/text_table.hpp"
#include "scenarios/claims.hpp"

namespace cercle::analysis {
namespace {

using testing::HasSubstr;

/// The effect of a claim over the first replicates of a plan.
Summary effect_in(const scenarios::Claim& claim, scenarios::ClaimPlan plan) {
    plan.scenario.replicates = 4;
    const scenarios::Study study(plan.scenario);
    return effect_of(claim, plan.points.front(), Outcomes(study, 4, 2));
}

class TestableClaim : public testing::TestWithParam<std::string> {};

std::vector<std::string> testable_claims() {
    std::vector<std::string> names;
    for (const std::string& name : scenarios::claim_names()) {
        if (scenarios::claim_scenario(name).claim->is_testable()) names.push_back(name);
    }
    return names;
}

std::vector<std::string> claims_with_a_null_world() {
    std::vector<std::string> names = testable_claims();
    std::erase_if(names, [](const std::string& name) {
        return scenarios::claim_scenario(name).claim->null_world.empty();
    });
    return names;
}

/// No draw moves when a mechanism does: where it does nothing, arms are the same bit for bit.
TEST_P(TestableClaim, has_no_effect_in_its_null_world_and_some_effect_in_its_own) {
    scenarios::Scenario scenario = scenarios::claim_scenario(GetParam());
    scenario.claim->assumes.clear();

    const Summary null = effect_in(*scenario.claim, scenarios::null_plan(scenario));
    const Summary own = effect_in(*scenario.claim, scenarios::plan_claim(scenario));

    EXPECT_EQ(null.mean, 0.0);
    EXPECT_EQ(null.sd, 0.0);
    EXPECT_GT(std::abs(own.mean), 0.0); // twin: the same arms with the mechanism are told apart
}

INSTANTIATE_TEST_SUITE_P(All, TestableClaim, testing::ValuesIn(claims_with_a_null_world()),
                         [](const auto& claim) { return claim.param; });

/// A claim on two small firms.
scenarios::Scenario small_claim(const std::string& more = "") {
    return scenarios::read_scenario(
        {.name = "c.toml",
         .text = "cercle = 1\nseed = 7\nreplicates = 4\ntime.years = 1\ntime.burn_in = 0\n"
                 "network.colleague.generator = \"complete\"\nnetwork.colleague.nodes = 5\n"
                 "[claim]\nid = \"C0\"\non = \"dear\"\noff = \"cheap\"\noutcome = \"price\"\n"
                 "direction = \"rises\"\nsmallest = 10\nmechanism = [\"pricing.rule\"]\n" +
                 more +
                 "name = { en = \"Dear is dear\", fr = \"Cher, c'est cher\" }\n"
                 "text = { en = \"It is dear.\", fr = \"C'est cher.\" }\n"
                 "test = { en = \"at a dear price\", fr = \"à un prix élevé\" }\n"
                 "because = { en = \"it shows\", fr = \"cela se voit\" }\n"
                 "[[arm]]\nname = \"dear\"\npricing.rule = \"extractive\"\n"
                 "[[arm]]\nname = \"cheap\"\npricing.rule = \"low_ball\"\n",
         .folder = "."});
}

ClaimResult judged(const scenarios::Scenario& scenario) {
    return judge_claim(scenario, scenarios::plan_claim(scenario), {.options = {.threads = 2}});
}

TEST(EffectOfAClaim, is_the_difference_of_its_arms_replicate_by_replicate) {
    const scenarios::Scenario scenario = small_claim();
    const scenarios::ClaimPlan plan = scenarios::plan_claim(scenario);
    const scenarios::Study study(plan.scenario);
    const Outcomes outcomes(study, 4, 1);

    const Summary effect = effect_of(*scenario.claim, plan.points.front(), outcomes);

    const auto dear = outcomes.of("price", 0);
    const auto cheap = outcomes.of("price", 1);
    EXPECT_EQ(effect.mean, paired_difference(dear, cheap, 0.95).mean);
    EXPECT_EQ(effect.interval, paired_difference(dear, cheap, 0.95).interval);
}

TEST(EffectOfAClaim, leaves_out_what_happens_anyway) {
    const Summary effect =
        judged(small_claim("against = { outcome = \"price\", on = \"dear\", off = \"cheap\" }\n"))
            .as_given()
            .effect;

    EXPECT_EQ(effect.mean, 0.0);
    EXPECT_EQ(effect.sd, 0.0);
}

TEST(EffectOfAClaim, is_a_share_of_another_effect_where_it_says_so) {
    const ClaimResult difference = judged(small_claim());
    const ClaimResult share =
        judged(small_claim("per = { outcome = \"price\", on = \"cheap\" }\n"));
    const ClaimResult whole =
        judged(small_claim("per = { outcome = \"price\", on = \"dear\", off = \"cheap\" }\n"));

    EXPECT_EQ(share.measure.unit, "share");
    EXPECT_GT(share.as_given().effect.mean, 0.0);
    EXPECT_LT(share.as_given().effect.mean, difference.as_given().effect.mean);
    EXPECT_NEAR(whole.as_given().effect.mean, 1.0, 1e-12);
    EXPECT_NEAR(whole.as_given().effect.interval.half_width(), 0.0, 1e-12);
}

TEST(EffectOfAClaim, takes_a_share_of_one_thing_off_a_share_of_another) {
    const std::string per_cheap = "per = { outcome = \"price\", on = \"cheap\" }";
    const std::string same = "outcome = \"price\", on = \"dear\", off = \"cheap\"";
    const auto effect_with = [&](const std::string& against_per) {
        return judged(small_claim(per_cheap + "\nagainst = { " + same + against_per + " }\n"))
            .as_given()
            .effect;
    };

    const Summary alike = effect_with(", " + per_cheap);
    const Summary of_dear = effect_with(", per = { outcome = \"price\", on = \"dear\" }");

    EXPECT_EQ(alike.mean, 0.0);
    EXPECT_EQ(alike.sd, 0.0);
    EXPECT_GT(of_dear.mean, 0.0); // a rise is a smaller share of what it led to
}

/// A claim that a price as low as in neither arm moves one way, and its speed the other.
const std::string two_assumed =
    "assumes = [{ path = \"pricing.low_ball.ratio\", low = 0.8, high = 1.2 },"
    " { path = \"pricing.extractive.ratio\", low = 0.9, high = 1.3 }]\n";

const ClaimEffect* corner_of(const ClaimResult& result) {
    const auto found = std::ranges::find_if(result.effects, [](const ClaimEffect& effect) {
        return effect.end == scenarios::AssumedEnd::weaker ||
               effect.end == scenarios::AssumedEnd::stronger;
    });
    return found == result.effects.end() ? nullptr : &*found;
}

TEST(JudgingAClaim, tries_an_effect_that_holds_where_every_value_weakens_it) {
    const ClaimResult result = judged(small_claim(two_assumed));

    const ClaimEffect* corner = corner_of(result);
    ASSERT_EQ(result.as_given().reading, Reading::holds);
    ASSERT_NE(corner, nullptr);
    EXPECT_EQ(corner->end, scenarios::AssumedEnd::weaker);
    EXPECT_EQ(corner->changes, (std::vector<std::string>{"pricing.low_ball.ratio = 1.2",
                                                         "pricing.extractive.ratio = 0.9"}));
    for (const ClaimEffect& effect : result.effects)
        EXPECT_GE(effect.effect.mean, corner->effect.mean);
    EXPECT_EQ(result.verdict, Verdict::assumed);
}

TEST(JudgingAClaim, tries_an_effect_that_does_not_hold_where_every_value_strengthens_it) {
    scenarios::Scenario scenario = small_claim(two_assumed);
    scenario.claim->smallest = 1e4;

    const ClaimResult result = judged(scenario);

    const ClaimEffect* corner = corner_of(result);
    ASSERT_NE(corner, nullptr);
    EXPECT_EQ(corner->end, scenarios::AssumedEnd::stronger);
    EXPECT_EQ(corner->changes, (std::vector<std::string>{"pricing.low_ball.ratio = 0.8",
                                                         "pricing.extractive.ratio = 1.3"}));
}

TEST(JudgingAClaim, needs_no_corner_where_one_value_is_assumed) {
    const ClaimResult result = judged(
        small_claim("assumes = [{ path = \"pricing.low_ball.ratio\", low = 0.8, high = 0.9 }]\n"));

    EXPECT_EQ(result.effects.size(), 3U);
}

/// A result of made-up figures, as given and at one end of an assumed value.
ClaimResult made_up(const Summary& effect, const std::vector<Reading>& readings) {
    ClaimResult result{.scenario = small_claim(),
                       .measure = {"engagement_client", "fraction", ""},
                       .effects = {{.effect = effect, .reading = readings.front()}},
                       .verdict = verdict_of(readings)};
    result.scenario.claim->smallest = 0.01;
    for (std::size_t i = 1; i < readings.size(); ++i) {
        result.effects.push_back({.end = scenarios::AssumedEnd::low,
                                  .changes = {"client.price = 0"},
                                  .effect = effect,
                                  .reading = readings[i]});
    }
    return result;
}

const Summary three_points{.count = 9, .mean = 0.03, .sd = 0.01, .interval = {0.025, 0.035}};

TEST(ClaimSentence, gives_verdict_figure_and_reason_in_english) {
    using enum Reading;
    const auto say = [](const std::vector<Reading>& readings) {
        return claim_sentence(made_up(three_points, readings), Language::english);
    };

    EXPECT_EQ(say({holds}),
              "Follows from the model: at a dear price: client engagement +3.0 points "
              "[2.5, 3.5], and at least +1.0 points, with no value of its own assumed.");
    EXPECT_THAT(say({holds, too_small}),
                testing::AllOf(HasSubstr("Follows only under these assumed values"),
                               HasSubstr("but not shown with client.price = 0.")));
    EXPECT_THAT(say({holds, none}),
                HasSubstr("but its strength is itself assumed (none with client.price = 0)."));
    EXPECT_THAT(say({holds, none, too_small}),
                HasSubstr("(none with client.price = 0), and it is not shown with client.price"));
    EXPECT_THAT(say({too_small}), HasSubstr("short of the +1.0 points that would matter"));
    EXPECT_THAT(say({too_small, holds}), HasSubstr("(reached with client.price = 0)"));
    EXPECT_THAT(say({opposite}), HasSubstr("the other way than claimed"));
    EXPECT_THAT(say({open}), HasSubstr("Undecided, more replicates are needed"));
}

TEST(ClaimSentence, is_french_with_french_numbers) {
    const std::string sentence =
        claim_sentence(made_up(three_points, {Reading::holds}), Language::french);

    EXPECT_EQ(sentence,
              "Découle du modèle\u00a0: à un prix élevé\u00a0: engagement des clients +3,0 points "
              "[2,5 ; 3,5], et au moins +1,0 point, sans valeur supposée qui lui soit propre.");
}

TEST(ClaimSentence, claims_no_more_of_assumed_values_than_was_tried) {
    ClaimResult result = made_up(three_points, {Reading::holds, Reading::holds});
    result.scenario.claim->assumes.resize(1);

    EXPECT_THAT(claim_sentence(result, Language::english),
                HasSubstr("and at least +1.0 points at both ends of the assumed value."));
    result.scenario.claim->assumes.resize(2);
    EXPECT_THAT(claim_sentence(result, Language::english),
                HasSubstr("at both ends of each assumed value, and with each at its weaker end."));
}

TEST(ClaimSentence, says_why_a_claim_cannot_be_tested) {
    const ClaimResult result{
        .scenario = scenarios::claim_scenario("C25"), .measure = {}, .effects = {}};

    EXPECT_THAT(claim_sentence(result, Language::english),
                HasSubstr("Not testable here: a simulation"));
    EXPECT_THAT(claim_sentence(result, Language::french), HasSubstr("Non testable ici\u00a0: "));
}

TEST(ClaimsTable, fits_its_width_and_counts_the_verdicts) {
    using enum Reading;
    const std::vector<ClaimResult> results = {made_up(three_points, {holds}),
                                              made_up(three_points, {opposite}),
                                              made_up(three_points, {opposite})};

    const std::string table = claims_table(results, Language::english, 100);

    EXPECT_THAT(table, HasSubstr("   1  follows from the model\n"));
    EXPECT_THAT(table, HasSubstr("   2  does not follow\n"));
    EXPECT_THAT(table, testing::Not(HasSubstr("undecided")));
    for (std::size_t begin = 0; begin < table.size();) {
        const std::size_t end = table.find('\n', begin);
        EXPECT_LE(text_width(table.substr(begin, end - begin)), 100U);
        begin = end + 1;
    }
}

TEST(ClaimsTable, tells_how_many_claims_hang_on_an_assumed_strength_alone) {
    using enum Reading;
    const std::vector<ClaimResult> results = {made_up(three_points, {holds, none}),
                                              made_up(three_points, {holds, none, too_small}),
                                              made_up(three_points, {holds, too_small})};

    const std::string table = claims_table(results, Language::english, 100);

    EXPECT_THAT(table, HasSubstr("   3  follows only under these assumed values\n"
                                 "      of which 1 by nothing but a strength itself assumed\n"));
}

TEST(ClaimText, tells_the_wording_the_ends_and_how_to_run_it_by_hand) {
    const ClaimResult result = judged(
        small_claim("assumes = [{ path = \"pricing.low_ball.ratio\", low = 0.8, high = 0.9 }]\n"));

    const std::string text = claim_text(result, Language::english, 100);

    EXPECT_THAT(text, HasSubstr("It is dear."));
    EXPECT_THAT(text, HasSubstr("pricing.low_ball.ratio = 0.8"));
    EXPECT_THAT(text, HasSubstr("it shows"));
    EXPECT_THAT(text, HasSubstr("assumed"));
    EXPECT_THAT(text, HasSubstr("cercle run scenarios/claims/c0.toml"));
}

TEST(ClaimText, is_french_down_to_what_is_assumed) {
    const ClaimResult result = judged(small_claim(
        "assumes = [{ path = \"pricing.low_ball.ratio\", low = 0.8, high = 0.9,"
        " why = { en = \"prices stay close\", fr = \"les prix restent proches\" } }]\n"));

    const std::string text = claim_text(result, Language::french, 200);

    EXPECT_THAT(text, HasSubstr("pricing.low_ball.ratio = 0,84, de 0,8 à 0,9\u00a0: prix le plus "
                                "bas, rapporté au prix d'ailleurs (supposé)\u00a0; bornes\u00a0: "
                                "les prix restent proches"));
    EXPECT_THAT(text, testing::Not(HasSubstr("assumed")));
}

TEST(FrenchMeanings, are_known_of_all_that_shipped_claims_assume) {
    for (const std::string& name : testable_claims()) {
        const scenarios::Scenario scenario = scenarios::claim_scenario(name);
        for (const scenarios::Assumption& assumed : scenario.claim->assumes)
            EXPECT_NE(french_meaning(assumed.path), assumed.path) << name;
    }
}

TEST(ClaimsJson, holds_both_languages_and_every_effect) {
    const auto json = claims_json({judged(small_claim())});

    EXPECT_EQ(json[0]["claim"], "C0");
    EXPECT_EQ(json[0]["effects"].size(), 1U);
    EXPECT_NE(json[0]["sentence"]["en"], json[0]["sentence"]["fr"]);
}

const sim::FileColumn& column(const sim::FileTable& table, const std::string& name) {
    return *std::ranges::find_if(table.columns,
                                 [&](const sim::FileColumn& one) { return one.what.name == name; });
}

TEST(ClaimsFile, holds_a_row_for_each_claim_and_what_it_takes_to_repeat_it) {
    const std::vector<ClaimResult> results = {
        judged(small_claim()),
        {.scenario = scenarios::claim_scenario("C25"), .measure = {}, .effects = {}}};

    const sim::TableFile file = claims_file(results, {{"version", "1"}});

    ASSERT_EQ(file.tables.size(), 2U);
    EXPECT_EQ(file.group, "claims");
    EXPECT_EQ(file.attributes.at("version"), "1");
    EXPECT_EQ(file.tables[0].rows.texts, (std::vector<std::string>{"C0", "C25"}));
    EXPECT_THAT(column(file.tables[0], "scenario").texts[0], HasSubstr("Dear is dear"));
    EXPECT_EQ(column(file.tables[0], "seed").texts[0], "7");
    EXPECT_EQ(column(file.tables[0], "effect").numbers[0], results[0].as_given().effect.mean);
    EXPECT_TRUE(std::isnan(column(file.tables[0], "effect").numbers[1]));
    EXPECT_EQ(file.tables[1].rows.texts, std::vector<std::string>{"C0.0"});
}

}
}
