#pragma once

#include <array>
#include <vector>

#include "analysis/inference/battery.hpp"

namespace cercle::analysis {

/// What simulated worlds have in common, of employees and of clients, in shares of a variance of 1;
/// fitted to the answers where they tell it, else `SurveySettings::assumed`.
struct SurveyLaw {
    /// Share of the distance to where they are pulled that people move a month (docs/model.md,
    /// lambda_e and lambda_c).
    std::array<double, 2> rate{0.10, 0.12};
    /// Of what is not shared with a team, the variance of own levels (Seppala et al. 2009:
    /// engagement is stable at .82 to .86 over three years).
    std::array<double, 2> level_share{0.8, 0.8};
    std::array<double, 2> reliability{0.85, 0.70}; ///< of an answer
    std::array<double, 2> team_share{0.10, 0.10};  ///< variance of shocks that a team shares
    double shock_memory = 0.8;                     ///< of shocks, a month
    /// Correlation of a team's shocks with those of the clients it serves.
    double shared_shocks = 0.7;
    double trait_share = 0.25; ///< variance of own levels that is a trait that ties follow
    /// What one standard deviation of the outside shock (T6) does to who is struck by it, from its
    /// day on; its square is a share of the variance.
    std::array<double, 2> outside{};
};

/// The law with nothing but what is assumed, survey.toml heeded.
SurveyLaw assumed_law(const Survey& survey);

/// The law that the answers tell, as far as they do.
SurveyLaw fitted_law(const Survey& survey, const Panels& panels);

/// Values of the outside shock on a day, standardised among people of a kind; 0 of who has none,
/// and of all where there is no such covariate.
std::vector<double> outside_shocks(const Survey& survey, Day day);

}
