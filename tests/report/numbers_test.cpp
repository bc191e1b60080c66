#include <cmath>
#include <limits>

#include <gmock/gmock.h>

#include "analysis/report/calibration_figures.hpp"
#include "analysis/report/sections.hpp"
#include "tests/analysis/three_replicates.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;
using testing::HasSubstr;
using testing::Not;

const ReportWords english{Language::english};
const ReportWords french{Language::french};

const Json& rows_of(const ReportFigure& figure) {
    return figure.panels.at(0).spec.at("data").at("values");
}

class ForestNumbers : public Compare {};

TEST_F(ForestNumbers, are_differences_and_intervals_over_the_mean_sd_of_a_run) {
    // Churn: -.05, t(.975, 2) = 4.302653, sd .01; variances of the arms .0013 and .0009, so an sd
    // of sqrt(.0011) = .0331662. Cash: 0, 0 and 3 million; nothing is shown.
    const Comparison comparison = of(head_of({"scop", "conventional"}), two_arms);

    const auto section = forest_section(comparison, english);

    const Json& rows = rows_of(section->figures.at(0));
    ASSERT_EQ(rows.size(), 2U);
    const Json& cash = rows.at(0);
    const Json& churn = rows.at(1);
    EXPECT_NEAR(churn.at("effect").get<double>(), -1.507557, 1e-5);
    EXPECT_NEAR(churn.at("low").get<double>(), -2.256555, 1e-5);
    EXPECT_NEAR(churn.at("high").get<double>(), -0.758558, 1e-5);
    EXPECT_EQ(churn.at("direction"), "lower");
    EXPECT_EQ(cash.at("direction"), "not shown");
    EXPECT_THAT(section->figures.at(0).title, HasSubstr("1 of 2 outcomes differs between"));
}

TEST_F(ForestNumbers, of_no_difference_are_drawn_at_nothing) {
    const Comparison comparison = of(head_of({"scop", "conventional"}),
                                     {{{0.1, 0.2, 0.3}, {1, 2, 3}}, {{0.3, 0.2, 0.1}, {1, 2, 3}}});

    const Json rows = rows_of(forest_section(comparison, english)->figures.at(0));

    ASSERT_EQ(rows.size(), 2U);
    EXPECT_NEAR(rows.at(0).at("effect").get<double>(), 0.0, 1e-12);
    EXPECT_LT(rows.at(0).at("low").get<double>(), 0.0);
}

TEST_F(ForestNumbers, that_have_no_spread_are_named_in_the_caption) {
    const Comparison comparison = of(head_of({"scop", "conventional"}),
                                     {{{0.1, 0.2, 0.3}, {2, 2, 2}}, {{0.2, 0.2, 0.1}, {1, 1, 1}}});

    const auto section = forest_section(comparison, english);

    EXPECT_EQ(rows_of(section->figures.at(0)).size(), 1U);
    EXPECT_THAT(section->figures.at(0).caption, HasSubstr("In the table alone"));
    EXPECT_THAT(section->figures.at(0).caption, HasSubstr("Cash"));
}

TEST_F(ForestNumbers, of_a_single_pair_are_no_figure_and_no_verdict) {
    const Comparison comparison = of(
        head_of({"scop", "conventional"}),
        {{{0.1, not_known, not_known}, {1, not_known, not_known}}, {{0.2, 0.2, 0.1}, {1, 2, 3}}});

    const auto section = forest_section(comparison, english);
    const ReportSection answer = answer_section(comparison, {}, english);

    EXPECT_TRUE(section->figures.empty());
    EXPECT_THAT(section->paragraphs.at(0), HasSubstr("cannot be told"));
    EXPECT_THAT(answer.paragraphs.at(0), HasSubstr("cannot be told (1 of 3 pairs of runs)"));
    EXPECT_THAT(answer.paragraphs.at(1), HasSubstr("Of none of the 2 outcomes"));
    EXPECT_THAT(answer.paragraphs.at(1), Not(HasSubstr("no difference")));
}

