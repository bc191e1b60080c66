#pragma once

#include "models/state.hpp"

namespace cercle::models {

/// What a client's contacts show it: the main one counts .7, the second .3; who is absent gives the
/// weight to the other.
struct ContactMood {
    float present; ///< 0 when neither contact is there
    float shown;   ///< mean of what they show, logit
    float member;  ///< share of members among them
};

inline ContactMood mood_of_contacts(const Employees& staff, const Clients& market, std::size_t row,
                                    std::size_t lane, std::size_t lanes) {
    const std::size_t main = market.contact[row] * lanes + lane;
    const std::size_t second = market.second_contact[row] * lanes + lane;
    const float main_weight = 0.7F * staff.present[main];
    const float second_weight = 0.3F * staff.present[second];
    const float weight = main_weight + second_weight;
    if (weight == 0.0F) return {0.0F, 0.0F, 0.0F};
    return {1.0F, (main_weight * staff.shown[main] + second_weight * staff.shown[second]) / weight,
            (main_weight * static_cast<float>(staff.member[main]) +
             second_weight * static_cast<float>(staff.member[second])) /
                weight};
}

}
