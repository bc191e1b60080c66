#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace cercle::scenarios {

/// Where the assumed values of a claim lie: as given, or the named ones at an end.
enum class AssumedEnd { given, low, high };

/// The arms of a claim's scenario at one choice of assumed values.
struct ClaimPoint {
    AssumedEnd end = AssumedEnd::given;
    std::vector<std::string> changes;        ///< "fairness.transparency = 0"
    std::map<std::string, std::size_t> arms; ///< by name, the arm of the plan's scenario
};

/// A claim's arms as given, at both ends of each assumed value, and with all of them at their low
/// or at their high ends: one scenario of which each different world is one arm.
struct ClaimPlan {
    Scenario scenario;
    std::vector<ClaimPoint> points; ///< the first: as given
};

/// An assumed value is moved in the arms that share it with the first arm of the contrast; where
/// the arms differ in it, it is the strength of the mechanism itself, and an arm without the
/// mechanism stays as it is.
ClaimPlan plan_claim(const Scenario& scenario);

/// The claim's arms where its mechanism does nothing: its null world, or, where it has none, the
/// arm without the mechanism in place of each.
ClaimPlan null_plan(const Scenario& scenario);

}
