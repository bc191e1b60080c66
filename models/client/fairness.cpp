#include <algorithm>

#include "models/catalogue.hpp"
#include "models/client/market_process.hpp"
#include "models/rates.hpp"

namespace cercle::models {

namespace {

/// E9: how fair a client finds its price, against the price held to be normal.
///   F = tanh(-a1 (D)+ (1 - justified) + a4 (D)- - a2 t X + a3 t (inv/rev - usual)),  D = price/p^
///   - 1
/// justified: share of the rise since last year that unit cost explains (dual entitlement,
/// Kahneman, Knetsch & Thaler 1986); X: dividends over revenue; t: how much of the accounts clients
/// see. Then p^ moves to the mean of the price elsewhere and the price paid.
class Fairness final : public MarketProcess {
public:
    explicit Fairness(const sim::Settings& settings)
        : transparency_(settings.real("fairness.transparency")),
          rise_(settings.real("fairness.rise")), cut_(settings.real("fairness.cut")),
          extraction_(settings.real("fairness.extraction")),
          investment_(settings.real("fairness.investment")),
          usual_(settings.real("fairness.usual_investment")),
          habit_(
              share_over(settings.number("fairness.habituation"), settings.number("time.step"))) {}

private:
    void begin(sim::World& world) const override {
        auto firm = firms(world);
        for (std::size_t home = 0; home < firm.alive.size(); ++home) disclose(firm, home);
    }

    void serve(MarketView& market, const MarketBlock& block) const override {
        judge(market.clients, market.firms, block);
        remember(market, block);
    }

    /// What all clients of a firm see alike: its accounts, and how much of a rise costs explain.
    void disclose(Firms& firm, std::size_t home) const {
        const float rise = firm.price[home] / firm.price_reference[home] - 1.0F;
        const float cost_before = firm.cost_reference[home];
        const float cost_rise =
            cost_before > 0.0F ? firm.unit_cost[home] / cost_before - 1.0F : 0.0F;
        const float justified = rise > 0.0F ? std::clamp(cost_rise / rise, 0.0F, 1.0F) : 0.0F;
        firm.unjustified[home] = 1.0F - justified;
        firm.accounts_seen[home] =
            transparency_ * (investment_ * (firm.invested_share[home] - usual_) -
                             extraction_ * firm.extraction[home]);
    }

    void judge(Clients& market, const Firms& firm, const MarketBlock& block) const {
        const ServedRows& served = block.served;
        BlockOf difference, unjustified, accounts;
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::size_t row = block.rows.first + served.offset[k];
            const std::size_t home = served.home[k];
            difference[k] = firm.price[home] / market.price_reference[row] - 1.0F;
            unjustified[k] = firm.unjustified[home];
            accounts[k] = firm.accounts_seen[home];
        }
        for (std::size_t k = 0; k < served.count; ++k) {
            const float dearer = difference[k] > 0.0F ? difference[k] : 0.0F;
            const float cheaper = dearer - difference[k];
            difference[k] =
                sim::tanh(cut_ * cheaper - rise_ * dearer * unjustified[k] + accounts[k]);
        }
        std::fill_n(market.fairness.data() + block.rows.first, block.rows.count, 0.0F);
        for (std::size_t k = 0; k < served.count; ++k) {
            market.fairness[block.rows.first + served.offset[k]] = difference[k];
        }
    }

    /// Who is served elsewhere sees the price elsewhere only.
    void remember(MarketView& market, const MarketBlock& block) const {
        const ServedRows& served = block.served;
        BlockOf seen;
        for (std::size_t i = 0; i < block.rows.count;) {
            for (std::size_t lane = 0; lane < block.rows.lanes; ++lane) {
                seen[i++] = market.around.market_price[lane];
            }
        }
        for (std::size_t k = 0; k < served.count; ++k) {
            float& price = seen[served.offset[k]];
            price = 0.5F * (price + market.firms.price[served.home[k]]);
        }
        for (std::size_t i = 0; i < block.rows.count; ++i) {
            float& normal = market.clients.price_reference[block.rows.first + i];
            normal += habit_ * (seen[i] - normal);
        }
    }

    float transparency_, rise_, cut_, extraction_, investment_, usual_, habit_;
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
                {"fairness.rise", 4.0, "1", sim::between(0, 20), "assumed (a1)",
                 "how unfair a price above the normal one is that costs do not explain"},
                {"fairness.cut", 2.0, "1", sim::between(0, 20), "assumed (a4)",
                 "how fair a price below the normal one is"},
                {"fairness.extraction", 12.0, "1", sim::between(0, 100), "assumed (a2; claim C14)",
                 "how unfair dividends are, for each unit of dividends over revenue seen"},
                {"fairness.investment", 4.0, "1", sim::between(0, 100), "assumed (a3)",
                 "how fair investment is, for each unit of investment over revenue seen"},
                {"fairness.usual_investment", 0.04, "fraction", sim::fraction, "assumed",
                 "investment over revenue that clients expect"},
                {"fairness.habituation", 0.08, "1/month", sim::fraction, "assumed",
                 "share of the gap between normal and seen price closed in a month"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Fairness>(settings);
        },
    };
}

}
