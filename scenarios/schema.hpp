#pragma once

#include <string>

#include "scenarios/vocabulary.hpp"

namespace cercle::scenarios {

/// The schema in a vocabulary of one's own; the other scenario_schema uses the program's.
std::string scenario_schema(const Vocabulary& vocabulary);

}
