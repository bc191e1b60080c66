#include "analysis/inference/survey_world.hpp"

#include <algorithm>
#include <cmath>

#include "scenarios/draws.hpp"
#include "sim/error.hpp"
#include "sim/random.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

constexpr int burn_in = 24;          ///< months before the first answer
constexpr double trait_share = 0.64; ///< of own levels, with homophily: r(trait, level) = .8
constexpr int smoothings = 2;        ///< how far a trait or hidden shock reaches, in ties

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

/// Ties of clients to whom they are with by hand-overs: before the first the old contact, after
/// each the new one. Clients without hand-overs keep their accounts.
Weights accounts_on(const Survey& survey, const Weights& accounts, Day day, bool clients_receive) {
    std::vector<PersonIndex> contact(survey.size(), no_person);
    std::vector<Day> since(survey.size(), Day::max());
    for (const Handover& each : survey.handovers) { // the first one tells who was before
        if (each.date < since[each.client]) {
            since[each.client] = each.date;
            contact[each.client] = each.old_contact;
        }
    }
    std::vector<Day> latest(survey.size(), Day::min());
    for (const Handover& each : survey.handovers) {
        if (each.date > day || each.date <= latest[each.client]) continue;
        latest[each.client] = each.date;
        contact[each.client] = each.new_contact;
    }
    std::vector<Eigen::Triplet<double>> entries;
    for (Index row = 0; row < accounts.rows(); ++row) {
        for (Weights::InnerIterator tie(accounts, row); tie; ++tie) {
            const Index client = clients_receive ? row : tie.col();
            if (contact[static_cast<std::size_t>(client)] != no_person) continue;
            entries.emplace_back(row, tie.col(), tie.value());
        }
    }
    for (PersonIndex client = 0; client < survey.size(); ++client) {
        if (contact[client] == no_person) continue;
        const auto [to, from] = clients_receive ? std::pair(client, contact[client])
                                                : std::pair(contact[client], client);
        entries.emplace_back(to, from, 1.0);
    }
    Weights result(accounts.rows(), accounts.cols());
    result.setFromTriplets(entries.begin(), entries.end());
    return result;
}

bool changes(const Survey& survey, const std::string& kind) {
    return (kind == "account" && !survey.handovers.empty() && !survey.derived_handovers) ||
           std::ranges::any_of(survey.ties, [&](const SurveyTie& tie) {
               return survey.tie_kinds[tie.kind] == kind &&
                      (tie.first != Day::min() || tie.last != Day::max());
           });
}

/// Own levels and reliability from how answers a wave and a year apart go together: the correlation
/// over h months is reliability (share + (1 - share) (1 - rate)^h). With two waves the reliability
/// stays what is assumed.
void fit_memory(SurveyLaw& law, std::size_t kind, const Answers& answers) {
    constexpr double year = 12.0;
    const double months = median_months(answers.waves);
    const double near = stability_of(answers.y);
    if (std::isnan(near) || !(months > 0.0)) return;
    const auto most = static_cast<double>(answers.waves.size() - 1);
    const double waves = std::clamp(std::round(year / months), 1.0, most);
    const auto forgotten = [&](double h) { return std::pow(1.0 - law.rate[kind], h); };
    const double far = stability_of(answers.y, static_cast<Index>(waves));
    if (waves < 2.0 || std::isnan(far)) {
        const double left = forgotten(months);
        law.level_share[kind] =
            std::clamp((near / law.reliability[kind] - left) / (1.0 - left), 0.1, 0.9);
        return;
    }
    const double left = forgotten(months);
    const double left_far = forgotten(months * waves);
    const double passing = std::max((near - far) / (left - left_far), 0.0);
    const double lasting = std::max(near - passing * left, 0.0);
    law.reliability[kind] = std::clamp(lasting + passing, 0.3, 0.95);
    law.level_share[kind] = std::clamp(lasting / std::max(lasting + passing, 0.1), 0.1, 0.95);
}

}

