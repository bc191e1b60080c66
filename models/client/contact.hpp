#pragma once

#include "models/client/served.hpp"
#include "models/state.hpp"

namespace cercle::models {

/// Notes what its contacts show each client served: the main one counts .7, the second .3; who is
/// absent gives the weight to the other.
inline void note_contacts(Clients& market, const Employees& staff, const BlockRows& block) {
    const ServedRows served(market, block);
    for (std::size_t k = 0; k < served.count; ++k) {
        const std::size_t row = block.first + served.offset[k];
        const std::size_t main = market.contact[row] * block.lanes + served.lane[k];
        const std::size_t second = market.second_contact[row] * block.lanes + served.lane[k];
        const float main_weight = 0.7F * staff.present[main];
        const float second_weight = 0.3F * staff.present[second];
        const float weight = main_weight + second_weight;
        const float share = weight > 0.0F ? 1.0F / weight : 0.0F;
        market.contact_present[row] = weight > 0.0F ? 1.0F : 0.0F;
        market.contact_shown[row] =
            share * (main_weight * staff.shown[main] + second_weight * staff.shown[second]);
        market.contact_member[row] =
            share * (main_weight * static_cast<float>(staff.member[main]) +
                     second_weight * static_cast<float>(staff.member[second]));
    }
}

}
