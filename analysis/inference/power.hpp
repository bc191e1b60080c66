#pragma once

#include <functional>
#include <string>
#include <vector>

#include "analysis/inference/calibration.hpp"

namespace cercle::analysis {

/// A survey one could make: waves three months apart, some of whom answer, clients handed over.
struct SurveyPlan {
    std::size_t waves = 8;
    double response = 0.8;
    std::size_t handovers = 0;
};

/// What such a survey would find in one channel.
struct PlannedPower {
    std::string channel;
    SurveyPlan plan;
    std::size_t handovers = 0;          ///< made: the roster may allow fewer than planned
    Obstacle obstacle = Obstacle::none; ///< why it cannot be tested; then there are no points
    bool evidence_possible = false;     ///< V5, and not only a significant test (V4)
    std::size_t panels = 0;
    Calibration found = {}; ///< powers only
};

struct PowerOptions {
    std::size_t panels = 100; ///< simulated for each plan and weight
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    std::function<void(std::size_t, std::size_t)> progress = [](std::size_t, std::size_t) {};
};

/// The roster and ties of a survey with the answers and hand-overs of a plan in place of its own.
/// Hand-overs give clients to a team mate of their contact; as many as planned, if the roster has
/// as many clients whose contact has team mates.
Survey planned_survey(const Survey& roster, const SurveyPlan& plan, std::uint64_t seed);

/// Power against waves and response rate for ties among people, against hand-overs for clients.
/// Throws UserError when there is no tie to be asked about.
std::vector<PlannedPower> power_of(const Survey& roster, const PowerOptions& options);

}
