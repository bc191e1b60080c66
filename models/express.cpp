#include <algorithm>

#include "models/catalogue.hpp"
#include "models/client/served.hpp"
#include "models/fixed.hpp"
#include "models/rates.hpp"
#include "models/reference.hpp"

namespace cercle::models {

namespace {

/// What people express to others in this step: x and y as they stand when it begins, so that
/// employees and clients move simultaneously (model decision 2). An employee of authenticity alpha
/// shows mE + alpha (x - mE).
class Express final : public sim::Process {
public:
    explicit Express(const sim::Settings& settings)
        : reference_(settings), months_(settings.number("time.step")) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto staff = employees(world);
        auto market = clients(world);
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::employees), lanes, [&](auto first, auto last) {
            show_staff(staff, first * lanes, last * lanes);
            if (!ends_period(tick.step - 1, months_, 12.0)) return;
            for (std::size_t row = first * lanes; row < last * lanes; ++row) {
                staff.engagement_last_year[row] = staff.engagement[row];
            }
        });
        sim::for_each_block(count_of(world, Kind::clients), lanes, [&](auto first, auto last) {
            std::copy(market.engagement.data() + first * lanes,
                      market.engagement.data() + last * lanes, market.shown.data() + first * lanes);
        });
        add_portfolios(world, staff, market);
    }

private:
    void show_staff(Employees& staff, std::size_t first, std::size_t last) const {
        const float mean = reference_.employee;
        for (std::size_t row = first; row < last; ++row) {
            const float present = staff.occupied[row] ? 1.0F : 0.0F;
            const float shown = mean + staff.authenticity[row] * (staff.engagement[row] - mean);
            staff.present[row] = present;
            staff.shown[row] = present * shown;
            staff.portfolio_sum[row] = 0;
            staff.portfolio_count[row] = 0;
        }
    }

    /// Whole numbers add up the same in any order.
    static void add_portfolios(const sim::World& world, Employees& staff, const Clients& market) {
        const std::size_t lanes = world.lanes();
        const std::size_t count = count_of(world, Kind::clients);
        for (std::size_t first = 0; first < count; first += sim::block_entities) {
            const BlockRows block(first, std::min(first + sim::block_entities, count), lanes);
            const ServedRows served(market, block);
            for (std::size_t k = 0; k < served.count; ++k) {
                const std::size_t row = block.first + served.offset[k];
                const std::size_t contact = market.contact[row] * lanes + served.lane[k];
                staff.portfolio_sum[contact] += to_fixed(market.shown[row]);
                ++staff.portfolio_count[contact];
            }
        }
    }

    Reference reference_;
    double months_;
};

}

Law express_law() {
    return {
        .name = "express",
        .stage = "shock",
        .meaning = "notes what employees and clients show each other in this step",
        .equations = "E1",
        .parameters =
            {
                {"employee.authenticity", 1.0, "fraction", sim::fraction,
                 "assumed; Hennig-Thurau et al. 2006 for the direction",
                 "share of an employee's feeling that shows to others, alpha"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Express>(settings);
        },
    };
}

}
