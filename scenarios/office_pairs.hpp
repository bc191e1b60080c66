#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "scenarios/office_figures.hpp"
#include "sim/graph.hpp"

namespace cercle::scenarios {

/// Two departments (or one twice) and what is measured between their people.
struct DepartmentPair {
    std::size_t one = 0;
    std::size_t other = 0; ///< >= one
    std::size_t pairs = 0; ///< pairs of people there are
    std::size_t ties = 0;
    std::size_t contacts = 0;
};

/// Every pair of departments once, by one, then other.
std::vector<DepartmentPair> department_pairs(const OfficeFigures& office);

/// The department of each person.
std::vector<std::uint32_t> department_of_people(const OfficeFigures& office);

/// Shares `total` among `parts` by largest remainder, in proportion to them; of equal remainders
/// the first wins. All parts 0: nothing is shared.
std::vector<std::size_t> shared_out(std::size_t total, const std::vector<double>& parts);

/// 0-centred numbers as evenly spread as those of a standard normal, in ascending order.
std::vector<double> normal_quantiles(std::size_t count);

}
