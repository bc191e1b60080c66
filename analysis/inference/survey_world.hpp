#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/inference/survey_law.hpp"

namespace cercle::analysis {

/// A world that answers could come from.
///
/// Month by month, in standard deviations: x' = x + rate ((1 - w) b + w m - x) + noise, where b is
/// the person's own level and m the mean of what contacts show; shown = x + shocks. It is the
/// linear law of contagion (docs/model.md); without contagion what is shown has a variance of 1.
struct SurveyWorld {
    std::string name;         ///< "null", "homophily", ...
    std::string channel = {}; ///< layer that contagion runs along; "" none
    double weight = 0.0;      ///< w, share of contacts in what pulls a person, in [0, 1)
    double homophily = 0.0;   ///< variance of own levels that is a trait which ties follow
    /// Variance, of employees and of clients, of shocks that a team shares. Those of clients go
    /// with those of the team that serves them at the time (SurveyLaw::shared_shocks).
    std::array<double, 2> team_shocks{};
    double hidden_shocks = 0.0; ///< variance of shocks that follow ties and that nobody recorded
    /// Variance of clients' answers that is what their contacts of the time do to all their
    /// clients, whatever these contacts' own engagement.
    double contact_effects = 0.0;
};

/// The ties of a survey through time, as worlds on it need them.
class SurveyFrame {
public:
    SurveyFrame(const Survey& survey, const Panels& panels);

    /// Answers of a world to the same people on the same days; who did not answer does not here.
    Panels simulate(const SurveyWorld& world, const SurveyLaw& law, std::uint64_t seed,
                    std::uint32_t replicate) const;

private:
    struct Timed {
        std::string layer;
        std::vector<Weights> epochs;       ///< row-standardised
        std::vector<std::size_t> of_month; ///< epoch of each month
        const Weights& in(std::size_t month) const { return epochs[of_month[month]]; }
    };
    struct State;

    void add_layer(const Survey& survey, const Channel& channel, Day first);
    void join_layers();
    void find_outside_shocks(const Survey& survey);
    void find_staff(const Survey& survey, const Timed& served_by);
    State start(const SurveyWorld& world, const SurveyLaw& law, std::uint64_t seed,
                std::uint32_t replicate) const;
    const Timed* layer(const std::string& name) const;
    Eigen::VectorXd pull(const State& state, const SurveyWorld& world, std::size_t month) const;
    Eigen::VectorXd served(const State& state, const SurveyWorld& world, std::size_t month) const;
    void move_shocks(State& state, const SurveyWorld& world, const SurveyLaw& law,
                     std::size_t month) const;
    double team_shock(const State& state, const SurveyLaw& law, std::size_t person,
                      std::size_t month) const;
    void step(State& state, const SurveyWorld& world, const SurveyLaw& law,
              std::size_t month) const;
    void ask(Answers& answers, const State& state, double reliability, std::size_t wave,
             std::uint32_t number) const;

    std::size_t people_ = 0;
    std::vector<std::uint32_t> team_;
    std::vector<std::uint8_t> is_client_;
    Panels answers_;
    std::vector<Day> months_;
    std::vector<Timed> layers_;
    std::vector<std::vector<std::uint32_t>> staff_; ///< team that serves each client, by epoch
    std::vector<std::size_t> staff_of_month_;       ///< epoch of each month; empty: nobody served
    std::vector<std::vector<double>> outside_;      ///< shocks of people, by epoch
    std::vector<std::size_t> outside_of_month_;     ///< epoch of each month
    Timed all_ties_; ///< what hidden shocks follow, and traits in the first month
};

}
