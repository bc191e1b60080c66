#include "analysis/sensitivity.hpp"

#include <cmath>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "analysis/sensitivity_notes.hpp"
#include "analysis/text_table.hpp"
#include "sim/error.hpp"
#include "sim/random.hpp"
#include "tests/analysis/test_functions.hpp"

namespace cercle::analysis {
namespace {

Experiment sample_of_eight() {
    Experiment experiment{.source = "test", .method = "prcc"};
    experiment.factors = {{.name = "x1", .paths = {}}, {.name = "x2", .paths = {}}};
    experiment.matrix = {3, 2, 1, 7, 4, 1, 1.5, 8, 5, 2, 9, 8, 2, 1.8, 6, 2.8};
    experiment.outcomes = {{"", {"y", "", ""}, {1.2, 3.1, 1.4, 3.0, 2.2, 9.0, 0.9, 2.5}}};
    return experiment;
}

// Figures of NumPy: ranks (2 stands twice in x2), residuals of least squares on the other factor,
// their correlation r, and tanh(artanh r +- 1.959964 / sqrt(8 - 1 - 3)).
TEST(RankCorrelations, are_those_of_residuals_of_ranks) {
    const Findings findings = findings_of(sample_of_eight());

    const auto& rows = findings.measures[0].rows;
    EXPECT_NEAR(rows[0].value, 0.2872193757720978, 1e-12);
    EXPECT_NEAR(rows[0].interval.low, -0.5944041106184915, 1e-12);
    EXPECT_NEAR(rows[1].value, 0.876523064686166, 1e-12);
    EXPECT_NEAR(rows[1].interval.high, 0.9816323550262321, 1e-12);
}

TEST(RankCorrelations, see_only_what_rises_or_falls) {
    const Findings findings =
        findings_of(experiment_of({.name = "lhs", .size = 400}, 3, unit_interval, [](auto x) {
            return std::exp(5.0 * x[0]) - 50.0 * x[1] + 20.0 * std::pow(x[2] - 0.5, 2);
        }));

    const auto& rows = findings.measures[0].rows;
    EXPECT_GT(rows[0].value, 0.9);
    EXPECT_TRUE(rows[1].interval.high < 0.0);
    EXPECT_FALSE(rows[2].interval.excludes(0.0));
}

TEST(RankCorrelations, of_factors_that_determine_each_other_are_unknown) {
    Experiment experiment = sample_of_eight();
    for (std::size_t point = 0; point < 8; ++point) {
        experiment.matrix[2 * point + 1] = -experiment.matrix[2 * point];
    }

    EXPECT_TRUE(std::isnan(findings_of(experiment).measures[0].rows[0].value));
}

/// A sample whose outcome is that of its nominal factor, whose order says nothing, plus y.
Experiment sample_of_rules() {
    const std::vector<double> of_rule{0.0, 5.0, 1.0};
    Experiment experiment{.source = "test", .method = "prcc"};
    experiment.factors = {{.name = "rule",
                           .paths = {},
                           .levels = {std::string("a"), std::string("b"), std::string("c")}},
                          {.name = "y", .paths = {}}};
    experiment.outcomes = {{"", {"z", "", ""}, {}}};
    for (int i = 0; i < 30; ++i) {
        const double y = 0.7 * i - 6.0 * (i % 3 == 1 ? 1.0 : 0.0);
        experiment.matrix.insert(experiment.matrix.end(), {double(i % 3), y});
        experiment.outcomes[0].values.push_back(of_rule[static_cast<std::size_t>(i % 3)] + y);
    }
    return experiment;
}

TEST(RankCorrelations, of_a_nominal_factor_are_not_known) {
    const Experiment experiment = sample_of_rules();
    const SensitivityOptions options;
    const auto all = sensitivities(experiment, options);

    const auto& rows = all[0].findings.measures[0].rows;
    EXPECT_TRUE(std::isnan(rows[0].value));
    EXPECT_GT(rows[1].interval.low, 0.9);
    EXPECT_TRUE(
        sensitivity_json(experiment, all, options)["outcomes"][0]["rows"][0]["prcc"]["value"]
            .is_null());
    EXPECT_NE(sensitivity_text(experiment, all, options, 100).find("No PRCC of rule"),
              std::string::npos);
}

TEST(RankCorrelations, of_two_levels_are_known) {
    Experiment experiment = sample_of_rules();
    experiment.factors[0].levels.pop_back();
    for (std::size_t i = 0; i < experiment.matrix.size(); i += 2)
        if (experiment.matrix[i] == 2.0) experiment.matrix[i] = 0.0;

    EXPECT_GT(findings_of(experiment).measures[0].rows[0].value, 0.0);
}

// Three points of two replicates, (1, 3), (4, 8), (10, 10): within 10/3; without what replicates
// share, which is +-1, 2; points 16; parameters 16 - 2 / 2. (Figures of NumPy.)
TEST(ReplicateNoise, is_told_from_parameters_by_analysis_of_variance) {
    Experiment experiment{.source = "test", .method = "prcc"};
    experiment.factors = {{.name = "x1", .paths = {}}};
    experiment.matrix = {1, 2, 3};
    experiment.replicates = 2;
    const OutcomeAtPoints outcome{"", {"y", "", ""}, {1, 3, 4, 8, 10, 10}};

    const Noise noise = replicate_noise(experiment, outcome);

    EXPECT_NEAR(noise.of_run, 10.0 / 55.0, 1e-9);
    EXPECT_NEAR(noise.of_mean, 0.0625, 1e-9);
}

TEST(ReplicateNoise, that_all_points_share_blurs_no_index) {
    Experiment experiment{.source = "test", .method = "prcc"};
    experiment.factors = {{.name = "x1", .paths = {}}};
    experiment.matrix = {1, 2, 3};
    experiment.replicates = 2;

    const Noise noise = replicate_noise(experiment, {"", {"y", "", ""}, {1, 101, 2, 102, 3, 103}});

    EXPECT_GT(noise.of_run, 0.99);
    EXPECT_NEAR(noise.of_mean, 0.0, 1e-12);
}

/// Independent noise of variance 4 on a function of variance 1 / 12 x 12 = 1, four replicates:
/// 4 / (1 + 4) of a run, 1 / (1 + 1) of the mean. H0: these shares; seen within .03 at n = 2000.
TEST(ReplicateNoise, of_known_variances_is_found) {
    Experiment experiment = experiment_of({.name = "lhs", .size = 2000}, 1, unit_interval,
                                          [](auto x) { return std::sqrt(12.0) * x[0]; });
    OutcomeAtPoints noisy{"", {"y", "", ""}, {}};
    sim::Stream stream(7, sim::Draw{900}, 0);
    for (const double value : experiment.outcomes[0].values) {
        for (int replicate = 0; replicate < 4; ++replicate)
            noisy.values.push_back(value + 2.0 * stream.normal());
    }
    experiment.replicates = 4;

    const Noise noise = replicate_noise(experiment, noisy);

    EXPECT_NEAR(noise.of_run, 0.8, 0.03);
    EXPECT_NEAR(noise.of_mean, 0.5, 0.05);
}

/// Twelve points of two replicates of nothing but chance, 200 seeds.
TEST(ReplicateNoise, of_an_idle_outcome_is_a_share) {
    Experiment experiment{.source = "test", .method = "prcc", .factors = {{"x1", {}}}};
    experiment.replicates = 2;
    std::size_t only_chance = 0;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        sim::Stream stream(7, sim::Draw{901}, seed);
        OutcomeAtPoints idle{"", {"y", "", ""}, {}};
        for (int run = 0; run < 24; ++run) idle.values.push_back(stream.normal());

        const Noise noise = replicate_noise(experiment, idle);

        EXPECT_TRUE(noise.of_mean >= 0.0 && noise.of_mean <= 1.0) << noise.of_mean;
        EXPECT_TRUE(noise.of_run >= 0.0 && noise.of_run <= 1.0) << noise.of_run;
        only_chance += noise.of_mean == 1.0;
    }
    EXPECT_GT(only_chance, 50U); // about half, where nothing is to be seen
}

TEST(Convergence, gives_no_number_of_replicates_where_only_chance_is_seen) {
    Experiment experiment{.source = "test", .method = "prcc", .factors = {{"x1", {}}}};
    experiment.replicates = 2;
    Findings findings{.rows = {"x1"}, .blocks = 20};
    findings.measures = {{.name = "prcc", .header = "PRCC", .rows = {{0.5, {0.45, 0.55}}}}};
    const Sensitivity sensitivity{.outcome = {},
                                  .over_points = {},
                                  .findings = findings,
                                  .noise = {1.0, 1.0},
                                  .convergence =
                                      convergence_of(experiment, findings, {1.0, 1.0}, 0.1)};

    const auto json = sensitivity_json(experiment, {sensitivity}, {});
    const std::string said = remarks_on(experiment, sensitivity, Language::english).back();

    EXPECT_FALSE(sensitivity.convergence.reached());
    EXPECT_TRUE(json["outcomes"][0]["convergence"]["next_replicates"].is_null());
    EXPECT_NE(said.find("cannot tell this outcome from chance"), std::string::npos) << said;
    EXPECT_EQ(said.find("Next"), std::string::npos) << said;
}

TEST(ElementaryEffects, of_a_nominal_factor_are_told_to_be_changes_between_levels) {
    Experiment experiment = sample_of_rules();
    experiment.method = "morris";

    const auto remarks = remarks_on(experiment, {}, Language::english);

    EXPECT_NE(remarks.front().find("between listed levels, in their order"), std::string::npos);
}

TEST(Convergence, tells_the_size_that_brings_the_widest_interval_to_what_was_asked) {
    Experiment experiment{.source = "test", .method = "saltelli"};
    Findings findings{.rows = {"x1", "x2"}, .decisive = 0, .blocks = 64};
    findings.measures = {
        {.name = "total", .header = "total", .rows = {{0.5, {0.4, 0.6}}, {0.2, {0.19, 0.21}}}}};

    const Convergence far = convergence_of(experiment, findings, {}, 0.05);
    const Convergence near = convergence_of(experiment, findings, {}, 0.11);

    EXPECT_EQ(far.row, "x1");
    EXPECT_FALSE(far.reached());
    EXPECT_EQ(far.next, 256U); // half the width takes four times the rows
    EXPECT_TRUE(near.reached());
}

TEST(Convergence, of_sobol_indices_wants_first_order_and_total_known) {
    const Experiment experiment{.source = "test", .method = "saltelli"};
    Findings findings{.rows = {"x1", "x2"}, .decisive = 1, .blocks = 64};
    findings.measures = {
        {.name = "first", .header = "first", .rows = {{0.5, {0.49, 0.51}}, {0.2, {0.0, 0.4}}}},
        {.name = "total", .header = "total", .rows = {{0.5, {0.48, 0.52}}, {0.2, {0.19, 0.21}}}}};

    const Convergence convergence = convergence_of(experiment, findings, {}, 0.05);

    EXPECT_EQ(convergence.row, "x2");
    EXPECT_EQ(convergence.measure, "first");
    EXPECT_FALSE(convergence.reached());
}

// A third of the variance of the mean of 4 replicates is chance: noise of a run is twice the
// variance of parameters, and 18 replicates leave 2 / 18 of it, a tenth of the sum.
TEST(Convergence, wants_replicates_until_chance_makes_a_tenth) {
    Experiment experiment{.source = "test", .method = "morris"};
    experiment.replicates = 4;
    Findings findings{.rows = {"x1"}, .blocks = 20};
    findings.measures = {{.name = "mu_star", .header = "mu*", .rows = {{5.0, {4.9, 5.1}}}}};

    const Convergence noisy = convergence_of(experiment, findings, {0.6, 1.0 / 3.0}, 0.1);
    const Convergence quiet = convergence_of(experiment, findings, {0.2, 0.05}, 0.1);

    EXPECT_EQ(noisy.next_replicates, 18U);
    EXPECT_FALSE(noisy.reached());
    EXPECT_TRUE(quiet.reached());
}

TEST(SingleEffects, are_differences_to_the_first_point_pair_by_pair) {
    Experiment experiment{.source = "test", .method = "oat"};
    experiment.factors = {{.name = "a", .paths = {}}, {.name = "b", .paths = {}}};
    const double given = scenarios::as_given;
    experiment.matrix = {given, given, 2, given, given, 5};
    experiment.replicates = 2;
    experiment.outcomes = {{"", {"y", "", ""}, {1, 11, 2, 12, not_known, 10}}};

    const Findings findings = findings_of(experiment);

    EXPECT_EQ(findings.rows, (std::vector<std::string>{"base", "a = 2", "b = 5"}));
    EXPECT_EQ(findings.measures[1].rows[1].value, 1.0);
    EXPECT_EQ(findings.measures[1].rows[1].interval, (Interval{1.0, 1.0}));
    EXPECT_EQ(findings.measures[1].rows[2].value, -1.0);
}

TEST(SensitivityText, fits_its_width_and_explains_negative_indices) {
    const SensitivityOptions options;
    for (const char* method : {"saltelli", "morris", "prcc"}) {
        Experiment experiment =
            experiment_of({.name = method == std::string("prcc") ? "lhs" : method, .size = 32}, 3,
                          circle, ishigami);
        experiment.method = method;
        experiment.factors[0].name =
            "contagion.colleague.a_very_long_name_of_a_parameter_that_goes_on";
        const auto all = sensitivities(experiment, options);

        const std::string text = sensitivity_text(experiment, all, options, 100);

        for (std::size_t begin = 0; begin < text.size(); begin = text.find('\n', begin) + 1) {
            EXPECT_LE(text_width(text.substr(begin, text.find('\n', begin) - begin)), 100U) << text;
        }
        const bool explains = text.find("An index below 0") != std::string::npos;
        EXPECT_EQ(explains, experiment.method == "saltelli");
    }
}

TEST(SensitivityJson, gives_the_numbers_and_null_for_what_is_unknown) {
    const SensitivityOptions options;
    const Experiment experiment =
        experiment_of({.name = "saltelli", .size = 32}, 3, circle, ishigami);
    const auto all = sensitivities(experiment, options);

    const auto json = sensitivity_json(experiment, all, options);

    const auto& outcome = json["outcomes"][0];
    EXPECT_EQ(outcome["rows"][1]["total"]["value"], all[0].findings.measures[1].rows[1].value);
    EXPECT_TRUE(outcome["noise_share_of_run"].is_null());
    EXPECT_EQ(outcome["convergence"]["next"], all[0].convergence.next);
}

TEST(Sensitivity, of_a_study_that_has_hardly_begun_is_refused) {
    Experiment experiment =
        experiment_of({.name = "morris", .size = 2}, 2, unit_interval, [](auto x) { return x[0]; });
    for (double& value : experiment.outcomes[0].values) value = not_known;

    EXPECT_THROW(sensitivities(experiment, {}), sim::UserError);
}

}
}
