#include <array>

#include <gmock/gmock.h>

#include "analysis/inference/battery.hpp"
#include "analysis/inference/company.hpp"
#include "analysis/inference/event_times.hpp"
#include "analysis/inference/logit.hpp"
#include "analysis/inference/methods.hpp"
#include "analysis/inference/permutations.hpp"
#include "scenarios/draws.hpp"
#include "sim/error.hpp"
#include "sim/random.hpp"
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

TEST(ExposureLogit, tells_thresholds) {
    const Estimate logit = estimate_by("exposure_logit", chain(in_turn), {.naming = Naming::sent});

    // Seven quit after the one they name; three of them a month late.
    EXPECT_EQ(logit.figure("threshold (contacts before, at the event), mean"), 1.0);
    EXPECT_EQ(logit.figure("threshold, median"), 1.0);
    EXPECT_DOUBLE_EQ(logit.figure("contacts before, at risk without the event, mean"), 3.0 / 73.0);
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
    EXPECT_EQ(some.coefficients[0].estimate, always) << "all ties were there before January's quit";
    EXPECT_THAT(some.notes, ::testing::Contains(::testing::HasSubstr("before the first quit")));
    EXPECT_LT(estimate_by("exposure_logit", survey, question).coefficients[0].estimate,
              estimate_by("exposure_logit", chain(in_turn), question).coefficients[0].estimate);
}

/// Eight teams of eight over two years from 2020. A third are hired in the first 18 months; half of
/// the pairs of mates who meet are tied from the day both are there until one quits. Everybody
/// quits with odds of .05 a month, and `pull` more after a month in which someone they were tied to
/// quit.
class TeamsWithQuits {
public:
    TeamsWithQuits(double pull, std::uint64_t seed) : stream_(seed, sim::Draw::survey_roster, 3) {
        for (std::size_t i = 0; i < people; ++i) {
            hired_.push_back(stream_.below(3) == 0 ? 1 + static_cast<int>(stream_.below(18)) : -1);
            for (std::size_t j = i - i % 8; j < i; ++j) {
                if (stream_.below(2) == 0) pairs_.emplace_back(i, j);
            }
        }
        for (int month = 0; month < 24; ++month) pass(month, pull);
    }
    Survey survey() const {
        Survey survey = tied_people(people, {}, 8);
        for (std::size_t i = 0; i < people; ++i) {
            survey.people.list[i].team = std::to_string(i / 8);
            if (quit_[i] == open) continue;
            survey.events.push_back({static_cast<PersonIndex>(i), day(quit_[i], 10), "quit"});
        }
        for (const auto& [i, j] : pairs_) {
            const int from = std::max(hired_[i], hired_[j]), to = std::min(quit_[i], quit_[j]);
            if (from > to) continue;
            survey.ties.push_back({static_cast<PersonIndex>(i), static_cast<PersonIndex>(j), 0, 1.0,
                                   day(from, 1), to == open ? Day::max() : day(to, 10)});
        }
        return survey;
    }

private:
    static constexpr std::size_t people = 64;
    static constexpr int open = 24; ///< not gone after two years

    static Day day(int month, unsigned of_month) {
        return std::chrono::year_month_day(std::chrono::year(2020) / 1 /
                                           std::chrono::day(of_month)) +
               std::chrono::months(month);
    }
    void pass(int month, double pull) {
        std::vector<double> odds(people, 0.05);
        for (const auto& [i, j] : pairs_) {
            if (quit_[i] == month - 1 && hired_[j] < month) odds[j] = 0.05 + pull;
            if (quit_[j] == month - 1 && hired_[i] < month) odds[i] = 0.05 + pull;
        }
        for (std::size_t i = 0; i < people; ++i) {
            if (hired_[i] > month || quit_[i] != open) continue;
            if (stream_.uniform() < odds[i]) quit_[i] = month;
        }
    }

    sim::Stream stream_;
    std::vector<int> hired_; ///< months from January 2020
    std::vector<int> quit_ = std::vector<int>(people, open);
    std::vector<std::pair<std::size_t, std::size_t>> pairs_;
};

