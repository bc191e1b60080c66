#include <array>

#include <gmock/gmock.h>

#include "analysis/inference/event_times.hpp"
#include "analysis/inference/logit.hpp"
#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"
#include "tests/inference/karate.hpp"

namespace cercle::analysis {
namespace {

/// Months in which the first eight of a chain quit: one or two after whom they name.
constexpr std::array<unsigned, 8> in_turn{1, 2, 4, 5, 7, 8, 10, 11};

/// Twelve people of whom each names the one before.
Survey chain(std::span<const unsigned> months) {
    Survey survey = tied_people(12, {}, 1);
    for (PersonIndex i = 1; i < 12; ++i) survey.ties.push_back({i, i - 1, 0, 1.0});
    for (PersonIndex i = 0; i < months.size(); ++i) {
        const auto month = std::chrono::month(months[i]);
        survey.events.push_back({i, Day(std::chrono::year(2020) / month / 10), "quit"});
    }
    return survey;
}

TEST(Logit, is_that_of_the_maximum_of_its_likelihood) {
    const Survey survey = karate_survey(0.0, 0.5);
    LogitEquation equation{.x = {}, .names = {"x"}};
    equation.x.resize(34, 1);
    std::vector<double> sorted = survey.columns[1].values;
    std::ranges::sort(sorted);
    const double median = (sorted[16] + sorted[17]) / 2.0;
    for (Eigen::Index i = 0; i < 34; ++i) {
        equation.x(i, 0) = survey.columns[0].values[static_cast<std::size_t>(i)];
        equation.y.push_back(survey.columns[1].values[static_cast<std::size_t>(i)] > median);
        equation.level.push_back(0);
        equation.cluster.push_back(0);
    }

    const LogitFit fitted = fit(equation);
    const std::vector<Coefficient> found = coefficients(equation, fitted);

    // Figures by numpy, Newton's method to the end.
    EXPECT_TRUE(fitted.converged);
    EXPECT_NEAR(found[0].estimate, 6.696129080638, 1e-8);
    EXPECT_NEAR(found[0].se, 2.61621508765, 1e-8);
    EXPECT_NEAR(found[1].estimate, -0.805752593161, 1e-8);
    EXPECT_NEAR(fitted.log_likelihood, -5.577984801239734, 1e-10);
}

TEST(EventTimes, count_periods_from_the_first_event) {
    const EventTimes times = event_times(chain(in_turn), {.period = "month"});

    EXPECT_EQ(times.periods, 11U);
    EXPECT_EQ(times.happened, 8U);
    EXPECT_EQ(times.period[0], 0U);
    EXPECT_EQ(times.period[7], 10U);
    EXPECT_EQ(times.period[9], never);
}

TEST(Shuffle, finds_quits_that_follow_each_other_along_ties) {
    // H0: times exchangeable. Few of 8! orders have all in turn: p is near its least, 1/200.
    const Estimate shuffle =
        estimate_by("shuffle", chain(in_turn), {.naming = Naming::sent, .permutations = 199});

    EXPECT_LT(shuffle.coefficients[0].p, 0.05);
}

TEST(Shuffle, does_not_take_a_wave_of_quits_for_contagion) {
    // Twin: the same months dealt out without regard to ties.
    constexpr std::array<unsigned, 8> dealt_out{5, 1, 10, 4, 11, 2, 8, 7};

    const Estimate shuffle =
        estimate_by("shuffle", chain(dealt_out), {.naming = Naming::sent, .permutations = 199});

    EXPECT_GT(shuffle.coefficients[0].p, 0.05);
}

TEST(Reversal, sees_which_way_events_went) {
    const Question question{.naming = Naming::sent, .permutations = 199};

    const Estimate reversal = estimate_by("reversal", chain(in_turn), question);
    const Estimate forward = estimate_by("shuffle", chain(in_turn), question);

    EXPECT_EQ(reversal.at("slope").estimate, forward.coefficients[0].estimate);
    EXPECT_THROW(estimate_by("reversal", chain(in_turn), {.naming = Naming::both}), sim::UserError);
}

TEST(ExposureLogit, has_a_hazard_for_each_person_and_period_at_risk) {
    const Estimate logit = estimate_by("exposure_logit", chain(in_turn), {.naming = Naming::sent});

    // Periods 1 .. 10: who quits in period q counts q times, four to the end.
    EXPECT_EQ(logit.figure("person-periods"), 0 + 1 + 3 + 4 + 6 + 7 + 9 + 10 + 4 * 10);
    EXPECT_EQ(logit.figure("people with the event"), 8.0);
    EXPECT_GT(logit.at("contacts before").estimate, 0.0);
}

TEST(ExposureLogit, has_the_p_of_the_errors_it_goes_by) {
    const Survey survey = chain(in_turn); // one team
    const Estimate by_person =
        estimate_by("exposure_logit", survey, {.naming = Naming::sent, .cluster = "person"});
    const Estimate by_team = estimate_by("exposure_logit", survey, {.naming = Naming::sent});

    const Coefficient& clustered = by_person.coefficients[0];
    const Coefficient& robust = by_team.coefficients[0];
    EXPECT_DOUBLE_EQ(clustered.statistic, clustered.estimate / clustered.se_clustered);
    EXPECT_THAT(by_person.statistic, ::testing::HasSubstr("clustered se, Student t with 10"));
    EXPECT_DOUBLE_EQ(robust.statistic, robust.estimate / robust.se_robust);
    EXPECT_THAT(by_team.statistic, ::testing::HasSubstr("robust se, normal"));
    EXPECT_NE(robust.p, clustered.p);
}

TEST(EventTimes, count_contacts_whose_tie_was_in_force_at_their_event) {
    Survey survey = chain(in_turn);
    const Question question{.naming = Naming::sent, .permutations = 19};
    const double always = estimate_by("shuffle", survey, question).coefficients[0].estimate;
    for (SurveyTie& tie : survey.ties) tie.first = Day(std::chrono::year(2019) / 1 / 1);
    const Estimate all_the_time = estimate_by("shuffle", survey, question);
    for (SurveyTie& tie : survey.ties) {
        if (tie.from > 4) tie.last = Day(std::chrono::year(2020) / 3 / 1);
    }

    const EventTimes times = event_times(survey, {.naming = Naming::sent});
    const Estimate some = estimate_by("shuffle", survey, question);

    EXPECT_TRUE(times.tied(5, 4, 2));
    EXPECT_FALSE(times.tied(5, 4, 3)) << "month 3 is April";
    EXPECT_EQ(all_the_time.coefficients[0].estimate, always);
    EXPECT_NE(some.coefficients[0].estimate, always);
    EXPECT_THAT(some.notes, ::testing::Contains(::testing::HasSubstr("was in force")));
    EXPECT_LT(estimate_by("exposure_logit", survey, question).coefficients[0].estimate,
              estimate_by("exposure_logit", chain(in_turn), question).coefficients[0].estimate);
}

TEST(ExposureLogit, says_when_no_contact_ever_came_first) {
    EXPECT_THROW(estimate_by("exposure_logit", chain(in_turn), {.naming = Naming::received}),
                 sim::UserError);
}

TEST(Events, are_needed) { EXPECT_THROW(estimate_by("shuffle", chain({}), {}), sim::UserError); }

}
}
