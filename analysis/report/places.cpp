#include "analysis/report/places.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <set>

namespace cercle::analysis {
namespace {

/// Radius of a team of so many people, each at a distance of about one from the next.
double radius_of(std::size_t people) { return 0.6 * std::sqrt(static_cast<double>(people)) + 0.4; }

}

std::vector<Place> places_by_team(const std::vector<std::string>& teams) {
    constexpr double gap = 0.5; ///< between teams
    const double golden_angle = std::numbers::pi * (3.0 - std::sqrt(5.0));
    std::map<std::string, std::vector<std::size_t>> members;
    std::vector<std::string> order;
    for (std::size_t person = 0; person < teams.size(); ++person) {
        if (!members.contains(teams[person])) order.push_back(teams[person]);
        members[teams[person]].push_back(person);
    }
    double around = 0.0;
    for (const std::string& team : order) around += 2.0 * radius_of(members[team].size()) + gap;
    const double ring = order.size() < 2 ? 0.0 : around / (2.0 * std::numbers::pi);
    std::vector<Place> places(teams.size());
    double along = 0.0;
    for (const std::string& team : order) {
        const auto& people = members[team];
        const double half = radius_of(people.size()) + gap / 2.0;
        const double angle =
            order.size() < 2 ? 0.0 : 2.0 * std::numbers::pi * (along + half) / around;
        for (std::size_t i = 0; i < people.size(); ++i) {
            const double from_centre = 0.6 * std::sqrt(static_cast<double>(i) + 0.5);
            const double turn = golden_angle * static_cast<double>(i);
            places[people[i]] = {ring * std::sin(angle) + from_centre * std::cos(turn),
                                 ring * std::cos(angle) + from_centre * std::sin(turn)};
        }
        along += 2.0 * half;
    }
    return places;
}

std::vector<std::string> without_small_teams(std::vector<std::string> teams,
                                             const std::vector<bool>& counted, std::size_t smallest,
                                             const std::string& together) {
    std::map<std::string, std::size_t> people;
    for (std::size_t i = 0; i < teams.size(); ++i) people[teams[i]] += counted[i] ? 1 : 0;
    std::vector<std::pair<std::size_t, std::string>> by_size;
    for (const auto& [team, count] : people) by_size.emplace_back(count, team);
    std::ranges::sort(by_size);
    std::set<std::string> joined;
    std::size_t in_all = 0;
    for (const auto& [count, team] : by_size) {
        const bool enough = joined.empty() || in_all >= smallest;
        if (count >= smallest && enough) break;
        joined.insert(team);
        in_all += count;
    }
    for (std::string& team : teams) {
        if (joined.contains(team)) team = together;
    }
    return teams;
}

}
