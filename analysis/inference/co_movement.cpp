#include "analysis/inference/co_movement.hpp"

#include <algorithm>
#include <cmath>

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr double days_of_month = 30.44;

/// Sums over the people of each group, (group, wave).
MatrixXd summed(const MatrixXd& columns, const std::vector<std::uint32_t>& group) {
    MatrixXd sums = MatrixXd::Zero(*std::ranges::max_element(group) + 1, columns.cols());
    for (std::size_t i = 0; i < group.size(); ++i) {
        sums.row(group[i]) += columns.row(static_cast<Index>(i));
    }
    return sums;
}

}

double months_between(Day one, Day other) {
    return static_cast<double>(std::abs((one - other).count())) / days_of_month;
}

Centred centred(const Answers& answers) {
    Centred result{.waves = answers.waves, .values = answers.y, .given = answers.y};
    for (Index wave = 0; wave < answers.y.cols(); ++wave) {
        const auto known = (answers.y.col(wave).array() == answers.y.col(wave).array()).eval();
        const double count = std::max(static_cast<double>(known.count()), 1.0);
        const double mean = known.select(answers.y.col(wave), 0.0).sum() / count;
        result.values.col(wave) = known.select(answers.y.col(wave).array() - mean, 0.0);
        result.given.col(wave) = known.cast<double>();
    }
    return result;
}

std::vector<CoMovement> co_movements(const Centred& one,
                                     const std::vector<std::uint32_t>& one_group,
                                     const Centred& other,
                                     const std::vector<std::uint32_t>& other_group) {
    const bool same = &one == &other;
    const MatrixXd sums = summed(one.values, one_group), counts = summed(one.given, one_group);
    MatrixXd other_sums = summed(other.values, other_group);
    MatrixXd other_counts = summed(other.given, other_group);
    const Index groups = std::min(sums.rows(), other_sums.rows());
    std::vector<CoMovement> found;
    for (Index s = 0; s < sums.cols(); ++s) {
        for (Index t = same ? s : 0; t < other_sums.cols(); ++t) {
            double product = sums.col(s).head(groups).dot(other_sums.col(t).head(groups));
            double pairs = counts.col(s).head(groups).dot(other_counts.col(t).head(groups));
            if (same) { // nobody is compared with themselves
                product -= one.values.col(s).dot(one.values.col(t));
                pairs -= one.given.col(s).dot(one.given.col(t));
            }
            if (pairs < 1.0) continue;
            found.push_back({months_between(one.waves[static_cast<std::size_t>(s)],
                                            other.waves[static_cast<std::size_t>(t)]),
                             product / pairs, pairs});
        }
    }
    return found;
}

Decline decline(const std::vector<CoMovement>& movements, double memory) {
    double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, longest = 0.0;
    for (const CoMovement& each : movements) {
        const double left = std::pow(memory, each.months);
        n += each.pairs;
        x += each.pairs * left;
        y += each.pairs * each.covariance;
        xx += each.pairs * left * left;
        xy += each.pairs * left * each.covariance;
        longest = std::max(longest, each.months);
    }
    Decline result;
    const double spread = n * xx - x * x;
    if (longest >= months_of_year - 1.0 && spread > 1e-9 * n * xx) {
        result.passing = (n * xy - x * y) / spread;
        result.lasting = (y - result.passing * x) / n;
    } else if (xx > 0.0) {
        result.passing = xy / xx;
    }
    for (const CoMovement& each : movements) {
        const double rest =
            each.covariance - result.lasting - result.passing * std::pow(memory, each.months);
        result.misfit += each.pairs * rest * rest;
    }
    return result;
}

double best_memory(const std::vector<CoMovement>& movements) {
    double best = 0.0, least = INFINITY;
    for (const double memory : {0.5, 0.6, 0.7, 0.8, 0.9}) {
        const double misfit = decline(movements, memory).misfit;
        if (misfit < least) best = memory, least = misfit;
    }
    return best;
}

}
