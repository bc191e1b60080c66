#include "models/catalogue.hpp"
#include "models/rates.hpp"
#include "models/state.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

/// E9: how fair a client finds its price, against the price held to be normal.
///   F = tanh(-4 (D)+ (1 - justified) + 2 (D)- - 12 t X + 4 t (inv/rev - .04)),  D = price/p^ - 1
/// justified: share of the rise since last year that unit cost explains (dual entitlement, Kahneman,
/// Knetsch & Thaler 1986); X: dividends over revenue; t: how much of the accounts clients see.
/// Then p^ moves to the mean of the price elsewhere and the price paid.
class Fairness final : public sim::Process {
public:
    explicit Fairness(const sim::Settings& settings)
        : transparency_(settings.real("fairness.transparency")),
          habit_(share_over(settings.number("fairness.habituation"), settings.number("time.step"))) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        auto market = clients(world);
        const auto firm = firms(std::as_const(world));
        const auto around = environment(std::as_const(world));
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::clients), lanes, [&](auto first, auto last) {
            for (std::size_t client = first; client < last; ++client) {
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    const std::size_t row = client * lanes + lane;
                    const float elsewhere = around.market_price[lane];
                    if (market.firm[row] == outside) {
                        market.fairness[row] = 0.0F;
                        remember(market.price_reference[row], elsewhere);
                        continue;
                    }
                    const std::size_t home = market.firm[row] * lanes + lane;
                    market.fairness[row] = fairness(firm, home, market.price_reference[row]);
                    remember(market.price_reference[row], 0.5F * (elsewhere + firm.price[home]));
                }
            }
        });
    }

private:
    float fairness(const Firms& firm, std::size_t home, float normal_price) const {
        const float difference = firm.price[home] / normal_price - 1.0F;
        const float dearer = std::max(difference, 0.0F);
        const float cheaper = std::max(-difference, 0.0F);
        const float accounts = -12.0F * firm.extraction[home] +
                               4.0F * (firm.invested_share[home] - 0.04F);
        return sim::tanh(-4.0F * dearer * (1.0F - justified(firm, home)) + 2.0F * cheaper +
                         transparency_ * accounts);
    }

    static float justified(const Firms& firm, std::size_t home) {
        const float rise = firm.price[home] / firm.price_reference[home] - 1.0F;
        const float cost_rise = firm.unit_cost[home] / firm.cost_reference[home] - 1.0F;
        return rise > 0.0F ? std::clamp(cost_rise / rise, 0.0F, 1.0F) : 0.0F;
    }

    void remember(float& normal_price, float seen) const {
        normal_price += habit_ * (seen - normal_price);
    }

    float transparency_, habit_;
};

}

Law fairness_law() {
    return {
        .name = "client.fairness",
        .stage = "encounter",
        .meaning = "lets clients judge the price against what they hold to be normal",
        .equations = "E9",
        .parameters =
            {
                {"fairness.transparency", 0.5, "fraction", sim::fraction, "assumed (tau)",
                 "how much of dividends and investment clients see"},
                {"fairness.habituation", 0.08, "1/month", sim::fraction, "assumed",
                 "share of the gap between normal and seen price closed in a month"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Fairness>(settings);
        },
    };
}

}
