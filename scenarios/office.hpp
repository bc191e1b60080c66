#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/office_figures.hpp"
#include "sim/graph.hpp"

namespace cercle::scenarios {

/// Draws the ties among the colleagues of an office, their weight being contacts: exactly the ties
/// and contacts of each pair of departments, and as closely as the people allow the spread of
/// degrees, of tie weights and of contacts per person, and the transitivity. People are numbered
/// department by department. The same seed draws the same office.
std::vector<sim::Tie> draw_office(const OfficeFigures& office, std::uint64_t seed);

}
