#pragma once

#include <cmath>
#include <limits>

namespace cercle::sim {

/// Sums from which Pearson's correlation of pairs is made, in one pass.
struct PairSums {
    double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;

    void add(double first, double second) {
        n += 1;
        x += first;
        y += second;
        xx += first * first;
        yy += second * second;
        xy += first * second;
    }
    /// NaN below three pairs or where one of them does not vary.
    double correlation() const {
        const double spread = (n * xx - x * x) * (n * yy - y * y);
        return n > 2 && spread > 0.0 ? (n * xy - x * y) / std::sqrt(spread)
                                     : std::numeric_limits<double>::quiet_NaN();
    }
};

}
