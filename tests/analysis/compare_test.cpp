#include <cmath>

#include <gmock/gmock.h>

#include "sim/error.hpp"
#include "tests/analysis/three_replicates.hpp"

namespace cercle::analysis {

namespace {

using sim::RunStatus;
using testing::HasSubstr;

}

TEST_F(Compare, takes_the_difference_of_pairs_first_minus_last) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms);

    // By hand: differences -0.05, -0.06, -0.04; sd 0.01; t(0.975, 2) = 4.302653.
    const Contrast& churn = result.outcomes[0].contrasts[0];
    EXPECT_EQ(result.reference, "sa");
    EXPECT_EQ(churn.first, "scop");
    EXPECT_EQ(churn.difference.pairs, 3U);
    EXPECT_NEAR(churn.difference.mean, -0.05, 1e-15);
    EXPECT_NEAR(churn.difference.interval.half_width(), 4.302652729911275 * 0.01 / std::sqrt(3.0),
                1e-12);
    EXPECT_NEAR(result.outcomes[0].arms[0].mean, 0.13, 1e-15);
}

TEST_F(Compare, widens_simultaneous_intervals_by_the_number_of_contrasts) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms);

    // Two differences: each at 97.5 %; t(0.9875, 2) = 6.205347
    EXPECT_EQ(result.contrast_count(), 2U);
    EXPECT_NEAR(result.outcomes[0].contrasts[0].simultaneous.half_width(),
                6.205346816570 * 0.01 / std::sqrt(3.0), 1e-9);
}

TEST_F(Compare, leaves_out_pairs_of_failed_runs_and_warns) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms, {}, RunStatus::failed);

    EXPECT_EQ(result.failed, 1U);
    EXPECT_EQ(result.outcomes[0].contrasts[0].difference.pairs, 2U);
    EXPECT_EQ(result.outcomes[0].contrasts[0].difference.left_out, 1U);
    EXPECT_EQ(result.outcomes[0].arms[1].count, 2U);
    EXPECT_THAT(result.warnings, testing::ElementsAre(HasSubstr("the till was empty")));
}

TEST_F(Compare, warns_of_runs_that_are_not_done) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms, {}, RunStatus::pending);

    EXPECT_EQ(result.pending, 1U);
    EXPECT_THAT(result.warnings, testing::ElementsAre(HasSubstr("1 of 6 runs is not done yet")));
}

TEST_F(Compare, sets_every_arm_against_the_reference) {
    const Numbers three = {two_arms[0], two_arms[1], two_arms[0]};

    const Comparison by_default = of(head_of({"a", "b", "c"}), three);
    const Comparison chosen = of(head_of({"a", "b", "c"}), three, {.reference = "a"});

    EXPECT_EQ(by_default.reference, "c");
    EXPECT_EQ(by_default.outcomes[0].contrasts[0].first, "a");
    EXPECT_EQ(by_default.outcomes[0].contrasts[0].difference.mean, 0.0);
    EXPECT_EQ(by_default.outcomes[0].contrasts[1].first, "b");
    EXPECT_EQ(chosen.outcomes[0].contrasts[0].first, "b");
    EXPECT_NEAR(chosen.outcomes[0].contrasts[0].difference.mean, 0.05, 1e-15);
    EXPECT_EQ(chosen.contrast_count(), 4U);
}

TEST_F(Compare, warns_when_all_replicates_are_the_same_run) {
    const Numbers same = {{{0.1, 0.1, 0.1}, {5.0, 5.0, 5.0}}, two_arms[1]};

    const Comparison result = of(head_of({"scop", "sa"}), same);

    EXPECT_THAT(result.warnings, testing::ElementsAre(HasSubstr("All runs of scop")));
}

