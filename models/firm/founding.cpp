#include "models/firm/founding.hpp"

#include <algorithm>
#include <cmath>

#include "models/rare_draws.hpp"
#include "sim/portable_math.hpp"

namespace cercle::models {

FirmFounding::FirmFounding(const sim::Settings& settings)
    : policies_(settings), rivals_(settings.number("market.rivals")),
      efficiency_sd_(settings.real("firm.efficiency_sd")) {
    const double cost = settings.number("firm.wage") + settings.number("firm.overhead") +
                        settings.number("innovation.plan");
    capital_each_ = settings.number("firm.initial_cash") * cost * 100.0;
    cost_of_client_ =
        static_cast<float>(cost / settings.number("network.service.clients_per_employee"));
}

bool FirmFounding::is_rival(std::size_t firm) const {
    const auto before = static_cast<double>(firm);
    return std::floor((before + 1.0) * rivals_) > std::floor(before * rivals_);
}

void FirmFounding::open(const sim::World& world, Firms& firm, std::size_t home,
                        const FirstDay& day) const {
    const std::size_t which = home / world.lanes();
    const RareDraws draw{world.source, static_cast<std::uint32_t>(which),
                         static_cast<std::uint32_t>(home % world.lanes()), firm.foundings[home]++};
    firm.alive[home] = 1;
    firm.policy[home] = founded_as(is_rival(which));
    firm.efficiency[home] = sim::exp(efficiency_sd_ * sim::normal(draw(sim::Draw::efficiency)));
    firm.price[home] = firm.price_reference[home] = day.price;
    firm.unit_cost[home] = firm.cost_reference[home] = cost_of_client_;
    firm.wage_factor[home] = firm.innovation[home] = 1.0F;
    firm.voice[home] = policies_[firm.policy[home]].voice;
    firm.member_share[home] = static_cast<float>(firm.members[home]) /
                              static_cast<float>(std::max(firm.employees[home], 1));
    firm.founders[home] = firm.employees_before[home] = firm.employees[home];
    const std::int64_t capital =
        std::max<std::int64_t>(std::llround(capital_each_ * firm.employees[home]), day.stakes);
    firm.capital[home] = firm.highest_capital[home] = capital;
    firm.cash[home] = firm.cash_before[home] = capital;
}

}
