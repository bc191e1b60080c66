#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/linear_law.hpp"

namespace cercle::analysis {

/// The stationary covariance S = M S M' + s^2 I of a law with noise.
struct StationaryCovariance {
    std::vector<double> variance;     ///< of each node
    std::vector<double> matrix;       ///< row by row
    double correlation_of_ties = 0.0; ///< mean over arcs; NaN without any
};

/// What linear algebra says of x' = M x + c + s e.
struct LinearAnswers {
    double spectral_radius = 0.0;    ///< largest |eigenvalue| of M, or a bound of it
    bool radius_is_bound = false;    ///< where the spectrum is not computed
    std::optional<double> second;    ///< second largest |eigenvalue|
    std::optional<double> half_life; ///< steps in which the slowest deviation halves
    std::vector<double> weights;     ///< of each node in the consensus (degroot); empty: none
    std::vector<double> fixed_point; ///< empty: none, or not the only one
    std::optional<StationaryCovariance> covariance;
    std::vector<std::string> notes; ///< what is not told, and why
};

/// Dense algebra up to 2 000 nodes (600 for the spectrum of a directed graph, 1 000 for
/// covariances); above, sparse iteration where it can do.
LinearAnswers linear_answers(const scenarios::LinearLaw& law);

/// At most 100 columns wide; ends with a newline.
std::string linear_answers_text(const scenarios::LinearLaw& law, const LinearAnswers& answers);

/// The same numbers, and those of every node, as JSON.
std::string linear_answers_json(const scenarios::LinearLaw& law, const LinearAnswers& answers);

}
