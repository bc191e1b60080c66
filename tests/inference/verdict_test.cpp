#include "analysis/inference/verdict.hpp"

#include <cmath>

#include <gmock/gmock.h>

#include "analysis/inference/next_step.hpp"
#include "analysis/inference/verdict_words.hpp"

namespace cercle::analysis {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// A channel of 200 linked people and eight waves in which nothing is found.
Evidence quiet() {
    Evidence evidence{.channel = {"employee_client", true, false}};
    evidence.data = {
        .people = 200, .waves = 8, .linked = 200, .months = 3.0, .rearrangeable = true};
    evidence.data.receivers = evidence.data.informants = 200;
    evidence.data.wiring = 0.5;
    evidence.lag.p = 0.6;
    evidence.lag.months = 3.0;
    evidence.lag.jackknife = 0.0;
    evidence.lag.interval = {-0.05, 0.05};
    evidence.lag.simultaneity_p = 0.5;
    evidence.resemblance.p = 0.5;
    return evidence;
}

Evidence with_handovers(double p, double balance_p) {
    Evidence evidence = quiet();
    evidence.handovers =
        HandoverResult{.effect = 0.2, .interval = {0.05, 0.35}, .p = p, .balance_p = balance_p};
    return evidence;
}

Calibration calibration(double size, double power) {
    return {.nulls = {{"null", 200, size, size}, {"hidden shocks", 200, 1.0, 1.0}},
            .powers = {{0.1, 200, power / 2.0, power / 4.0, 0.05, 0.1},
                       {0.25, 200, power, power, 0.1, 0.17},
                       {0.5, 200, 1.0, 0.9, 0.2, 0.3}}};
}

TEST(Holm, multiplies_the_smallest_most) {
    EXPECT_THAT(holm({0.01, 0.04, 0.03}), ElementsAre(0.03, 0.06, 0.06));
    EXPECT_THAT(holm({0.9}), ElementsAre(0.9));
    EXPECT_TRUE(holm({}).empty());
}

TEST(Verdict, is_that_data_do_not_allow_the_question) {
    Evidence one_wave = quiet();
    one_wave.data.waves = 1;
    Evidence complete = quiet();
    complete.data.rearrangeable = false;
    Evidence few = quiet();
    few.data.linked = 29;

    EXPECT_EQ(decide(one_wave, nullptr).obstacle, Obstacle::one_wave);
    EXPECT_EQ(decide(complete, nullptr).obstacle, Obstacle::complete_teams);
    EXPECT_EQ(decide(few, nullptr).obstacle, Obstacle::few_linked);
    EXPECT_EQ(decide(few, nullptr).level, Level::not_testable);
    EXPECT_TRUE(std::isnan(decide(few, nullptr).effect)) << "never a number";
}

TEST(Verdict, without_a_signal_depends_on_what_would_have_been_seen) {
    Evidence alike = quiet();
    alike.resemblance.p = 0.001;
    const Calibration weak = calibration(0.0, 0.4);
    const Calibration strong = calibration(0.0, 0.9);

    EXPECT_EQ(decide(quiet(), nullptr).level, Level::inconclusive);
    EXPECT_EQ(decide(quiet(), &weak).level, Level::inconclusive);
    EXPECT_EQ(decide(quiet(), &strong).level, Level::no_evidence);
    EXPECT_EQ(decide(alike, &strong).level, Level::resemblance_only);
}

TEST(Verdict, of_a_lag_alone_is_that_it_is_compatible) {
    Evidence evidence = quiet();
    evidence.lag.p = 0.001;
    evidence.lag.jackknife = 0.1;
    const Calibration good = calibration(0.02, 0.9);

    const Verdict verdict = decide(evidence, &good);

    EXPECT_EQ(verdict.level, Level::compatible);
    EXPECT_THAT(verdict.guards, ElementsAre(Guard::lag_alone));
}

TEST(Verdict, counts_no_lag_whose_effect_without_the_bias_of_short_panels_points_the_other_way) {
    Evidence evidence = quiet();
    evidence.lag.p = 0.001;
    evidence.lag.jackknife = -0.01;
    const Calibration good = calibration(0.02, 0.9);

    const Verdict verdict = decide(evidence, &good);

    EXPECT_EQ(verdict.level, Level::no_evidence);
    ASSERT_EQ(verdict.tests.size(), 1U);
    EXPECT_TRUE(verdict.tests[0].is_opposed());
}

TEST(Verdict, is_evidence_when_hand_overs_speak_and_their_placebo_is_quiet) {
    const Calibration good = calibration(0.02, 0.9);
    const Calibration erring = calibration(0.15, 0.9);

    EXPECT_EQ(decide(with_handovers(0.01, 0.5), &good).level, Level::evidence);
    EXPECT_EQ(decide(with_handovers(0.01, 0.09), &good).level, Level::compatible);
    EXPECT_EQ(decide(with_handovers(0.01, 0.5), &erring).level, Level::compatible);
    EXPECT_EQ(decide(with_handovers(0.01, 0.5), nullptr).level, Level::compatible);
    Calibration short_one = good;
    for (WorldRate& rate : short_one.nulls) rate.panels = fewest_panels - 1;
    EXPECT_EQ(decide(with_handovers(0.01, 0.5), &short_one).level, Level::compatible);
    EXPECT_EQ(decide(with_handovers(0.04, 0.5), &good).level, Level::inconclusive)
        << "Holm over two tests";
}

/// Colleagues among whom an outside shock was seen to spread.
Evidence with_shock() {
    Evidence evidence = quiet();
    evidence.channel = {"colleague", false, false};
    evidence.shock = ShockTest{.covariate = "bonus",
                               .effect = 0.2,
                               .se = 0.05,
                               .interval = {0.1, 0.3},
                               .p = 0.001,
                               .first_stage = 30.0};
    return evidence;
}

TEST(Verdict, is_strong_when_two_designs_agree) {
    Evidence evidence = with_shock();
    evidence.lag.p = 0.01;
    evidence.lag.jackknife = 0.15;
    evidence.lag.interval = {0.02, 0.28};
    const Calibration good = calibration(0.02, 0.9);
    const Calibration weak = calibration(0.02, 0.6);
    Evidence slow = evidence; // T3 says nothing of waves half a year apart, either way
    slow.lag.months = 6.0;
    Evidence slow_and_moving = slow;
    slow_and_moving.lag.simultaneity_p = 0.01;

    EXPECT_EQ(decide(evidence, &good).level, Level::strong_evidence);
    EXPECT_EQ(decide(evidence, &weak).level, Level::evidence);
    EXPECT_EQ(decide(slow, &good).level, Level::evidence);
    EXPECT_EQ(decide(slow_and_moving, &good).level, Level::evidence);
}

TEST(Verdict, is_no_evidence_where_contacts_move_at_the_same_time_whatever_the_lag_says) {
    Evidence moving = with_shock();
    moving.lag.simultaneity_p = 0.01;
    Evidence supported = moving;
    supported.lag.p = 0.01;
    supported.lag.jackknife = 0.15;
    const Calibration good = calibration(0.02, 0.9);

    EXPECT_EQ(decide(with_shock(), &good).level, Level::evidence);
    for (const Evidence& each : {moving, supported}) {
        EXPECT_EQ(decide(each, &good).level, Level::compatible);
        EXPECT_THAT(decide(each, &good).guards, ElementsAre(Guard::simultaneity));
    }
}

TEST(Verdict, is_not_strong_where_the_placebo_of_the_lag_cannot_be_asked) {
    Evidence evidence = with_handovers(0.01, 0.5);
    evidence.lag.p = 0.01;
    evidence.lag.jackknife = 0.1;
    evidence.lag.interval = {0.02, 0.18};
    evidence.lag.simultaneity_p = not_known;
    const Calibration good = calibration(0.02, 0.9);

    EXPECT_EQ(decide(evidence, &good).level, Level::evidence);
}

TEST(Verdict, by_a_shock_is_evidence_where_its_size_was_measured_and_a_weak_one_says_nothing) {
    Evidence evidence = quiet();
    evidence.shock = ShockTest{.covariate = "bonus"};
    evidence.shock->effect = -2.5;
    evidence.shock->se = 5.0;
    evidence.shock->p = 0.001;
    evidence.shock->first_stage = 9.9;
    const Calibration good = calibration(0.0, 0.9);
    Evidence strong = evidence;
    strong.shock->first_stage = 10.1;

    EXPECT_EQ(decide(evidence, &good).level, Level::no_evidence);
    EXPECT_EQ(decide(evidence, &good).by, "T2");
    EXPECT_EQ(decide(strong, &good).level, Level::evidence);
    EXPECT_EQ(decide(strong, nullptr).level, Level::compatible);
    EXPECT_THAT(decide(strong, nullptr).guards, ElementsAre(Guard::not_calibrated));
}

TEST(Calibrations, tell_the_weight_found_four_times_in_five) {
    const Calibration found = calibration(0.0, 0.6);

    EXPECT_NEAR(found.detectable_weight(&PowerPoint::significant), 0.25 + 0.25 * 0.2 / 0.4, 1e-12);
    EXPECT_NEAR(found.detectable_weight(&PowerPoint::evidence), 0.25 + 0.25 * 0.2 / 0.3, 1e-12);
    EXPECT_EQ(calibration(0.03, 0.6).size(), 0.03) << "hidden shocks are told, not counted";
}

TEST(Verdict, that_is_inconclusive_tells_apart_found_and_significant_with_their_intervals) {
    const Calibration weak = calibration(0.0, 0.42);
    const Evidence handed = with_handovers(0.5, 0.5);
    const Evidence alone = quiet();

    const std::string of_handed = sentence(decide(handed, &weak), handed, &weak, Language::english);
    const std::string of_alone = sentence(decide(alone, &weak), alone, &weak, Language::english);

    // Exact interval of 84 of 200 (Clopper and Pearson): .3507 to .4917.
    EXPECT_THAT(of_handed, HasSubstr("would have been found (V5 or more) 42 times in 100 (95 %: 35 "
                                     "to 49), and a test significant (V4 or more) 42 times"));
    EXPECT_THAT(of_alone, HasSubstr("would have made a test significant (V4, the most there is"));
    EXPECT_EQ(of_alone.find("found"), std::string::npos);
    EXPECT_EQ(exact_share_interval(0, 10).low, 0.0);
    EXPECT_NEAR(exact_share_interval(0, 10).high, 1.0 - std::pow(0.025, 0.1), 1e-12);
    EXPECT_EQ(exact_share_interval(10, 10).high, 1.0);
}

TEST(Verdict, names_the_obstacle_that_is_there) {
    Evidence alike = with_handovers(0.01, 0.5);
    alike.data.varies = false;
    Evidence copied = quiet();
    copied.data.changes = false;
    Evidence copied_by_all = with_handovers(0.01, 0.5);
    copied_by_all.data.changes = false; // an effect of 0 for certain, and of nothing
    Evidence nearly = quiet();
    nearly.data.wiring = 0.03;
    Evidence unknown = quiet();
    unknown.data.wiring = std::nan("");
    Evidence wired = quiet();
    wired.data.wiring = 0.3;

    EXPECT_EQ(decide(alike, nullptr).obstacle, Obstacle::all_alike);
    EXPECT_EQ(decide(copied, nullptr).obstacle, Obstacle::unchanging);
    EXPECT_EQ(decide(nearly, nullptr).obstacle, Obstacle::complete_teams);
    EXPECT_EQ(decide(copied_by_all, nullptr).obstacle, Obstacle::unchanging);
    EXPECT_EQ(decide(unknown, nullptr).obstacle, Obstacle::few_in_a_row);
    EXPECT_EQ(decide(wired, nullptr).obstacle, Obstacle::none);
}

TEST(Verdict, names_first_what_more_ties_would_not_mend) {
    Evidence few_people = with_handovers(0.01, 0.5);
    few_people.data.informants = 4;
    Evidence few_allowed = quiet();
    few_allowed.fewest_told = 201;
    Evidence few_ties = quiet(); // so few that nothing can be rearranged either
    few_ties.data.linked = 6;
    few_ties.data.rearrangeable = false;
    few_ties.data.wiring = 0.0;
    Evidence interrupted = quiet();
    interrupted.lag = {};

    EXPECT_EQ(decide(few_people, nullptr).obstacle, Obstacle::few_people);
    EXPECT_EQ(decide(few_allowed, nullptr).obstacle, Obstacle::few_people);
    EXPECT_EQ(decide(few_ties, nullptr).obstacle, Obstacle::few_linked);
    EXPECT_EQ(decide(interrupted, nullptr).obstacle, Obstacle::few_in_a_row);
}

TEST(Verdict, counts_the_panels_where_they_are_few) {
    Calibration five = calibration(0.0, 0.0);
    for (PowerPoint& point : five.powers) point.panels = 5;

    EXPECT_THAT(sentence(decide(quiet(), &five), quiet(), &five, Language::english),
                HasSubstr("0 of 5 times"));
    EXPECT_THAT(sentence(decide(quiet(), &five), quiet(), &five, Language::french),
                HasSubstr("0 fois sur 5"));
}

TEST(Verdict, beside_hand_overs_takes_no_lag_test_that_has_nothing_to_go_by) {
    Evidence evidence = with_handovers(0.01, 0.5);
    evidence.lag.p = 0.001;
    evidence.data.wiring = 0.03;

    const Verdict verdict = decide(evidence, nullptr);

    ASSERT_EQ(verdict.tests.size(), 1U);
    EXPECT_EQ(verdict.tests[0].test, "T4");
}

TEST(EValues, are_those_of_the_estimate_and_of_the_end_next_to_nothing) {
    // VanderWeele and Ding (2017), table: RR 3.9 [1.8, 8.7] has 7.26 and 3.0.
    const auto effect = [](double ratio) { return std::log(ratio) / 0.91; };
    const EValue found = e_value(effect(3.9), {effect(1.8), effect(8.7)});
    const EValue mirrored = e_value(-effect(3.9), {-effect(8.7), -effect(1.8)});
    const EValue holding_nothing = e_value(0.2, {-0.1, 0.5});

    EXPECT_NEAR(found.effect, 7.26, 0.005);
    EXPECT_NEAR(found.limit, 3.0, 0.005);
    EXPECT_NEAR(mirrored.limit, found.limit, 1e-12);
    EXPECT_EQ(holding_nothing.limit, 1.0);
}

TEST(Verdict, does_not_say_it_was_blind_where_it_would_have_seen) {
    Evidence wide = quiet();
    wide.lag.interval = {-0.5, 0.5};
    const Calibration strong = calibration(0.0, 0.9);
    const Calibration weak = calibration(0.0, 0.4);

    const std::string seeing = sentence(decide(wide, &strong), wide, &strong, Language::english);
    const std::string blind = sentence(decide(wide, &weak), wide, &weak, Language::english);

    EXPECT_THAT(seeing,
                HasSubstr("though under a moderate contagion (w = .25) a test would have been 90"));
    EXPECT_THAT(
        blind,
        HasSubstr("a test significant (V4, the most there is without usable "
                  "hand-overs or an outside shock) 40 times in 100 (95 %: 33 to 47). So it "));
    EXPECT_THAT(blind, HasSubstr("Where the employee in charge answers 1 sd higher, the client's "
                                 "answer differs by 0.00 sd [-0.50, +0.50] 3 months later (T2)."));
}

/// What is advised, given a verdict without calibration.
std::string advised(const Evidence& evidence, Language language = Language::english) {
    return next_step(decide(evidence, nullptr), evidence, nullptr, language);
}

TEST(NextStep, asks_for_a_second_wave_first) {
    Evidence evidence = with_handovers(0.5, 0.5);
    evidence.handover_count = 80;
    evidence.data.waves = 1;

    EXPECT_THAT(advised(evidence), HasSubstr("a second and a third wave"));
    EXPECT_THAT(advised(evidence, Language::french), HasSubstr("une deuxième et une troisième"));
}

TEST(NextStep, asks_for_a_record_of_hand_overs_only_where_there_is_none) {
    Evidence derived = with_handovers(0.5, 0.5);
    derived.handover_count = 80;
    Evidence recorded = derived;
    recorded.handover_reasons = true;

    EXPECT_THAT(advised(quiet()), HasSubstr("record who takes over each client, when and why"));
    EXPECT_THAT(advised(derived), HasSubstr("80 hand-overs usable; record why each"));
    EXPECT_THAT(advised(recorded),
                HasSubstr("80 hand-overs with reasons can be used; record more of "
                          "them (how many it takes: --calibration 200), drawn "
                          "by lot inside teams"));
    EXPECT_THAT(
        advised(recorded, Language::french),
        HasSubstr("80 reprises utilisables avec motif ; en enregistrer d'autres (combien il en "
                  "faut : --calibration 200)"));
}

// Found 40 times in 100: 1.96 - .253 = 1.707 errors; 80 (2.80 / 1.707)^2 = 215.
// Found 5 times: .17 / (.30 / 3.92) = 2.22 errors; 80 (2.80 / 2.22)^2 = 127.
TEST(NextStep, says_how_many_hand_overs_it_would_take) {
    Evidence evidence = with_handovers(0.5, 0.5);
    evidence.handover_count = 80;
    evidence.handover_reasons = true;
    const Calibration weak = calibration(0.0, 0.4);
    const Calibration blind = calibration(0.0, 0.05);
    const Calibration strong = calibration(0.0, 0.9);
    const Verdict verdict = decide(evidence, &weak);

    EXPECT_EQ(handovers_needed(evidence, &weak), 220U);
    EXPECT_EQ(handovers_needed(evidence, &blind), 130U);
    EXPECT_EQ(handovers_needed(evidence, nullptr), std::nullopt);
    EXPECT_THAT(next_step(verdict, evidence, &weak, Language::english),
                HasSubstr("about 220 would find a moderate contagion (w = .25) four times in five: "
                          "record about 140 more, drawn by lot"));
    EXPECT_THAT(next_step(verdict, evidence, &strong, Language::english),
                HasSubstr(", enough to find"));
    EXPECT_THAT(next_step(verdict, evidence, &weak, Language::french),
                HasSubstr("il en faudrait environ 220"));
}

// 158 used, of a total of 160 that everybody knows.
TEST(NextStep, says_no_number_that_tells_how_few_hand_overs_were_left_out) {
    Evidence evidence = with_handovers(0.5, 0.5);
    evidence.handover_count = 158;
    evidence.handover_reasons = true;
    evidence.handovers_unanswered = 2;
    Evidence many = evidence;
    many.handovers_unanswered = 12;

    EXPECT_THAT(advised(evidence), HasSubstr("150 or more hand-overs with reasons can be used"));
    EXPECT_THAT(advised(evidence, Language::french), HasSubstr("au moins 150 reprises"));
    EXPECT_THAT(advised(many), HasSubstr("158 hand-overs with reasons"));
}

TEST(NextStep, asks_for_answers_where_hand_overs_have_reasons_and_none_was_answered_about) {
    Evidence evidence = quiet();
    evidence.handover_reasons = true;
    evidence.handovers_unanswered = 20;

    EXPECT_THAT(advised(evidence), HasSubstr("none of 20 hand-overs with reasons can be used: "
                                             "client, old or new contact gave no answer in time; "
                                             "survey these clients 6 to 25 months after"));
    EXPECT_THAT(advised(evidence, Language::french), HasSubstr("aucune des 20 reprises"));
}

TEST(NextStep, after_two_waves_is_a_third) {
    Evidence evidence = quiet();
    evidence.channel = {"colleague", false, false};
    evidence.data.waves = 2;
    evidence.lag = {};

    EXPECT_EQ(decide(evidence, nullptr).obstacle, Obstacle::two_waves);
    EXPECT_THAT(advised(evidence), HasSubstr("ask a third time"));
    EXPECT_THAT(advised(evidence, Language::french), HasSubstr("une troisième fois"));
}

TEST(NextStep, says_no_number_of_few_hand_overs) {
    Evidence evidence = with_handovers(0.5, 0.5);
    evidence.handover_count = 3;
    evidence.handover_reasons = true;

    EXPECT_THAT(advised(evidence), HasSubstr("fewer than 5 hand-overs with reasons can be used"));
}

TEST(NextStep, asks_for_the_site_where_nobody_has_one) {
    Evidence evidence = quiet();
    evidence.channel = {"colleague", false, false};
    Evidence placed = evidence;
    placed.data.sites = true;

    EXPECT_THAT(advised(evidence), HasSubstr("note each person's site (column site), and record"));
    EXPECT_THAT(advised(placed), Not(HasSubstr("site")));
    EXPECT_THAT(advised(placed), HasSubstr("by lot"));
}

TEST(Verdict, is_told_in_both_languages) {
    Evidence evidence = quiet();
    evidence.data.waves = 1;
    const Verdict verdict = decide(evidence, nullptr);

    EXPECT_EQ(sentence(verdict, evidence, nullptr, Language::english),
              "Your data do not allow the question to be asked (one wave only).");
    EXPECT_EQ(sentence(verdict, evidence, nullptr, Language::french),
              "Vos données ne permettent pas de poser la question (une seule vague).");
    for (const Language language : {Language::english, Language::french}) {
        EXPECT_EQ(untested_assumptions(language).size(), 4U);
        EXPECT_FALSE(next_step(verdict, evidence, nullptr, language).empty());
    }
}

}
}
