#include <sstream>

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include "analysis/text_table.hpp"
#include "tests/analysis/three_replicates.hpp"

namespace cercle::analysis {

namespace {

using sim::RunStatus;
using testing::HasSubstr;
using testing::Not;

std::vector<std::string> lines_in(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

}

TEST_F(Compare, tells_how_many_firms_of_each_arm_died) {
    sim::ResultsHead head = head_of({"scop", "sa"});
    head.outcomes[1] = {"survival", "fraction", "firms that still exist"};
    head.text_attributes["scenario_resolved"] += "market.firms = 4\n"; // of the last arm

    const Comparison result =
        of(head, {{{0.1, 0.2, 0.3}, {1, 0, 1}}, {{0.1, not_known, 0.3}, {1, 0.25, 0.5}}});

    EXPECT_EQ(result.firms[0].died, 1U);
    EXPECT_EQ(result.firms[0].all, 3U);
    EXPECT_EQ(result.firms[1].died, 5U);
    EXPECT_EQ(result.firms[1].all, 12U);
    EXPECT_THAT(comparison_table(result, 100, Colour::never),
                HasSubstr("Firms that died: 1 of 3 in scop, 5 of 12 in sa."));
    EXPECT_THAT(comparison_table(of(head_of({"scop", "sa"}), two_arms), 100, Colour::never),
                Not(HasSubstr("died")));
}

TEST_F(Compare, lists_the_parameters_that_differ_and_marks_the_assumed) {
    sim::ResultsHead head = head_of({"scop", "sa"});
    head.text_attributes["scenario_resolved"] +=
        "governance.voice = 0.25\npricing.rule = \"cost_plus\"\n";

    const Comparison result = of(head, two_arms);

    const std::string text = comparison_table(result, 100, Colour::never);
    EXPECT_EQ(result.parameters.differing.size(), 2U);
    EXPECT_EQ(result.parameters.shared, scenarios::all_parameters().size() - 2);
    EXPECT_THAT(text, HasSubstr("2 parameters differ between the arms, 1 of them"));
    EXPECT_THAT(text, HasSubstr("\na governance.voice = 0.45 (scop), 0.25 (sa)\n"));
    EXPECT_THAT(text, testing::ContainsRegex("\n- pricing.rule = \".*\" \\(scop\\), "
                                             "\"cost_plus\" \\(sa\\)\n"));
    EXPECT_THAT(text, HasSubstr("that all arms share, "));
    const auto json = nlohmann::json::parse(comparison_json(result).dump());
    EXPECT_EQ(json["parameters"][0]["values"]["sa"], "0.25");
    EXPECT_EQ(json["parameters"][0]["assumed"], true);
}

TEST_F(Compare, goes_without_a_scenario_that_it_cannot_read_and_says_so) {
    sim::ResultsHead head = head_of({"scop", "sa"});
    head.text_attributes["scenario_resolved"] = "cercle = 99\n";

    const Comparison result = of(head, two_arms);

    EXPECT_THAT(result.warnings, testing::ElementsAre(HasSubstr("another version")));
    EXPECT_EQ(result.outcomes[0].contrasts[0].difference.pairs, 3U);
}

TEST_F(Compare, gives_no_interval_for_a_single_pair_and_says_so) {
    const auto path = folder_ / "early.h5";
    const sim::ResultsHead head = head_of({"a", "b"});
    {
        sim::ResultsWriter writer(path, head, {}, sim::ResultsWriter::Existing::refuse);
        for (std::size_t arm = 0; arm < 2; ++arm) {
            writer.write(
                {.batch = {arm, 0, 0, 1}, .series = {}, .outcomes = {1, 2}, .failure = {}});
        }
    }

    const Comparison result = compare(sim::ResultsReader(path), {.margins = {{"churn", 0.1}}});
    const std::string text = comparison_table(result, 200, Colour::never);

    EXPECT_THAT(result.warnings, testing::ElementsAre(HasSubstr("4 of 6 runs are not done yet"),
                                                      HasSubstr("A single pair of runs")));
    EXPECT_THAT(text, HasSubstr("difference: a - b (1 pair of runs)"));
    EXPECT_THAT(text, HasSubstr("not to be told from fewer than two pairs"));
    EXPECT_THAT(text, Not(HasSubstr("nan")));
}

TEST_F(Compare, speaks_of_one_difference_in_the_singular) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms, {.outcomes = {"churn"}});

    EXPECT_THAT(comparison_table(result, 100, Colour::never),
                HasSubstr("One difference is compared"));
}

TEST_F(Compare, prints_a_table_a_board_can_read) {
    const Comparison result = of(head_of({"scop", "sa"}), two_arms, {.margins = {{"churn", 0.2}}});

    const std::string text = comparison_table(result, 100, Colour::never);

    EXPECT_THAT(text, HasSubstr("Clients lost, %/year  "));
    EXPECT_THAT(text, HasSubstr("13.0 (3.6)"));
    EXPECT_THAT(text, HasSubstr("difference: scop - sa (3 pairs of runs)"));
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
