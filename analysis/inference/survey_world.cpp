#include "analysis/inference/survey_world.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/inference/traits.hpp"
#include "scenarios/draws.hpp"
#include "sim/error.hpp"
#include "sim/random.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

/// Standard normal numbers of an address, one for each person.
std::vector<double> normals(const sim::Source& source, sim::Draw draw, std::uint32_t step,
                            std::size_t count) {
    std::vector<std::uint32_t> words(count);
    sim::fill_words(source, step, draw, 0, static_cast<std::uint32_t>(count), words.data());
    std::vector<double> numbers(count);
    for (std::size_t i = 0; i < count; ++i) {
        numbers[i] = static_cast<double>(sim::normal(words[i]));
    }
    return numbers;
}

/// Share of the variance of what people show that neither teams nor ties share.
double own_share(const SurveyWorld& world, const SurveyLaw& law, std::size_t kind) {
    const double of_contacts = kind == 1 ? world.contact_effects : 0.0;
    return std::max(1.0 - world.team_shocks[kind] - world.hidden_shocks - of_contacts -
                        law.outside[kind] * law.outside[kind],
                    0.0);
}

}

/// What a world is in the middle of.
struct SurveyFrame::State {
    sim::Source source;
    std::vector<double> level, x, team_shock, hidden_shock, shown;
    std::vector<double> contact_effect; ///< of everybody on the clients they have
};

SurveyFrame::State SurveyFrame::start(const SurveyWorld& world, const SurveyLaw& law,
                                      std::uint64_t seed, std::uint32_t replicate) const {
    State state{.source = {seed, replicate, 1}};
    state.level = normals(state.source, sim::Draw::survey_set_point, 0, people_);
    if (world.homophily > 0.0) {
        const auto trait =
            along(all_ties_.in(0), normals(state.source, sim::Draw::survey_trait, 0, people_));
        for (std::size_t i = 0; i < people_; ++i) {
            state.level[i] = std::sqrt(world.homophily) * trait[i] +
                             std::sqrt(1.0 - world.homophily) * state.level[i];
        }
    }
    for (std::size_t i = 0; i < people_; ++i) {
        const std::size_t kind = is_client_[i];
        state.level[i] *= std::sqrt(law.level_share[kind] * own_share(world, law, kind));
    }
    state.x = state.shown = state.level;
    const std::size_t teams = *std::ranges::max_element(team_) + 1;
    // Shocks are in their course already; the address is that of a month which never comes.
    const auto before = static_cast<std::uint32_t>(months_.size());
    state.team_shock = normals(state.source, sim::Draw::survey_team_shock, before, teams);
    state.hidden_shock.assign(people_, 0.0);
    if (world.contact_effects > 0.0) {
        state.contact_effect = normals(state.source, sim::Draw::survey_contact, 0, people_);
    }
    return state;
}

/// What contacts show, NaN where there is nobody to be pulled by; empty without contagion.
Eigen::VectorXd SurveyFrame::pull(const State& state, const SurveyWorld& world,
                                  std::size_t month) const {
    const Timed* contagious = layer(world.channel);
    if (!contagious) return {};
    const Weights& ties = contagious->in(month);
    Eigen::VectorXd result =
        ties * Eigen::Map<const Eigen::VectorXd>(state.shown.data(), static_cast<Index>(people_));
    for (Index i = 0; i < ties.rows(); ++i) {
        if (ties.outerIndexPtr()[i] == ties.outerIndexPtr()[i + 1]) result[i] = NAN;
    }
    return result;
}

/// What contacts of the month do to their clients by themselves; empty in worlds without.
Eigen::VectorXd SurveyFrame::served(const State& state, const SurveyWorld& world,
                                    std::size_t month) const {
    const Timed* accounts = layer("employee_client");
    if (state.contact_effect.empty() || !accounts) return {};
    return std::sqrt(world.contact_effects) *
           (accounts->in(month)*Eigen::Map<const Eigen::VectorXd>(state.contact_effect.data(),
                                                                  static_cast<Index>(people_)));
}

