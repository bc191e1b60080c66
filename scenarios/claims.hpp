#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/embedded_file.hpp"

namespace cercle::scenarios {

/// The files of scenarios/claims, as built into the program.
std::span<const sim::EmbeddedFile> claim_files();

/// The names of the claims, by number: "C1", "C2", ...
std::vector<std::string> claim_names();

/// The scenario of a claim, named in capital or small letters; UserError with the nearest name when
/// there is no such claim.
Scenario claim_scenario(const std::string& name);

}
