#pragma once

#include "models/rare_draws.hpp"
#include "models/state.hpp"

namespace cercle::models {

/// What a person brings to a position, drawn by (position, which occupant): the same people come in
/// paired worlds, whenever they come.
struct PersonTraits {
    float mean; ///< mE
    float set_point_sd;
    float authenticity;
    float trait_link; ///< correlation of set point and latent trait

    explicit PersonTraits(const sim::Settings& settings)
        : mean(settings.real("employee.mean")),
          set_point_sd(settings.real("employee.set_point_sd")),
          authenticity(settings.real("employee.authenticity")),
          trait_link(settings.real("rewiring.trait_link")) {}

    /// Seats an occupant: set point, trait, taste; engagement at the set point, tenure 0.
    void seat(const sim::World& world, Employees& staff, std::size_t row) const {
        const std::size_t lanes = world.lanes();
        const RareDraws draw{world.source, static_cast<std::uint32_t>(row / lanes),
                             static_cast<std::uint32_t>(row % lanes), staff.occupant[row]};
        const float own = sim::normal(draw(sim::Draw::set_point));
        const float other = sim::normal(draw(sim::Draw::trait));
        staff.occupied[row] = 1;
        staff.member[row] = 0;
        staff.stake[row] = 0;
        staff.tenure[row] = 0.0F;
        staff.set_point[row] = mean + set_point_sd * own;
        staff.trait[row] = trait_link * own + std::sqrt(1.0F - trait_link * trait_link) * other;
        staff.taste[row] = sim::normal(draw(sim::Draw::taste));
        staff.authenticity[row] = authenticity;
        staff.engagement[row] = staff.set_point[row];
        staff.will[row] = staff.set_point[row];
        staff.conviction[row] = staff.set_point[row];
        staff.drift[row] = 0.0F;
        staff.autonomy[row] = 0.45F;
        staff.competence[row] = 0.475F;
        staff.relatedness[row] = 0.45F;
    }
};

}
