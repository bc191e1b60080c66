#pragma once

#include <memory>

#include "models/laboratory/laws.hpp"

namespace cercle::models {

/// Counts the nodes in each state after a step and notes when a run came to rest.
std::unique_ptr<sim::Process> tally_process(const LaboratoryLaw& law);

}
