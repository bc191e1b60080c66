#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace cercle::apps {

/// The scenario a user names: a file, or stdin for "-".
scenarios::ScenarioSource scenario_input(const std::string& path,
                                         std::vector<std::string> overrides = {});

/// Threads of the machine, at least 1.
std::size_t machine_threads();

/// How the program was called, as a shell would take it.
std::string command_line_text();

/// System, processor and number of threads; no name of a host or person.
std::string machine_text();

}