TEST_F(Compare, names_what_is_not_there_and_what_was_meant) {
    const auto message = [&](const CompareOptions& options) -> std::string {
        try {
            of(head_of({"scop", "sa"}), two_arms, options);
        } catch (const sim::UserError& error) {
            return error.what();
        }
        return "no error";
    };

    EXPECT_THAT(message({.reference = "scip"}), HasSubstr("did you mean scop?"));
    EXPECT_THAT(message({.outcomes = {"chrun"}}), HasSubstr("did you mean churn?"));
    EXPECT_THAT(message({.margins = {{"cahs", 1.0}}}), HasSubstr("did you mean cash?"));
    EXPECT_THAT(message({.margins = {{"cash", 0.0}}}), HasSubstr("not above 0"));
    EXPECT_THAT(message({.point = 1}), HasSubstr("no design point 1"));
    EXPECT_THAT(message({.confidence = 95.0}), HasSubstr("confidence = 95"));
}

TEST_F(Compare, takes_means_over_the_pairs_of_the_difference) {
    const Numbers with_a_death = {{{0.10, 0.12, 0.17}, {2e6, 3e6, 4e6}},
                                  {{0.15, not_known, 0.21}, {2e6, 3e6, 1e6}}};

    const Comparison result = of(head_of({"scop", "sa"}), with_a_death);

    const PairedDifference& churn = result.outcomes[0].contrasts[0].difference;
    EXPECT_EQ(churn.pairs, 2U);
    EXPECT_NEAR(churn.first.mean, (0.10 + 0.17) / 2.0, 1e-15);
    EXPECT_NEAR(churn.second.mean, (0.15 + 0.21) / 2.0, 1e-15);
    EXPECT_NEAR(churn.first.mean - churn.second.mean, churn.mean, 1e-15);
    EXPECT_NEAR(result.outcomes[0].arms[0].mean, 0.13, 1e-15); // of all runs
    const std::string text = comparison_table(result, 200, Colour::never);
    EXPECT_THAT(text, HasSubstr("13.5 (4.9)"));
    EXPECT_THAT(text, testing::ContainsRegex("Clients lost, %/year .* 2\n"));
    EXPECT_THAT(text, testing::ContainsRegex("Cash, thousand EUR .* 3\n"));
    EXPECT_THAT(text, HasSubstr("pairs = pairs of runs in which both arms"));
}

TEST_F(Compare, refuses_a_study_without_a_finished_pair) {
    const auto path = folder_ / "early.h5";
    const sim::ResultsHead head = head_of({"a", "b"});
    {
        sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
        sim::Record record{.batch = {0, 0, 0, 1}, .series = {}, .outcomes = {1, 2}, .failure = {}};
        writer.write(record);
        record.batch = {1, 0, 2, 1};
        writer.write(record);
    }

    try {
        compare(sim::ResultsReader(path), {});
        FAIL() << "compared";
    } catch (const sim::UserError& error) {
        EXPECT_THAT(error.what(), HasSubstr("no run is finished both in b and in another arm"));
        EXPECT_THAT(error.what(), HasSubstr("--overwrite"));
    }
}

TEST_F(Compare, refuses_a_study_without_finished_runs) {
    const auto path = folder_ / "pending.h5";
    {
        const sim::ResultsWriter writer(path, head_of({"a", "b"}), {},
                                        sim::ResultsWriter::Existing::refuse);
    }

    EXPECT_THROW(compare(sim::ResultsReader(path), {}), sim::UserError);
}

TEST_F(Compare, gives_one_design_point_when_asked) {
    sim::ResultsHead head = sim::small_head(4, 2);
    const auto path = folder_ / "points.h5";
    {
        sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
        for (std::size_t arm = 0; arm < 2; ++arm) {
            for (std::size_t point = 0; point < 2; ++point)
                writer.write(sim::telling_record(head, {arm, point, 0, 4}));
        }
    }

    const Comparison all = compare(sim::ResultsReader(path), {});
    const Comparison one = compare(sim::ResultsReader(path), {.point = 1});

    EXPECT_EQ(all.outcomes[0].contrasts[0].difference.pairs, 8U);
    EXPECT_EQ(one.outcomes[0].contrasts[0].difference.pairs, 4U);
    EXPECT_EQ(one.runs(), 8U);
    EXPECT_EQ(one.outcomes[0].arms[0].mean, 1005.5); // runs 4 to 7
}

}
