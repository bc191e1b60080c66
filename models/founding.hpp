#pragma once

#include <cstdint>
#include <vector>

#include "sim/graph.hpp"
#include "sim/parameter.hpp"
#include "sim/world.hpp"

namespace cercle::models {

/// Where people stand and who knows whom, before anyone has a name: what all replicates of a design
/// point share. Positions of a firm are neighbours, and within it those of a team.
struct Layout {
    struct Team {
        std::uint32_t firm;
        std::uint32_t first_position;
        std::uint32_t positions;
    };
    /// A client of the start and who serves it.
    struct Service {
        std::uint32_t client;
        std::uint32_t firm;
        std::uint32_t contact;
        std::uint32_t second_contact; ///< `nobody`: drawn in the contact's team
    };

    std::size_t firms = 1;
    std::size_t clients = 0;
    std::vector<std::uint32_t> firm, team, site, manager; ///< of each position
    std::vector<std::uint8_t> is_manager, occupied;       ///< of each position
    /// Measured set points of who holds each position first and of each client, logit; NaN, or an
    /// empty list: drawn.
    std::vector<float> set_point, client_set_point;
    std::vector<Team> teams;
    std::vector<Service> served;
    std::vector<std::uint32_t> segment; ///< of each client
    sim::Graph colleague, client;

    std::size_t positions() const { return firm.size(); }
};

/// Tables of parameters that only the founding of a world reads.
const sim::ParameterTable& founding_parameters();

/// A world at its start (step 0): people with set points and tenures, clients served, firms with
/// their first capital. The same layout, settings and source always found the same world.
sim::World found(const Layout& layout, const sim::Settings& settings, const sim::Source& source);

}
