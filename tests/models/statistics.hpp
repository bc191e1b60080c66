#pragma once

#include <cmath>
#include <vector>

namespace cercle::models {

/// Normal quantile of a two-sided test at alpha = 1e-3.
inline constexpr double critical_z = 3.29;

/// How many standard errors a share of n independent trials is from a probability.
inline double z_of_share(double hits, double n, double probability) {
    return (hits / n - probability) / std::sqrt(probability * (1.0 - probability) / n);
}

/// Chi-square of counts against equal frequencies.
inline double chi_square(const std::vector<double>& counts) {
    double total = 0.0;
    for (const double count : counts) total += count;
    const double each = total / static_cast<double>(counts.size());
    double sum = 0.0;
    for (const double count : counts) sum += (count - each) * (count - each) / each;
    return sum;
}

}