TEST_F(ForestNumbers, shown_alone_are_not_shown_among_all) {
    // 5 points, sd 1.5: half of the interval 3.7 alone, 5.4 among two.
    const Comparison comparison = of(head_of({"scop", "conventional"}),
                                     {{{0.035, 0.05, 0.065}, {1, 2, 3}}, {{0, 0, 0}, {3, 1, 2}}});

    EXPECT_THAT(finding(comparison, comparison.outcomes.at(0), english),
                HasSubstr("is not shown among 2"));
    EXPECT_THAT(answer_section(comparison, {}, english).paragraphs.at(0),
                HasSubstr("no difference is shown"));
    EXPECT_EQ(rows_of(forest_section(comparison, english)->figures.at(0)).at(0).at("direction"),
              "not shown");
}

TEST_F(ForestNumbers, of_several_arms_are_counted_and_none_is_picked) {
    // 10 points below, sd 1: half of the interval 2.5 alone, 5.1 among four. sa is the same as
    // conventional in every run.
    const std::vector<std::vector<double>> lower = {{0.05, 0.07, 0.12}, {1, 2, 3}};
    const Comparison comparison =
        of(head_of({"scop", "sa", "conventional"}), {lower, two_arms[1], two_arms[1]});

    EXPECT_EQ(finding(comparison, comparison.outcomes.at(0), english),
              "Clients lost: 1 of 2 arms differs from conventional");
    EXPECT_EQ(finding(comparison, comparison.outcomes.at(0), french),
              "Clients perdus : 1 sur 2 bras diffère de conventional");
    const ReportSection answer = answer_section(comparison, {}, english);
    EXPECT_THAT(answer.paragraphs.at(0), HasSubstr("no difference shown for: sa"));
    EXPECT_THAT(answer.paragraphs.at(1), HasSubstr("Of 4 differences to conventional"));
}

TEST_F(ForestNumbers, tell_of_firms_that_died) {
    Comparison comparison = of(head_of({"scop", "conventional"}), two_arms);
    comparison.firms = {{6, 2}, {6, 3}};

    const std::string english_text = answer_section(comparison, {}, english).paragraphs.back();

    EXPECT_THAT(english_text,
                HasSubstr("Firms that died: 2 of 6 in scop, 3 of 6 in conventional."));
    EXPECT_THAT(answer_section(comparison, {}, french).paragraphs.back(),
                HasSubstr("Entreprises disparues\u00a0: 2 sur 6 dans scop"));
}

Summary summary(double mean, double half) {
    return {.count = 9, .mean = mean, .sd = 1.0, .interval = {mean - half, mean + half}};
}

/// +2 points in all: price takes 1 away, unsure adds 3 or nothing, membership brings none or all.
Attribution three_mechanisms() {
    const AttributedOutcome outcome{.metric = {"nps", "points", "net promoter score"},
                                    .gap = summary(2.0, 0.5),
                                    .whole_gap = summary(2.0, 0.5),
                                    .shares = {summary(-1.0, 0.25), summary(3.0, 3.5)},
                                    .assumed = summary(3.0, 3.5)};
    return {.arms = {"scop", "sa"},
            .mechanisms = {{"price", 1, 0, {}}, {"membership", 2, 2, {}}},
            .outcomes = {outcome},
            .replicates = 12};
}

TEST(Waterfall, adds_up_to_the_difference) {
    const ReportSection section = attribution_section(three_mechanisms(), english);

    const Json& rows = rows_of(section.figures.at(0));
    ASSERT_EQ(rows.size(), 3U);
    const auto ends = [&](std::size_t row) {
        return std::pair{rows.at(row).at("from").get<double>(),
                         rows.at(row).at("to").get<double>()};
    };
    EXPECT_EQ(ends(0), std::pair(0.0, 3.0)); // the largest first
    EXPECT_EQ(ends(1), std::pair(3.0, 2.0));
    EXPECT_EQ(ends(2), std::pair(0.0, 2.0));
    EXPECT_EQ(rows.at(1).at("low").get<double>(), 1.75);
    EXPECT_EQ(rows.at(1).at("high").get<double>(), 2.25);
}

TEST(Waterfall, claims_a_share_only_where_it_is_told_from_nothing) {
    const ReportFigure figure = attribution_section(three_mechanisms(), english).figures.at(0);

    EXPECT_THAT(figure.title, HasSubstr("price adds \u22121.0 points [\u22121.2, \u22120.8] to a "
                                        "whole difference of +2.0 points"));
    EXPECT_THAT(figure.caption, HasSubstr("Over the 9 of 12 replicates"));
}

