#include "analysis/inference/survey_law.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "analysis/inference/co_movement.hpp"
#include "analysis/inference/cross_section.hpp"
#include "analysis/inference/linear_model.hpp"
#include "scenarios/draws.hpp"
#include "sim/random.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr double most_shared = 0.9;   // of variance, so that something is a person's own
constexpr double tells_memory = 0.02; // variance of shocks below which their memory is not told
constexpr double year = 12.0;         // months

/// Answers of two kinds as the fit needs them, and what is found of their shocks.
class Fit {
public:
    Fit(const Survey& survey, const Panels& panels)
        : survey_(survey), law_(assumed_law(survey)), groups_(groups_by(survey, "team")) {
        const std::array<const std::optional<Answers>*, 2> kinds{&panels.employees,
                                                                 &panels.clients};
        for (std::size_t kind = 0; kind < 2; ++kind) {
            if (!*kinds[kind] || (*kinds[kind])->waves.empty()) continue;
            answers_[kind] = &**kinds[kind];
            centred_[kind] = centred(**kinds[kind]);
        }
        find_staff();
    }

    SurveyLaw law() {
        for (std::size_t kind = 0; kind < 2; ++kind) {
            if (centred_[kind])
                moves_[kind] =
                    co_movements(*centred_[kind], groups_.of, *centred_[kind], groups_.of);
        }
        fit_shocks();
        for (std::size_t kind = 0; kind < 2; ++kind) {
            if (answers_[kind]) fit_outside(kind);
            if (answers_[kind]) fit_memory(kind);
            law_.outside[kind] /= std::sqrt(law_.reliability[kind]); // of what answers measure
        }
        fit_shared();
        fit_trait();
        return law_;
    }

private:
    /// The team that serves the clients of each group of clients.
    void find_staff() {
        staff_ = groups_.of;
        std::map<std::string, std::uint32_t> place;
        for (std::uint32_t g = 0; g < groups_.names.size(); ++g) {
            place.emplace("clients of " + groups_.names[g], g);
        }
        for (PersonIndex i = 0; i < survey_.size(); ++i) {
            const auto found = place.find(groups_.names[groups_.of[i]]);
            if (survey_.is_client(i) && found != place.end()) staff_[i] = found->second;
        }
    }
    /// Groups of more than one, to correct for the mean of each wave being taken away.
    double freed(std::size_t kind) const {
        std::vector<bool> there(groups_.names.size(), false);
        for (PersonIndex i = 0; i < survey_.size(); ++i) {
            if (survey_.is_client(i) == (kind == 1)) there[groups_.of[i]] = true;
        }
        const auto groups = static_cast<double>(std::ranges::count(there, true));
        return groups > 1.0 ? groups / (groups - 1.0) : 1.0;
    }
    void fit_shocks() {
        for (const std::size_t kind : {1U, 0U}) { // employees have the last word on memory
            if (moves_[kind].empty() || decline(moves_[kind], law_.shock_memory).lasting == 0.0 ||
                decline(moves_[kind], law_.shock_memory).passing < tells_memory) {
                continue;
            }
            law_.shock_memory = best_memory(moves_[kind]);
        }
        for (std::size_t kind = 0; kind < 2; ++kind) {
            if (moves_[kind].empty()) continue;
            shocks_[kind] =
                std::max(0.0, freed(kind) * decline(moves_[kind], law_.shock_memory).passing);
        }
    }
    /// What the outside shock does to the last answers, inside teams; in answers.
    void fit_outside(std::size_t kind) {
        const std::vector<double> struck = outside_shocks(survey_, answers_[kind]->waves.back());
        const auto y = answers_[kind]->y.rightCols(1);
        std::vector<std::uint32_t> team;
        std::vector<double> answer, shock;
        for (PersonIndex i = 0; i < survey_.size(); ++i) {
            if (std::isnan(y(i, 0))) continue;
            team.push_back(groups_.of[i]);
            answer.push_back(y(i, 0));
            shock.push_back(struck[i]);
        }
        MatrixXd columns(static_cast<Index>(answer.size()), 2);
        columns.col(0) = Eigen::Map<Eigen::VectorXd>(answer.data(), columns.rows());
        columns.col(1) = Eigen::Map<Eigen::VectorXd>(shock.data(), columns.rows());
        sweep(columns, {team});
        const double spread = columns.col(1).squaredNorm();
        if (spread < 1e-9) return;
        const double most = std::sqrt(most_shared * law_.reliability[kind]);
        law_.outside[kind] = std::clamp(columns.col(0).dot(columns.col(1)) / spread, -most, most);
    }
    /// Own levels and reliability from how a person's answers a wave and a year apart go together:
    /// over h months what lasts of outside shocks, V memory^h of teams' and R (share + (1 - share)
    /// (1 - rate)^h). With two waves the reliability stays what is assumed.
    void fit_memory(std::size_t kind) {
        const Answers& answers = *answers_[kind];
        const double months = median_months(answers.waves);
        const double shock = shocks_[kind].value_or(0.0);
        double near = stability_of(answers.y);
        if (!std::isnan(near) && months > 0.0) {
            const auto most = static_cast<double>(answers.waves.size() - 1);
            const double waves = std::clamp(std::round(year / months), 1.0, most);
            double far = stability_of(answers.y, static_cast<Index>(waves));
            const double left = std::pow(1.0 - law_.rate[kind], months);
            const double outside = std::pow(law_.outside[kind], 2);
            near -= outside + shock * std::pow(law_.shock_memory, months);
            far -= outside + shock * std::pow(law_.shock_memory, months * waves);
            double& share = law_.level_share[kind];
            if (waves < 2.0 || std::isnan(far)) {
                const double own = std::max(law_.reliability[kind] - shock - outside, 0.1);
                share = std::clamp((near / own - left) / (1.0 - left), 0.1, 0.9);
            } else {
                const double left_far = std::pow(1.0 - law_.rate[kind], months * waves);
                const double passing = std::max((near - far) / (left - left_far), 0.0);
                const double lasting = std::max(near - passing * left, 0.0);
                law_.reliability[kind] = std::clamp(lasting + passing + shock + outside, 0.3, 0.95);
                share = std::clamp(lasting / std::max(lasting + passing, 0.1), 0.1, 0.95);
            }
        }
        if (shocks_[kind]) {
            law_.team_share[kind] = std::min(shock / law_.reliability[kind], most_shared);
        }
    }
    /// How a team moves with its clients, over how both move.
    void fit_shared() {
        if (!shocks_[0] || !shocks_[1]) return;
        const double both = std::sqrt(*shocks_[0] * *shocks_[1]);
        if (both < tells_memory) return;
        const auto moves = co_movements(*centred_[0], groups_.of, *centred_[1], staff_);
        if (moves.empty()) return;
        const double together = freed(0) * decline(moves, law_.shock_memory).passing;
        law_.shared_shocks = std::clamp(together / both, 0.0, 1.0);
    }
    void fit_trait();

