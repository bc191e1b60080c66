#include "analysis/inference/logit.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "analysis/inference/linear_model.hpp"
#include "analysis/linear_algebra.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr int most_rounds = 50;

/// The regressors of a row: its columns of x and its level.
struct Row {
    Eigen::RowVectorXd x;
    Index level;
};

Row row_at(const LogitEquation& equation, Index i) {
    return {equation.x.row(i),
            equation.x.cols() + static_cast<Index>(equation.level[static_cast<std::size_t>(i)])};
}

double times(const LogitEquation& equation, Index i) {
    return equation.times.empty() ? 1.0 : equation.times[static_cast<std::size_t>(i)];
}

double probability(const Row& row, const VectorXd& b) {
    const double odds = row.x * b.head(row.x.size()) + b[row.level];
    return 1.0 / (1.0 + std::exp(-odds));
}

/// Gradient, information and log-likelihood at b.
struct Slope {
    VectorXd gradient;
    MatrixXd information;
    double log_likelihood = 0.0;
};

Slope slope_at(const LogitEquation& equation, const VectorXd& b) {
    Slope slope{VectorXd::Zero(b.size()), MatrixXd::Zero(b.size(), b.size())};
    const Index k = equation.x.cols();
    for (Index i = 0; i < equation.x.rows(); ++i) {
        const Row row = row_at(equation, i);
        const double p = probability(row, b);
        const bool happened = equation.y[static_cast<std::size_t>(i)] != 0;
        const double count = times(equation, i);
        const double rest = count * ((happened ? 1.0 : 0.0) - p);
        const double weight = count * p * (1.0 - p);
        slope.gradient.head(k) += rest * row.x.transpose();
        slope.gradient[row.level] += rest;
        slope.information.topLeftCorner(k, k) += weight * row.x.transpose() * row.x;
        slope.information.block(0, row.level, k, 1) += weight * row.x.transpose();
        slope.information(row.level, row.level) += weight;
        slope.log_likelihood += count * std::log(std::max(happened ? p : 1.0 - p, 1e-300));
    }
    slope.information.bottomLeftCorner(b.size() - k, k) =
        slope.information.topRightCorner(k, b.size() - k).transpose();
    return slope;
}

/// sum over clusters (or rows) of the outer product of their scores.
MatrixXd meat(const LogitEquation& equation, const VectorXd& b, bool by_cluster) {
    const std::uint32_t clusters = by_cluster ? *std::ranges::max_element(equation.cluster) + 1 : 0;
    MatrixXd sums = MatrixXd::Zero(clusters, b.size());
    MatrixXd result = MatrixXd::Zero(b.size(), b.size());
    for (Index i = 0; i < equation.x.rows(); ++i) {
        const Row row = row_at(equation, i);
        VectorXd score = VectorXd::Zero(b.size());
        const double rest =
            (equation.y[static_cast<std::size_t>(i)] != 0 ? 1.0 : 0.0) - probability(row, b);
        score.head(row.x.size()) = rest * row.x.transpose();
        score[row.level] = rest;
        if (by_cluster) {
            sums.row(equation.cluster[static_cast<std::size_t>(i)]) += score.transpose();
        } else {
            result += score * score.transpose();
        }
    }
    return by_cluster ? MatrixXd(sums.transpose() * sums) : result;
}

/// Fills in statistic and p by the error that the clusters allow.
void test(Coefficient& each, std::size_t clusters) {
    using boost::math::cdf, boost::math::complement;
    const bool by_cluster = clusters >= clusters_worth_it;
    each.statistic = each.estimate / (by_cluster ? each.se_clustered : each.se_robust);
    if (!std::isfinite(each.statistic)) return;
    const double size = std::abs(each.statistic);
    const boost::math::students_t t(static_cast<double>(std::max<std::size_t>(clusters, 2)) - 1.0);
    each.p = 2.0 *
             (by_cluster ? cdf(complement(t, size)) : cdf(complement(boost::math::normal(), size)));
}

}

LogitFit fit(const LogitEquation& equation) {
    LogitFit result;
    result.b = VectorXd::Zero(equation.x.cols() + static_cast<Index>(equation.levels));
    double before = -1e300;
    for (int round = 0; round < most_rounds; ++round) {
        const Slope slope = slope_at(equation, result.b);
        const Index size = result.b.size();
        result.inverse = solve_symmetric(slope.information, MatrixXd::Identity(size, size));
        result.log_likelihood = slope.log_likelihood;
        const VectorXd step = solve_symmetric(slope.information, slope.gradient);
        if (!step.allFinite() || result.b.cwiseAbs().maxCoeff() > 40.0) return result;
        if (step.cwiseAbs().maxCoeff() < 1e-10 ||
            (round > 20 && slope.log_likelihood - before < 1e-12)) {
            result.converged = true;
            return result;
        }
        before = slope.log_likelihood;
        result.b += step * std::min(1.0, 5.0 / step.cwiseAbs().maxCoeff());
    }
    return result;
}

std::vector<Coefficient> coefficients(const LogitEquation& equation, const LogitFit& fit) {
    const Index k = equation.x.cols() + (equation.levels == 1 ? 1 : 0);
    const MatrixXd robust = fit.inverse * meat(equation, fit.b, false) * fit.inverse;
    const std::size_t clusters = cluster_count(equation.cluster);
    MatrixXd clustered;
    if (clusters > 1) {
        const double g = static_cast<double>(clusters);
        clustered = fit.inverse * meat(equation, fit.b, true) * fit.inverse * (g / (g - 1.0));
    }
    std::vector<Coefficient> result;
    for (Index i = 0; i < k; ++i) {
        Coefficient each{.name = i < equation.x.cols() ? equation.names[static_cast<std::size_t>(i)]
                                                       : std::string("constant"),
                         .estimate = fit.b[i],
                         .se = std::sqrt(fit.inverse(i, i)),
                         .se_robust = std::sqrt(robust(i, i))};
        if (clusters > 1) each.se_clustered = std::sqrt(clustered(i, i));
        test(each, clusters);
        result.push_back(std::move(each));
    }
    return result;
}

std::string statistic_text(const LogitEquation& equation) {
    return statistic_text(cluster_count(equation.cluster), "normal");
}

}
