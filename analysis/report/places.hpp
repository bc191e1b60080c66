#pragma once

#include <string>
#include <vector>

namespace cercle::analysis {

/// Where something is drawn; any unit.
struct Place {
    double x = 0.0;
    double y = 0.0;
};

/// Places of people so that those of a team lie together: teams around a ring by the number of
/// their people, each a sunflower. Depends on the teams alone, so people do not move.
std::vector<Place> places_by_team(const std::vector<std::string>& teams);

/// The same teams, those of fewer than `smallest` counted people put together under one name; the
/// smallest of the others join them until these are enough.
std::vector<std::string> without_small_teams(std::vector<std::string> teams,
                                             const std::vector<bool>& counted, std::size_t smallest,
                                             const std::string& together);

}
