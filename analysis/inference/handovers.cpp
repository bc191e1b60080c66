#include "analysis/inference/handovers.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/permutations.hpp"
#include "analysis/linear_algebra.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Takes team x year and controls out of a column.
class Residuals {
public:
    Residuals(std::vector<std::uint32_t> stratum, MatrixXd controls) : strata_{std::move(stratum)} {
        sweep(controls, strata_);
        controls_ = LeastSquares(controls);
        basis_ = controls;
    }
    VectorXd of(const VectorXd& column) const {
        MatrixXd swept = column;
        sweep(swept, strata_);
        if (basis_.cols() == 0) return swept.col(0);
        return swept.col(0) - basis_ * controls_.solve(VectorXd(swept.col(0)));
    }

private:
    std::vector<std::vector<std::uint32_t>> strata_;
    LeastSquares controls_;
    MatrixXd basis_;
};

/// Slope of an outcome on the successors, under the real and every exchanged assignment.
struct Slopes {
    VectorXd own_y, own_e; ///< residuals under the real one
    MatrixXd exchanged;    ///< residuals of successors, one column for each permutation
    double observed() const { return own_e.dot(own_y) / own_e.squaredNorm(); }
    /// p of H0: slope = g, upper or two-sided.
    double p(double g, Tail tail) const {
        const VectorXd rest = own_y - g * own_e;
        std::vector<double> values;
        for (Index b = 0; b < exchanged.cols(); ++b) {
            const double size = exchanged.col(b).squaredNorm();
            values.push_back(size > 0.0 ? exchanged.col(b).dot(rest) / size : 0.0);
        }
        return permutation_p(own_e.dot(rest) / own_e.squaredNorm(), values, tail);
    }
};

/// Those who took clients over, in the order met, and where each hand-over's stands.
struct Successors {
    std::vector<double> answer; ///< mean over their hand-overs
    std::vector<std::uint32_t> team;
    std::vector<std::uint32_t> of_row;
};

Successors successors_of(const HandoverTable& table) {
    Successors all;
    std::map<std::uint32_t, std::uint32_t> places;
    std::vector<double> count;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto next = static_cast<std::uint32_t>(places.size());
        const auto place = places.try_emplace(table.contact[row], next).first->second;
        if (place == next) {
            all.answer.push_back(0.0);
            all.team.push_back(table.team[row]);
            count.push_back(0.0);
        }
        all.answer[place] += table.successor[row];
        count[place] += 1.0;
        all.of_row.push_back(place);
    }
    for (std::size_t i = 0; i < count.size(); ++i) all.answer[i] /= count[i];
    return all;
}

Slopes slopes_of(const HandoverTable& table, const VectorXd& y, const MatrixXd& controls,
                 const HandoverOptions& options) {
    const Residuals residuals(table.stratum, controls);
    const auto n = static_cast<Index>(table.size());
    const Successors successors = successors_of(table);
    VectorXd e(n);
    for (Index i = 0; i < n; ++i)
        e[i] = successors.answer[successors.of_row[static_cast<std::size_t>(i)]];
    Slopes slopes{residuals.of(y), residuals.of(e), {}};
    slopes.exchanged.resize(n, static_cast<Index>(options.permutations));
    const Permutations plan{.stratum = successors.team,
                            .count = options.permutations,
                            .seed = options.seed,
                            .test = 4,
                            .threads = options.threads};
    in_parallel(options.permutations, options.threads, [&](std::size_t b) {
        const std::vector<std::uint32_t> order = permutation(plan, b);
        VectorXd exchanged(n);
        for (Index i = 0; i < n; ++i)
            exchanged[i] = successors.answer[order[successors.of_row[static_cast<std::size_t>(i)]]];
        slopes.exchanged.col(static_cast<Index>(b)) = residuals.of(exchanged);
    });
    return slopes;
}

/// Where p of the slope crosses .05 on one side of the estimate, by bisection; unknown where even
/// the estimate is rejected.
double bound(const Slopes& slopes, double se, double direction) {
    const double centre = slopes.observed();
    double inside = centre;
    double outside = centre + direction * 8.0 * se;
    if (!(slopes.p(centre, Tail::both) > 0.05)) return not_known;
    if (slopes.p(outside, Tail::both) > 0.05) return direction * INFINITY;
    for (int round = 0; round < 30; ++round) {
        const double middle = (inside + outside) / 2.0;
        (slopes.p(middle, Tail::both) > 0.05 ? inside : outside) = middle;
    }
    return inside;
}

std::size_t exchangeable(const HandoverTable& table) {
    std::map<std::uint32_t, std::size_t> sizes;
    for (const std::uint32_t team : successors_of(table).team) ++sizes[team];
    std::size_t count = 0;
    for (const auto& [team, size] : sizes) count += size > 1 ? size : 0;
    return count;
}

/// Columns of the equation, as vectors.
VectorXd column(const std::vector<double>& values) {
    return Eigen::Map<const VectorXd>(values.data(), static_cast<Index>(values.size()));
}

/// Effect, error, p and interval; false where successors do not differ or too few are left.
bool add_effect(HandoverResult& result, const Slopes& slopes, double degrees) {
    const double size = slopes.own_e.squaredNorm();
    if (!(size > 1e-9) || degrees < 1.0) return false;
    result.effect = slopes.observed();
    const VectorXd rest = slopes.own_y - result.effect * slopes.own_e;
    result.se = std::sqrt(rest.squaredNorm() / degrees / size);
    result.p = slopes.p(0.0, Tail::upper);
    result.interval = {bound(slopes, result.se, -1.0), bound(slopes, result.se, 1.0)};
    return true;
}

}

HandoverResult test_handovers(const HandoverTable& table, const HandoverOptions& options) {
    HandoverResult result{.exchangeable = exchangeable(table)};
    if (result.exchangeable < fewest_successors) return result;
    MatrixXd controls(static_cast<Index>(table.size()), 2);
    controls << column(table.before), column(table.predecessor);
    result.months = column(table.months).sum() / static_cast<double>(table.months.size());
    const double degrees =
        static_cast<double>(table.size()) - 3.0 - static_cast<double>(swept_rank({table.stratum}));
    const Slopes slopes = slopes_of(table, column(table.after), controls, options);
    if (!add_effect(result, slopes, degrees)) return result;
    const Slopes balance =
        slopes_of(table, column(table.before), MatrixXd(controls.col(1)), options);
    result.balance = balance.observed();
    result.balance_p = balance.p(0.0, Tail::both);
    return result;
}

}
