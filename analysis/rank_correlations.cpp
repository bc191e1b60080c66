#include <algorithm>
#include <cmath>
#include <numeric>

#include <boost/math/distributions/normal.hpp>

#include "analysis/linear_algebra.hpp"
#include "analysis/sensitivity.hpp"

namespace cercle::analysis {

namespace {

/// Ranks from 1; values that are equal share the mean of theirs. Centred.
Eigen::VectorXd centred_ranks(const std::vector<double>& values) {
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::size_t i) { return values[i]; });
    Eigen::VectorXd ranks(static_cast<Eigen::Index>(values.size()));
    const double middle = (static_cast<double>(values.size()) + 1.0) / 2.0;
    for (std::size_t begin = 0; begin < order.size();) {
        std::size_t end = begin;
        while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
        const double shared = (static_cast<double>(begin + end) + 1.0) / 2.0;
        for (; begin < end; ++begin) {
            ranks[static_cast<Eigen::Index>(order[begin])] = shared - middle;
        }
    }
    return ranks;
}

/// Correlations of each column with the last one, the others held: from the inverse of the matrix
/// of correlations. Unknown where columns determine each other.
std::vector<double> partial_correlations(const Eigen::MatrixXd& columns) {
    const Eigen::Index last = columns.cols() - 1;
    std::vector<double> partial(static_cast<std::size_t>(last), not_known);
    const Eigen::VectorXd norms = columns.colwise().norm();
    if (norms.minCoeff() <= 0.0) return partial;
    const Eigen::MatrixXd scaled = columns * norms.cwiseInverse().asDiagonal();
    const auto inverse = well_conditioned_inverse(scaled.transpose() * scaled, 1e-12);
    if (!inverse) return partial;
    for (Eigen::Index i = 0; i < last; ++i) {
        partial[static_cast<std::size_t>(i)] =
            -(*inverse)(i, last) / std::sqrt((*inverse)(i, i) * (*inverse)(last, last));
    }
    return partial;
}

/// Fisher's interval of a correlation of n values with `held` others held (Anderson 2003, 4.3).
Interval fisher_interval(double correlation, std::size_t n, std::size_t held, double confidence) {
    const double freedom = static_cast<double>(n) - static_cast<double>(held) - 3.0;
    if (std::isnan(correlation) || freedom <= 0.0) return {};
    if (std::abs(correlation) >= 1.0) return {correlation, correlation};
    const double reach =
        boost::math::quantile(boost::math::normal(), (1.0 + confidence) / 2.0) / std::sqrt(freedom);
    const double z = std::atanh(correlation);
    return {std::tanh(z - reach), std::tanh(z + reach)};
}

}

Findings rank_correlations(const Experiment& experiment, const OutcomeAtPoints& outcome,
                           double confidence) {
    const std::vector<double> means = point_means(experiment, outcome);
    const std::size_t factors = experiment.factors.size();
    std::vector<std::vector<double>> known(factors + 1);
    Findings findings{.rows = {}};
    for (std::size_t point = 0; point < means.size(); ++point) {
        if (std::isnan(means[point])) {
            ++findings.left_out;
            continue;
        }
        ++findings.blocks;
        for (std::size_t which = 0; which < factors; ++which) {
            known[which].push_back(experiment.entry(point, which));
        }
        known[factors].push_back(means[point]);
    }
    Eigen::MatrixXd ranks(static_cast<Eigen::Index>(findings.blocks),
                          static_cast<Eigen::Index>(factors + 1));
    for (std::size_t column = 0; column <= factors; ++column) {
        ranks.col(static_cast<Eigen::Index>(column)) = centred_ranks(known[column]);
    }
    std::vector<double> partial(factors, not_known);
    if (findings.blocks > factors + 2) partial = partial_correlations(ranks);
    Measure measure{.name = "prcc", .header = "PRCC"};
    for (std::size_t which = 0; which < factors; ++which) {
        findings.rows.push_back(experiment.factors[which].name);
        measure.rows.push_back({partial[which], fisher_interval(partial[which], findings.blocks,
                                                                factors - 1, confidence)});
    }
    findings.measures.push_back(std::move(measure));
    return findings;
}

}
