#include "models/staff/roster.hpp"

namespace cercle::models {

void call_roster(sim::World& world) {
    auto firm = firms(world);
    auto team = teams(world);
    auto staff = employees(world);
    const std::size_t lanes = world.lanes();
    for (std::size_t row = 0; row < firm.employees.size(); ++row) {
        firm.employees[row] = 0;
        firm.members[row] = 0;
    }
    for (std::size_t t = 0; t < team.firm.size(); ++t) {
        const std::size_t first = team.first_position[t];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::size_t home = team.firm[t] * lanes + lane;
            const auto before = static_cast<std::uint32_t>(firm.employees[home]);
            std::uint32_t count = 0;
            for (std::size_t position = first; position < first + team.positions[t]; ++position) {
                const std::size_t row = position * lanes + lane;
                if (staff.occupied[row] == 0) continue;
                const std::size_t place = firm.first_position[team.firm[t]] + before + count++;
                staff.roster[place * lanes + lane] = static_cast<std::uint32_t>(position);
                firm.members[home] += staff.member[row];
            }
            team.roster_first[t * lanes + lane] = before;
            team.roster_count[t * lanes + lane] = count;
            firm.employees[home] += static_cast<std::int32_t>(count);
        }
    }
}

std::uint32_t Roster::in_firm(std::size_t firm, std::size_t lane, std::uint32_t word) const {
    const auto count = static_cast<std::uint32_t>(firm_.employees[firm * lanes_ + lane]);
    const std::size_t place = firm_.first_position[firm] + sim::pick(word, count);
    return staff_.roster[place * lanes_ + lane];
}

std::uint32_t Roster::in_team_beside(std::uint32_t position, std::size_t lane,
                                     std::uint32_t word) const {
    const std::size_t own = staff_.team[position] * lanes_ + lane;
    const bool listed = staff_.occupied[position * lanes_ + lane] != 0;
    const std::uint32_t others = team_.roster_count[own] - (listed ? 1U : 0U);
    if (others == 0) return position;
    const std::size_t first = firm_.first_position[staff_.firm[position]] + team_.roster_first[own];
    const std::uint32_t chosen = sim::pick(word, others);
    const std::uint32_t found = staff_.roster[(first + chosen) * lanes_ + lane];
    // The roster is in order of positions: whoever stands after the position moves up by one.
    return listed && found >= position ? staff_.roster[(first + chosen + 1) * lanes_ + lane]
                                       : found;
}

}
