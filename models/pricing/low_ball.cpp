#include <algorithm>

#include "models/pricing/rules.hpp"

namespace cercle::models {

PriceRule low_ball_price() {
    return {
        .name = "low_ball",
        .meaning = "below the market, to win clients (claim C16)",
        .parameters = {{"pricing.low_ball.ratio", 0.84, "1", sim::between(0.7, 1.3), "assumed",
                        "price over the price elsewhere"}},
        .build = [](const sim::Settings& settings) -> std::function<float(const PriceSituation&)> {
            return [ratio = settings.real("pricing.low_ball.ratio")](const PriceSituation& now) {
                return now.market_price * ratio;
            };
        },
    };
}

}
