#include <algorithm>

#include "models/pricing/rules.hpp"

namespace cercle::models {

PriceRule fair_price() {
    return {
        .name = "fair",
        .meaning = "the sincere price: full cost and a modest margin on the price",
        .parameters =
            {{"pricing.fair.margin", 0.05, "fraction", sim::between(0, 0.9), "assumed",
              "margin on the price that keeps supply, innovation and skills (claim C13)"}},
        .build = [](const sim::Settings& settings) -> std::function<float(const PriceSituation&)> {
            return [margin = settings.real("pricing.fair.margin")](const PriceSituation& now) {
                return now.unit_cost / (1.0F - std::max(0.0F, margin - now.margin_given_up));
            };
        },
    };
}

}
