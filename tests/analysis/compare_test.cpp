#include <cmath>

#include <gmock/gmock.h>

#include "analysis/comparison_runs.hpp"
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
        EXPECT_THAT(error.what(), HasSubstr("--resume"));
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

    EXPECT_EQ(all.outcomes[0].contrasts[0].run_pairs, 8U);
    EXPECT_EQ(all.outcomes[0].contrasts[0].difference.pairs, 4U);
    EXPECT_EQ(one.outcomes[0].contrasts[0].difference.pairs, 4U);
    EXPECT_EQ(one.runs(), 8U);
    EXPECT_EQ(one.outcomes[0].arms[0].mean, 1005.5); // runs 4 to 7
}

/// Two points of three replicates that share their random events: what chance does to a replicate
/// it does at both points.
TEST_F(Compare, counts_a_replicate_of_a_design_once) {
    sim::ResultsHead head = head_of({"scop", "sa"});
    head.points = 2;
    head.factors = {"x"};
    head.design = {0.0, 1.0};
    head.run_seeds.assign(12, 1);
    const auto path = folder_ / "design.h5";
    {
        sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
        const double chance[] = {0.01, 0.02, 0.06};
        for (std::size_t arm = 0; arm < 2; ++arm) {
            for (std::size_t point = 0; point < 2; ++point) {
                for (std::size_t replicate = 0; replicate < 3; ++replicate) {
                    const double churn =
                        arm == 0 ? chance[replicate] + (point == 0 ? 0.1 : 0.3) : 0.0;
                    // At the second point the firm of the last replicate dies in the first arm.
                    const bool dies = arm == 0 && point == 1 && replicate == 2;
                    writer.write({.batch = {arm, point, replicate, 1},
                                  .series = {},
                                  .outcomes = {dies ? not_known : churn, 1.0},
                                  .failure = {}});
                }
            }
        }
    }

    const Comparison result = compare(sim::ResultsReader(path), {});

    // By hand: replicates 0.21, 0.22 and, of its first point alone, 0.16; sd 0.03214550.
    const Contrast& churn = result.outcomes[0].contrasts[0];
    EXPECT_EQ(churn.run_pairs, 5U);
    EXPECT_EQ(churn.difference.pairs, 3U);
    EXPECT_NEAR(churn.difference.mean, 0.59 / 3.0, 1e-15);
    EXPECT_NEAR(churn.difference.interval.half_width(),
                4.302652729911275 * 0.032145502536643185 / std::sqrt(3.0), 1e-10);
    EXPECT_EQ(result.finished_pairs.at(0), 6U);
    EXPECT_EQ(result.paired_replicates.at(0), 3U);
    const std::string text = comparison_table(result, 200, Colour::never);
    EXPECT_THAT(text, HasSubstr("6 pairs of runs in 3 replicates"));
    EXPECT_THAT(text, HasSubstr("2 design points, taken together"));
    EXPECT_THAT(text, HasSubstr("a replicate counts once"));
}

TEST(PairedRuns, of_a_replicate_are_the_same_points_in_both_arms) {
    const PairedRuns pairs = paired_runs({1.0, 2.0, not_known, 4.0}, {5.0, not_known, 7.0, 8.0});

    EXPECT_EQ(pairs.known, 2U);
    EXPECT_THAT(means_of_replicates(pairs.first, 2), testing::ElementsAre(1.0, 4.0));
    EXPECT_THAT(means_of_replicates(pairs.second, 2), testing::ElementsAre(5.0, 8.0));
}

TEST_F(Compare, calls_a_difference_shown_only_where_all_intervals_hold_together) {
    // Three differences of 0.05: sd 0.01 holds among two; sd 0.015 alone; sd 0.03 not at all. By
    // hand, half-widths of one and of two: 0.0248, 0.0358; 0.0373, 0.0537; 0.0745, 0.1075.
    const auto standing = [&](double sd) {
        const Numbers numbers = {{{0.05 - sd, 0.05, 0.05 + sd}, {1, 2, 3}}, {{0, 0, 0}, {1, 2, 3}}};
        return of(head_of({"scop", "sa"}), numbers).outcomes[0].contrasts[0].standing();
    };

    EXPECT_EQ(standing(0.01), Standing::shown);
    EXPECT_EQ(standing(0.015), Standing::alone);
    EXPECT_EQ(standing(0.03), Standing::open);
}

}
