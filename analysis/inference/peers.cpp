#include <algorithm>
#include <cmath>
#include <optional>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <fmt/format.h>

#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/methods.hpp"
#include "analysis/linear_algebra.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

const std::string of_contacts = "W ";

MatrixXd beside(const MatrixXd& left, const MatrixXd& right) {
    if (left.cols() == 0) return right;
    MatrixXd both(left.rows(), left.cols() + right.cols());
    both << left, right;
    return both;
}

/// The pieces of a linear-in-means equation: constant, covariates, those of contacts, and what else
/// instruments are made of. Fixed effects are swept out.
struct Pieces {
    VectorXd y, lag;    ///< outcome, that of contacts
    MatrixXd exogenous; ///< constant, x, and W x where asked
    std::vector<std::string> names;
    MatrixXd excluded; ///< instruments that are not in the equation
    std::size_t absorbed = 0;
};

void sweep_effects(Pieces& pieces, const CrossSection& section) {
    MatrixXd all = beside(beside(pieces.y, pieces.lag), beside(pieces.exogenous, pieces.excluded));
    const std::vector<std::vector<std::uint32_t>> groupings{section.team};
    sweep(all, groupings);
    pieces.absorbed = swept_rank(groupings);
    pieces.y = all.col(0);
    pieces.lag = all.col(1);
    const Index k = pieces.exogenous.cols();
    pieces.excluded = MatrixXd(all.rightCols(pieces.excluded.cols()));
    pieces.exogenous = MatrixXd(all.middleCols(3, k - 1)); // without the constant
    pieces.names.erase(pieces.names.begin());
}

bool by_team(const Question& question) {
    for (const std::string& effect : question.fixed_effects) {
        if (effect != "team") {
            throw sim::UserError(fmt::format("--fixed-effects {}: one wave has no such effects "
                                             "(only team); --method nar looks at several",
                                             effect));
        }
    }
    return !question.fixed_effects.empty();
}

Pieces pieces_of(const CrossSection& section, const Question& question) {
    Pieces pieces{.y = section.y, .lag = section.weights * section.y};
    const Index n = section.y.size();
    MatrixXd powers = section.weights * section.x;
    pieces.names = {"constant"};
    pieces.names.insert(pieces.names.end(), section.x_names.begin(), section.x_names.end());
    pieces.exogenous = beside(MatrixXd::Ones(n, 1), section.x);
    if (question.contextual) {
        pieces.exogenous = beside(pieces.exogenous, powers);
        for (const std::string& name : section.x_names) pieces.names.push_back(of_contacts + name);
    } else {
        pieces.excluded = powers;
    }
    const int more = static_cast<int>(question.instruments) - static_cast<int>(Instruments::wx);
    for (int power = 0; power < more; ++power) {
        powers = MatrixXd(section.weights * powers);
        pieces.excluded = beside(pieces.excluded, powers);
    }
    if (pieces.excluded.cols() == 0) pieces.excluded.resize(n, 0);
    if (by_team(question)) sweep_effects(pieces, section);
    return pieces;
}

Equation equation_of(const Pieces& pieces, const CrossSection& section) {
    Equation equation{.y = pieces.y,
                      .x = beside(MatrixXd(pieces.lag), pieces.exogenous),
                      .names = pieces.names,
                      .cluster = section.cluster,
                      .absorbed = pieces.absorbed};
    equation.names.insert(equation.names.begin(), of_contacts + section.outcome);
    return equation;
}

Estimate estimate_of(const std::string& method, const CrossSection& section,
                     const Equation& equation, const LinearFit& fitted) {
    Estimate estimate{.method = method, .question = section.question, .n = section.size()};
    estimate.left_out = section.left_out;
    estimate.coefficients = coefficients(equation, fitted);
    estimate.statistic = statistic_text(equation);
    estimate.figures = {{"isolates", static_cast<double>(section.isolates)},
                        {"residual standard deviation", std::sqrt(fitted.variance)},
                        {"degrees of freedom", fitted.degrees}};
    return estimate;
}

/// Columns of a matrix that follow from none before them.
MatrixXd independent(const MatrixXd& base, const MatrixXd& more) {
    MatrixXd kept(more.rows(), 0);
    MatrixXd all = base;
    for (Index k = 0; k < more.cols(); ++k) {
        VectorXd rest = more.col(k);
        if (all.cols() > 0) {
            rest -= all * LeastSquares(all).solve(VectorXd(more.col(k)));
        }
        if (rest.norm() <= 1e-9 * more.col(k).norm() || rest.norm() == 0.0) continue;
        kept = beside(kept, MatrixXd(more.col(k)));
        all = beside(all, MatrixXd(more.col(k)));
    }
    return kept;
}

double squares_left(const VectorXd& y, const MatrixXd& x) {
    if (x.cols() == 0) return y.squaredNorm();
    return (y - x * LeastSquares(x).solve(y)).squaredNorm();
}

