#include "models/patterns.hpp"

#include <cmath>
#include <limits>

#include "models/fixed.hpp"
#include "models/state.hpp"
#include "sim/correlation.hpp"
#include "sim/portable_math.hpp"

namespace cercle::models {

namespace {

constexpr double missing = std::numeric_limits<double>::quiet_NaN();

double engagement(const Employees& staff, std::size_t row) {
    return static_cast<double>(sim::logistic(staff.engagement[row]));
}

/// ICC(1) = (MSB - MSW) / (MSB + (n0 - 1) MSW), n0 the mean team size corrected for spread
/// (Shrout & Fleiss 1979; Donner 1986 for unequal sizes).
struct Groups {
    double groups = 0, people = 0, squares_of_sizes = 0, sum = 0, squares = 0, between = 0;

    void add(double size, double total, double total_of_squares) {
        if (size == 0) return;
        groups += 1;
        people += size;
        squares_of_sizes += size * size;
        sum += total;
        squares += total_of_squares;
        between += total * total / size;
    }
    double icc() const {
        if (groups < 2 || people <= groups) return missing;
        const double among = (between - sum * sum / people) / (groups - 1);
        const double within = (squares - between) / (people - groups);
        const double n0 = (people - squares_of_sizes / people) / (groups - 1);
        const double whole = among + (n0 - 1) * within;
        return whole > 0.0 ? (among - within) / whole : missing;
    }
};

double icc_of_teams(const sim::World& world, const Employees& staff, std::size_t lane) {
    const auto team = teams(world);
    Groups groups;
    for (std::size_t t = 0; t < team.firm.size(); ++t) {
        double size = 0, sum = 0, squares = 0;
        const std::size_t first = team.first_position[t];
        for (std::size_t p = first; p < first + team.positions[t]; ++p) {
            const std::size_t row = p * world.lanes() + lane;
            if (staff.occupied[row] == 0) continue;
            const double level = engagement(staff, row);
            size += 1;
            sum += level;
            squares += level * level;
        }
        groups.add(size, sum, squares);
    }
    return groups.icc();
}

}

Patterns patterns_of(const sim::World& world, std::size_t lane) {
    const auto staff = employees(world);
    sim::PairSums portfolio;
    sim::PairSums years;
    for (std::size_t row = lane; row < staff.occupied.size(); row += world.lanes()) {
        if (staff.present[row] > 0.0F && staff.portfolio_count[row] > 0) {
            portfolio.add(static_cast<double>(staff.shown[row]),
                          from_fixed(staff.portfolio_sum[row]) / staff.portfolio_count[row]);
        }
        if (staff.occupied[row] != 0 && staff.tenure[row] >= 12.0F) {
            years.add(static_cast<double>(sim::logistic(staff.engagement_last_year[row])),
                      engagement(staff, row));
        }
    }
    return {icc_of_teams(world, staff, lane), portfolio.correlation(), years.correlation()};
}

}