TEST(Waterfall, of_unsure_shares_names_none) {
    Attribution attribution = three_mechanisms();
    attribution.outcomes.at(0).shares.at(0) = summary(-1.0, 1.5);

    EXPECT_THAT(attribution_section(attribution, english).figures.at(0).title,
                HasSubstr("no mechanism's share"));
}

/// Rank correlations of three factors with these intervals.
ReportFigure correlations(const std::vector<Estimate>& rows, const ReportWords& words) {
    const Experiment experiment{.source = "x",
                                .method = "prcc",
                                .factors = {{"a", {}}, {"b", {}}, {"c", {}}},
                                .matrix = std::vector<double>(30, 0.5)};
    const Sensitivity sensitivity{
        .outcome = {"scop", {"nps", "points", "net promoter score"}, {}},
        .over_points = {.count = 10, .mean = 40.0, .sd = 2.0, .interval = {}},
        .findings = {.rows = {"a", "b", "c"},
                     .measures = {{.name = "prcc", .header = "PRCC", .rows = rows}},
                     .blocks = 10},
        .noise = {},
        .convergence = {}};
    return sensitivity_section(experiment, {sensitivity}, words).figures.at(0);
}

TEST(SensitivityTitle, names_what_is_told_from_all_others) {
    const ReportFigure figure =
        correlations({{0.2, {0.1, 0.3}}, {-0.8, {-0.9, -0.7}}, {0.3, {0.1, 0.5}}}, english);

    EXPECT_THAT(figure.title, HasSubstr("b (\u22120.80 [\u22120.90, \u22120.70]) matters most"));
    const Json& rows = rows_of(figure);
    EXPECT_EQ(rows.at(0).at("row"), "b"); // the largest first, with its sign
    EXPECT_EQ(rows.at(0).at("value").get<double>(), -0.8);
    EXPECT_EQ(rows.at(0).at("low").get<double>(), -0.9);
    EXPECT_EQ(rows.at(0).at("high").get<double>(), -0.7);
}

TEST(SensitivityTitle, names_all_that_may_be_the_largest) {
    const std::vector<Estimate> rows = {
        {0.2, {0.1, 0.3}}, {-0.8, {-0.9, -0.7}}, {0.6, {0.4, 0.75}}};

    EXPECT_THAT(correlations(rows, english).title, HasSubstr("c (0.60 [0.40, 0.75]) matter most"));
    EXPECT_THAT(correlations(rows, french).title, HasSubstr("comptent le plus"));
}

TEST(SensitivityTitle, names_none_where_the_first_is_not_told_from_nothing) {
    EXPECT_THAT(
        correlations({{0.2, {-0.1, 0.3}}, {0.1, {-0.2, 0.3}}, {0.0, {-0.1, 0.1}}}, english).title,
        HasSubstr("no factor stands out"));
}

/// A channel whose rule erred in these worlds and found contagion in those, of `panels` each.
Json channel(double panels, double wrong, double found) {
    return {
        {"channel", "colleague"},
        {"words", "colleague to colleague"},
        {"calibration",
         {{"without_contagion",
           {{{"world", "null"}, {"panels", panels}, {"significant", 0.0}, {"evidence", 0.0}},
            {{"world", "shocks"}, {"panels", panels}, {"significant", 0.0}, {"evidence", wrong}},
            {{"world", "hidden shocks"},
             {"panels", panels},
             {"significant", 1.0},
             {"evidence", 1.0}}}},
          {"with_contagion",
           {{{"weight", 0.25}, {"panels", panels}, {"significant", 0.5}, {"evidence", 0.0}},
            {{"weight", 0.5}, {"panels", panels}, {"significant", found}, {"evidence", 0.0}}}}}}};
}

TEST(Calibration, tells_the_worst_kind_of_world_with_the_upper_end) {
    // Wilson's upper ends: 0 of 4 is 49 %; 1 of 4 is 70 %.
    EXPECT_THAT(size_figure(channel(4, 0.0, 1.0), english).title,
                HasSubstr("in 0 of 4 (up to 49\u00a0%)"));
    EXPECT_THAT(size_figure(channel(4, 0.25, 1.0), english).title,
                HasSubstr("in 1 of 4 (up to 70\u00a0%) of the simulated worlds at worst (teams "
                          "share shocks)"));
}