    const Survey& survey_;
    SurveyLaw law_;
    Groups groups_;
    std::vector<std::uint32_t> staff_;
    std::array<const Answers*, 2> answers_{};
    std::array<std::optional<Centred>, 2> centred_;
    std::array<std::vector<CoMovement>, 2> moves_;
    std::array<std::optional<double>, 2> shocks_; ///< variance in answers
};

/// Mean of what is left of a shock between a wave of one panel and one of another.
double mean_left(const Centred& one, const Centred& other, double memory) {
    double sum = 0.0;
    for (const Day s : one.waves) {
        for (const Day t : other.waves) sum += std::pow(memory, months_between(s, t));
    }
    return sum / static_cast<double>(one.waves.size() * other.waves.size());
}

/// How means of answers go together along ties, less the shocks that team mates share, over how
/// they would if own levels were the trait and nothing else.
void Fit::fit_trait() {
    const Day first = answers_[0] ? answers_[0]->waves.front() : answers_[1]->waves.front();
    const Weights ties = ties_of_all_layers(survey_, first);
    const std::size_t people = survey_.size();
    std::vector<double> mean(people, not_known), scale(people, 0.0);
    std::array<std::array<double, 2>, 2> left{};
    for (std::size_t k = 0; k < 2; ++k) {
        for (std::size_t l = 0; l < 2; ++l) {
            if (centred_[k] && centred_[l])
                left[k][l] = mean_left(*centred_[k], *centred_[l], law_.shock_memory);
        }
    }
    for (PersonIndex i = 0; i < people; ++i) {
        const std::size_t kind = survey_.is_client(i) ? 1 : 0;
        if (!centred_[kind]) continue;
        const double given = centred_[kind]->given.row(i).sum();
        if (given > 0.0) mean[i] = centred_[kind]->values.row(i).sum() / given;
        scale[i] = std::sqrt(law_.level_share[kind] * law_.reliability[kind] *
                             (1.0 - law_.team_share[kind]));
    }
    MatrixXd traits(static_cast<Index>(people), 16);
    for (Index draw = 0; draw < traits.cols(); ++draw) {
        sim::Stream stream(1, sim::Draw::survey_trait, static_cast<std::uint64_t>(draw));
        std::vector<double> values(people);
        for (double& value : values) value = stream.normal();
        values = along(ties, std::move(values));
        traits.col(draw) = Eigen::Map<Eigen::VectorXd>(values.data(), traits.rows());
    }
    double seen = 0.0, of_trait = 0.0;
    for (Index row = 0; row < ties.rows(); ++row) {
        const auto i = static_cast<std::size_t>(row);
        for (Weights::InnerIterator tie(ties, row); tie; ++tie) {
            const auto j = static_cast<std::size_t>(tie.col());
            if (std::isnan(mean[i] + mean[j])) continue;
            const std::size_t k = survey_.is_client(static_cast<PersonIndex>(i)) ? 1 : 0;
            const std::size_t l = survey_.is_client(static_cast<PersonIndex>(j)) ? 1 : 0;
            double shocks = 0.0;
            if (staff_[i] == staff_[j]) {
                shocks = std::sqrt(shocks_[k].value_or(0.0) * shocks_[l].value_or(0.0)) *
                         left[k][l] * (k == l ? 1.0 : law_.shared_shocks);
            }
            seen += tie.value() * (mean[i] * mean[j] - shocks);
            of_trait += tie.value() * scale[i] * scale[j] *
                        traits.row(row).dot(traits.row(tie.col())) /
                        static_cast<double>(traits.cols());
        }
    }
    if (of_trait > 0.0) law_.trait_share = std::clamp(seen / of_trait, 0.0, most_shared);
}

}

