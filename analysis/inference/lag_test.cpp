#include "analysis/inference/lag_test.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "analysis/inference/lag_regression.hpp"
#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/sequential.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

Stopping stopping(const TestOptions& options, std::span<const double> thresholds) {
    return {.above = options.stop_above, .thresholds = thresholds};
}

/// A regression of answers on earlier ones with effects of person and team x wave swept out.
struct Within {
    Eigen::MatrixXd swept; ///< now, contacts before, own before
    double effect = not_known;
    double own = not_known;
};

std::vector<std::vector<std::uint32_t>> effects_of(const Steps& steps, const Transmission& data) {
    const auto waves = static_cast<std::uint32_t>(data.receivers.waves.size());
    std::vector<std::uint32_t> team_wave;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        team_wave.push_back(data.team[steps.person[i]] * waves + steps.wave[i]);
    }
    return {steps.person, std::move(team_wave)};
}

/// Fills in what is estimated from swept columns.
void estimate(Within& result) {
    const auto y = result.swept.col(0);
    const auto x = result.swept.col(1);
    const auto own = result.swept.col(2);
    const double determinant = x.squaredNorm() * own.squaredNorm() - std::pow(x.dot(own), 2);
    const Index n = result.swept.rows();
    if (!(determinant > 1e-9 * x.squaredNorm() * own.squaredNorm()) || n < 5) return;
    result.effect = (x.dot(y) * own.squaredNorm() - own.dot(y) * x.dot(own)) / determinant;
    result.own = (own.dot(y) * x.squaredNorm() - x.dot(y) * x.dot(own)) / determinant;
}

Within within(const Steps& steps, const Transmission& data) {
    Within result;
    const auto n = static_cast<Index>(steps.size());
    result.swept.resize(n, 3);
    result.swept.col(0) = Eigen::Map<const Eigen::VectorXd>(steps.now.data(), n);
    result.swept.col(1) = Eigen::Map<const Eigen::VectorXd>(steps.exposure.data(), n);
    result.swept.col(2) = Eigen::Map<const Eigen::VectorXd>(steps.before.data(), n);
    sweep(result.swept, effects_of(steps, data));
    estimate(result);
    return result;
}

/// Teams, or people where teams are too few to go by.
std::vector<std::uint32_t> clusters_of(const Transmission& data, std::size_t teams) {
    constexpr std::size_t fewest_teams = 10;
    std::vector<std::uint32_t> people(data.team.size());
    std::iota(people.begin(), people.end(), 0U);
    return teams < fewest_teams ? people : data.team;
}

/// How far each cluster moves the effect (its sum of x e over that of x x, x being contacts before
/// without what own before tells of them), `weight` times added to `moves`.
void add_moves(std::map<std::uint32_t, double>& moves, const Within& fit, const Steps& steps,
               std::span<const std::uint32_t> cluster, double weight) {
    const auto own = fit.swept.col(2);
    const Eigen::VectorXd x =
        fit.swept.col(1) - own * (fit.swept.col(1).dot(own) / own.squaredNorm());
    const Eigen::VectorXd error = fit.swept.col(0) - fit.effect * fit.swept.col(1) - fit.own * own;
    const double scale = weight / x.squaredNorm();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto row = static_cast<Index>(i);
        moves[cluster[steps.person[i]]] += scale * x[row] * error[row];
    }
}

/// An effect with its error and the clusters that rests on.
struct Jackknifed {
    double effect = not_known;
    double se = not_known;
    std::size_t clusters = 0;
};