/// How well the instruments tell the outcome of contacts: F, classical and robust. Gives what they
/// leave of it.
VectorXd add_first_stage(Estimate& estimate, const Pieces& pieces, const Equation& equation) {
    const Index count = pieces.excluded.cols();
    const MatrixXd all = beside(pieces.exogenous, pieces.excluded);
    const Equation first{
        .y = pieces.lag,
        .x = all,
        .names = std::vector<std::string>(static_cast<std::size_t>(all.cols()), "an instrument"),
        .instruments = {},
        .cluster = equation.cluster,
        .absorbed = pieces.absorbed};
    const LinearFit fitted = fit(first);
    const double with = fitted.residuals.squaredNorm();
    const double gain = squares_left(pieces.lag, pieces.exogenous) - with;
    const double f = gain / static_cast<double>(count) / (with / fitted.degrees);
    const double robust = robust_f(first, fitted, count);
    estimate.figures.push_back(
        {"instruments left out of the equation", static_cast<double>(count)});
    estimate.figures.push_back({"first-stage F", f});
    estimate.figures.push_back({"first-stage F (robust)", robust});
    constexpr double strong = 10.0; // Staiger and Stock 1997
    if (!(std::min(robust, f) >= strong)) {
        estimate.notes.push_back(fmt::format("the instruments are weak (first-stage F {:.1f}, "
                                             "robust {:.1f}; below 10): estimate and errors are "
                                             "not to be relied on.",
                                             f, robust));
    }
    return fitted.residuals;
}

/// Whether the instruments are needed: least squares with what they leave of contacts' outcome.
void add_wu_hausman(Estimate& estimate, const Pieces& pieces, const Equation& equation,
                    const VectorXd& left) {
    const MatrixXd with_residual = beside(equation.x, MatrixXd(left));
    const double short_squares = squares_left(pieces.y, equation.x);
    const double long_squares = squares_left(pieces.y, with_residual);
    const double freedom = static_cast<double>(pieces.y.size()) -
                           static_cast<double>(with_residual.cols()) -
                           static_cast<double>(pieces.absorbed);
    const double wu = (short_squares - long_squares) / (long_squares / freedom);
    estimate.figures.push_back({"Wu-Hausman F", wu});
    if (std::isfinite(wu) && wu >= 0.0) {
        const boost::math::fisher_f distribution(1.0, freedom);
        estimate.figures.push_back(
            {"Wu-Hausman p", boost::math::cdf(boost::math::complement(distribution, wu))});
    }
}

/// Whether several instruments agree.
void add_sargan(Estimate& estimate, const Pieces& pieces, const LinearFit& fitted) {
    if (pieces.excluded.cols() < 2) return;
    const MatrixXd all = beside(pieces.exogenous, pieces.excluded);
    const double sargan =
        static_cast<double>(pieces.y.size()) *
        (1.0 - squares_left(fitted.residuals, all) / fitted.residuals.squaredNorm());
    const boost::math::chi_squared distribution(static_cast<double>(pieces.excluded.cols()) - 1.0);
    estimate.figures.push_back({"Sargan", sargan});
    estimate.figures.push_back({"Sargan p", boost::math::cdf(boost::math::complement(
                                                distribution, std::max(0.0, sargan)))});
}

}

Estimate peer_ols(const CrossSection& section, const Question& question) {
    const Equation equation = equation_of(pieces_of(section, question), section);
    const LinearFit fitted = fit(equation);
    Estimate estimate = estimate_of("peer_ols", section, equation, fitted);
    estimate.figures.push_back({"R squared", fitted.r_squared});
    estimate.notes.push_back("least squares of an outcome on that of contacts is biased: contacts "
                             "answer to the person too (Manski 1993). Use tsls or sar_ml.");
    return estimate;
}

Estimate peer_tsls(const CrossSection& section, const Question& question) {
    if (section.x.cols() == 0) {
        throw sim::UserError("--method tsls: instruments are attributes of contacts; name at least "
                             "one with --covariates");
    }
    Pieces pieces = pieces_of(section, question);
    pieces.excluded = independent(pieces.exogenous, pieces.excluded);
    if (pieces.excluded.cols() == 0) {
        throw sim::UserError("--method tsls: the attributes of contacts say nothing that the "
                             "equation does not hold (rank condition); the effect of contacts "
                             "cannot be identified with these ties and covariates");
    }
    Equation equation = equation_of(pieces, section);
    equation.instruments = beside(pieces.exogenous, pieces.excluded);
    const LinearFit fitted = fit(equation);
    Estimate estimate = estimate_of("tsls", section, equation, fitted);
    const VectorXd left = add_first_stage(estimate, pieces, equation);
    add_wu_hausman(estimate, pieces, equation, left);
    add_sargan(estimate, pieces, fitted);
    return estimate;
}

}
