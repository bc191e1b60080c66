#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/methods.hpp"
#include "analysis/inference/privacy.hpp"
#include "analysis/inference/transmission.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

const std::vector<std::string> effects{"team", "person", "wave", "team_wave"};

/// Number of each step's group, for a fixed effect.
std::vector<std::uint32_t> grouping(const std::string& effect, const Steps& steps,
                                    const std::vector<std::uint32_t>& team) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> place;
    std::vector<std::uint32_t> groups;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const std::uint32_t own = effect == "person" ? steps.person[i]
                                  : effect == "wave" ? 0
                                                     : team[steps.person[i]];
        const std::uint32_t wave = effect == "wave" || effect == "team_wave" ? steps.wave[i] : 0;
        const auto next = static_cast<std::uint32_t>(place.size());
        groups.push_back(place.try_emplace({own, wave}, next).first->second);
    }
    return groups;
}

/// Covariates of each step, of the wave before; steps where one is missing go.
Eigen::MatrixXd covariates_of(const Survey& survey, const Question& question,
                              const Transmission& data, Steps& steps, std::size_t& dropped) {
    std::vector<std::vector<std::vector<double>>> all; // covariate, wave, person
    for (const std::string& name : question.covariates) {
        all.emplace_back();
        for (const Day wave : data.receivers.waves) {
            all.back().push_back(numbers_at(survey, name, wave));
        }
    }
    std::vector<std::vector<double>> rows;
    Steps kept;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        std::vector<double> row;
        for (const auto& covariate : all) {
            row.push_back(covariate[steps.wave[i] - data.lag][steps.person[i]]);
        }
        if (std::ranges::any_of(row, [](double value) { return std::isnan(value); })) {
            ++dropped;
            continue;
        }
        rows.push_back(std::move(row));
        kept.person.push_back(steps.person[i]);
        kept.wave.push_back(steps.wave[i]);
        kept.now.push_back(steps.now[i]);
        kept.before.push_back(steps.before[i]);
        kept.exposure.push_back(steps.exposure[i]);
    }
    steps = std::move(kept);
    Eigen::MatrixXd x(static_cast<Index>(rows.size()), static_cast<Index>(all.size()));
    for (Index i = 0; i < x.rows(); ++i) {
        for (Index k = 0; k < x.cols(); ++k) {
            x(i, k) = rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)];
        }
    }
    return x;
}

/// What is swept out of the equation.
std::vector<std::vector<std::uint32_t>> groupings_of(const Steps& steps, const Question& question,
                                                     const Transmission& data) {
    std::vector<std::vector<std::uint32_t>> groupings;
    for (const std::string& effect : question.fixed_effects) {
        groupings.push_back(grouping(effect, steps, data.team));
    }
    return groupings;
}

/// y, exposure, own answer before, covariates; a constant unless effects are swept out.
Equation equation_of(const Steps& steps, const Eigen::MatrixXd& x, const Question& question,
                     const Transmission& data) {
    const auto n = static_cast<Index>(steps.size());
    Eigen::MatrixXd all(n, 3 + x.cols());
    for (Index i = 0; i < n; ++i) {
        const auto step = static_cast<std::size_t>(i);
        all(i, 0) = steps.now[step];
        all(i, 1) = steps.exposure[step];
        all(i, 2) = steps.before[step];
    }
    all.rightCols(x.cols()) = x;
    const auto groupings = groupings_of(steps, question, data);
    sweep(all, groupings);
    Equation equation{.y = all.col(0)};
    equation.names = {"contacts before", "own before"};
    equation.names.insert(equation.names.end(), question.covariates.begin(),
                          question.covariates.end());
    if (groupings.empty()) {
        equation.names.insert(equation.names.begin(), "constant");
        all.col(0).setOnes();
        equation.x = all;
    } else {
        equation.x = all.rightCols(all.cols() - 1);
        equation.absorbed = swept_rank(groupings);
    }
    return equation;
}

void check_effects(const Question& question) {
    for (const std::string& effect : question.fixed_effects) {
        if (std::ranges::find(effects, effect) != effects.end()) continue;
        throw sim::UserError(fmt::format("--fixed-effects {}: unknown{} (one of {})", effect,
                                         sim::did_you_mean(effect, effects),
                                         fmt::join(effects, ", ")));
    }
}

/// What one side of a layer answered: the outcome that was asked for where they answered it, else
/// what they answered most.
Answers answers_of(const Survey& survey, const std::string& outcome, bool clients) {
    if (!outcome.empty()) {
        const std::uint32_t asked = instrument_named(survey, outcome);
        const bool answered = std::ranges::any_of(survey.scores, [&](const Score& score) {
            return score.instrument == asked && survey.is_client(score.person) == clients;
        });
        if (answered) return answers_to(survey, asked);
    }
    return answers_to(survey, main_instrument(survey, clients));
}

/// Answers of receivers and of their contacts, who are of two kinds along accounts.
std::pair<Answers, Answers> both_sides(const Survey& survey, const Question& question,
                                       const Layer& layer) {
    if (layer.kind != "account") {
        const Answers answers = answers_to(survey, instrument_named(survey, question.outcome));
        return {answers, answers};
    }
    const bool receivers_are_clients = layer.reversed;
    return {answers_of(survey, question.outcome, receivers_are_clients),
            answers_of(survey, question.outcome, !receivers_are_clients)};
}