void SurveyFrame::move_shocks(State& state, const SurveyWorld& world, const SurveyLaw& law,
                              std::size_t month) const {
    const auto number = static_cast<std::uint32_t>(month);
    const double kept = law.shock_memory;
    const double fresh = std::sqrt(1.0 - kept * kept);
    const auto move = [&](std::vector<double>& shocks, const std::vector<double>& news) {
        for (std::size_t i = 0; i < shocks.size(); ++i)
            shocks[i] = kept * shocks[i] + fresh * news[i];
    };
    if (world.team_shocks[0] > 0.0 || world.team_shocks[1] > 0.0) {
        move(state.team_shock,
             normals(state.source, sim::Draw::survey_team_shock, number, state.team_shock.size()));
    }
    if (world.hidden_shocks > 0.0) {
        move(state.hidden_shock,
             along(all_ties_.in(month),
                   normals(state.source, sim::Draw::survey_hidden_shock, number, people_)));
    }
}

/// Of a client it goes in part with that of the team which serves it.
double SurveyFrame::team_shock(const State& state, const SurveyLaw& law, std::size_t person,
                               std::size_t month) const {
    const double own = state.team_shock[team_[person]];
    if (!is_client_[person] || staff_.empty()) return own;
    const std::uint32_t staff = staff_[staff_of_month_[month]][person];
    if (staff == team_[person]) return own;
    const double together = law.shared_shocks;
    return together * state.team_shock[staff] + std::sqrt(1.0 - together * together) * own;
}

void SurveyFrame::step(State& state, const SurveyWorld& world, const SurveyLaw& law,
                       std::size_t month) const {
    std::array<double, 2> change{};
    for (std::size_t kind = 0; kind < 2; ++kind) {
        change[kind] = std::sqrt((1.0 - law.level_share[kind]) * own_share(world, law, kind) *
                                 (1.0 - std::pow(1.0 - law.rate[kind], 2)));
    }
    const std::vector<double> noise =
        normals(state.source, sim::Draw::survey_noise, static_cast<std::uint32_t>(month), people_);
    const Eigen::VectorXd contacts_show = pull(state, world, month);
    const Eigen::VectorXd by_contacts = served(state, world, month);
    move_shocks(state, world, law, month);
    for (std::size_t i = 0; i < people_; ++i) {
        const std::size_t kind = is_client_[i];
        double target = state.level[i];
        if (contacts_show.size() > 0 && !std::isnan(contacts_show[static_cast<Index>(i)])) {
            target += world.weight * (contacts_show[static_cast<Index>(i)] - state.level[i]);
        }
        state.x[i] += law.rate[kind] * (target - state.x[i]) + change[kind] * noise[i];
        state.shown[i] = state.x[i] + std::sqrt(world.hidden_shocks) * state.hidden_shock[i];
        if (by_contacts.size() > 0) state.shown[i] += by_contacts[static_cast<Index>(i)];
        if (!outside_.empty()) {
            state.shown[i] += law.outside[kind] * outside_[outside_of_month_[month]][i];
        }
        if (world.team_shocks[kind] > 0.0) {
            state.shown[i] += std::sqrt(world.team_shocks[kind]) * team_shock(state, law, i, month);
        }
    }
}

/// Answers to one wave of who answered it; errors are those of wave `number` of all.
void SurveyFrame::ask(Answers& answers, const State& state, double reliability, std::size_t wave,
                      std::uint32_t number) const {
    const auto errors = normals(state.source, sim::Draw::survey_answer, number, people_);
    auto y = answers.y.col(static_cast<Index>(wave));
    for (std::size_t i = 0; i < people_; ++i) {
        double& answer = y[static_cast<Index>(i)];
        if (std::isnan(answer)) continue;
        answer = std::sqrt(reliability) * state.shown[i] + std::sqrt(1.0 - reliability) * errors[i];
    }
}

Panels SurveyFrame::simulate(const SurveyWorld& world, const SurveyLaw& law, std::uint64_t seed,
                             std::uint32_t replicate) const {
    State state = start(world, law, seed, replicate);
    Panels result = answers_;
    std::uint32_t asked = 0;
    std::array<std::size_t, 2> next{0, 0};
    const std::array<std::optional<Answers>*, 2> panels{&result.employees, &result.clients};
    for (std::size_t month = 0; month < months_.size(); ++month) {
        step(state, world, law, month);
        const Day end = month + 1 < months_.size() ? months_[month + 1] : Day::max();
        for (std::size_t kind = 0; kind < 2; ++kind) {
            if (!*panels[kind]) continue;
            Answers& answers = **panels[kind];
            while (next[kind] < answers.waves.size() && answers.waves[next[kind]] < end) {
                ask(answers, state, law.reliability[kind], next[kind]++, asked++);
            }
        }
    }
    return result;
}

}