/// What a world is in the middle of.
struct SurveyFrame::State {
    sim::Source source;
    std::vector<double> level, x, team_shock, hidden_shock, shown;
};

SurveyLaw fitted_law(const Survey& survey, const Panels& panels) {
    SurveyLaw law;
    const std::array<const std::optional<Answers>*, 2> kinds{&panels.employees, &panels.clients};
    for (std::size_t kind = 0; kind < 2; ++kind) {
        if (*kinds[kind]) fit_memory(law, kind, **kinds[kind]);
    }
    if (panels.employees) {
        const double icc = team_icc_of(panels.employees->y, groups_by(survey, "team").of);
        if (!std::isnan(icc)) law.team_share = std::clamp(icc / law.reliability[0], 0.05, 0.4);
    }
    return law;
}

SurveyFrame::SurveyFrame(const Survey& survey, const Panels& panels)
    : people_(survey.size()), team_(groups_by(survey, "team").of), answers_(panels) {
    Day first = Day::max();
    Day last = Day::min();
    for (const auto* panel : {&panels.employees, &panels.clients}) {
        if (!*panel || (*panel)->waves.empty()) continue;
        first = std::min(first, (*panel)->waves.front());
        last = std::max(last, (*panel)->waves.back());
    }
    sim::expects(first <= last, "SurveyFrame: somebody answers");
    for (PersonIndex i = 0; i < survey.size(); ++i) is_client_.push_back(survey.is_client(i));
    constexpr double month = 30.44; // days
    const int count =
        burn_in + static_cast<int>(std::ceil(static_cast<double>((last - first).count()) / month));
    for (int i = -burn_in; i <= count - burn_in; ++i) {
        months_.push_back(first + std::chrono::days(static_cast<int>(std::lround(i * month))));
    }
    all_ties_.resize(static_cast<Index>(people_), static_cast<Index>(people_));
    for (const Channel& channel : channels_of(survey)) {
        const Layer layer = layer_named(survey, channel.name);
        Timed timed{.layer = channel.name, .epochs = {}, .of_month = {}};
        const bool moving = changes(survey, layer.kind);
        for (std::size_t i = 0; i < months_.size(); ++i) {
            if (i > 0 && !moving) {
                timed.of_month.push_back(0);
                continue;
            }
            // Ties of the burn-in are those of the first answers.
            const Day day = std::max(months_[i], first);
            Weights ties = contacts(survey, {layer}, moving ? std::optional(day) : std::nullopt);
            if (layer.kind == "account" && moving && !survey.derived_handovers) {
                ties = accounts_on(survey, ties, day, layer.reversed);
            }
            timed.epochs.push_back(weighted(ties, Weighting::row));
            timed.of_month.push_back(timed.epochs.size() - 1);
        }
        all_ties_ += timed.epochs.front();
        layers_.push_back(std::move(timed));
    }
    all_ties_ = weighted(all_ties_, Weighting::row);
}

std::vector<double> SurveyFrame::smooth(std::vector<double> field) const {
    Eigen::VectorXd values = Eigen::Map<Eigen::VectorXd>(field.data(), static_cast<Index>(people_));
    for (int round = 0; round < smoothings; ++round) {
        values += all_ties_ * values;
    }
    const double mean = values.mean();
    const double sd = std::sqrt((values.array() - mean).square().mean());
    for (std::size_t i = 0; i < people_; ++i) {
        field[i] = sd > 0.0 ? (values[static_cast<Index>(i)] - mean) / sd : 0.0;
    }
    return field;
}

