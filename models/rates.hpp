#pragma once

#include <cmath>

namespace cercle::models {

/// Share of a gap closed in a step when `monthly` of it closes in a month: 1 - (1 -
/// monthly)^months.
inline float share_over(double monthly, double months) {
    return static_cast<float>(1.0 - std::pow(1.0 - monthly, months));
}

/// Probability that an event of this hazard happens in a step: 1 - e^(-hazard months).
inline float probability_over(double hazard_per_month, double months) {
    return static_cast<float>(1.0 - std::exp(-hazard_per_month * months));
}

/// How fast a state moves and how much it wavers. The noise keeps its stationary deviation whatever
/// the step: noise^2 = sd^2 (1 - (1 - monthly)^(2 months)).
struct Mobility {
    float rate;  ///< share of a gap closed in a step
    float noise; ///< standard deviation of a step's noise

    Mobility(double monthly, double sd, double months)
        : rate(share_over(monthly, months)),
          noise(static_cast<float>(sd * std::sqrt(1.0 - std::pow(1.0 - monthly, 2.0 * months)))) {}
};

/// Whether a period of so many months ends with this step (the first is 1).
inline bool ends_period(std::uint32_t step, double months, double period) {
    const double now = step * months;
    return std::fmod(now, period) == 0.0;
}

}
