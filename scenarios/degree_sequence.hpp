#pragma once

#include <cstdint>
#include <vector>

#include "sim/parameter.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// The degree of each node of the generator `configuration`: `network.colleague.degree_file` (a CSV
/// file with a column degree, relative to `folder`), or `network.colleague.degrees`, which goes
/// round again when it is shorter than the nodes. Throws UserError with every problem, also where
/// no simple graph has these degrees.
std::vector<std::uint32_t> degree_sequence(const sim::Settings& settings,
                                           const sim::TextFolder& folder);

}
