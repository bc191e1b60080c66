#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "scenarios/reader.hpp"

namespace cercle::scenarios {
namespace {

constexpr double most_points_of_design = 1e7;

bool wants_size(const std::string& method) {
    constexpr std::array sampled{"random", "lhs", "sobol", "saltelli", "morris"};
    return std::ranges::find(sampled, method) != sampled.end();
}

bool wants_levels(const std::string& method) {
    return method == "grid" || method == "zip" || method == "oat";
}

/// What a method cannot do with so many factors or with the size it was given; "" when it can.
std::string problem_of(const DesignMethod& method, const std::vector<Factor>& factors) {
    const std::string& name = method.name;
    if (name == "none") {
        return factors.empty() ? ""
                               : "factors without a design (nothing says how to vary them) write "
                                 "[design] and method = \"grid\" or another";
    }
    if (factors.empty()) {
        return fmt::format("design.method = \"{}\" without a [[factor]] (nothing is varied)", name);
    }
    if (wants_size(name) && method.size == 0)
        return fmt::format("design.method = \"{}\" without a size (how many points)", name);
    if (name == "saltelli" && factors.size() == 1) {
        return "design.method = \"saltelli\" with one factor (its indices share the variance out "
               "between factors) add a second [[factor]], or use method = \"oat\"";
    }
    return "";
}

/// What a method cannot do with the levels of a factor; "" when it can.
std::string problem_of(const std::string& method, const Factor& factor, const Factor& first) {
    if (wants_levels(method) && factor.count() == 0) {
        return fmt::format("factor {} has a range without levels (method \"{}\" wants a number of "
                           "them) add levels = 5, or list them",
                           factor.name, method);
    }
    if (method == "zip" && factor.count() != first.count()) {
        return fmt::format("factor {} has {} levels and factor {} has {} (zip takes one of each at "
                           "a time)",
                           first.name, first.count(), factor.name, factor.count());
    }
    return "";
}

}

void check_design(const DesignMethod& method, const std::vector<Factor>& factors, Place place,
                  ProblemList& problems) {
    const auto complain = [&](const std::string& about, const std::string& sentence) {
        if (!sentence.empty()) problems.add(place, about, sentence);
    };
    complain("design", problem_of(method, factors));
    if (method.name == "none" || factors.empty()) return;
    for (const Factor& factor : factors)
        complain(factor.name, problem_of(method.name, factor, factors.front()));
    const double points = points_of(method, factors);
    if (points > most_points_of_design) {
        complain("design", fmt::format("the design has {:.3g} points (at most {:.0e})", points,
                                       most_points_of_design));
    }
}

}
