#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/inference/battery.hpp"

namespace cercle::analysis {

/// The mean answer of one group, under a name that says nothing.
struct GroupMean {
    std::string pseudonym;   ///< "group 3"
    std::size_t people = 0;  ///< 0 where it is not told
    double mean = not_known; ///< in the units of the instrument; NaN where it is not told
};

/// Means of groups at one wave, safe to hand on: no group below `fewest`, and never so few left out
/// that the total gives them away by subtraction (those left out are at least two groups and that
/// many people, or none).
struct GroupTable {
    std::vector<GroupMean> groups;
    std::size_t people = 0; ///< of all groups, told or not; 0 when that is too few
    double mean = not_known;
};

/// `group` and `value` of each person; NaN where there is no answer. `seed` orders the pseudonyms;
/// `fewest` is the number of people below which nothing is told.
GroupTable safe_means(const std::vector<std::uint32_t>& group, const std::vector<double>& value,
                      std::uint64_t seed, std::size_t fewest = fewest_in_group);

}
