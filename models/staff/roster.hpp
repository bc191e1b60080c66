#pragma once

#include "models/state.hpp"
#include "sim/random.hpp"

namespace cercle::models {

/// Lists the occupied positions of every firm in order, so that someone can be drawn at random:
/// the n-th of a firm stands in `roster` at row (first_position + n), and a team's are neighbours.
/// Also counts employees and members.
void call_roster(sim::World& world);

/// Draws people from the roster.
class Roster {
public:
    explicit Roster(const sim::World& world)
        : firm_(firms(world)), staff_(employees(world)), team_(teams(world)),
          lanes_(world.lanes()) {}

    /// An employee of a firm drawn at random; the firm has at least one.
    std::uint32_t in_firm(std::size_t firm, std::size_t lane, std::uint32_t word) const;
    /// A present member of the team of a position drawn at random, another than the position itself
    /// where there is one; the position itself where there is none.
    std::uint32_t in_team_beside(std::uint32_t position, std::size_t lane,
                                 std::uint32_t word) const;

private:
    const Firms firm_;
    const Employees staff_;
    const Teams team_;
    std::size_t lanes_;
};

}
