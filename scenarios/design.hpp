#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "sim/parameter.hpp"

namespace cercle::scenarios {

/// What a study varies besides its arms: a parameter over levels or a range or, under `toggles`, a
/// mechanism: a group of parameters in which the two arms differ.
struct Factor {
    std::string name;                    ///< in results: the path, or the name of the group
    std::vector<std::string> paths;      ///< one, or those of the group
    std::vector<sim::Value> levels = {}; ///< the values it takes; empty for a range
    double low = 0.0, high = 1.0;        ///< of a range, both included
    std::size_t steps = 0;               ///< values of a range where a method wants levels
    bool logarithmic = false;            ///< equal ratios instead of equal distances
    bool whole = false;                  ///< only whole numbers of the range

    bool is_range() const { return levels.empty(); }
    /// How many values a grid takes of it.
    std::size_t count() const { return is_range() ? steps : levels.size(); }
    /// The entry of the design matrix for the i-th of them: the value if it is a number, else i.
    double entry(std::size_t i) const;
    /// The entry at a share u in [0, 1] of the range, or of the list of levels.
    double entry_at(double u) const;
    /// Whether its levels have an order only by being listed: three or more that are no numbers.
    bool is_nominal() const;
    /// What an entry stands for.
    sim::Value value(double entry) const;
};

/// Under toggles: the mechanism made of what no other names.
inline constexpr std::string_view other_differences = "other differences";

/// An entry that leaves a parameter as the arm has it.
inline constexpr double as_given = std::numeric_limits<double>::quiet_NaN();

/// A method to choose points, before they are chosen.
struct DesignMethod {
    std::string name = "none";
    /// Points of random, lhs and sobol; N of saltelli; trajectories of morris; orders of toggles
    /// (0: every mixture).
    std::size_t size = 0;
    std::uint64_t seed = 1; ///< apart from the seed of the runs
    std::size_t levels = 4; ///< of morris: even, the range is cut into levels - 1 steps

    /// Whether points are drawn, so that the seed counts.
    bool is_drawn() const;
};

/// The points of a study: a matrix with one row a point and one column a factor.
struct Design {
    DesignMethod method;
    std::vector<Factor> factors = {};
    std::vector<double> matrix = {}; ///< (point, factor)

    std::size_t points() const { return factors.empty() ? 1 : matrix.size() / factors.size(); }
    double entry(std::size_t point, std::size_t factor) const {
        return matrix[point * factors.size() + factor];
    }
};

/// Points chosen before the matrix is asked for: `rows` of a method "list" or "table".
Design make_design(const DesignMethod& method, std::vector<Factor> factors,
                   std::vector<double> rows = {});

/// The orders in which toggles of a size give the first arm's mechanisms to the second, one by one.
/// Each stands for its reverse too: the mixtures that one meets are those that the other lacks.
std::vector<std::vector<std::size_t>> toggle_orders(const DesignMethod& method,
                                                    std::size_t factors);

/// Number of points a method makes of its factors; saturates at 2^63.
double points_of(const DesignMethod& method, const std::vector<Factor>& factors);

}
