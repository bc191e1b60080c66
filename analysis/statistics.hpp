#pragma once

#include <cstddef>
#include <limits>
#include <span>

namespace cercle::analysis {

inline constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

/// Of intervals where nobody asks for another.
inline constexpr double usual_confidence = 0.95;

struct Interval {
    double low = not_known;
    double high = not_known;

    bool excludes(double value) const { return value < low || value > high; }
    double half_width() const { return (high - low) / 2.0; }
    bool operator==(const Interval&) const = default;
};

/// What a sample says about the mean it was drawn from. NaN where the sample is too small.
struct Summary {
    std::size_t count = 0; ///< values that are not missing
    double mean = not_known;
    double sd = not_known; ///< of the sample (n - 1)
    Interval interval;     ///< Student t, of the mean
};

/// Student's t interval of an estimate with `count` - 1 degrees of freedom; unknown below two.
Interval t_interval(double estimate, double standard_error, std::size_t count, double confidence);

/// The exact 95 % interval of a share, `count` of `of` (Clopper and Pearson 1934); 0 to 1 of none.
Interval exact_share_interval(std::size_t count, std::size_t of);

/// Mean, standard deviation and interval of the values that are not NaN.
Summary summarise(std::span<const double> values, double confidence);

/// What pairs of values say about the difference of two means.
struct PairedDifference {
    std::size_t pairs = 0;    ///< both values known
    std::size_t left_out = 0; ///< one of them, or both, missing
    Summary first;            ///< of the first values of the pairs
    Summary second;
    double mean = not_known; ///< of first - second
    double sd = not_known;   ///< of the differences
    double standard_error = not_known;
    Interval interval; ///< Student t, pairs - 1 degrees of freedom
    /// Cohen's d_av: the mean difference over the square root of the mean of the two variances.
    /// Source: Cumming (2012), Understanding the New Statistics, ch. 11.
    double effect = not_known;
    /// 1 - Var(first - second) / (Var first + Var second): the share of its variance the difference
    /// would have had with independent worlds and that pairing took away; negative where it hurts.
    double variance_reduction = not_known;
};

/// The spans are of one length; `first[i]` and `second[i]` are a pair.
PairedDifference paired_difference(std::span<const double> first, std::span<const double> second,
                                   double confidence);

/// The interval of a difference at another confidence.
Interval interval_at(const PairedDifference& difference, double confidence);

/// Two one-sided t tests (Schuirmann 1987) of H0: |difference| >= margin.
struct Equivalence {
    double margin = not_known;
    double p = not_known; ///< the larger of the two
    bool shown = false;   ///< p < 1 - confidence
};

Equivalence test_equivalence(const PairedDifference& difference, double margin, double confidence);

}
