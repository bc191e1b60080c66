#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "analysis/statistics.hpp"

namespace cercle::analysis {

/// One-way analysis of variance of answers by group; NaN with one group, or nobody beside another.
struct OneWay {
    double n = 0.0, groups = 0.0;
    double size = not_known;    ///< of groups, on average (n0)
    double between = not_known; ///< mean squares
    double within = not_known;

    double f() const { return between / within; }
    /// ICC(1), of a ratio of mean squares.
    double icc(double ratio) const { return (ratio - 1.0) / (ratio + size - 1.0); }
    double icc() const { return icc(f()); }
};

/// Answers that are not known (NaN) are left out.
OneWay one_way(const Eigen::VectorXd& answers, const std::vector<std::uint32_t>& group);

}
