#include "analysis/inference/handovers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/sequential.hpp"
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

/// Those who took clients over, in the order met, and where each hand-over's stands.
struct Successors {
    std::vector<double> answer;
    std::vector<std::uint32_t> team;
    std::vector<std::uint32_t> of_row;
};

Successors successors_of(const HandoverTable& table) {
    Successors all;
    std::map<std::uint32_t, std::uint32_t> places;
    for (std::size_t row = 0; row < table.size(); ++row) {
        const auto next = static_cast<std::uint32_t>(places.size());
        const auto place = places.try_emplace(table.contact[row], next).first->second;
        if (place == next) {
            all.answer.push_back(table.successor[row]);
            all.team.push_back(table.team[row]);
        }
        all.of_row.push_back(place);
    }
    return all;
}

/// Hand-overs whose successors are exchanged as wholes, inside teams; team x year and controls are
/// taken out of everything.
class Exchange {
public:
    Exchange(const HandoverTable& table, const MatrixXd& controls, const HandoverOptions& options)
        : residuals_(table.stratum, controls),
          successors_(successors_of(table)), plan_{.stratum = successors_.team,
                                                   .count = options.permutations,
                                                   .seed = options.seed,
                                                   .test = 4,
                                                   .threads = options.threads} {}

    const Permutations& plan() const { return plan_; }
    VectorXd outcome(const VectorXd& y) const { return residuals_.of(y); }
    /// What successors answered, each in the place of another.
    VectorXd successors(std::span<const std::uint32_t> order) const {
        VectorXd e(static_cast<Index>(successors_.of_row.size()));
        for (Index i = 0; i < e.size(); ++i)
            e[i] = successors_.answer[order[successors_.of_row[static_cast<std::size_t>(i)]]];
        return residuals_.of(e);
    }
    VectorXd real_successors() const {
        std::vector<std::uint32_t> order(successors_.answer.size());
        std::iota(order.begin(), order.end(), 0U);
        return successors(order);
    }

private:
    Residuals residuals_;
    Successors successors_;
    Permutations plan_;
};

double slope(const VectorXd& e, const VectorXd& y) {
    const double size = e.squaredNorm();
    return size > 0.0 ? e.dot(y) / size : 0.0;
}

/// Slope of an outcome on the successors, under the real and every exchanged assignment.
class Slopes {
public:
    Slopes(const Exchange& exchange, const VectorXd& y)
        : exchange_(exchange), y_(exchange.outcome(y)), e_(exchange.real_successors()) {
        exchanged_.resize(y.size(), static_cast<Index>(exchange.plan().count));
        in_parallel(exchange.plan().count, exchange.plan().threads, [&](std::size_t b) {
            exchanged_.col(static_cast<Index>(b)) =
                exchange_.successors(permutation(exchange_.plan(), b));
        });
    }

    double size() const { return e_.squaredNorm(); }
    double observed() const { return slope(e_, y_); }
    double squares_left() const { return (y_ - observed() * e_).squaredNorm(); }
    /// p of H0: slope = g.
    double p(double g, Tail tail) const {
        return permutation_p(slope(e_, y_ - g * e_), exchanged_slopes(g), tail);
    }
    /// p of H0: slope = 0, of more exchanges where it is near a threshold.
    double settled(Tail tail, std::span<const double> thresholds) const {
        return settled_p(exchange_.plan(), observed(), tail, exchanged_slopes(0.0), thresholds,
                         [&](std::span<const std::uint32_t> order) {
                             return slope(exchange_.successors(order), y_);
                         });
    }

private:
    std::vector<double> exchanged_slopes(double g) const {
        const VectorXd rest = y_ - g * e_;
        std::vector<double> values;
        for (const auto& e : exchanged_.colwise()) values.push_back(slope(e, rest));
        return values;
    }

    const Exchange& exchange_;
    VectorXd y_, e_;     ///< residuals under the real assignment
    MatrixXd exchanged_; ///< of successors, one column for each exchange
};

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

}

HandoverResult test_handovers(const HandoverTable& table, const HandoverOptions& options) {
    HandoverResult result{.exchangeable = exchangeable(table)};
    if (result.exchangeable < fewest_successors) return result;
    MatrixXd controls(static_cast<Index>(table.size()), 2);
    controls << column(table.before), column(table.predecessor);
    result.months = column(table.months).sum() / static_cast<double>(table.months.size());
    const double degrees =
        static_cast<double>(table.size()) - 3.0 - static_cast<double>(swept_rank({table.stratum}));
    const Exchange exchange(table, controls, options);
    const Slopes slopes(exchange, column(table.after));
    if (!(slopes.size() > 1e-9) || degrees < 1.0) return result;
    const auto p_of = [&](const Slopes& of, Tail tail, std::span<const double> thresholds) {
        return options.settled ? of.settled(tail, thresholds) : of.p(0.0, tail);
    };
    result.effect = slopes.observed();
    result.se = std::sqrt(slopes.squares_left() / degrees / slopes.size());
    result.p = p_of(slopes, Tail::upper, turns_with_holm);
    result.interval = {bound(slopes, result.se, -1.0), bound(slopes, result.se, 1.0)};
    const Exchange before(table, controls.col(1), options);
    const Slopes balance(before, column(table.before));
    result.balance = balance.observed();
    result.balance_p = p_of(balance, Tail::both, turns_of_balance);
    return result;
}

}
