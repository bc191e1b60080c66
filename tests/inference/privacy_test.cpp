#include "analysis/inference/privacy.hpp"

#include <cmath>
#include <numeric>

#include <gmock/gmock.h>

#include "analysis/inference/methods.hpp"
#include "scenarios/draws.hpp"
#include "sim/error.hpp"
#include "sim/random.hpp"
#include "tests/inference/karate.hpp"

namespace cercle::analysis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr Interval percent{0.0, 100.0};

/// Groups of these sizes; person i answers i.
GroupTable table_of(const std::vector<std::size_t>& sizes) {
    std::vector<std::uint32_t> group;
    std::vector<double> value;
    for (std::uint32_t g = 0; g < sizes.size(); ++g) {
        for (std::size_t i = 0; i < sizes[g]; ++i) {
            group.push_back(g);
            value.push_back(static_cast<double>(value.size()));
        }
    }
    return safe_means(group, value, percent);
}

std::size_t told(const GroupTable& table) {
    std::size_t count = 0;
    for (const GroupMean& group : table.groups) count += group.at_least > 0 ? 1 : 0;
    return count;
}

TEST(ToldCounts, of_few_are_told_together_with_enough_others) {
    const ToldCounts one_small = told_counts({30, 12, 2, 0, 8}, 5);
    const ToldCounts two_small = told_counts({30, 3, 3, 0, 8}, 5);
    const ToldCounts none_small = told_counts({30, 5, 0}, 5);

    EXPECT_THAT(one_small.counts, ::testing::ElementsAre(30, 12, 0, 0, 0));
    EXPECT_EQ(one_small.rest, 10U) << "2 alone would be the total less the others";
    EXPECT_THAT(two_small.counts, ::testing::ElementsAre(30, 0, 0, 0, 8));
    EXPECT_EQ(two_small.rest, 6U);
    EXPECT_EQ(none_small.rest, 0U);
    EXPECT_EQ(told_count(4, 5, Language::english), "fewer than 5");
    EXPECT_EQ(told_count(4, 5, Language::french), "moins de 5");
    EXPECT_EQ(told_count(5, 5, Language::english), "5");
    EXPECT_EQ(told_count(0, 5, Language::english), "0");
}

TEST(SafeMeans, tell_no_group_below_five) {
    const GroupTable table = table_of({4, 5, 9, 3});

    for (const GroupMean& group : table.groups) {
        EXPECT_TRUE(group.at_least == 0 || group.at_least >= fewest_in_group);
        EXPECT_EQ(group.at_least == 0, std::isnan(group.mean.low));
    }
}

TEST(SafeMeans, leave_out_several_groups_or_none) {
    // The attack: a total known from elsewhere minus the told groups. What is left must be nobody,
    // or several groups of at least five people together.
    const std::vector<std::pair<std::vector<std::size_t>, std::size_t>> offices{
        {{2, 8, 9}, 1}, {{4, 5, 9, 3}, 2}, {{1, 1, 8, 8}, 1}, {{5, 6, 7}, 3},
        {{1, 20}, 0},   {{3}, 0},          {{4, 4}, 0},       {{1, 1, 1, 12, 13}, 1}};
    for (const auto& [sizes, expected] : offices) {
        EXPECT_EQ(told(table_of(sizes)), expected) << sizes.size() << " groups of " << sizes[0];
    }
}

TEST(SafeMeans, say_nothing_by_their_order_and_do_not_follow_the_roster) {
    // The same two groups, met in one order and in the other.
    const std::vector<double> value{1, 1, 1, 1, 1, 9, 9, 9, 9, 9, 9, 9, 9};
    const std::vector<std::uint32_t> small_first{0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1};
    std::vector<std::uint32_t> large_first = small_first;
    for (std::uint32_t& each : large_first) each = 1 - each;

    const GroupTable one = safe_means(small_first, value, {0.0, 10.0});
    const GroupTable other = safe_means(large_first, value, {0.0, 10.0});

    for (std::size_t i = 0; i < 2; ++i) {
        EXPECT_EQ(one.groups[i].pseudonym, other.groups[i].pseudonym);
        EXPECT_EQ(one.groups[i].at_least, other.groups[i].at_least);
        EXPECT_EQ(one.groups[i].mean, other.groups[i].mean);
    }
    EXPECT_EQ(one.groups[0].at_least, 8U) << "larger groups first";
    EXPECT_EQ(one.groups[0].pseudonym, "group 1");
}

/// What an attacker reads of a group of `people`: all sums of whole answers its cell allows.
struct Reading {
    int least = 0, most = 0;
};
Reading reading(const std::vector<int>& answers, std::size_t people, const Interval& scale,
                bool exact) {
    std::vector<double> value(answers.begin(), answers.begin() + static_cast<long>(people));
    const auto n = static_cast<double>(people);
    const int least = static_cast<int>(n * scale.low);
    const int most = static_cast<int>(n * scale.high);
    if (exact) {
        const int sum =
            std::accumulate(answers.begin(), answers.begin() + static_cast<long>(people), 0);
        return {sum, sum};
    }
    const GroupTable table = safe_means(std::vector<std::uint32_t>(people, 0), value, scale);
    const Interval& mean = table.groups[0].mean;
    if (std::isnan(mean.low)) return {least, most};
    const bool to_the_end =
        mean.high == scale.high; // cells do not hold their upper edge, but the last
    return {static_cast<int>(std::ceil(n * mean.low - 1e-9)),
            to_the_end ? most : static_cast<int>(std::ceil(n * mean.high - 1e-9)) - 1};
}

