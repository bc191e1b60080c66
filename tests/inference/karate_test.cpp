#include <gmock/gmock.h>

#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"
#include "tests/inference/karate.hpp"

namespace cercle::analysis {
namespace {

const Question about_y{.outcome = "y", .covariates = {"x"}};

Estimate of_karate(const std::string& method, const Question& question = about_y) {
    return estimate_by(method, karate_survey(0.0, 0.5), question);
}

// Figures by R: spdep::moran.test, geary.test, spatialreg::lagsarlm, stsls; the rest by numpy.

TEST(Karate, moran_is_that_of_spdep) {
    const Estimate moran = of_karate("moran");

    EXPECT_NEAR(moran.at("Moran's I").estimate, 0.08730895, 5e-9);
    EXPECT_NEAR(moran.figure("expected without resemblance"), -0.03030303, 5e-9);
    EXPECT_NEAR(moran.figure("variance under normality"), 0.01143537, 5e-9);
    EXPECT_NEAR(moran.figure("variance under randomisation"), 0.011704452453, 1e-11);
    EXPECT_NEAR(moran.at("Moran's I").statistic, 1.099832, 5e-7);
    EXPECT_NEAR(moran.at("Moran's I").p, 0.1357, 5e-5);
}

TEST(Karate, geary_is_that_of_its_formula) {
    const Estimate geary = of_karate("geary");

    EXPECT_NEAR(geary.at("Geary's C").estimate, 0.82703252424126, 1e-12);
    EXPECT_NEAR(geary.figure("variance under normality"), 0.03739517192402, 1e-12);
}

TEST(Karate, sar_by_maximum_likelihood_is_that_of_spatialreg) {
    const Estimate sar = of_karate("sar_ml");

    EXPECT_NEAR(sar.at("rho").estimate, 0.42192105, 5e-8);
    EXPECT_NEAR(sar.at("rho").se, 0.0747178925, 5e-8);
    EXPECT_NEAR(sar.at("constant").estimate, 0.93783658, 5e-8);
    EXPECT_NEAR(sar.at("x").estimate, 1.99496654, 5e-8);
    EXPECT_NEAR(sar.figure("variance of the residuals"), 0.11797447, 5e-8);
    EXPECT_NEAR(sar.figure("log-likelihood"), -12.47416518, 5e-8);
}

TEST(Karate, two_stage_least_squares_are_those_of_spatialreg) {
    const Estimate tsls = of_karate("tsls");

    EXPECT_NEAR(tsls.at("constant").estimate, 0.90927691, 5e-9);
    EXPECT_NEAR(tsls.at("W y").estimate, 0.43301135, 5e-9);
    EXPECT_NEAR(tsls.at("x").estimate, 1.99571507, 5e-9);
    EXPECT_NEAR(tsls.at("constant").se, 0.2190328, 5e-8);
    EXPECT_NEAR(tsls.at("W y").se, 0.0815932, 5e-8);
    EXPECT_NEAR(tsls.at("x").se, 0.0869250, 5e-8);
    EXPECT_NEAR(tsls.at("W y").se_robust, 0.084620901634, 1e-10);
}

TEST(Karate, instruments_are_judged_by_f_wu_hausman_and_sargan) {
    const Estimate tsls = of_karate("tsls");

    EXPECT_NEAR(tsls.figure("first-stage F"), 531.1262354723, 1e-7);
    // By matrices in R: Wald's F with CR1 of 12 teams; with HC1 where there are five.
    EXPECT_NEAR(tsls.figure("first-stage F (robust)"), 467.9829734286, 1e-7);
    EXPECT_NEAR(
        estimate_by("tsls", karate_survey(0.0, 0.5, 5), about_y).figure("first-stage F (robust)"),
        536.7207909328, 1e-7);
    EXPECT_NEAR(tsls.figure("Wu-Hausman F"), 0.19205156893, 1e-9);
    EXPECT_NEAR(tsls.figure("Sargan"), 0.22638279895, 1e-9);
}

TEST(Karate, least_squares_have_clustered_errors) {
    const Estimate ols = of_karate("peer_ols");

    EXPECT_NEAR(ols.at("W y").estimate, 0.439015587088, 1e-11);
    EXPECT_NEAR(ols.at("W y").se, 0.080457649767, 1e-11);
    EXPECT_NEAR(ols.at("W y").se_clustered, 0.089192847849, 1e-11);
    EXPECT_NEAR(ols.at("x").se_clustered, 0.073906513981, 1e-11);
}

TEST(Karate, icc_is_that_of_the_analysis_of_variance) {
    const Estimate icc = of_karate("icc");

    EXPECT_NEAR(icc.at("ICC(1)").estimate, 0.711153824816, 1e-11);
    EXPECT_NEAR(icc.at("ICC(1)").statistic, 7.964837602598, 1e-10);
}

TEST(Karate, assortativity_is_that_of_ties) {
    EXPECT_NEAR(of_karate("assortativity").at("assortativity").estimate, 0.03802563, 5e-9);
}

TEST(Karate, instruments_find_the_truth_where_there_is_no_noise) {
    Question question = about_y;
    question.contextual = true;

    const Estimate tsls = estimate_by("tsls", karate_survey(0.7, 0.0), question);

    EXPECT_NEAR(tsls.at("constant").estimate, 1.0, 1e-8);
    EXPECT_NEAR(tsls.at("W y").estimate, 0.4, 1e-8);
    EXPECT_NEAR(tsls.at("x").estimate, 2.0, 1e-8);
    EXPECT_NEAR(tsls.at("W x").estimate, 0.7, 1e-8);
}

TEST(Karate, permutations_give_the_same_p_on_any_number_of_threads) {
    Question question = about_y;
    const double alone = of_karate("moran", question).figure("permutation p");

    for (const std::size_t threads : {2, 3, 7}) {
        question.threads = threads;
        EXPECT_EQ(of_karate("moran", question).figure("permutation p"), alone);
    }
    question.seed = 2;
    EXPECT_NE(of_karate("moran", question).figure("permutation p"), alone);
}

TEST(CompleteTeams, leave_nothing_to_instruments) {
    // Four teams of four, each complete: peers' peers are peers (Manski's reflection).
    std::vector<std::array<int, 2>> ties;
    for (int team = 0; team < 4; ++team) {
        for (int a = 1; a <= 4; ++a) {
            for (int b = a + 1; b <= 4; ++b) ties.push_back({4 * team + a, 4 * team + b});
        }
    }
    Survey survey = tied_people(16, {}, 4);
    for (const auto& [a, b] : ties) {
        survey.ties.push_back(
            {static_cast<PersonIndex>(a - 1), static_cast<PersonIndex>(b - 1), 0, 1.0});
    }
    NumberColumn x{"x", {}}, y{"y", {}};
    for (int i = 0; i < 16; ++i) {
        x.values.push_back(std::sin(i));
        y.values.push_back(std::cos(2.0 * i));
    }
    survey.columns = {x, y};
    Question question = about_y;
    question.contextual = true;

    EXPECT_THROW(estimate_by("tsls", survey, question), sim::UserError);
}

TEST(TeamEffects, make_a_peer_of_everyone_but_oneself_the_mirror_of_oneself) {
    // Regression on the mean of the others, team effects swept out: exactly -(n - 1).
    Survey survey = tied_people(10, {}, 2);
    for (PersonIndex a = 0; a < 10; ++a) {
        for (PersonIndex b = a + 2; b < 10; b += 2) survey.ties.push_back({a, b, 0, 1.0});
    }
    NumberColumn y{"y", {}};
    for (int i = 0; i < 10; ++i) y.values.push_back(std::sin(3.0 * i) + i % 3);
    survey.columns = {y};

    const Estimate ols =
        estimate_by("peer_ols", survey, {.outcome = "y", .fixed_effects = {"team"}});

    EXPECT_NEAR(ols.at("W y").estimate, -4.0, 1e-9);
}

}
}
