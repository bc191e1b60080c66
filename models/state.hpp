#pragma once

#include <cstdint>

#include "models/clients.hpp"
#include "models/employees.hpp"
#include "models/firms.hpp"
#include "sim/world.hpp"

namespace cercle::models {

/// The populations of a world, as `World::populations` holds them.
enum class Kind : std::uint8_t { firms, employees, clients, teams, sites, environment };

/// The graphs of a world, as `World::graphs` holds them.
enum class Network : std::uint8_t { colleague, client };

inline constexpr std::uint32_t nobody = 0xffffffffU;

/// Teams: their shared shock and where their members stand in the roster.
struct Teams {
    Column<float> shock;
    Column<std::uint32_t> roster_first, roster_count;
    Column<std::uint32_t> firm, first_position, positions;

    void each(auto&& field);
};

/// Sites: places that ties may follow and that no record names; one hidden shock each.
struct Sites {
    Column<float> shock;

    void each(auto&& field);
};

/// What surrounds all firms.
struct Environment {
    Column<float> market_price, market_deviation, shock, reached, outside_start;

    void each(auto&& field);
};

inline Firms firms(sim::World& world) {
    return sim::view_of<Firms>(world.populations[static_cast<std::size_t>(Kind::firms)]);
}
inline Employees employees(sim::World& world) {
    return sim::view_of<Employees>(world.populations[static_cast<std::size_t>(Kind::employees)]);
}
inline Clients clients(sim::World& world) {
    return sim::view_of<Clients>(world.populations[static_cast<std::size_t>(Kind::clients)]);
}
inline const Teams teams(const sim::World& world) {
    return sim::view_of<Teams>(world.populations[static_cast<std::size_t>(Kind::teams)]);
}
inline Teams teams(sim::World& world) {
    return sim::view_of<Teams>(world.populations[static_cast<std::size_t>(Kind::teams)]);
}
inline Sites sites(sim::World& world) {
    return sim::view_of<Sites>(world.populations[static_cast<std::size_t>(Kind::sites)]);
}
inline Environment environment(sim::World& world) {
    return sim::view_of<Environment>(
        world.populations[static_cast<std::size_t>(Kind::environment)]);
}
inline const Firms firms(const sim::World& world) {
    return sim::view_of<Firms>(world.populations[static_cast<std::size_t>(Kind::firms)]);
}
inline const Employees employees(const sim::World& world) {
    return sim::view_of<Employees>(world.populations[static_cast<std::size_t>(Kind::employees)]);
}
inline const Clients clients(const sim::World& world) {
    return sim::view_of<Clients>(world.populations[static_cast<std::size_t>(Kind::clients)]);
}
inline const Environment environment(const sim::World& world) {
    return sim::view_of<Environment>(
        world.populations[static_cast<std::size_t>(Kind::environment)]);
}
inline const sim::Graph& network(const sim::World& world, Network which) {
    return world.graphs[static_cast<std::size_t>(which)];
}

/// The row of the firm that an employee's row belongs to.
inline std::size_t firm_row(const Employees& staff, std::size_t row, std::size_t lanes) {
    return staff.firm[row / lanes] * lanes + row % lanes;
}
/// The row of the firm that serves a client's row; the client is served by one.
inline std::size_t firm_row(const Clients& market, std::size_t row, std::size_t lanes) {
    return static_cast<std::size_t>(market.firm[row]) * lanes + row % lanes;
}

inline std::size_t count_of(const sim::World& world, Kind kind) {
    return world.populations[static_cast<std::size_t>(kind)].size();
}

void Teams::each(auto&& field) {
    field(shock, "shock", "logit", "recorded shock shared by the team");
    field(roster_first, "roster_first", "1", "first place of the team in its firm's roster");
    field(roster_count, "roster_count", "1", "occupied positions of the team");
    field(firm, "firm", "1", "firm of the team", Extent::entity);
    field(first_position, "first_position", "1", "first position of the team", Extent::entity);
    field(positions, "positions", "1", "positions of the team", Extent::entity);
}

void Sites::each(auto&& field) {
    field(shock, "shock", "logit", "hidden shock shared by the site");
}

void Environment::each(auto&& field) {
    field(market_price, "market_price", "EUR/month", "price of one unit elsewhere");
    field(market_deviation, "market_deviation", "1", "log deviation of the market price");
    field(shock, "shock", "logit", "shock shared by everyone");
    field(reached, "reached", "1", "probability that someone outside hears of a firm");
    field(outside_start, "outside_start", "1", "clients served elsewhere when the world began");
}

}
