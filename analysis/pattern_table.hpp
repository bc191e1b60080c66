#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "analysis/outcomes.hpp"
#include "analysis/statistics.hpp"
#include "scenarios/study.hpp"

namespace cercle::analysis {

/// A figure that a conventional firm at the market price must show before a comparison with it
/// means anything: the acceptance set of the model.
struct Pattern {
    std::string outcome; ///< "engaged_share"
    double low, high;    ///< in the unit of the outcome
    bool of_young_firms; ///< asked of firms that differ in efficiency, else of one that has lasted
    std::string source;
    /// The correlation of the outcome with the engagement of employees over firms (replicates), not
    /// its mean.
    bool across_firms = false;
};

/// Every pattern the model is held against.
std::span<const Pattern> patterns();

/// A pattern and what an arm of a study shows of it.
struct PatternCheck {
    Pattern pattern;
    std::string arm;
    Summary simulated; ///< over replicates

    /// Whether the scenario puts it to the test: where nothing but engagement differs from firm to
    /// firm, whatever depends on it correlates with it fully, and says nothing about firms.
    bool is_tested() const { return !pattern.across_firms || !(std::abs(simulated.mean) > 0.99); }
    bool met() const { return simulated.mean >= pattern.low && simulated.mean <= pattern.high; }
};

/// Holds the conventional arms at the market price against the patterns, and, where firms are
/// young, the co-operative ones against them by the ratio of their hazards of failing. Throws
/// UserError when the study has no such arm.
std::vector<PatternCheck> check_patterns(const scenarios::Study& study, const Outcomes& outcomes);

/// The checks as a table with sources, of at most `width` columns.
std::string pattern_table(const std::vector<PatternCheck>& checks, const scenarios::Study& study,
                          std::size_t width);

/// Pearson's correlation of pairs without missing values, with Fisher's interval; unknown below
/// four pairs or where one does not vary.
Summary correlation(std::span<const double> first, std::span<const double> second);

/// Ratio of two hazards of failing, ln S_first / ln S_second, of paired survivals (0 or 1), with an
/// interval by the delta method on its logarithm; unknown where nobody fails or nobody lasts.
Summary hazard_ratio(std::span<const double> first, std::span<const double> second);

}
