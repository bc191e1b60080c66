#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "analysis/inference/battery.hpp"

namespace cercle::analysis {

/// A world that answers could come from.
///
/// Month by month, in standard deviations: x' = x + rate ((1 - w) b + w m - x) + noise, where b is
/// the person's own level and m the mean of what contacts show; shown = x + shocks. It is the
/// linear law of contagion (docs/model.md) with a unit variance.
struct SurveyWorld {
    std::string name;           ///< "null", "homophily", ...
    std::string channel = {};   ///< layer that contagion runs along; "" none
    double weight = 0.0;        ///< w, share of contacts in what pulls a person, in [0, 1)
    bool homophily = false;     ///< own levels follow a trait that ties follow
    double team_shocks = 0.0;   ///< variance of shocks that a team shares
    double hidden_shocks = 0.0; ///< variance of shocks that follow ties and that nobody recorded
};

/// What worlds have in common, of employees and of clients; fitted to the data where they tell it.
struct SurveyLaw {
    /// Share of the distance to where they are pulled that people move a month (docs/model.md,
    /// lambda_e and lambda_c).
    std::array<double, 2> rate{0.10, 0.12};
    /// Variance of own levels, of 1 (Seppala et al. 2009: engagement is stable at .82 to .86 over
    /// three years).
    std::array<double, 2> level_share{0.8, 0.8};
    std::array<double, 2> reliability{0.85,
                                      0.70}; ///< of an answer; assumed where two waves are all
    double shock_memory = 0.8;               ///< of shocks, a month; assumed
    double team_share = 0.25;                ///< variance of team shocks in worlds that have them
};

/// The own levels, reliability and team shares that the answers tell.
SurveyLaw fitted_law(const Survey& survey, const Panels& panels);

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
    };
    struct State;

    std::vector<double> smooth(std::vector<double> field) const;
    void step(State& state, const SurveyWorld& world, const SurveyLaw& law,
              std::size_t month) const;

    std::size_t people_ = 0;
    std::vector<std::uint32_t> team_;
    std::vector<std::uint8_t> is_client_;
    Panels answers_;
    std::vector<Day> months_;
    std::vector<Timed> layers_;
    Weights all_ties_; ///< of the first month, row-standardised: what traits and shocks follow
};

}
