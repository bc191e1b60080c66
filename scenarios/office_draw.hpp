#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/office_figures.hpp"
#include "sim/graph.hpp"

/// The three steps of draw_office.
namespace cercle::scenarios {

/// Draws who meets whom: exactly the ties of each pair of departments, between people in proportion
/// to the product of their activities (Karrer and Newman 2011), which are spread so that the
/// degrees are spread as measured.
std::vector<sim::Tie> draw_acquaintances(const OfficeFigures& office, std::uint64_t seed);

/// Swaps the partners of pairs of ties, keeping degrees and the ties of each pair of departments,
/// until the transitivity is that measured or many swaps did not bring it nearer.
void close_triangles(std::vector<sim::Tie>& ties, const OfficeFigures& office, std::uint64_t seed);

/// Gives the ties their contacts: exactly those of each pair of departments, at least one each,
/// spread over ties and over people as measured.
void share_contacts(std::vector<sim::Tie>& ties, const OfficeFigures& office, std::uint64_t seed);

}
