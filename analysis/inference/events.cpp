#include <algorithm>
#include <cmath>

#include <boost/math/statistics/univariate_statistics.hpp>
#include <fmt/format.h>

#include "analysis/inference/event_times.hpp"
#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/logit.hpp"
#include "analysis/inference/methods.hpp"
#include "analysis/inference/permutations.hpp"
#include "analysis/inference/privacy.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

Estimate start(const std::string& method, const Survey& survey, const Question& question,
               const EventTimes& times) {
    const TieChoice choice{layer_named(survey, question.layer), question.naming};
    Estimate estimate{.method = method,
                      .question = fmt::format("{} by {} (lag {}), {}", times.event, question.period,
                                              question.lag, text_of(survey, choice)),
                      .n = times.who.size()};
    estimate.figures = {{"people with the event", static_cast<double>(times.happened)},
                        {"periods", static_cast<double>(times.periods)}};
    if (times.who.size() < survey.size()) {
        estimate.left_out.push_back(
            fmt::format("{} of the other kind (the event happens to {} "
                        "only)",
                        counted(survey.size() - times.who.size(), "person"),
                        survey.is_client(times.who[0]) ? "clients" : "employees"));
    }
    return estimate;
}

void expect_events(const EventTimes& times, const std::string& method, std::size_t fewest) {
    if (times.happened >= fewest && times.periods >= 3) return;
    throw sim::UserError(fmt::format("--method {}: {} {} in {} are too few ({} in three periods "
                                     "are the least; --period month is the finest)",
                                     method, told_count(times.happened, fewest, Language::english),
                                     times.event, counted(times.periods, "period"), fewest));
}

/// What the shuffle and the reversal look at: ties as they stood before the first event.
struct Exchangeable {
    EventTimes times;
    Estimate estimate;
};

Exchangeable exchangeable(const std::string& method, const Survey& survey,
                          const Question& question) {
    const EventTimes all = event_times(survey, question);
    Exchangeable result{with_first_ties(all, survey, question), {}};
    expect_events(result.times, method, survey.settings.fewest_told);
    result.estimate = start(method, survey, question, all);
    result.estimate.n = result.times.who.size();
    result.estimate.figures[0].value = static_cast<double>(result.times.happened);
    if (all.spells.empty()) return result;
    result.estimate.left_out.push_back(
        fmt::format("{} without a tie before the first {}",
                    counted(all.who.size() - result.times.who.size(), "person"), all.event));
    result.estimate.notes.push_back(fmt::format(
        "ties are those in force before the first {0}: later ones begin and end by what the {0}s "
        "themselves do.",
        all.event));
    return result;
}

/// Rearranges the times of the event among those who had it, inside teams.
class Shuffled {
public:
    explicit Shuffled(const EventTimes& times) : times_(times) {
        for (std::uint32_t i = 0; i < times.period.size(); ++i) {
            if (times.period[i] == never) continue;
            who_.push_back(i);
            team_.push_back(times.team[i]);
        }
    }
    const std::vector<std::uint32_t>& strata() const { return team_; }
    std::vector<std::uint32_t> periods(std::span<const std::uint32_t> order) const {
        std::vector<std::uint32_t> result = times_.period;
        for (std::size_t i = 0; i < who_.size(); ++i) {
            result[who_[i]] = times_.period[who_[order[i]]];
        }
        return result;
    }

private:
    const EventTimes& times_;
    std::vector<std::uint32_t> who_;
    std::vector<std::uint32_t> team_;
};

/// Share of shuffles with a statistic as large; those without a slope are told.
void add_shuffle_p(Estimate& estimate, const Shuffled& shuffled, const Question& question,
                   double observed,
                   const std::function<double(std::span<const std::uint32_t>)>& statistic) {
    const Permutations plan{.stratum = shuffled.strata(),
                            .count = question.permutations,
                            .seed = question.seed,
                            .test = 5,
                            .threads = question.threads};
    std::vector<double> values = permuted(plan, [&](std::span<const std::uint32_t> order) {
        return statistic(shuffled.periods(order));
    });
    const auto undefined = std::ranges::remove_if(values, [](double v) { return std::isnan(v); });
    estimate.figures.push_back({"shuffles without a slope", static_cast<double>(undefined.size())});
    values.erase(undefined.begin(), undefined.end());
    if (std::isnan(observed)) return;
    estimate.coefficients[0].p = permutation_p(observed, values, Tail::upper);
    estimate.statistic = fmt::format("p: share of {} shuffles of the times among those with the "
                                     "event, inside teams, with a value as large; one-sided",
                                     values.size());
}