/// "mood", or "promoter by contacts' engagement".
std::string outcome_text(const Survey& survey, const Transmission& data) {
    const std::string& own = survey.instruments[data.receivers.instrument].name;
    if (data.receivers.instrument == data.contacts.instrument) return own;
    return fmt::format("{} by contacts' {}", own,
                       survey.instruments[data.contacts.instrument].name);
}

std::string question_text(const Survey& survey, const Question& question, const Transmission& data,
                          const TieChoice& choice) {
    return fmt::format("{}, {} waves, lag {}, {}, effects: {}", outcome_text(survey, data),
                       data.receivers.waves.size(), question.lag, text_of(survey, choice),
                       question.fixed_effects.empty()
                           ? "none"
                           : fmt::format("{}", fmt::join(question.fixed_effects, ", ")));
}

/// Throws UserError where it rests on fewer people than are to be told of, or on as few contacts,
/// or so few make a column differ that its coefficient would be their answers.
void expect_many(const Steps& steps, const Eigen::MatrixXd& x, const Question& question,
                 const Transmission& data, std::size_t fewest) {
    const std::set<PersonIndex> people(steps.person.begin(), steps.person.end());
    if (people.size() < fewest || answering_ends(data).contacts < fewest) {
        throw sim::UserError(fmt::format("--method nar: rests on fewer than {} people, or on the "
                                         "answers of as few contacts (nothing is told of so few); "
                                         "ask about more",
                                         fewest));
    }
    Eigen::MatrixXd all(x.rows(), x.cols() + 2);
    all.leftCols(x.cols()) = x;
    for (Index i = 0; i < x.rows(); ++i) {
        all(i, x.cols()) = steps.exposure[static_cast<std::size_t>(i)];
        all(i, x.cols() + 1) = steps.before[static_cast<std::size_t>(i)];
    }
    const KnownColumns columns{all, question.covariates, steps.person,
                               groupings_of(steps, question, data)};
    expect_shared(columns, fewest);
    for (const Index which : {x.cols(), x.cols() + 1}) {
        if (!sets_few_apart(columns, which, {fewest, all_of_it})) continue;
        throw sim::UserError(fmt::format("--method nar: fewer than {} people make {} before differ "
                                         "(the coefficient would tell their answers); ask another "
                                         "layer or leave --fixed-effects out",
                                         fewest, which == x.cols() ? "contacts" : "own answers"));
    }
}

/// Steps that are complete, and what was left out on the way.
struct Chosen {
    Steps steps;
    Eigen::MatrixXd x;
    std::vector<std::string> left_out;
};
Chosen choose(const Survey& survey, const Question& question, const Transmission& data,
              const TieChoice& choice) {
    Chosen chosen;
    const Eigen::MatrixXd& y = data.receivers.y;
    const std::string outcome = outcome_text(survey, data);
    if (data.receivers.waves.size() <= question.lag) {
        throw sim::UserError(
            fmt::format("--method nar: {} has {} (one more than --lag {} is needed)", outcome,
                        counted(data.receivers.waves.size(), "wave"), question.lag));
    }
    chosen.steps = steps_of(data, {}, {0, data.receivers.waves.size()});
    const auto answered = static_cast<std::size_t>((y.array() == y.array()).count());
    const std::size_t complete = chosen.steps.size();
    std::size_t dropped = 0;
    chosen.x = covariates_of(survey, question, data, chosen.steps, dropped);
    if (chosen.steps.size() == 0) {
        throw sim::UserError(fmt::format("--method nar: nobody has two answers to {} in a row and "
                                         "contacts who answered before (ties {})",
                                         outcome, text_of(survey, choice)));
    }
    chosen.left_out.push_back(fmt::format("{} of {} answers: first ones, or without contacts who "
                                          "answered before",
                                          answered - complete, answered));
    if (dropped > 0) {
        chosen.left_out.push_back(
            fmt::format("{} without a covariate", counted(dropped, "answer")));
    }
    return chosen;
}

}

Estimate nar(const Survey& survey, const Question& question) {
    check_effects(question);
    const TieChoice choice{layer_named(survey, question.layer), question.naming};
    const auto [receivers, contacts] = both_sides(survey, question, choice.layer);
    const Transmission data = transmission(survey, choice, receivers, contacts, question.lag);
    const Chosen chosen = choose(survey, question, data, choice);
    expect_many(chosen.steps, chosen.x, question, data, survey.settings.fewest_told);
    Equation equation = equation_of(chosen.steps, chosen.x, question, data);
    const Groups clusters = groups_by(survey, question.cluster);
    for (const PersonIndex person : chosen.steps.person) {
        equation.cluster.push_back(clusters.of[person]);
    }
    const LinearFit fitted = fit(equation);
    Estimate estimate{.method = "nar",
                      .question = question_text(survey, question, data, choice),
                      .coefficients = coefficients(equation, fitted),
                      .statistic = statistic_text(equation),
                      .n = chosen.steps.size(),
                      .unit = "answers that follow one",
                      .left_out = chosen.left_out};
    estimate.figures = {{"fixed effects", static_cast<double>(equation.absorbed)},
                        {"residual standard deviation", std::sqrt(fitted.variance)},
                        {"degrees of freedom", fitted.degrees}};
    if (std::ranges::find(question.fixed_effects, "person") != question.fixed_effects.end()) {
        estimate.notes.push_back(fmt::format("with effects of persons, coefficients of earlier "
                                             "answers are biased by about -1/waves ({} here; "
                                             "Nickell 1981).",
                                             receivers.waves.size()));
    }
    return estimate;
}

}
