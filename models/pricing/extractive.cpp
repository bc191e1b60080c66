#include <algorithm>

#include "models/pricing/rules.hpp"

namespace cercle::models {

PriceRule extractive_price() {
    return {
        .name = "extractive",
        .meaning = "above the market, as far as clients bear",
        .parameters = {{"pricing.extractive.ratio", 1.12, "1", sim::between(0.7, 1.3), "assumed",
                        "price over the price elsewhere"}},
        .build = [](const sim::Settings& settings) -> std::function<float(const PriceSituation&)> {
            return [ratio = settings.real("pricing.extractive.ratio")](const PriceSituation& now) {
                return now.market_price * ratio;
            };
        },
    };
}

}
