#include <cmath>
#include <complex>
#include <functional>
#include <limits>

#include <Eigen/SparseLU>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/tools/minima.hpp>
#include <fmt/format.h>

#include "analysis/inference/methods.hpp"
#include "analysis/linear_algebra.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Index most_symmetric = 2000; ///< people whose eigenvalues take seconds
constexpr Index most_general = 800;
constexpr Index most_people = 20000; ///< whose factors still fit

/// log |I - rho W| and the open interval of rho around 0 where it is defined.
struct LogDeterminant {
    std::function<double(double)> at;
    double low = -0.99;
    double high = 0.99;
};

bool is_symmetric(const Weights& ties) {
    const Weights difference = Weights(ties.transpose()) - ties;
    return difference.norm() == 0.0;
}

LogDeterminant of_eigenvalues(const Eigen::VectorXcd& values) {
    LogDeterminant result;
    double most = 0.0;
    double least = 0.0;
    for (const std::complex<double>& value : values) {
        if (std::abs(value.imag()) > 1e-9) continue;
        most = std::max(most, value.real());
        least = std::min(least, value.real());
    }
    result.high = most > 0.0 ? 1.0 / most : 0.99;
    result.low = least < 0.0 ? 1.0 / least : -result.high;
    result.at = [values](double rho) {
        double sum = 0.0;
        for (const std::complex<double>& value : values)
            sum += std::log(std::abs(1.0 - rho * value));
        return sum;
    };
    return result;
}

/// Row-standardised symmetric ties have the eigenvalues of D^-1/2 A D^-1/2.
VectorXd eigenvalues_of(const CrossSection& section, Weighting weighting) {
    MatrixXd dense = section.ties;
    if (weighting != Weighting::row) {
        dense = MatrixXd(section.weights);
    } else {
        const VectorXd sums = dense.rowwise().sum();
        const VectorXd scale = (sums.array() > 0.0).select(sums.array().rsqrt(), 0.0);
        dense = scale.asDiagonal() * dense * scale.asDiagonal();
    }
    return symmetric_eigenvalues(dense);
}

LogDeterminant of_factors(const Weights& weights) {
    LogDeterminant result;
    result.at = [&weights](double rho) {
        Eigen::SparseMatrix<double> matrix(weights.rows(), weights.cols());
        matrix.setIdentity();
        matrix -= rho * Eigen::SparseMatrix<double>(weights);
        Eigen::SparseLU<Eigen::SparseMatrix<double>> factors;
        factors.compute(matrix);
        return factors.info() == Eigen::Success ? factors.logAbsDeterminant()
                                                : -std::numeric_limits<double>::infinity();
    };
    return result;
}

LogDeterminant log_determinant(const CrossSection& section, Weighting weighting) {
    const Index n = section.weights.rows();
    if (n > most_people) {
        throw sim::UserError(fmt::format("--method sar_ml: {} people are too many for its "
                                         "determinant (at most {}) use --method tsls",
                                         n, most_people));
    }
    if (n <= most_symmetric && is_symmetric(section.ties)) {
        return of_eigenvalues(eigenvalues_of(section, weighting));
    }
    if (n <= most_general) return of_eigenvalues(eigenvalues(section.weights));
    LogDeterminant result = of_factors(section.weights);
    if (weighting != Weighting::row) {
        VectorXd sums = section.weights * VectorXd::Ones(n); // |eigenvalue| <= largest row sum
        result.high = 0.99 / sums.maxCoeff();
        result.low = -result.high;
    }
    return result;
}

/// What the likelihood of rho is made of, b and the variance put at their best.
struct Profile {
    const LogDeterminant& determinant;
    double n;
    double own, cross, lagged; ///< sums of squares and products of the two residuals

    double variance(double rho) const { return (own - 2.0 * rho * cross + rho * rho * lagged) / n; }
    double log_likelihood(double rho) const {
        const double pi = std::acos(-1.0);
        return determinant.at(rho) - n / 2.0 * (std::log(2.0 * pi * variance(rho)) + 1.0);
    }
};

/// se of rho from the information matrix (Ord 1975); of large graphs from the curvature of the
/// profile.
struct Information {
    double rho_se;
    VectorXd b_se;
};

Information information(const CrossSection& section, const MatrixXd& x, const VectorXd& b,
                        double rho, double variance) {
    const Index n = section.weights.rows();
    const Index k = x.cols();
    const MatrixXd w = section.weights;
    const MatrixXd a = w * inverse(MatrixXd::Identity(n, n) - rho * w);
    const VectorXd axb = a * (x * b);
    MatrixXd matrix = MatrixXd::Zero(k + 2, k + 2); // variance, rho, b
    matrix(0, 0) = static_cast<double>(n) / (2.0 * variance * variance);
    matrix(0, 1) = matrix(1, 0) = a.trace() / variance;
    matrix(1, 1) =
        a.cwiseProduct(a.transpose()).sum() + a.squaredNorm() + axb.squaredNorm() / variance;
    matrix.block(1, 2, 1, k) = (axb.transpose() * x) / variance;
    matrix.block(2, 1, k, 1) = matrix.block(1, 2, 1, k).transpose();
    matrix.block(2, 2, k, k) = x.transpose() * x / variance;
    const MatrixXd covariance = inverse(matrix);
    return {std::sqrt(covariance(1, 1)), covariance.diagonal().tail(k).cwiseSqrt()};
}

