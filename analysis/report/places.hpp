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

}