void SurveyFrame::step(State& state, const SurveyWorld& world, const SurveyLaw& law,
                       std::size_t month) const {
    const auto number = static_cast<std::uint32_t>(month);
    const double kept = law.shock_memory;
    const double fresh = std::sqrt(1.0 - kept * kept);
    std::array<double, 2> change{};
    for (std::size_t kind = 0; kind < 2; ++kind) {
        change[kind] =
            std::sqrt((1.0 - law.level_share[kind]) * (1.0 - std::pow(1.0 - law.rate[kind], 2)));
    }
    const std::vector<double> noise =
        normals(state.source, sim::Draw::survey_noise, number, people_);
    Eigen::VectorXd pull;
    for (const Timed& layer : layers_) {
        if (layer.layer != world.channel) continue;
        const Weights& ties = layer.epochs[layer.of_month[month]];
        pull = ties *
               Eigen::Map<const Eigen::VectorXd>(state.shown.data(), static_cast<Index>(people_));
        for (Index i = 0; i < ties.rows(); ++i) { // nobody to be pulled by
            if (ties.outerIndexPtr()[i] == ties.outerIndexPtr()[i + 1]) pull[i] = NAN;
        }
    }
    if (world.team_shocks > 0.0) {
        const auto shocks =
            normals(state.source, sim::Draw::survey_team_shock, number, state.team_shock.size());
        for (std::size_t team = 0; team < shocks.size(); ++team) {
            state.team_shock[team] = kept * state.team_shock[team] + fresh * shocks[team];
        }
    }
    if (world.hidden_shocks > 0.0) {
        const auto shocks =
            smooth(normals(state.source, sim::Draw::survey_hidden_shock, number, people_));
        for (std::size_t i = 0; i < people_; ++i) {
            state.hidden_shock[i] = kept * state.hidden_shock[i] + fresh * shocks[i];
        }
    }
    for (std::size_t i = 0; i < people_; ++i) {
        double target = state.level[i];
        if (pull.size() > 0 && !std::isnan(pull[static_cast<Index>(i)])) {
            target += world.weight * (pull[static_cast<Index>(i)] - state.level[i]);
        }
        state.x[i] +=
            law.rate[is_client_[i]] * (target - state.x[i]) + change[is_client_[i]] * noise[i];
        state.shown[i] = state.x[i] + std::sqrt(world.team_shocks) * state.team_shock[team_[i]] +
                         std::sqrt(world.hidden_shocks) * state.hidden_shock[i];
    }
}

Panels SurveyFrame::simulate(const SurveyWorld& world, const SurveyLaw& law, std::uint64_t seed,
                             std::uint32_t replicate) const {
    State state{.source = {seed, replicate, 1}};
    state.level = normals(state.source, sim::Draw::survey_set_point, 0, people_);
    if (world.homophily) {
        const auto trait = smooth(normals(state.source, sim::Draw::survey_trait, 0, people_));
        for (std::size_t i = 0; i < people_; ++i) {
            state.level[i] =
                std::sqrt(trait_share) * trait[i] + std::sqrt(1.0 - trait_share) * state.level[i];
        }
    }
    for (std::size_t i = 0; i < people_; ++i) {
        state.level[i] *= std::sqrt(law.level_share[is_client_[i]]);
    }
    state.x = state.shown = state.level;
    state.team_shock.assign(*std::ranges::max_element(team_) + 1, 0.0);
    state.hidden_shock.assign(people_, 0.0);
    Panels result = answers_;
    std::uint32_t wave_number = 0;
    std::array<std::size_t, 2> next{0, 0};
    const std::array<std::optional<Answers>*, 2> panels{&result.employees, &result.clients};
    for (std::size_t month = 0; month < months_.size(); ++month) {
        step(state, world, law, month);
        for (std::size_t kind = 0; kind < 2; ++kind) {
            if (!*panels[kind]) continue;
            Answers& answers = **panels[kind];
            const double reliability = law.reliability[kind];
            while (
                next[kind] < answers.waves.size() &&
                (month + 1 == months_.size() || answers.waves[next[kind]] < months_[month + 1])) {
                const auto errors =
                    normals(state.source, sim::Draw::survey_answer, wave_number++, people_);
                auto y = answers.y.col(static_cast<Index>(next[kind]++));
                for (std::size_t i = 0; i < people_; ++i) {
                    double& answer = y[static_cast<Index>(i)];
                    if (std::isnan(answer)) continue;
                    answer = std::sqrt(reliability) * state.shown[i] +
                             std::sqrt(1.0 - reliability) * errors[i];
                }
            }
        }
    }
    return result;
}

}
