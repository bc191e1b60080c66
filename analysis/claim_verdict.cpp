#include "analysis/claim_verdict.hpp"

#include <algorithm>
#include <cmath>

namespace cercle::analysis {

Reading read_effect(const Interval& effect, const Claimed& claimed) {
    const double least = claimed.rises ? effect.low : -effect.high;
    const double most = claimed.rises ? effect.high : -effect.low;
    if (least >= claimed.smallest) return Reading::holds;
    if (most < 0.0) return Reading::opposite;
    if (most < claimed.smallest) return Reading::too_small;
    return Reading::open;
}

bool is_next_to_nothing(const Interval& effect, double as_given) {
    return std::max(std::abs(effect.low), std::abs(effect.high)) <= std::abs(as_given) / 100.0;
}

Verdict verdict_of(std::span<const Reading> readings) {
    switch (readings.front()) {
    case Reading::open:
        return Verdict::undecided;
    case Reading::too_small:
    case Reading::opposite:
    case Reading::none:
        return Verdict::does_not;
    case Reading::holds:
        break;
    }
    const bool always =
        std::ranges::all_of(readings, [](Reading reading) { return reading == Reading::holds; });
    return always ? Verdict::follows : Verdict::assumed;
}

std::size_t replicates_needed(const Summary& effect, const Claimed& claimed) {
    if (read_effect(effect.interval, claimed) != Reading::open) return 0;
    const double distance =
        std::abs((claimed.rises ? effect.mean : -effect.mean) - claimed.smallest);
    const double times = effect.interval.half_width() / distance;
    const double needed = std::ceil(static_cast<double>(effect.count) * times * times * 1.1);
    return std::isfinite(needed) && needed < 1e9 ? static_cast<std::size_t>(needed) : 0;
}

}
