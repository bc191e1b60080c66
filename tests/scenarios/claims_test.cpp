#include "scenarios/claims.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/claim_plan.hpp"
#include "scenarios/resolved.hpp"
#include "scenarios/vocabulary.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

using testing::HasSubstr;

/// A claim on two small firms, with what a test wants to change in it.
std::string claim_text(const std::string& claim,
                       const std::string& arms = "[[arm]]\nname = \"a\"\nneeds.load = 0.04\n"
                                                 "[[arm]]\nname = \"b\"\nneeds.load = 0.0\n") {
    return "cercle = 1\nseed = 1\n[claim]\nid = \"C0\"\n" + claim +
           "name = { en = \"n\", fr = \"n\" }\ntext = { en = \"t\", fr = \"t\" }\n" + arms;
}

const std::string usual = "on = \"a\"\noff = \"b\"\noutcome = \"nps\"\ndirection = \"falls\"\n"
                          "smallest = 2\nmechanism = [\"needs.load\"]\n"
                          "test = { en = \"x\", fr = \"x\" }\n"
                          "because = { en = \"b\", fr = \"b\" }\n";

Scenario read(const std::string& text) {
    return read_scenario({.name = "c.toml", .text = text, .folder = "."});
}

std::string refusal(const std::string& text) {
    try {
        read(text);
    } catch (const sim::UserError& error) {
        return error.what();
    }
    return "";
}

class ShippedClaim : public testing::TestWithParam<std::string> {};

TEST_P(ShippedClaim, says_in_both_languages_what_it_is_and_how_it_is_tested) {
    const Scenario scenario = claim_scenario(GetParam());
    const Claim& claim = *scenario.claim;

    EXPECT_EQ(claim.id, GetParam());
    for (const Bilingual& text : {claim.name, claim.text}) {
        EXPECT_FALSE(text.en.empty());
        EXPECT_FALSE(text.fr.empty());
        EXPECT_NE(text.en, text.fr);
    }
    if (claim.is_testable()) {
        EXPECT_NE(claim.test.en, claim.test.fr);
        EXPECT_NE(claim.because.en, claim.because.fr);
        EXPECT_GT(claim.smallest, 0.0);
    } else {
        EXPECT_NE(claim.limit.en, claim.limit.fr);
    }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedClaim, testing::ValuesIn(claim_names()),
                         [](const auto& claim) { return claim.param; });

std::vector<std::string> testable_claims() {
    std::vector<std::string> names = claim_names();
    std::erase_if(
        names, [](const std::string& name) { return !claim_scenario(name).claim->is_testable(); });
    return names;
}

class TestableClaim : public testing::TestWithParam<std::string> {};

TEST_P(TestableClaim, isolates_its_mechanism_and_fits_at_every_end_of_what_it_assumes) {
    const Scenario scenario = claim_scenario(GetParam());

    const ClaimPlan plan = plan_claim(scenario);

    EXPECT_GE(plan.scenario.arms.size(), 2U);
    for (const ClaimPoint& point : plan.points) {
        const auto settings = [&](const std::string& arm) -> const sim::Settings& {
            return plan.scenario.arms[point.arms.at(arm)].settings;
        };
        const sim::Settings& on = settings(scenario.claim->judged.on);
        for (const Arm& arm : scenario.arms) {
            const sim::Settings& off = settings(arm.name);
            for (const std::string& path : off.paths()) {
                if (off.value(path) == on.value(path)) continue;
                EXPECT_THAT(scenario.claim->mechanism, testing::Contains(path));
            }
        }
    }
}

TEST_P(TestableClaim, rests_on_values_between_the_ends_it_names) {
    const Scenario scenario = claim_scenario(GetParam());
    const auto on = std::ranges::find(scenario.arms, scenario.claim->judged.on, &Arm::name);

    for (const Assumption& assumed : scenario.claim->assumes) {
        const double* low = std::get_if<double>(&assumed.low);
        if (!low) continue;
        const double high = std::get<double>(assumed.high);
        const double value = on->settings.number(assumed.path);
        EXPECT_LE(std::min(*low, high), value) << assumed.path;
        EXPECT_GE(std::max(*low, high), value) << assumed.path;
        EXPECT_NE(*low, high) << assumed.path;
    }
}