/// 2 b - mean of the estimates of both halves of the waves (Dhaene and Jochmans 2015), or b where a
/// half cannot be estimated. Its error is that of the same sum of what every cluster moves: the
/// error of b alone is too small, for halves err more.
Jackknifed jackknifed(const Within& whole, const Steps& steps, const Transmission& data,
                      std::size_t teams) {
    const std::size_t waves = data.receivers.waves.size();
    const std::size_t middle = (waves + data.lag) / 2;
    const std::vector<std::uint32_t> cluster = clusters_of(data, teams);
    Jackknifed result{.effect = whole.effect};
    std::map<std::uint32_t, double> moves;
    const Steps early = steps_of(data, {}, {0, middle}), late = steps_of(data, {}, {middle, waves});
    const Within first = within(early, data), second = within(late, data);
    const bool halves = !std::isnan(first.effect) && !std::isnan(second.effect);
    add_moves(moves, whole, steps, cluster, halves ? 2.0 : 1.0);
    if (halves) {
        result.effect = 2.0 * whole.effect - (first.effect + second.effect) / 2.0;
        add_moves(moves, first, early, cluster, -0.5);
        add_moves(moves, second, late, cluster, -0.5);
    }
    double squares = 0.0;
    for (const auto& [name, move] : moves) squares += move * move;
    result.clusters = moves.size();
    result.se = std::sqrt(squares * small_sample_factor(static_cast<double>(moves.size()),
                                                        static_cast<double>(steps.size()), 2.0));
    return result;
}

/// Residuals of the lag regression, (person, wave); NaN where there is none.
Eigen::MatrixXd residuals_of(const Within& fit, const Steps& steps, const Transmission& data) {
    Eigen::MatrixXd residuals =
        Eigen::MatrixXd::Constant(data.receivers.y.rows(), data.receivers.y.cols(), not_known);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto row = static_cast<Index>(i);
        residuals(steps.person[i], steps.wave[i]) =
            fit.swept(row, 0) - fit.effect * fit.swept(row, 1) - fit.own * fit.swept(row, 2);
    }
    return residuals;
}

/// Correlation of numbers with the mean of contacts' at the same wave.
double along_ties(const Transmission& data, std::span<const std::uint32_t> order) {
    double cross = 0.0, own = 0.0, others = 0.0;
    for (std::size_t wave = 0; wave < data.contacts.waves.size(); ++wave) {
        const auto y = data.receivers.y.col(static_cast<Index>(wave));
        if (y.array().isNaN().all()) continue;
        const std::vector<double> exposure = exposures(data, wave, order);
        for (std::size_t i = 0; i < exposure.size(); ++i) {
            const double value = y[static_cast<Index>(i)];
            if (std::isnan(value) || std::isnan(exposure[i])) continue;
            cross += value * exposure[i];
            own += value * value;
            others += exposure[i] * exposure[i];
        }
    }
    return own > 0.0 && others > 0.0 ? cross / std::sqrt(own * others) : not_known;
}

Permutations inside_teams(const Transmission& data, const TestOptions& options,
                          std::uint32_t test) {
    return {.stratum = data.team,
            .count = options.permutations,
            .seed = options.seed,
            .test = test,
            .threads = options.threads};
}

void add_simultaneity(LagTest& result, const Within& fit, const Steps& steps,
                      const Transmission& data, const TestOptions& options) {
    if (data.receivers.instrument != data.contacts.instrument) return;
    Transmission residual = data;
    residual.receivers.y = residuals_of(fit, steps, data);
    residual.contacts.y = residual.receivers.y;
    result.simultaneity = along_ties(residual, {});
    if (std::isnan(result.simultaneity)) return;
    result.simultaneity_p =
        sequential_p(inside_teams(data, options, 3), result.simultaneity, Tail::both,
                     stopping(options, turns_alone), [&](std::span<const std::uint32_t> order) {
                         return along_ties(residual, order);
                     });
}

/// Mean answer of everybody over all waves, as one wave.
void take_means(Answers& answers) {
    Eigen::MatrixXd means(answers.y.rows(), 1);
    for (Index person = 0; person < answers.y.rows(); ++person) {
        double sum = 0.0, count = 0.0;
        for (Index wave = 0; wave < answers.y.cols(); ++wave) {
            if (std::isnan(answers.y(person, wave))) continue;
            sum += answers.y(person, wave);
            count += 1.0;
        }
        means(person, 0) = count > 0.0 ? sum / count : not_known;
    }
    answers.y = means;
    answers.waves.resize(1);
}

/// Whom a person has for contacts, a mate and the person left out.
std::vector<Index> others_of(const Weights& ties, Index person, Index mate) {
    std::vector<Index> found;
    for (Weights::InnerIterator tie(ties, person); tie; ++tie) {
        if (tie.col() != mate && tie.col() != person) found.push_back(tie.col());
    }
    return found;
}

