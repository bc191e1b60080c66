#include <algorithm>
#include <cmath>
#include <iterator>
#include <numeric>
#include <set>

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

/// What is correlated: a column of ranks for each factor that has some, the outcome the last. A
/// nominal factor has no rank but is held all the same, by a column of each level but one.
struct RankColumns {
    Eigen::MatrixXd values;
    std::vector<std::size_t> of_factor = {}; ///< where those of each factor begin
};

/// Whether each point has one level or not, centred, for all levels that are met but the first.
std::vector<Eigen::VectorXd> level_columns(const std::vector<double>& entries) {
    const std::set<double> met(entries.begin(), entries.end());
    std::vector<Eigen::VectorXd> columns;
    for (auto level = std::next(met.begin()); level != met.end(); ++level) {
        Eigen::VectorXd column(static_cast<Eigen::Index>(entries.size()));
        for (std::size_t i = 0; i < entries.size(); ++i)
            column[static_cast<Eigen::Index>(i)] = entries[i] == *level ? 1.0 : 0.0;
        columns.emplace_back(column.array() - column.mean());
    }
    return columns;
}

RankColumns rank_columns(const Experiment& experiment, const std::vector<double>& means,
                         const std::vector<std::size_t>& points) {
    std::vector<Eigen::VectorXd> list;
    RankColumns columns{.values = {}};
    std::vector<double> entries(points.size());
    for (std::size_t which = 0; which < experiment.factors.size(); ++which) {
        std::ranges::transform(points, entries.begin(),
                               [&](std::size_t point) { return experiment.entry(point, which); });
        columns.of_factor.push_back(list.size());
        if (!experiment.factors[which].is_nominal()) {
            list.push_back(centred_ranks(entries));
        } else if (!entries.empty()) {
            std::ranges::move(level_columns(entries), std::back_inserter(list));
        }
    }
    std::ranges::transform(points, entries.begin(),
                           [&](std::size_t point) { return means[point]; });
    list.push_back(centred_ranks(entries));
    columns.values.resize(static_cast<Eigen::Index>(points.size()),
                          static_cast<Eigen::Index>(list.size()));
    for (std::size_t i = 0; i < list.size(); ++i)
        columns.values.col(static_cast<Eigen::Index>(i)) = list[i];
    return columns;
}

}

Findings rank_correlations(const Experiment& experiment, const OutcomeAtPoints& outcome,
                           double confidence) {
    const std::vector<double> means = point_means(experiment, outcome);
    std::vector<std::size_t> points;
    for (std::size_t point = 0; point < means.size(); ++point) {
        if (!std::isnan(means[point])) points.push_back(point);
    }
    Findings findings{
        .rows = {}, .blocks = points.size(), .left_out = means.size() - points.size()};
    const RankColumns columns = rank_columns(experiment, means, points);
    const auto count = static_cast<std::size_t>(columns.values.cols());
    std::vector<double> partial(count, not_known);
    if (points.size() > count + 1) partial = partial_correlations(columns.values);
    Measure measure{.name = "prcc", .header = "PRCC"};
    for (std::size_t which = 0; which < experiment.factors.size(); ++which) {
        findings.rows.push_back(experiment.factors[which].name);
        if (experiment.factors[which].is_nominal()) {
            measure.rows.push_back({});
            continue;
        }
        const double value = partial[columns.of_factor[which]];
        measure.rows.push_back(
            {value, fisher_interval(value, points.size(), count - 2, confidence)});
    }
    findings.measures.push_back(std::move(measure));
    return findings;
}

}