Information curvature(const Profile& profile, const MatrixXd& x, const VectorXd& b_of_lag,
                      double rho, double variance) {
    const double step = 1e-4;
    const double second = (profile.log_likelihood(rho + step) - 2.0 * profile.log_likelihood(rho) +
                           profile.log_likelihood(rho - step)) /
                          (step * step);
    const double rho_se = std::sqrt(-1.0 / second);
    const VectorXd own = variance * inverse(x.transpose() * x).diagonal();
    return {rho_se, (own + (b_of_lag * rho_se).cwiseAbs2()).cwiseSqrt()};
}

Coefficient with_normal_p(const std::string& name, double estimate, double se) {
    Coefficient result{.name = name, .estimate = estimate, .se = se, .statistic = estimate / se};
    if (std::isfinite(result.statistic)) {
        result.p = 2.0 * boost::math::cdf(boost::math::complement(boost::math::normal(),
                                                                  std::abs(result.statistic)));
    }
    return result;
}

/// Constant, covariates, and those of contacts where asked.
std::pair<MatrixXd, std::vector<std::string>> regressors(const CrossSection& section,
                                                         const Question& question) {
    const Index k = section.x.cols();
    MatrixXd x(section.y.size(), 1 + k * (question.contextual ? 2 : 1));
    x.col(0).setOnes();
    x.middleCols(1, k) = section.x;
    std::vector<std::string> names{"constant"};
    names.insert(names.end(), section.x_names.begin(), section.x_names.end());
    if (question.contextual) {
        x.rightCols(k) = section.weights * section.x;
        for (const std::string& name : section.x_names) names.push_back("W " + name);
    }
    return {x, names};
}

/// The rho of the largest likelihood.
double best_rho(const Profile& profile) {
    const LogDeterminant& determinant = profile.determinant;
    const double margin = 1e-6 * (determinant.high - determinant.low);
    return boost::math::tools::brent_find_minima(
               [&](double rho) { return -profile.log_likelihood(rho); }, determinant.low + margin,
               determinant.high - margin, std::numeric_limits<double>::digits)
        .first;
}

void add_likelihood(Estimate& estimate, const CrossSection& section, const Profile& profile,
                    double rho) {
    const double ratio = 2.0 * (profile.log_likelihood(rho) - profile.log_likelihood(0.0));
    const boost::math::chi_squared distribution(1.0);
    estimate.figures = {{"isolates", static_cast<double>(section.isolates)},
                        {"log-likelihood", profile.log_likelihood(rho)},
                        {"variance of the residuals", profile.variance(rho)},
                        {"likelihood ratio of rho = 0", ratio},
                        {"likelihood ratio p", boost::math::cdf(boost::math::complement(
                                                   distribution, std::max(0.0, ratio)))}};
}

}

Estimate sar_ml(const CrossSection& section, const Question& question) {
    if (!question.fixed_effects.empty()) {
        throw sim::UserError("--fixed-effects: sar_ml has none (its likelihood would be another "
                             "one); use --method tsls");
    }
    const auto [x, names] = regressors(section, question);
    const LeastSquares qr(x);
    if (qr.rank() < x.cols()) {
        throw sim::UserError("--covariates: one of them follows from the others; leave it out");
    }
    const VectorXd lag = section.weights * section.y;
    const VectorXd b_own = qr.solve(section.y);
    const VectorXd b_lag = qr.solve(lag);
    const VectorXd own = section.y - x * b_own;
    const VectorXd lagged = lag - x * b_lag;
    const LogDeterminant determinant = log_determinant(section, question.weighting);
    const Profile profile{determinant, static_cast<double>(section.size()), own.squaredNorm(),
                          own.dot(lagged), lagged.squaredNorm()};
    const double rho = best_rho(profile);
    const VectorXd b = b_own - rho * b_lag;
    const bool small = section.weights.rows() <= most_symmetric;
    const Information errors = small ? information(section, x, b, rho, profile.variance(rho))
                                     : curvature(profile, x, b_lag, rho, profile.variance(rho));
    Estimate estimate{.method = "sar_ml", .question = section.question, .n = section.size()};
    estimate.left_out = section.left_out;
    estimate.coefficients.push_back(with_normal_p("rho", rho, errors.rho_se));
    for (Index k = 0; k < b.size(); ++k) {
        estimate.coefficients.push_back(
            with_normal_p(names[static_cast<std::size_t>(k)], b[k], errors.b_se[k]));
    }
    estimate.statistic = small
                             ? "se: information matrix; statistic: estimate / se, normal"
                             : "se: curvature of the likelihood; statistic: estimate / se, normal";
    add_likelihood(estimate, section, profile, rho);
    estimate.notes.push_back("rho is the pull of contacts only if nothing else makes them alike, "
                             "and is biased downwards in dense networks.");
    return estimate;
}

}