/// p of the slope with the contacts whose tie was in force in the month of their event.
double p_by_ties_of_the_month(const EventTimes& times, std::uint64_t seed) {
    std::vector<std::uint32_t> who, team;
    for (std::uint32_t i = 0; i < times.who.size(); ++i) {
        if (times.period[i] == never) continue;
        who.push_back(i);
        team.push_back(times.team[i]);
    }
    const std::vector<double> shuffled =
        permuted({.stratum = team, .count = 99, .seed = seed, .test = 5},
                 [&](std::span<const std::uint32_t> order) {
                     std::vector<std::uint32_t> period = times.period;
                     for (std::size_t i = 0; i < who.size(); ++i) {
                         period[who[i]] = times.period[who[order[i]]];
                     }
                     return contact_slope(times, times.ties, period, 1);
                 });
    return permutation_p(contact_slope(times, times.ties, times.period, 1), shuffled, Tail::upper);
}

TEST(Shuffle, has_its_size_where_who_quits_ends_ties_and_who_comes_begins_them) {
    // H0: quits are independent. 200 worlds, rejections at .05 ~ Binomial(200, .05): at most 20
    // with alpha = .001.
    std::size_t rejected = 0, by_month = 0, found = 0;
    for (std::uint64_t seed = 1000; seed < 1200; ++seed) {
        const Question question{.naming = Naming::both, .permutations = 99, .seed = seed};
        const Survey quiet = TeamsWithQuits(0.0, seed).survey();
        const Survey pulled = TeamsWithQuits(0.4, seed).survey();
        rejected += estimate_by("shuffle", quiet, question).coefficients[0].p <= 0.05 ? 1 : 0;
        found += estimate_by("shuffle", pulled, question).coefficients[0].p <= 0.05 ? 1 : 0;
        by_month += p_by_ties_of_the_month(event_times(quiet, question), seed) <= 0.05 ? 1 : 0;
    }

    EXPECT_LE(rejected, 20U);
    EXPECT_GT(by_month, 20U) << "twin: ties that end at the events themselves";
    EXPECT_GT(found, 60U) << "twin: quits that follow quits; " << found;
    RecordProperty("rejected", static_cast<int>(rejected));
    RecordProperty("by_month", static_cast<int>(by_month));
    RecordProperty("found", static_cast<int>(found));
}

TEST(Shuffle, leaves_out_who_had_no_tie_before_the_first_event) {
    Survey survey = chain(in_turn);
    for (SurveyTie& tie : survey.ties) tie.first = Day(std::chrono::year(2019) / 1 / 1);
    survey.ties.back().first = Day(std::chrono::year(2020) / 2 / 1); // 11 names 10

    const Estimate shuffle =
        estimate_by("shuffle", survey, {.naming = Naming::sent, .permutations = 19});

    EXPECT_EQ(shuffle.n, 11U);
    EXPECT_THAT(shuffle.left_out,
                ::testing::Contains(::testing::HasSubstr("without a tie before")));
}

TEST(ExposureLogit, says_when_no_contact_ever_came_first) {
    EXPECT_THROW(estimate_by("exposure_logit", chain(in_turn), {.naming = Naming::received}),
                 sim::UserError);
}

TEST(Battery, compares_events_along_directed_ties_with_those_along_reversed_ones) {
    Survey company = make_company({.truth = "none", .handovers = 0, .seed = 3});
    for (PersonIndex person = 0; person < 30; ++person) {
        const auto month = std::chrono::month(1 + person * 7 % 12);
        company.events.push_back({person, Day(std::chrono::year(2026) / month / 10), "quit"});
    }
    const auto asked = [&] {
        return *evidence_of(company, panels_of(company), {"colleague"}, {.permutations = 19},
                            Tests::all)
                    .events;
    };
    const EventTest both_ways = asked();
    const std::vector<SurveyTie> named = company.ties;
    for (std::size_t tie = 0; tie < named.size(); tie += 2) { // every second is named back
        if (company.tie_kinds[named[tie].kind] != "colleague") continue;
        company.ties.push_back({named[tie].to, named[tie].from, named[tie].kind, 1.0});
    }
    const EventTest directed = asked();

    EXPECT_FALSE(std::isnan(directed.less_reversed));
    EXPECT_FALSE(std::isnan(directed.less_reversed_p));
    EXPECT_TRUE(std::isnan(both_ways.less_reversed));
}

TEST(Events, are_needed) { EXPECT_THROW(estimate_by("shuffle", chain({}), {}), sim::UserError); }

}
}
