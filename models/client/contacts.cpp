#include "models/catalogue.hpp"
#include "models/client/market_process.hpp"

namespace cercle::models {

namespace {

/// Notes what its contacts show each client served: the main one counts .7, the second .3; who is
/// absent gives the weight to the other.
class Contacts final : public MarketProcess {
    void serve(MarketView& market, const MarketBlock& block) const override {
        Clients& client = market.clients;
        const Employees& staff = market.staff;
        const ServedRows& served = block.served;
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::size_t row = block.rows.first + served.offset[k];
            const std::size_t main = client.contact[row] * block.rows.lanes + served.lane[k];
            const std::size_t second =
                client.second_contact[row] * block.rows.lanes + served.lane[k];
            const float main_weight = 0.7F * staff.present[main];
            const float second_weight = 0.3F * staff.present[second];
            const float weight = main_weight + second_weight;
            const float share = weight > 0.0F ? 1.0F / weight : 0.0F;
            client.contact_present[row] = weight > 0.0F ? 1.0F : 0.0F;
            client.contact_shown[row] =
                share * (main_weight * staff.shown[main] + second_weight * staff.shown[second]);
            client.contact_member[row] =
                share * (main_weight * static_cast<float>(staff.member[main]) +
                         second_weight * static_cast<float>(staff.member[second]));
        }
    }
};

}

Law contacts_law() {
    return {
        .name = "client.contacts",
        .stage = "encounter",
        .meaning = "notes what the contacts of each client showed when the step began",
        .equations = "E1",
        .build = [](const sim::Settings&) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Contacts>();
        },
    };
}

}
