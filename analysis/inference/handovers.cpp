#include "analysis/inference/handovers.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/permutations.hpp"
#include "analysis/linear_algebra.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// DayRange, the last not included.
struct DayRange {
    Day first;
    Day end;
};

/// Mean answer of someone and mean day of those answers; NaN without any.
struct MeanAnswer {
    double value = not_known;
    double day = not_known;
};

MeanAnswer mean_in(const Answers& answers, PersonIndex person, const DayRange& range) {
    double sum = 0.0, days = 0.0, count = 0.0;
    for (std::size_t wave = 0; wave < answers.waves.size(); ++wave) {
        if (answers.waves[wave] < range.first || answers.waves[wave] >= range.end) continue;
        const double answer = answers.y(person, static_cast<Index>(wave));
        if (std::isnan(answer)) continue;
        sum += answer;
        days += static_cast<double>(answers.waves[wave].time_since_epoch().count());
        count += 1.0;
    }
    if (count == 0.0) return {};
    return {sum / count, days / count};
}

/// The days after each hand-over that count: until the client's next one at most.
std::vector<DayRange> days_after(const std::vector<Handover>& handovers,
                                 const HandoverWindow& window) {
    std::map<PersonIndex, std::vector<Day>> of_client;
    for (const Handover& each : handovers) of_client[each.client].push_back(each.date);
    std::vector<DayRange> result;
    for (const Handover& each : handovers) {
        Day end = each.date + std::chrono::days(window.after);
        for (const Day other : of_client[each.client]) {
            if (other > each.date) end = std::min(end, other);
        }
        result.push_back({each.date + std::chrono::days(window.settling), end});
    }
    return result;
}

/// What is known around one hand-over.
struct AroundHandover {
    MeanAnswer after;
    double before, successor, predecessor;

    bool is_known() const { return !std::isnan(after.value + before + successor + predecessor); }
};

void add_row(HandoverTable& table, const AroundHandover& row, const Handover& handover,
             std::uint32_t team) {
    constexpr double month_length = 30.44;
    const auto date = static_cast<double>(handover.date.time_since_epoch().count());
    table.after.push_back(row.after.value);
    table.months.push_back((row.after.day - date) / month_length);
    table.before.push_back(row.before);
    table.successor.push_back(row.successor);
    table.predecessor.push_back(row.predecessor);
    table.contact.push_back(static_cast<std::uint32_t>(handover.new_contact));
    table.team.push_back(team);
    ++table.by_reason[static_cast<std::size_t>(handover.reason)];
}

/// Numbers of teams and years, in the order met.
struct HandoverStrata {
    std::map<std::pair<std::uint32_t, int>, std::uint32_t> numbers;

    std::uint32_t of(std::uint32_t team, Day date) {
        const int year = static_cast<int>(std::chrono::year_month_day(date).year());
        const auto next = static_cast<std::uint32_t>(numbers.size());
        return numbers.try_emplace({team, year}, next).first->second;
    }
};

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

}

HandoverTable handover_table(const Survey& survey, const Answers& clients, const Answers& employees,
                             const HandoverWindow& window) {
    HandoverTable table{.by_reason = std::vector<std::size_t>(handover_reasons.size(), 0)};
    const Groups teams = groups_by(survey, "team");
    const std::vector<DayRange> afterwards = days_after(survey.handovers, window);
    HandoverStrata strata;
    for (std::size_t h = 0; h < survey.handovers.size(); ++h) {
        const Handover& each = survey.handovers[h];
        if (each.reason == HandoverReason::client_request) {
            ++table.asked;
            continue;
        }
        const DayRange before{Day::min(), each.date};
        const AroundHandover row{.after = mean_in(clients, each.client, afterwards[h]),
                                 .before = mean_in(clients, each.client, before).value,
                                 .successor = mean_in(employees, each.new_contact, before).value,
                                 .predecessor = mean_in(employees, each.old_contact, before).value};
        if (row.is_known()) {
            add_row(table, row, each, teams.of[each.new_contact]);
            table.stratum.push_back(strata.of(table.team.back(), each.date));
        } else {
            ++table.unanswered;
        }
    }
    if (table.asked > 0) {
        table.left_out.push_back(counted(table.asked, "hand-over") + " that the client asked for");
    }
    if (table.unanswered > 0) {
        table.left_out.push_back(counted(table.unanswered, "hand-over") +
                                 " where client, old or new contact gave no answer in time");
    }
    return table;
}

HandoverResult test_handovers(const HandoverTable& table, const HandoverOptions& options) {
    HandoverResult result{.exchangeable = exchangeable(table)};
    if (result.exchangeable < fewest_successors) return result;
    const auto n = static_cast<Index>(table.size());
    const VectorXd after = Eigen::Map<const VectorXd>(table.after.data(), n);
    const VectorXd before = Eigen::Map<const VectorXd>(table.before.data(), n);
    MatrixXd controls(n, 2);
    controls.col(0) = before;
    controls.col(1) = Eigen::Map<const VectorXd>(table.predecessor.data(), n);
    const double months = std::accumulate(table.months.begin(), table.months.end(), 0.0);
    result.months = months / static_cast<double>(table.months.size());
    const Slopes slopes = slopes_of(table, after, controls, options);
    const double size = slopes.own_e.squaredNorm();
    const double degrees =
        static_cast<double>(n) - 3.0 - static_cast<double>(swept_rank({table.stratum}));
    if (!(size > 1e-9) || degrees < 1.0) return result;
    result.effect = slopes.observed();
    const VectorXd rest = slopes.own_y - result.effect * slopes.own_e;
    result.se = std::sqrt(rest.squaredNorm() / degrees / size);
    result.p = slopes.p(0.0, Tail::upper);
    result.interval = {bound(slopes, result.se, -1.0), bound(slopes, result.se, 1.0)};
    const Slopes balance = slopes_of(table, before, MatrixXd(controls.col(1)), options);
    result.balance = balance.observed();
    result.balance_p = balance.p(0.0, Tail::both);
    return result;
}

}