/// How far, as multiples of what is given, the rule of docs/claims.md moves a value at least.
std::pair<double, double> ends_by_rule(const sim::Parameter& parameter) {
    const bool is_speed_or_time = parameter.unit.find("month") != std::string::npos ||
                                  parameter.unit.find("year") != std::string::npos;
    const bool is_money = parameter.unit.starts_with("EUR");
    const bool is_plain = footing_of(parameter) == Footing::assumed;
    return {is_plain && (is_money || !is_speed_or_time) ? 0.0 : 0.5, 2.0};
}

/// Whether an end lies at least so far out, or where the parameter itself ends.
bool reaches(double end, double by_rule, double limit) {
    return std::abs(end) >= std::abs(by_rule) || end == limit;
}

TEST_P(TestableClaim, moves_what_it_assumes_as_far_as_the_rule_says_or_says_why_not) {
    const Scenario scenario = claim_scenario(GetParam());
    const auto on = std::ranges::find(scenario.arms, scenario.claim->judged.on, &Arm::name);

    for (const Assumption& assumed : scenario.claim->assumes) {
        if (!assumed.why.empty()) continue;
        const sim::Parameter& parameter = *program_vocabulary().parameter(assumed.path);
        const double value = on->settings.number(assumed.path);
        const double low = std::abs(std::get<double>(assumed.low));
        const double high = std::abs(std::get<double>(assumed.high));
        const auto [least, most] = ends_by_rule(parameter);
        EXPECT_LE(std::min(low, high), least * std::abs(value) + 1e-12) << assumed.path;
        EXPECT_TRUE(
            reaches(std::max(low, high), most * value * (1.0 - 1e-12), parameter.range.high))
            << assumed.path;
    }
}

INSTANTIATE_TEST_SUITE_P(All, TestableClaim, testing::ValuesIn(testable_claims()),
                         [](const auto& claim) { return claim.param; });

TEST(Claims, are_forty_in_the_order_of_their_numbers) {
    const std::vector<std::string> names = claim_names();

    ASSERT_EQ(names.size(), 40U);
    for (std::size_t i = 0; i < names.size(); ++i) EXPECT_EQ(names[i], "C" + std::to_string(i + 1));
}

TEST(Claims, are_found_in_small_letters_and_an_unknown_one_is_told_the_nearest) {
    EXPECT_EQ(claim_scenario("c14").claim->id, "C14");
    try {
        claim_scenario("C41");
        FAIL();
    } catch (const sim::UserError& error) {
        EXPECT_THAT(error.what(), HasSubstr("C1 to C40"));
        EXPECT_THAT(error.what(), HasSubstr("did you mean"));
    }
}

TEST(ClaimPlan, moves_a_value_the_arms_share_in_all_of_them) {
    const Scenario scenario = read(claim_text(
        usual + "assumes = [{ path = \"engagement.competence\", low = 0.5, high = 2 }]\n"));

    const ClaimPlan plan = plan_claim(scenario);

    ASSERT_EQ(plan.points.size(), 3U);
    EXPECT_EQ(plan.scenario.arms.size(), 6U);
    for (const char* arm : {"a", "b"}) {
        const auto& settings = plan.scenario.arms[plan.points[1].arms.at(arm)].settings;
        EXPECT_EQ(settings.number("engagement.competence"), 0.5);
    }
    EXPECT_EQ(plan.points[1].changes, std::vector<std::string>{"engagement.competence = 0.5"});
}

TEST(ClaimPlan, moves_the_strength_of_the_mechanism_only_where_it_is_on) {
    const Scenario scenario =
        read(claim_text(usual + "assumes = [{ path = \"needs.load\", low = 0, high = 0.1 }]\n"));

    const ClaimPlan plan = plan_claim(scenario);

    const auto load = [&](std::size_t point, const char* arm) {
        return plan.scenario.arms[plan.points[point].arms.at(arm)].settings.number("needs.load");
    };
    EXPECT_EQ(load(1, "a"), 0.0);
    EXPECT_EQ(load(2, "a"), 0.1);
    EXPECT_EQ(load(2, "b"), 0.0);
    EXPECT_EQ(plan.points[1].arms.at("a"), plan.points[1].arms.at("b")); // one world, run once
    EXPECT_EQ(plan.scenario.arms.size(), 3U);
}

