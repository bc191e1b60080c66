#pragma once

#include "sim/world.hpp"

namespace cercle::models {

/// What surveys find across the people of a firm; NaN where it is not defined.
struct Patterns {
    /// ICC(1) of engagement E in teams, by one-way analysis of variance.
    double team_icc;
    /// Correlation over employees of what they show and what their own clients show on average.
    double portfolio_correlation;
    /// Correlation of engagement E with that of the end of the year before, among those who stayed.
    double stability;
};

/// The patterns of one lane, over the people of all firms.
Patterns patterns_of(const sim::World& world, std::size_t lane);

}
