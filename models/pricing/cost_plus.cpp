#include <algorithm>

#include "models/pricing/rules.hpp"

namespace cercle::models {

PriceRule cost_plus_price() {
    return {
        .name = "cost_plus",
        .meaning = "full cost and a markup on the cost",
        .parameters = {{"pricing.cost_plus.markup", 0.08, "fraction", sim::between(0, 5), "assumed",
                        "markup on full cost"}},
        .build = [](const sim::Settings& settings) -> std::function<float(const PriceSituation&)> {
            return [markup = settings.real("pricing.cost_plus.markup")](const PriceSituation& now) {
                return now.unit_cost * (1.0F + std::max(0.0F, markup - now.margin_given_up));
            };
        },
    };
}

}
