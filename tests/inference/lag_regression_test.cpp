#include "analysis/inference/lag_regression.hpp"

#include <gtest/gtest.h>

#include "analysis/inference/company.hpp"
#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/permutations.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

/// Colleagues of a company of whom many did not answer.
Transmission colleagues() {
    const Survey company = make_company({.teams = 6, .waves = 7, .response = 0.6, .seed = 5});
    const Panels panels = panels_of(company);
    return transmission(company, {layer_named(company, "colleague")}, *panels.employees,
                        *panels.employees, 1);
}

/// The same t by sweeping all three columns.
double swept_t(const Transmission& data, std::span<const std::uint32_t> order) {
    const Steps steps = steps_of(data, order, {0, data.receivers.waves.size()});
    const auto n = static_cast<Index>(steps.size());
    Eigen::MatrixXd swept(n, 3);
    std::vector<std::uint32_t> team_wave;
    for (Index i = 0; i < n; ++i) {
        const auto step = static_cast<std::size_t>(i);
        swept.row(i) << steps.now[step], steps.exposure[step], steps.before[step];
        team_wave.push_back(data.team[steps.person[step]] * 100 + steps.wave[step]);
    }
    sweep(swept, {steps.person, team_wave});
    const LinearFit fitted =
        fit({.y = swept.col(0), .x = swept.rightCols(2), .names = {"contacts", "own"}});
    const double variance = fitted.residuals.squaredNorm() / static_cast<double>(n);
    return fitted.b[0] / std::sqrt(variance * fitted.inverse(0, 0));
}

TEST(LagRegression, has_the_t_of_swept_columns_whoever_stands_where) {
    const Transmission data = colleagues();
    const LagRegression regression(data);

    EXPECT_NEAR(regression.t({}), swept_t(data, {}), 1e-8);
    for (std::size_t b = 0; b < 5; ++b) {
        const auto order = permutation({.stratum = data.team, .seed = 2}, b);
        EXPECT_NEAR(regression.t(order), swept_t(data, order), 1e-8);
        EXPECT_GT(std::abs(regression.t(order) - regression.t({})), 1e-3); // twin
    }
}

TEST(LagRegression, says_nothing_where_teams_explain_contacts) {
    Transmission data = colleagues();
    for (Index wave = 0; wave < data.contacts.y.cols(); ++wave) {
        data.contacts.y.col(wave).setConstant(static_cast<double>(wave)); // all alike at a time
    }

    EXPECT_EQ(LagRegression(data).t({}), 0.0);
}

}
}
