#include "scenarios/office.hpp"

#include "scenarios/office_draw.hpp"

namespace cercle::scenarios {

std::vector<sim::Tie> draw_office(const OfficeFigures& office, std::uint64_t seed) {
    std::vector<sim::Tie> ties = draw_acquaintances(office, seed);
    close_triangles(ties, office, seed);
    share_contacts(ties, office, seed);
    return ties;
}

}
