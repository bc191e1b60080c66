#include "analysis/compare.hpp"

#include <cmath>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analysis/text_table.hpp"
#include "sim/error.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::analysis {

namespace {

using sim::RunStatus;
using testing::HasSubstr;
using testing::Not;

/// A study of three replicates whose outcomes are those given, (arm, outcome, replicate).
using Numbers = std::vector<std::vector<std::vector<double>>>;

sim::ResultsHead head_of(const std::vector<std::string>& arms) {
    sim::ResultsHead head;
    head.arms = arms;
    head.replicates = 3;
    head.outcomes = {{"churn", "1/year", "clients lost per client and year"},
                     {"cash", "EUR", "money of the firm"}};
    head.run_seeds.assign(3 * arms.size(), 1);
    head.text_attributes["title"] = "Three worlds";
    return head;
}

void write(const std::filesystem::path& path, const sim::ResultsHead& head, const Numbers& numbers,
           RunStatus last = RunStatus::done) {
    sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        for (std::size_t replicate = 0; replicate < 3; ++replicate) {
            sim::Record record{
                .batch = {arm, 0, replicate, 1}, .series = {}, .outcomes = {}, .failure = {}};
            for (const auto& outcome : numbers[arm]) record.outcomes.push_back(outcome[replicate]);
            if (arm == 1 && replicate == 2) record.status = last;
            if (record.status == RunStatus::failed) record.failure = "the till was empty";
            if (record.status != RunStatus::pending) writer.write(record);
        }
    }
}

const Numbers two_arms = {{{0.10, 0.12, 0.17}, {2e6, 3e6, 4e6}},
                          {{0.15, 0.18, 0.21}, {2e6, 3e6, 1e6}}};

class Compare : public testing::Test {
protected:
    Comparison of(const sim::ResultsHead& head, const Numbers& numbers,
                  const CompareOptions& options = {}, RunStatus last = RunStatus::done) {
        const auto path = folder_ / ("study" + std::to_string(count_++) + ".h5");
        write(path, head, numbers, last);
        return compare(sim::ResultsReader(path), options);
    }
    sim::ScratchFolder folder_{"compare"};
    int count_ = 0;
};

std::vector<std::string> lines_in(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

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
    EXPECT_THAT(result.warnings, testing::ElementsAre(HasSubstr("1 of 6 runs are not done yet")));
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

TEST_F(Compare, prints_a_table_a_board_can_read) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms, {.margins = {{"churn", 0.2}}});

    const std::string text = comparison_table(result, 100, Colour::never);

    EXPECT_THAT(text, HasSubstr("Clients lost, %/year  "));
    EXPECT_THAT(text, HasSubstr("13.0 (3.6)"));
    EXPECT_THAT(text, HasSubstr("3 pairs of runs"));
    EXPECT_THAT(text, HasSubstr("[-7.5, -2.5] **"));
    EXPECT_THAT(text, HasSubstr("Cash, thousand EUR  "));
    EXPECT_THAT(text, HasSubstr("3,000 (1,000)"));
    EXPECT_THAT(text, HasSubstr("Equivalence of scop and sa"));
    EXPECT_THAT(text, HasSubstr("2 differences are compared"));
    EXPECT_THAT(text, Not(HasSubstr("\x1b")));
    EXPECT_THAT(comparison_table(result, 100, Colour::always), HasSubstr("\x1b[1m"));
}

TEST_F(Compare, prints_no_line_wider_than_asked) {
    const Numbers three = {two_arms[0], two_arms[1], two_arms[0]};
    const std::string long_name = "a co-operative firm with a very long name";
    const Comparison result = of(head_of({long_name, "b", "another rather long name"}), three);

    for (const std::string& line : lines_in(comparison_table(result, 100, Colour::never)))
        EXPECT_LE(text_width(line), 100U) << line;
}

TEST_F(Compare, prints_means_alone_for_a_single_arm) {
    const Comparison result = of(head_of({"scop"}), {two_arms[0]});

    const std::string text = comparison_table(result, 100, Colour::never);

    EXPECT_THAT(text, HasSubstr("13.0 (3.6)"));
    EXPECT_THAT(text, Not(HasSubstr("difference")));
}

TEST_F(Compare, gives_machines_the_same_numbers) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms, {}, RunStatus::failed);

    const auto json = nlohmann::json::parse(comparison_json(result).dump());

    const auto& contrast = json["outcomes"][0]["contrasts"][0];
    EXPECT_EQ(json["reference"], "sa");
    EXPECT_EQ(json["outcomes"][0]["arms"]["sa"]["n"], 2);
    EXPECT_EQ(contrast["difference"], result.outcomes[0].contrasts[0].difference.mean);
    EXPECT_EQ(contrast["interval"][0], result.outcomes[0].contrasts[0].difference.interval.low);
    EXPECT_EQ(contrast["pairs_left_out"], 1);
}

TEST_F(Compare, tells_machines_null_where_a_number_is_not_known) {
    const Numbers lone = {{{0.1, not_known, not_known}, {1, 2, 3}}, {{0.2, 0.3, 0.4}, {1, 2, 3}}};

    const auto json = nlohmann::json::parse(comparison_json(of(head_of({"a", "b"}), lone)).dump());

    EXPECT_TRUE(json["outcomes"][0]["contrasts"][0]["interval"][0].is_null());
}

}
