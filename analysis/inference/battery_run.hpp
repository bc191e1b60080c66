#pragma once

#include <functional>

#include "analysis/inference/battery_report.hpp"
#include "analysis/inference/privacy.hpp"

namespace cercle::analysis {

struct BatteryOptions {
    std::size_t permutations = 999;
    std::size_t calibration_panels = 200; ///< of each simulated world; 0: none
    std::string outcome = {};             ///< instrument; "" the one most answered
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    /// Told how many of how many simulated panels are done.
    std::function<void(std::size_t, std::size_t)> progress = [](std::size_t, std::size_t) {};
};

/// The whole battery: every channel the survey has, calibrated, with verdicts. Throws UserError
/// when there are no ties or no scores.
BatteryReport run_battery(const Survey& survey, const BatteryOptions& options);

/// Mean answers of teams in the last wave of employees, as far as they may be told.
GroupTable team_means(const Survey& survey);

}