SurveyLaw assumed_law(const Survey& survey) {
    const SurveyAssumptions& assumed = survey.settings.assumed;
    SurveyLaw law;
    law.reliability = {assumed.reliability_employees, assumed.reliability_clients};
    law.team_share = {assumed.team_shocks, assumed.team_shocks};
    law.shock_memory = assumed.shock_memory;
    law.shared_shocks = assumed.shared_shocks;
    law.trait_share = assumed.homophily;
    return law;
}

SurveyLaw fitted_law(const Survey& survey, const Panels& panels) {
    if (!panels.employees && !panels.clients) return assumed_law(survey);
    return Fit(survey, panels).law();
}

std::vector<double> outside_shocks(const Survey& survey, Day day) {
    std::vector<double> values(survey.size(), 0.0);
    const std::optional<std::uint32_t> which = outside_shock(survey);
    if (!which) return values;
    const std::vector<double> told = numbers_at(survey, survey.covariate_names[*which], day);
    for (const bool clients : {false, true}) {
        double sum = 0.0, squares = 0.0, n = 0.0;
        for (PersonIndex i = 0; i < survey.size(); ++i) {
            if (survey.is_client(i) != clients || std::isnan(told[i])) continue;
            sum += told[i], squares += told[i] * told[i], n += 1.0;
        }
        const double mean = n > 0.0 ? sum / n : 0.0;
        const double variance = n > 0.0 ? squares / n - mean * mean : 0.0;
        for (PersonIndex i = 0; i < survey.size(); ++i) {
            if (survey.is_client(i) != clients || std::isnan(told[i]) || !(variance > 0.0))
                continue;
            values[i] = (told[i] - mean) / std::sqrt(variance);
        }
    }
    return values;
}

std::vector<double> along(const Weights& ties, std::vector<double> field) {
    constexpr int reach = 2; // ties that a trait or hidden shock goes
    const auto people = static_cast<Index>(field.size());
    Eigen::VectorXd values = Eigen::Map<Eigen::VectorXd>(field.data(), people);
    for (int round = 0; round < reach; ++round) values += ties * values;
    const double mean = values.mean();
    const double sd = std::sqrt((values.array() - mean).square().mean());
    for (std::size_t i = 0; i < field.size(); ++i) {
        field[i] = sd > 0.0 ? (values[static_cast<Index>(i)] - mean) / sd : 0.0;
    }
    return field;
}

Weights ties_of_all_layers(const Survey& survey, Day day) {
    const auto people = static_cast<Index>(survey.size());
    Weights all(people, people);
    for (const Channel& channel : channels_of(survey)) {
        const Layer layer = layer_named(survey, channel.name);
        all += weighted(contacts_on(survey, {layer}, day), Weighting::row);
    }
    return weighted(all, Weighting::row);
}

}