/// Covariates of the people it could happen to, as they are known in the end.
Eigen::MatrixXd covariates_of(const Survey& survey, const Question& question,
                              const EventTimes& times) {
    Eigen::MatrixXd x(static_cast<Index>(times.who.size()),
                      static_cast<Index>(question.covariates.size()));
    for (Index k = 0; k < x.cols(); ++k) {
        const std::vector<double> all =
            numbers_at(survey, question.covariates[static_cast<std::size_t>(k)], Day::max());
        for (Index i = 0; i < x.rows(); ++i) {
            x(i, k) = all[times.who[static_cast<std::size_t>(i)]];
        }
    }
    if (x.array().isNaN().any()) {
        throw sim::UserError("--covariates: some people lack one (exposure_logit leaves nobody "
                             "out); fill it in");
    }
    expect_shared({x, question.covariates, times.who}, survey.settings.fewest_told);
    return x;
}

/// Which periods count, and the effect of each. With effects of periods those without the event
/// tell nothing.
struct PeriodEffects {
    std::vector<bool> counts;
    std::vector<std::uint32_t> level;
    std::uint32_t levels = 1;
};
PeriodEffects period_effects(const EventTimes& times, bool asked) {
    PeriodEffects effects{std::vector<bool>(times.periods, !asked),
                          std::vector<std::uint32_t>(times.periods, 0)};
    if (!asked) return effects;
    for (const std::uint32_t period : times.period) {
        if (period != never) effects.counts[period] = true;
    }
    effects.levels = 0;
    for (std::size_t t = 0; t < times.periods; ++t) {
        if (effects.counts[t]) effects.level[t] = effects.levels++;
    }
    return effects;
}

/// Weight of the contacts who had the event `lag` periods before `period` or earlier.
double contacts_before(const EventTimes& times, const Weights& weights, Index person,
                       std::size_t lag, std::uint32_t period) {
    double sum = 0.0;
    for (Weights::InnerIterator tie(weights, person); tie; ++tie) {
        const std::uint32_t when = times.period[static_cast<std::size_t>(tie.col())];
        if (when == never || when + lag > period) continue;
        if (times.tied(person, tie.col(), when)) sum += tie.value();
    }
    return sum;
}

/// Person-periods at risk with the contacts' share (or number) who had the event before.
LogitEquation hazard(const Survey& survey, const Question& question, const EventTimes& times) {
    const Eigen::MatrixXd known = covariates_of(survey, question, times);
    const PeriodEffects effects = period_effects(times, !question.fixed_effects.empty());
    const Weights weights = weighted(times.ties, question.weighting);
    const Groups clusters = groups_by(survey, question.cluster);
    LogitEquation equation{.names = {"contacts before"}};
    equation.levels = effects.levels;
    equation.names.insert(equation.names.end(), question.covariates.begin(),
                          question.covariates.end());
    std::vector<std::pair<Index, double>> rows; // place of the person, contacts before
    const auto lag = static_cast<std::uint32_t>(question.lag);
    for (Index i = 0; i < known.rows(); ++i) {
        const auto place = static_cast<std::size_t>(i);
        const std::uint32_t own = times.period[place];
        for (std::uint32_t t = lag; t < times.periods && (own == never || t <= own); ++t) {
            if (!effects.counts[t]) continue;
            rows.emplace_back(i, contacts_before(times, weights, i, question.lag, t));
            equation.y.push_back(own == t ? 1 : 0);
            equation.level.push_back(effects.level[t]);
            equation.cluster.push_back(clusters.of[times.who[place]]);
        }
    }
    equation.x.resize(static_cast<Index>(rows.size()), known.cols() + 1);
    for (Index row = 0; row < equation.x.rows(); ++row) {
        const auto& [person, before] = rows[static_cast<std::size_t>(row)];
        equation.x(row, 0) = before;
        equation.x.rightCols(known.cols()).row(row) = known.row(person);
    }
    return equation;
}