TEST(ClaimPlan, of_a_corner_moves_all_values_at_once_but_those_left_as_given) {
    const Scenario scenario =
        read(claim_text(usual + "assumes = [{ path = \"needs.load\", low = 0.01, high = 0.1 },"
                                "{ path = \"engagement.competence\", low = 0.5, high = 2 }]\n"));

    const std::vector both{AssumedEnd::low, AssumedEnd::high};
    const std::vector one{AssumedEnd::given, AssumedEnd::high};

    const ClaimPlan corner = plan_corner(scenario, both, AssumedEnd::weaker);
    const ClaimPlan edge = plan_corner(scenario, one, AssumedEnd::stronger);

    ASSERT_EQ(corner.points.size(), 1U);
    EXPECT_EQ(corner.points[0].end, AssumedEnd::weaker);
    EXPECT_EQ(corner.points[0].changes,
              (std::vector<std::string>{"needs.load = 0.01", "engagement.competence = 2"}));
    EXPECT_EQ(corner.scenario.arms[corner.points[0].arms.at("b")].settings.number("needs.load"),
              0.0);
    EXPECT_EQ(edge.points[0].changes, std::vector<std::string>{"engagement.competence = 2"});
}

TEST(ClaimTable, is_read_with_what_it_names_and_does_not_hinder_a_run) {
    const Scenario scenario = read(claim_text(usual));

    ASSERT_TRUE(scenario.claim.has_value());
    EXPECT_EQ(scenario.claim->judged.on, "a");
    EXPECT_FALSE(scenario.claim->rises);
    EXPECT_EQ(scenario.claim->smallest, 2.0);
    EXPECT_EQ(read(resolved_text(scenario)).claim.has_value(), false);
}

TEST(ClaimTable, refuses_arms_that_differ_in_more_than_the_mechanism) {
    const std::string arms = "[[arm]]\nname = \"a\"\nneeds.load = 0.04\nneeds.speed = 0.5\n"
                             "[[arm]]\nname = \"b\"\nneeds.load = 0.0\n";

    EXPECT_THAT(refusal(claim_text(usual, arms)), HasSubstr("arms differ in needs.speed"));
}

TEST(ClaimTable, refuses_a_mechanism_in_which_no_arms_differ) {
    const std::string arms = "[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\n";

    EXPECT_THAT(refusal(claim_text(usual, arms)), HasSubstr("in which no arms differ"));
}

TEST(ClaimTable, tells_all_that_is_wrong_with_the_nearest_names) {
    const std::string text = refusal(claim_text(
        "on = \"aa\"\noutcome = \"npz\"\ndirection = \"up\"\nsmallest = 0\nofff = \"b\"\n"
        "mechanism = [\"needs.laod\"]\ntest = { en = \"x\" }\nbecause = \"b\"\n"
        "assumes = [{ path = \"needs.load\", low = 7, high = 0.1 }]\n"));

    EXPECT_THAT(text, HasSubstr("on = \"aa\" is no arm (there are a, b)"));
    EXPECT_THAT(text, HasSubstr("did you mean nps?"));
    EXPECT_THAT(text, HasSubstr("is no direction"));
    EXPECT_THAT(text, HasSubstr("is not a number > 0"));
    EXPECT_THAT(text, HasSubstr("unknown parameter claim.offf (did you mean off?)"));
    EXPECT_THAT(text, HasSubstr("off is missing"));
    EXPECT_THAT(text, HasSubstr("needs.load"));
    EXPECT_THAT(text, HasSubstr("fr is missing"));
    EXPECT_THAT(text, HasSubstr("because wants en"));
    EXPECT_THAT(text, HasSubstr("needs.load = 7 is outside [0, 0.5]"));
}

TEST(ClaimTable, reads_why_an_end_is_where_it_is_and_what_is_a_share_of_what) {
    const std::string per = "per = { outcome = \"nps\", on = \"b\" }";
    const Scenario scenario = read(claim_text(
        usual + per + "\nagainst = { outcome = \"nps\", on = \"a\", off = \"b\", " + per +
        " }\nassumes = [{ path = \"needs.load\", low = 0, high = 0.1, why = { en = \"e\", fr = "
        "\"f\" } }]\n"));

    EXPECT_EQ(scenario.claim->assumes[0].why.fr, "f");
    EXPECT_EQ(scenario.claim->against_per->on, "b");
}

TEST(ClaimTable, refuses_a_share_taken_off_what_is_none) {
    const std::string against = "against = { outcome = \"nps\", on = \"a\", off = \"b\", per = { "
                                "outcome = \"nps\", on = \"b\" } }\n";

    EXPECT_THAT(refusal(claim_text(usual + against)), HasSubstr("add claim.per"));
}

TEST(ClaimTable, refuses_a_difference_that_is_no_table) {
    EXPECT_THAT(refusal(claim_text("per = 3\nassumes = [4]\n" + usual)),
                testing::AllOf(HasSubstr("per is not a table"), HasSubstr("a table { path")));
}

}
}
