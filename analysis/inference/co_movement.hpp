#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include "analysis/inference/transmission.hpp"

namespace cercle::analysis {

inline constexpr double months_of_year = 12.0;

/// Months between two days, either way.
double months_between(Day one, Day other);

/// Answers less the mean of their wave, 0 where there is none, and where there are any.
struct Centred {
    std::vector<Day> waves;
    Eigen::MatrixXd values, given;
};
Centred centred(const Answers& answers);

/// Mean product of the answers of two people of one team, so many months apart.
struct CoMovement {
    double months;
    double covariance;
    double pairs;
};

/// Pairs of different people of one group, for every two waves: of one panel, or of two (a team and
/// those it serves).
std::vector<CoMovement> co_movements(const Centred& one,
                                     const std::vector<std::uint32_t>& one_group,
                                     const Centred& other,
                                     const std::vector<std::uint32_t>& other_group);

/// A covariance that falls with time: lasting + passing * memory^months.
struct Decline {
    double lasting = 0.0;
    double passing = 0.0;
    double misfit = 0.0;
};

/// By least squares over pairs; without a year in view all of it is taken for passing.
Decline decline(const std::vector<CoMovement>& movements, double memory);

/// The memory a month, of a few, that fits best.
double best_memory(const std::vector<CoMovement>& movements);

}
