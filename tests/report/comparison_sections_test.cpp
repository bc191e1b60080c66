#include <cmath>
#include <set>
#include <sstream>

#include <gmock/gmock.h>

#include "analysis/report/report.hpp"
#include "analysis/report/sections.hpp"
#include "analysis/wording.hpp"
#include "tests/analysis/three_replicates.hpp"

namespace cercle::analysis {
namespace {

using testing::HasSubstr;
using testing::Not;

class ComparisonSections : public Compare {
protected:
    Comparison three_worlds(const Numbers& numbers = two_arms) {
        return of(head_of({"scop", "conventional"}), numbers);
    }
    const ReportWords english_{Language::english};
    const ReportWords french_{Language::french};
};

TEST_F(ComparisonSections, draw_the_numbers_of_the_comparison) {
    const Comparison comparison = three_worlds();

    const auto section = forest_section(comparison, english_);

    ASSERT_TRUE(section);
    const auto& rows = section->figures.at(0).panels.at(0).spec.at("data").at("values");
    ASSERT_EQ(rows.size(), comparison.outcomes.size());
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const PairedDifference& difference = outcome.contrasts.at(0).difference;
        const auto drawn = std::find_if(rows.begin(), rows.end(), [&](const auto& row) {
            return row.at("row").template get<std::string>().starts_with(label_of(outcome.metric));
        });
        ASSERT_NE(drawn, rows.end());
        EXPECT_NEAR(drawn->at("effect").get<double>(), difference.effect,
                    1e-5 * std::abs(difference.effect));
    }
}

TEST_F(ComparisonSections, tell_an_arm_that_is_lower_as_lower) {
    // churn of scop less conventional: -.05, -.06, -.04, so 5 points, [2.5, 7.5] by Student's t.
    const Comparison comparison = three_worlds();

    EXPECT_EQ(finding(comparison, comparison.outcomes.at(0), english_),
              "Clients lost: scop 5.0 points a year below conventional [2.5, 7.5]");
    EXPECT_EQ(
        finding(comparison, comparison.outcomes.at(0), french_),
        "Clients perdus : scop 5,0 points par an au-dessous de conventional [2,5\u00a0; 7,5]");
}

TEST_F(ComparisonSections, say_that_no_difference_is_shown_when_the_interval_covers_zero) {
    const Comparison comparison =
        three_worlds({{{0.10, 0.20, 0.30}, {1, 2, 3}}, {{0.11, 0.18, 0.31}, {1, 2, 3}}});

    const ReportSection answer = answer_section(comparison, {}, english_);

    EXPECT_THAT(answer.paragraphs.at(0), HasSubstr("no difference is shown"));
    EXPECT_THAT(answer.paragraphs.at(0), HasSubstr("covers 0"));
    EXPECT_THAT(finding(comparison, comparison.outcomes.at(0), english_),
                HasSubstr("no difference shown"));
}

TEST_F(ComparisonSections, answer_in_three_sentences_that_name_their_assumptions) {
    const ReportSection answer = answer_section(three_worlds(), {}, english_);

    ASSERT_EQ(answer.paragraphs.size(), 3U);
    EXPECT_THAT(answer.paragraphs.at(2), HasSubstr("not a measurement"));
}

TEST_F(ComparisonSections, tell_of_runs_that_failed) {
    const Comparison comparison =
        of(head_of({"scop", "conventional"}), two_arms, {}, sim::RunStatus::failed);

    const ReportSection answer = answer_section(comparison, {}, english_);

    EXPECT_THAT(answer.paragraphs.back(), HasSubstr("1 of 6 runs failed"));
}

TEST_F(ComparisonSections, of_a_lone_arm_have_no_differences) {
    const Comparison comparison = of(head_of({"scop"}), {two_arms.front()});

    EXPECT_FALSE(forest_section(comparison, english_));
    EXPECT_THAT(answer_section(comparison, {}, english_).paragraphs.at(0),
                HasSubstr("nothing to compare it with"));
}

TEST_F(ComparisonSections, of_several_arms_have_a_row_for_each_against_the_reference) {
    const Comparison comparison =
        of(head_of({"scop", "sa", "conventional"}), {two_arms[0], two_arms[0], two_arms[1]});

    const auto section = forest_section(comparison, english_);

    ASSERT_TRUE(section);
    EXPECT_EQ(section->figures.at(0).panels.at(0).spec.at("data").at("values").size(), 2U);
}

}
}
