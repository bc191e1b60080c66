#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace cercle::scenarios {

/// Where the assumed values of a claim lie: as given, or the named ones at their low or high ends,
/// or each where the effect is weaker, or stronger.
enum class AssumedEnd { given, low, high, weaker, stronger };

/// The arms of a claim's scenario at one choice of assumed values.
struct ClaimPoint {
    AssumedEnd end = AssumedEnd::given;
    std::vector<std::string> changes;        ///< "fairness.transparency = 0"
    std::map<std::string, std::size_t> arms; ///< by name, the arm of the plan's scenario
};

/// A claim's arms at some choices of assumed values: one scenario of which each different world is
/// one arm.
struct ClaimPlan {
    Scenario scenario;
    std::vector<ClaimPoint> points;
};

/// A claim's arms as given, and at both ends of each assumed value. An assumed value is moved in
/// the arms that share it with the first arm of the contrast; where the arms differ in it, it is
/// the strength of the mechanism itself, and an arm without the mechanism stays as it is.
ClaimPlan plan_claim(const Scenario& scenario);

/// The arms with every assumed value low, high or as given, in their order: one point, called
/// `corner` (weaker or stronger).
ClaimPlan plan_corner(const Scenario& scenario, std::span<const AssumedEnd> ends,
                      AssumedEnd corner);

/// The claim's arms in its null world, where its mechanism does nothing.
ClaimPlan null_plan(const Scenario& scenario);

}
