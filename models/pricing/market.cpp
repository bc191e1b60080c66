#include <algorithm>

#include "models/pricing/rules.hpp"

namespace cercle::models {

PriceRule market_price() {
    return {
        .name = "market",
        .meaning = "the price elsewhere",
        .parameters = {},
        .build = [](const sim::Settings&) -> std::function<float(const PriceSituation&)> {
            return [](const PriceSituation& now) {
                return now.market_price * (1.0F - now.margin_given_up);
            };
        },
    };
}

}
