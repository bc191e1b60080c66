#pragma once

#include "models/state.hpp"
#include "sim/random.hpp"

namespace cercle::models {

/// Lists the occupied positions of every firm in order, so that someone can be drawn at random:
/// the n-th of a firm stands in `roster` at row (first_position + n), and a team's are neighbours.
/// Also counts employees and members.
void call_roster(sim::World& world);

/// An employee of a firm drawn at random; the firm has at least one.
inline std::uint32_t in_firm(const sim::World& world, std::size_t firm_index, std::size_t lane,
                             std::uint32_t word) {
    const auto firm = firms(world);
    const std::size_t lanes = world.lanes();
    const auto count = static_cast<std::uint32_t>(firm.employees[firm_index * lanes + lane]);
    const std::size_t place = firm.first_position[firm_index] + sim::pick(word, count);
    return employees(world).roster[place * lanes + lane];
}

/// A present member of the team of a position drawn at random, another than the position itself
/// where there is one; the position itself where there is none.
std::uint32_t in_team_beside(const sim::World& world, std::uint32_t position, std::size_t lane,
                             std::uint32_t word);

}