/// Answers of one leaver that two tables allow, before and after, to who knows both sizes.
int possible_answers(const std::vector<int>& answers, const Interval& scale, bool exact) {
    const Reading before = reading(answers, answers.size(), scale, exact);
    const Reading after = reading(answers, answers.size() - 1, scale, exact);
    int possible = 0;
    for (int x = static_cast<int>(scale.low); x <= static_cast<int>(scale.high); ++x) {
        possible += before.most - after.least >= x && before.least - after.most <= x ? 1 : 0;
    }
    return possible;
}

TEST(TwoTables, do_not_give_the_answer_of_a_leaver_away) {
    sim::Stream stream(8, sim::Draw::survey_roster, 11);
    for (const Interval scale :
         {Interval{1.0, 5.0}, Interval{0.0, 5.0}, Interval{1.0, 7.0}, Interval{0.0, 10.0}}) {
        const auto low = static_cast<int>(scale.low);
        const auto values = static_cast<std::uint64_t>(scale.high - scale.low) + 1;
        for (std::size_t size = 5; size <= 20; ++size) {
            for (int trial = 0; trial < 300; ++trial) {
                std::vector<int> answers(size);
                const std::uint64_t some = 1 + stream.below(values); // also firms that all agree
                for (int& each : answers) each = low + static_cast<int>(stream.below(some));
                answers.back() = low + static_cast<int>(stream.below(values));

                EXPECT_GE(possible_answers(answers, scale, false), 2) << size << " people";
                EXPECT_EQ(possible_answers(answers, scale, true), 1) << "twin: exact means do";
            }
        }
    }
}

TEST(TwoTables, tell_a_side_at_most_so_short_scales_have_no_means) {
    for (const Interval scale : {Interval{0.0, 1.0}, Interval{1.0, 4.0}, Interval{}}) {
        EXPECT_TRUE(std::isnan(told_cell(0.7, 12, scale).low));
    }
    for (std::size_t people = 5; people < 200; ++people) {
        for (double mean = 0.0; mean <= 100.0; mean += 0.25) {
            const Interval cell = told_cell(mean, people, percent);
            EXPECT_LE(cell.low, mean);
            EXPECT_LE(mean, cell.high);
            for (const double edge : {cell.low, cell.high}) {
                EXPECT_TRUE(edge == 0.0 || edge == 100.0 || (edge > 100.0 / 3 && edge < 200.0 / 3));
            }
            EXPECT_GE(cell.high - cell.low, 100.0 / static_cast<double>(people));
        }
    }
}

/// The karate club with a column that is 1 for the first so many.
Survey marked(std::size_t people) {
    Survey survey = karate_survey(0.0, 0.5);
    NumberColumn mark{.name = "night_shift", .values = std::vector<double>(34, 0.0)};
    for (std::size_t i = 0; i < people; ++i) mark.values[i * 3] = 1.0;
    survey.columns.push_back(mark);
    return survey;
}

std::string refusal(const Survey& survey, const std::vector<std::string>& covariates,
                    bool contextual = false) {
    try {
        estimate_by("peer_ols", survey,
                    {.outcome = survey.columns[1].name,
                     .covariates = covariates,
                     .contextual = contextual});
    } catch (const sim::UserError& error) {
        return error.what();
    }
    return "accepted";
}

TEST(Covariates, that_set_fewer_than_five_people_apart_are_refused_by_name) {
    EXPECT_THAT(refusal(marked(1), {"night_shift"}),
                HasSubstr("--covariates night_shift: fewer than 5 people"));
    EXPECT_THAT(refusal(marked(4), {"night_shift"}), HasSubstr("night_shift"));
    EXPECT_EQ(refusal(marked(5), {"night_shift"}), "accepted");
    EXPECT_EQ(refusal(marked(5), {marked(5).columns[0].name}), "accepted") << "a number of each";
}

// Six people with a mark, who are contacts of few others but each other.
TEST(Covariates, of_contacts_that_set_few_people_apart_are_refused) {
    Survey survey = karate_survey(0.0, 0.5);
    NumberColumn mark{.name = "night_shift", .values = std::vector<double>(34, 0.0)};
    for (std::size_t i = 0; i < 6; ++i) mark.values[i] = 1.0;
    survey.columns.push_back(mark);
    std::erase_if(survey.ties, [](const SurveyTie& tie) {
        return std::min(tie.from, tie.to) < 6; // none of them has a contact ...
    });
    survey.ties.push_back({0, 33, 0, 1.0}); // ... but this one

    EXPECT_EQ(refusal(survey, {"night_shift"}), "accepted");
    EXPECT_THAT(refusal(survey, {"night_shift"}, true), HasSubstr("night_shift (of contacts)"));
}

TEST(Covariates, that_differ_from_each_other_by_one_person_are_refused) {
    Survey survey = marked(9);
    NumberColumn again = survey.columns.back();
    again.name = "day_shift";
    again.values[0] = 0.0;
    survey.columns.push_back(again);

    EXPECT_EQ(refusal(survey, {"night_shift"}), "accepted");
    EXPECT_EQ(refusal(survey, {"day_shift"}), "accepted");
    EXPECT_THAT(refusal(survey, {"night_shift", "day_shift"}), HasSubstr("fewer than 5 people"));
}

}
}
