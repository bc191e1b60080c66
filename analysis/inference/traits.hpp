#pragma once

#include <vector>

#include "analysis/inference/battery.hpp"

namespace cercle::analysis {

/// A trait that ties follow: values spread twice along ties, then standardised.
std::vector<double> along(const Weights& ties, std::vector<double> values);

/// The ties of all layers on a day, row-standardised: what traits and hidden shocks follow.
Weights ties_of_all_layers(const Survey& survey, Day day);

/// Traits that could have been, one a column; the same for the same ties.
Eigen::MatrixXd drawn_traits(const Weights& ties);

}
