#pragma once

#include <memory>
#include <span>
#include <string>

#include "sim/error.hpp"
#include "sim/parameter.hpp"
#include "sim/pipeline.hpp"

namespace cercle::models {

/// A mechanism of the model: its place in the step, its parameters and how to build its process.
struct Law {
    std::string name;                    ///< "needs", "contagion.employee"
    std::string stage;                   ///< the word of the schedule it belongs to: "engage"
    std::string meaning;                 ///< one sentence
    std::string equations;               ///< of docs/model.md: "E3"
    sim::ParameterTable parameters = {}; ///< the paths it owns
    /// The process for one arm's settings; none when the law has nothing to do there.
    std::unique_ptr<sim::Process> (*build)(const sim::Settings& settings) = nullptr;
    /// Adds what is wrong with values that are each in range but not together.
    void (*check)(const sim::Settings& settings, sim::Problems& problems) = nullptr;
};

/// Every law, in the order of a step.
std::span<const Law> laws();

/// The parameters of all laws and of the founding of a world.
const sim::ParameterTable& parameters();

/// The processes of a step for one arm's settings, in order.
sim::Pipeline pipeline_of(const sim::Settings& settings);

/// What is wrong with settings that are each in range but not together.
sim::Problems check(const sim::Settings& settings);

}
