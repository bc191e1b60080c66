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
    std::size_t panels = 0;
    std::vector<PowerPoint> points; ///< by weight
    double detectable = not_known;  ///< weight of contacts found four times in five
};

struct PowerOptions {
    std::size_t panels = 100; ///< simulated for each plan and weight
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    std::function<void(std::size_t, std::size_t)> progress = [](std::size_t, std::size_t) {};
};

/// The roster and ties of a survey with the answers and hand-overs of a plan in place of its own.
/// Hand-overs give clients to a team mate of their contact.
Survey planned_survey(const Survey& roster, const SurveyPlan& plan, std::uint64_t seed);

/// What counts as found: evidence (V5, V6) where clients are handed over, a significant test (V4 or
/// more) where nothing else can be had.
double PowerPoint::*found_by(const SurveyPlan& plan);

/// Power against waves and response rate for ties among people, against hand-overs for clients.
/// Throws UserError when there is no tie to be asked about.
std::vector<PlannedPower> power_of(const Survey& roster, const PowerOptions& options);

}
