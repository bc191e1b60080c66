#pragma once

#include <cmath>
#include <functional>
#include <numbers>
#include <span>
#include <string>
#include <vector>

#include "analysis/sensitivity.hpp"

namespace cercle::analysis {

using Function = std::function<double(std::span<const double>)>;

/// A design of so many factors over [low, high] and the values of a function at its points.
inline Experiment experiment_of(const scenarios::DesignMethod& method, std::size_t factors,
                                const scenarios::Factor& range, const Function& function) {
    std::vector<scenarios::Factor> list(factors, range);
    for (std::size_t i = 0; i < factors; ++i) list[i].name = "x" + std::to_string(i + 1);
    const scenarios::Design design = scenarios::make_design(method, list);
    Experiment experiment{.source = "test",
                          .method = method.name,
                          .factors = design.factors,
                          .matrix = design.matrix};
    OutcomeAtPoints outcome{.arm = "", .metric = {"y", "", ""}, .values = {}};
    for (std::size_t point = 0; point < design.points(); ++point) {
        outcome.values.push_back(
            function(std::span(design.matrix).subspan(point * factors, factors)));
    }
    experiment.outcomes.push_back(outcome);
    return experiment;
}

inline const scenarios::Factor unit_interval{.name = "", .paths = {}};
inline const scenarios::Factor circle{
    .name = "", .paths = {}, .low = -std::numbers::pi, .high = std::numbers::pi};

/// Ishigami & Homma (1990), with a = 7 and b = 0.1.
inline double ishigami(std::span<const double> x) {
    return std::sin(x[0]) + 7.0 * std::pow(std::sin(x[1]), 2) +
           0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

/// Sobol's g-function, with the a of Saltelli et al. (2008), ch. 4: (0, 0.5, 3, 9, 99, 99).
inline const std::vector<double> g_weights{0.0, 0.5, 3.0, 9.0, 99.0, 99.0};
inline double g_function(std::span<const double> x) {
    double product = 1.0;
    for (std::size_t i = 0; i < x.size(); ++i) {
        product *= (std::abs(4.0 * x[i] - 2.0) + g_weights[i]) / (1.0 + g_weights[i]);
    }
    return product;
}

inline Findings findings_of(const Experiment& experiment) {
    const SensitivityOptions options;
    return sensitivities(experiment, options).front().findings;
}

}