/// Thresholds (Valente 1996): contacts with the event before, when people had it themselves, and
/// when they might have had it and had not.
void add_thresholds(Estimate& estimate, const LogitEquation& equation) {
    std::vector<double> with, without;
    for (Index row = 0; row < equation.x.rows(); ++row) {
        (equation.y[static_cast<std::size_t>(row)] == 1 ? with : without)
            .push_back(equation.x(row, 0));
    }
    using boost::math::statistics::mean;
    estimate.figures.push_back({"threshold (contacts before, at the event), mean", mean(with)});
    estimate.figures.push_back({"threshold, median", boost::math::statistics::median(with)});
    estimate.figures.push_back({"contacts before, at risk without the event, mean", mean(without)});
}

}

Estimate exposure_logit(const Survey& survey, const Question& question) {
    for (const std::string& effect : question.fixed_effects) {
        if (effect != "wave") {
            throw sim::UserError(fmt::format("--fixed-effects {}: exposure_logit has effects of "
                                             "periods only (wave)",
                                             effect));
        }
    }
    const EventTimes times = event_times(survey, question);
    expect_events(times, "exposure_logit", survey.settings.fewest_told);
    Estimate estimate = start("exposure_logit", survey, question, times);
    if (!times.spells.empty()) {
        estimate.notes.push_back(fmt::format("a contact counts whose tie was in force in the {} of "
                                             "their event.",
                                             question.period));
    }
    const LogitEquation equation = hazard(survey, question, times);
    if (equation.x.col(0).minCoeff() == equation.x.col(0).maxCoeff()) {
        throw sim::UserError("--method exposure_logit: at every moment everybody has as many "
                             "contacts with the event before (nothing can be told by it); try "
                             "another --layer or --direction");
    }
    const LogitFit fitted = fit(equation);
    if (!fitted.converged) {
        throw sim::UserError("--method exposure_logit: the odds have no finite estimate (a column "
                             "parts those with the event from those without in full); leave "
                             "covariates or --fixed-effects out");
    }
    estimate.coefficients = coefficients(equation, fitted);
    estimate.statistic = statistic_text(equation);
    estimate.figures.push_back({"person-periods", static_cast<double>(equation.y.size())});
    estimate.figures.push_back({"log-likelihood", fitted.log_likelihood});
    add_thresholds(estimate, equation);
    estimate.figures.push_back(
        {"odds ratio of contacts before", std::exp(estimate.coefficients[0].estimate)});
    estimate.notes.push_back("who is tied to whom and what they share at the time make such a "
                             "coefficient too; see --method shuffle.");
    return estimate;
}

Estimate shuffle_test(const Survey& survey, const Question& question) {
    auto [times, estimate] = exchangeable("shuffle", survey, question);
    const double observed = contact_slope(times, times.ties, times.period, question.lag);
    estimate.coefficients = {{.name = "slope on ln(1 + contacts before)", .estimate = observed}};
    const Shuffled shuffled(times);
    add_shuffle_p(estimate, shuffled, question, observed,
                  [&](std::span<const std::uint32_t> period) {
                      return contact_slope(times, times.ties, period, question.lag);
                  });
    estimate.notes.push_back("a supporting test: a shock that strikes tied people at the same time "
                             "makes it reject too.");
    return estimate;
}

Estimate reversal_test(const Survey& survey, const Question& question) {
    auto [times, estimate] = exchangeable("reversal", survey, question);
    const Weights reversed = times.ties.transpose();
    if (Weights(reversed - times.ties).norm() == 0.0) {
        throw sim::UserError("--method reversal: the ties point both ways (reversing them changes "
                             "nothing); it needs ties that name one end, or --direction sent");
    }
    const double forward = contact_slope(times, times.ties, times.period, question.lag);
    const double backward = contact_slope(times, reversed, times.period, question.lag);
    estimate.coefficients = {
        {.name = "slope minus slope of reversed ties", .estimate = forward - backward},
        {.name = "slope", .estimate = forward},
        {.name = "slope of reversed ties", .estimate = backward}};
    const Shuffled shuffled(times);
    add_shuffle_p(estimate, shuffled, question, forward - backward,
                  [&](std::span<const std::uint32_t> period) {
                      return contact_slope(times, times.ties, period, question.lag) -
                             contact_slope(times, reversed, period, question.lag);
                  });
    estimate.notes.push_back("weak where most ties are returned, and no proof: latent likeness "
                             "can point one way too (Shalizi and Thomas 2011).");
    return estimate;
}

}
