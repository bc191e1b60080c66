#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analysis/statistics.hpp"

namespace cercle::analysis {

/// One number that was estimated, NaN where something is not defined for it.
struct Coefficient {
    std::string name;
    double estimate = not_known;
    double se = not_known;           ///< classical
    double se_robust = not_known;    ///< to unequal variances (HC1)
    double se_clustered = not_known; ///< to dependence inside clusters (CR1)
    double statistic = not_known;
    double degrees = not_known; ///< of freedom of Student's t, where p is two-sided by it
    double p = not_known;
};

/// A number that goes with an estimate: "log-likelihood", "first-stage F".
struct Figure {
    std::string name;
    double value = not_known;
};

/// What one method says about one survey.
struct Estimate {
    std::string method;   ///< "moran"
    std::string question; ///< "alcohol on 1995-01-15, colleague ties (sent), row-standardised"
    std::vector<Coefficient> coefficients;
    std::string statistic; ///< what the statistic and p of the coefficients are
    std::vector<Figure> figures;
    std::size_t n = 0;
    std::string unit = "people"; ///< what n counts
    std::vector<std::string> left_out;
    std::vector<std::string> notes;

    const Coefficient& at(const std::string& name) const;
    double figure(const std::string& name) const;
};

/// A table of at most `width` columns, then figures, what was left out, and notes.
std::string estimate_text(const Estimate& estimate, std::size_t width);
/// The same; what is not known is null.
nlohmann::ordered_json estimate_json(const Estimate& estimate);

}