TEST(Calibration, claims_power_only_where_its_lower_end_reaches_four_in_five) {
    // Wilson: 4 of 4 is 51 to 100 %; 20 of 20 is 84 to 100 %; 10 of 20 is 30 to 70 %.
    EXPECT_THAT(power_figure(channel(4, 0.0, 1.0), english).title, HasSubstr("too few simulated"));
    EXPECT_THAT(power_figure(channel(20, 0.0, 1.0), english).title,
                HasSubstr("w = 0.50 or more is significant (V4) at least four times in five"));
    Json with_handovers = channel(20, 0.0, 0.0);
    with_handovers["calibration"]["found"] = "evidence";
    for (Json& point : with_handovers["calibration"]["with_contagion"]) point["evidence"] = 1.0;
    EXPECT_THAT(power_figure(with_handovers, english).title,
                HasSubstr("w = 0.25 or more is found (evidence, V5) at least four times"));
    EXPECT_THAT(power_figure(channel(20, 0.0, 0.5), english).title,
                HasSubstr("would be missed more than once in five"));
}

/// A verdict's file with one channel whose interval has these ends.
sim::StoredTables verdict(const Interval& interval, const char* code = "V1") {
    const Json report = {{"employees", 40},
                         {"clients", 1},
                         {"untested", {"nothing"}},
                         {"channels",
                          {{{"words", "colleague to colleague"},
                            {"channel", "colleague"},
                            {"verdict", code},
                            {"sentence", "Nothing."},
                            {"next_step", "Ask again."},
                            {"calibration", nullptr}}}}};
    const auto number = [](double value) {
        return sim::FileColumn{.what = {"x", "1", "x"}, .numbers = {value}};
    };
    return {.attributes = {},
            .columns = {{"report_en", {.what = {"x", "1", "x"}, .texts = {report.dump()}}},
                        {"report_fr", {.what = {"x", "1", "x"}, .texts = {report.dump()}}},
                        {"effect", number(0.11)},
                        {"effect_low", number(interval.low)},
                        {"effect_high", number(interval.high)}},
            .path = "verdict.h5"};
}

TEST(Verdict, of_a_channel_that_cannot_be_asked_about_is_not_counted_as_one_that_could) {
    const auto told = [](const char* code, const ReportWords& words) {
        return inference_section(verdict({not_known, not_known}, code), words).paragraphs.at(1);
    };

    EXPECT_THAT(told("V0", english), HasSubstr("channels that could be asked about: 0 of 1."));
    EXPECT_THAT(told("V1", english), HasSubstr("channels that could be asked about: 1 of 1."));
    EXPECT_THAT(told("V0", french), HasSubstr("0 sur 1."));
}

TEST(Verdict, has_a_title_in_words_and_keeps_the_end_that_is_known) {
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    const ReportFigure figure =
        inference_section(verdict({0.05, unbounded}), english).figures.at(0);

    EXPECT_EQ(figure.title, "colleague to colleague: nothing conclusive (V1), +0.11 sd (at least "
                            "+0.05, no upper bound)");
    const Json& row = rows_of(figure).at(0);
    EXPECT_EQ(row.at("low").get<double>(), 0.05);
    EXPECT_EQ(row.at("open_high"), row.at("high"));
    EXPECT_GT(row.at("high").get<double>(), 0.11);
    EXPECT_FALSE(row.contains("open_low"));
}

TEST(Verdict, without_any_bound_is_drawn_from_edge_to_edge) {
    constexpr double unbounded = std::numeric_limits<double>::infinity();
    const ReportFigure figure =
        inference_section(verdict({-unbounded, unbounded}), french).figures.at(0);

    EXPECT_THAT(figure.title, HasSubstr("+0,11 écart-type (intervalle sans bornes)"));
    EXPECT_EQ(rows_of(figure).at(0).at("direction"), "non établi");
    EXPECT_TRUE(rows_of(figure).at(0).contains("open_low"));
}

}
}
