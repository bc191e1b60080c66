#pragma once

#include <span>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "analysis/statistics.hpp"
#include "scenarios/scenario.hpp"
#include "sim/results_file.hpp"

namespace cercle::analysis {

/// A ratio of mean responses, with its jackknife interval.
struct Response {
    double value = not_known;
    Interval interval;
};

/// How engagement comes back to where it started: employees, then clients, then employees.
/// With a lasting push on employees (world B) and on clients (C), each against the same world
/// without (A), to first order
///   along = dy_B / dx_B,  back = dx_C / dy_C,  gain = along back,  amplification = 1 / (1 - gain),
/// x being the mean engagement of employees, y of clients: what a push does in the end, over what
/// it would do if nobody answered. No channel has to be cut for it.
struct LoopGain {
    Response along; ///< change of clients for a change of employees
    Response back;  ///< change of employees for a change of clients
    Response gain;
    Response amplification;
    std::size_t pairs = 0;
    double confidence = 0.95;
};

/// Differences from the undisturbed world, one for each replicate; NaN where it is not finished.
struct PushedWorlds {
    std::span<const double> employees_of_pushed_employees, clients_of_pushed_employees;
    std::span<const double> employees_of_pushed_clients, clients_of_pushed_clients;
};
LoopGain loop_gain(const PushedWorlds& worlds, double confidence);

/// Whether the arms are a world without impulse, one with `impulse.employee` and one with
/// `impulse.client`.
bool can_tell_loop_gain(const scenarios::Scenario& scenario);

/// From such a study, the changes of a replicate added up over its design points: they share their
/// random events. Throws UserError where fewer than two replicates are finished in all worlds.
LoopGain loop_gain(const sim::ResultsReader& results, const scenarios::Scenario& scenario,
                   double confidence);

std::string loop_gain_text(const LoopGain& gain);
nlohmann::ordered_json loop_gain_json(const LoopGain& gain);

}