/// Who stands above a team mate: is their contact, and has not them for one.
std::vector<bool> above_mates(const Weights& ties, const std::vector<std::uint32_t>& team) {
    std::vector<bool> above(team.size(), false);
    const Weights reversed = ties.transpose();
    for (Index person = 0; person < ties.rows(); ++person) {
        for (Weights::InnerIterator tie(ties, person); tie; ++tie) {
            const auto contact = static_cast<std::size_t>(tie.col());
            if (team[contact] != team[static_cast<std::size_t>(person)]) continue;
            above[contact] = above[contact] || reversed.coeff(person, tie.col()) == 0.0;
        }
    }
    return above;
}

/// Whether, of two team mates with contacts, one has a contact outside both that the other has not.
/// Who stands above mates (their manager) has other contacts than they by that alone, which says
/// nothing where they all have the same, and is not compared with them.
bool differ_inside(const Weights& ties, const std::vector<std::uint32_t>& team) {
    const std::vector<bool> above = above_mates(ties, team);
    std::map<std::pair<std::uint32_t, bool>, Index> first;
    for (Index person = 0; person < ties.rows(); ++person) {
        if (ties.outerIndexPtr()[person + 1] == ties.outerIndexPtr()[person]) continue;
        const auto i = static_cast<std::size_t>(person);
        const Index mate = first.try_emplace({team[i], above[i]}, person).first->second;
        if ((ties.coeff(person, mate) > 0.0) != (ties.coeff(mate, person) > 0.0)) continue;
        if (others_of(ties, person, mate) != others_of(ties, mate, person)) return true;
    }
    return false;
}

}

ResemblanceTest test_resemblance(const Transmission& data, const TestOptions& options) {
    Transmission means = data;
    take_means(means.receivers);
    take_means(means.contacts);
    if (means.ties.size() > 1) means.ties.erase(means.ties.begin(), means.ties.end() - 1);
    ResemblanceTest result;
    const std::vector<double> exposure = exposures(means, 0, {});
    for (std::size_t i = 0; i < exposure.size(); ++i) {
        const double own = means.receivers.y(static_cast<Index>(i), 0);
        if (!std::isnan(own) && !std::isnan(exposure[i])) ++result.people;
    }
    result.moran = along_ties(means, {});
    if (std::isnan(result.moran)) return result;
    const auto statistic = [&](std::span<const std::uint32_t> order) {
        return along_ties(means, order);
    };
    Permutations plan = inside_teams(data, options, 2);
    result.p_inside =
        sequential_p(plan, result.moran, Tail::upper, stopping(options, {}), statistic);
    plan.stratum = data.kind;
    plan.test = 1;
    result.p =
        sequential_p(plan, result.moran, Tail::upper, stopping(options, turns_alone), statistic);
    return result;
}

LagTest test_lag(const Transmission& data, const TestOptions& options) {
    LagTest result;
    const Steps steps = steps_of(data, {}, {0, data.receivers.waves.size()});
    result.steps = steps.size();
    result.people = std::set<PersonIndex>(steps.person.begin(), steps.person.end()).size();
    std::set<std::uint32_t> teams;
    for (const PersonIndex person : steps.person) teams.insert(data.team[person]);
    result.teams = teams.size();
    result.months = lag_months(data);
    if (steps.size() < 5) return result;
    const Within fit = within(steps, data);
    result.effect = fit.effect;
    if (std::isnan(fit.effect)) return result;
    const Jackknifed jackknife = jackknifed(fit, steps, data, result.teams);
    result.jackknife = jackknife.effect;
    result.se = jackknife.se;
    result.interval = t_interval(result.jackknife, result.se, jackknife.clusters, 0.95);
    const LagRegression regression(data);
    result.p =
        sequential_p(inside_teams(data, options, 6), regression.t({}), Tail::upper,
                     stopping(options, turns_with_holm),
                     [&](std::span<const std::uint32_t> order) { return regression.t(order); });
    add_simultaneity(result, fit, steps, data, options);
    return result;
}

bool is_rearrangeable(const Transmission& data) {
    return std::ranges::any_of(data.ties,
                               [&](const Weights& ties) { return differ_inside(ties, data.team); });
}

}
