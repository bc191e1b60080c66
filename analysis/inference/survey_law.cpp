#include "analysis/inference/survey_law.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "analysis/inference/co_movement.hpp"
#include "analysis/inference/cross_section.hpp"
#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/traits.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;

constexpr double most_shared = 0.9;   // of variance, so that something is a person's own
constexpr double tells_memory = 0.02; // variance of shocks below which their memory is not told

/// Answers of two kinds as the fit needs them, and what is found of their shocks.
class LawFit {
public:
    LawFit(const Survey& survey, const Panels& panels)
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
            const double waves = std::clamp(std::round(months_of_year / months), 1.0, most);
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
    std::size_t kind_of(PersonIndex i) const { return survey_.is_client(i) ? 1 : 0; }
    std::vector<double> mean_answers() const;
    double shared_by_means(std::size_t one, std::size_t other) const;
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

/// Mean answer of everybody, NaN without any.
std::vector<double> LawFit::mean_answers() const {
    std::vector<double> means(survey_.size(), not_known);
    for (PersonIndex i = 0; i < survey_.size(); ++i) {
        const std::optional<Centred>& panel = centred_[kind_of(i)];
        const double given = panel ? panel->given.row(i).sum() : 0.0;
        if (given > 0.0) means[i] = panel->values.row(i).sum() / given;
    }
    return means;
}

/// How means of answers of two kinds go together by shocks that a team shares, were they people of
/// one team.
double LawFit::shared_by_means(std::size_t one, std::size_t other) const {
    if (!centred_[one] || !centred_[other]) return 0.0;
    const double both = std::sqrt(shocks_[one].value_or(0.0) * shocks_[other].value_or(0.0));
    return both * (one == other ? 1.0 : law_.shared_shocks) *
           mean_left(*centred_[one], *centred_[other], law_.shock_memory);
}

/// How means of answers go together along ties, less the shocks that team mates share, over how
/// they would if own levels were the trait and nothing else.
void LawFit::fit_trait() {
    const Day first = answers_[0] ? answers_[0]->waves.front() : answers_[1]->waves.front();
    const Weights ties = ties_of_all_layers(survey_, first);
    const std::vector<double> mean = mean_answers();
    const MatrixXd traits = drawn_traits(ties);
    std::array<double, 2> scale{};
    std::array<std::array<double, 2>, 2> shared{};
    for (std::size_t k = 0; k < 2; ++k) {
        const double own = 1.0 - law_.team_share[k] - law_.outside[k] * law_.outside[k];
        scale[k] = std::sqrt(law_.level_share[k] * law_.reliability[k] * std::max(own, 0.0));
        for (std::size_t l = 0; l < 2; ++l) shared[k][l] = shared_by_means(k, l);
    }
    double seen = 0.0, of_trait = 0.0;
    for (PersonIndex i = 0; i < survey_.size(); ++i) {
        for (Weights::InnerIterator tie(ties, i); tie; ++tie) {
            const auto j = static_cast<PersonIndex>(tie.col());
            if (std::isnan(mean[i] + mean[j])) continue;
            const std::size_t k = kind_of(i), l = kind_of(j);
            seen += tie.value() * (mean[i] * mean[j] - (staff_[i] == staff_[j] ? shared[k][l] : 0));
            of_trait += tie.value() * scale[k] * scale[l] * traits.row(i).dot(traits.row(j)) /
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
    return LawFit(survey, panels).law();
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

}
