#include "analysis/inference/linear_model.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <boost/math/distributions/students_t.hpp>
#include <fmt/format.h>

#include "analysis/linear_algebra.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

/// Throws when a column of x follows from those before it.
void expect_independent(const Equation& equation, const Eigen::MatrixXd& x) {
    Eigen::MatrixXd scaled = x;
    for (Eigen::Index k = 0; k < x.cols(); ++k) {
        const double size = x.col(k).norm();
        if (size > 0.0) scaled.col(k) /= size;
    }
    const LeastSquares qr(scaled, 1e-9);
    if (qr.rank() == x.cols()) return;
    const auto last = static_cast<std::size_t>(qr.most_dependent());
    throw sim::UserError(fmt::format("{} cannot be told apart from the other columns ({} fixed "
                                     "effects, {} people or waves); leave one of them out",
                                     equation.names[last], equation.absorbed, x.rows()));
}

Eigen::MatrixXd projection(const Eigen::MatrixXd& x, const Eigen::MatrixXd& instruments) {
    if (instruments.cols() == 0) return x;
    return instruments * LeastSquares(instruments).solve(x);
}

/// sum over groups g of s_g s_g', where s_g is the sum of scores of the group.
Eigen::MatrixXd cluster_meat(const Eigen::MatrixXd& scores,
                             const std::vector<std::uint32_t>& cluster) {
    const std::uint32_t most = *std::ranges::max_element(cluster);
    Eigen::MatrixXd sums = Eigen::MatrixXd::Zero(most + 1, scores.cols());
    for (Eigen::Index i = 0; i < scores.rows(); ++i) {
        sums.row(cluster[static_cast<std::size_t>(i)]) += scores.row(i);
    }
    return sums.transpose() * sums;
}

/// Covariances of coefficients under unequal variances (HC1), and under dependence inside clusters
/// (CR1; none with one cluster).
struct Covariances {
    Eigen::MatrixXd robust, clustered;
    std::size_t clusters = 0;

    bool by_cluster() const { return clusters >= clusters_worth_it; }
};

Covariances covariances_of(const Equation& equation, const LinearFit& fit) {
    const Eigen::MatrixXd scores = fit.projected.array().colwise() * fit.residuals.array();
    const double n = static_cast<double>(scores.rows());
    Covariances result{.robust = fit.inverse * (scores.transpose() * scores) * fit.inverse *
                                 (n / fit.degrees),
                       .clustered = {},
                       .clusters = cluster_count(equation.cluster)};
    if (result.clusters > 1) {
        result.clustered = fit.inverse * cluster_meat(scores, equation.cluster) * fit.inverse *
                           small_sample_factor(static_cast<double>(result.clusters), n,
                                               static_cast<double>(scores.cols()));
    }
    return result;
}

}

double small_sample_factor(double clusters, double n, double coefficients) {
    return clusters / (clusters - 1.0) * (n - 1.0) / (n - coefficients);
}

std::size_t cluster_count(const std::vector<std::uint32_t>& cluster) {
    return std::set<std::uint32_t>(cluster.begin(), cluster.end()).size();
}

LinearFit fit(const Equation& equation) {
    LinearFit result;
    result.degrees = static_cast<double>(equation.x.rows()) -
                     static_cast<double>(equation.x.cols() + equation.absorbed);
    if (result.degrees < 1.0) {
        throw sim::UserError(fmt::format("{} observations are too few for {} coefficients and {} "
                                         "fixed effects",
                                         equation.x.rows(), equation.x.cols(), equation.absorbed));
    }
    result.projected = projection(equation.x, equation.instruments);
    expect_independent(equation, result.projected);
    const Eigen::MatrixXd gram = result.projected.transpose() * result.projected;
    result.inverse = solve_symmetric(gram, Eigen::MatrixXd::Identity(gram.rows(), gram.cols()));
    result.b = LeastSquares(result.projected).solve(equation.y);
    result.residuals = equation.y - equation.x * result.b;
    const double squares = result.residuals.squaredNorm();
    result.variance = squares / result.degrees;
    const double total = (equation.y.array() - equation.y.mean()).square().sum();
    result.r_squared = total > 0.0 ? 1.0 - squares / total : not_known;
    return result;
}

std::vector<Coefficient> coefficients(const Equation& equation, const LinearFit& fit) {
    const Covariances covariances = covariances_of(equation, fit);
    const bool by_cluster = covariances.by_cluster();
    const double degrees =
        by_cluster ? static_cast<double>(covariances.clusters) - 1.0 : fit.degrees;
    const boost::math::students_t t(degrees);
    std::vector<Coefficient> result;
    for (Eigen::Index k = 0; k < fit.b.size(); ++k) {
        Coefficient each{.name = equation.names[static_cast<std::size_t>(k)],
                         .estimate = fit.b[k],
                         .se = std::sqrt(fit.variance * fit.inverse(k, k)),
                         .se_robust = std::sqrt(covariances.robust(k, k)),
                         .degrees = degrees};
        if (covariances.clusters > 1) each.se_clustered = std::sqrt(covariances.clustered(k, k));
        each.statistic = each.estimate / (by_cluster ? each.se_clustered : each.se_robust);
        if (std::isfinite(each.statistic)) {
            each.p = 2.0 * boost::math::cdf(boost::math::complement(t, std::abs(each.statistic)));
        }
        result.push_back(std::move(each));
    }
    return result;
}

double robust_f(const Equation& equation, const LinearFit& fit, Eigen::Index count) {
    const Covariances covariances = covariances_of(equation, fit);
    const bool enough = static_cast<std::size_t>(count) < covariances.clusters;
    const Eigen::MatrixXd& all =
        covariances.by_cluster() && enough ? covariances.clustered : covariances.robust;
    const Eigen::VectorXd last = fit.b.tail(count);
    return last.dot(solve(all.bottomRightCorner(count, count), last)) / static_cast<double>(count);
}

std::string statistic_text(std::size_t clusters, std::string_view without) {
    if (clusters >= clusters_worth_it) {
        return fmt::format("statistic: estimate / clustered se, Student t with {} degrees of "
                           "freedom ({} clusters); p two-sided",
                           clusters - 1, clusters);
    }
    return fmt::format(
        "statistic: estimate / robust se, {}; p two-sided (fewer than {} clusters are "
        "too few to go by)",
        without, clusters_worth_it);
}

std::string statistic_text(const Equation& equation) {
    return statistic_text(cluster_count(equation.cluster), "Student t");
}

}
