#include <algorithm>
#include <cmath>

#include "models/catalogue.hpp"
#include "models/governance/policy.hpp"
#include "models/pricing/rules.hpp"
#include "models/rates.hpp"
#include "models/state.hpp"

namespace cercle::models {

PriceRule cost_plus_price();
PriceRule extractive_price();
PriceRule fair_price();
PriceRule low_ball_price();
PriceRule market_price();

std::span<const PriceRule> price_rules() {
    static const PriceRule rules[] = {fair_price(), market_price(), cost_plus_price(),
                                      extractive_price(), low_ball_price()};
    return rules;
}

std::vector<std::string> price_rule_names() {
    std::vector<std::string> names;
    for (const PriceRule& rule : price_rules()) names.push_back(rule.name);
    return names;
}

std::size_t price_rule_named(const std::string& name) {
    const auto rules = price_rules();
    const auto found = std::ranges::find(rules, name, &PriceRule::name);
    sim::expects(found != rules.end(), "price_rule_named: a rule of the catalogue");
    return static_cast<std::size_t>(found - rules.begin());
}

namespace {

/// E18: the price moves toward what the rule aims at, p' = p + k (p* - p), and stays within 30 % of
/// the price elsewhere (E5). Where clients fall more than `loss` below their half-year average, the
/// firm gives up part of its margin until they come back (claim C15).
class Pricing final : public sim::Process {
public:
    explicit Pricing(const sim::Settings& settings)
        : speed_(share_over(settings.number("pricing.speed"), settings.number("time.step"))),
          correction_(settings.real("pricing.self_correction")),
          most_(settings.real("pricing.most_given_up")),
          loss_(settings.real("pricing.client_loss")),
          half_year_(share_over(1.0 / 6.0, settings.number("time.step"))),
          year_(share_over(1.0 / 12.0, settings.number("time.step"))), policies_(settings) {
        for (const PriceRule& rule : price_rules()) rules_.push_back(rule.build(settings));
    }

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto firm = firms(world);
        const auto around = environment(std::as_const(world));
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
            if (firm.alive[home] == 0) continue;
            note_cost(firm, home, tick.months);
            correct(firm, home);
            const float elsewhere = around.market_price[home % world.lanes()];
            const auto& rule = rules_[policies_[firm.policy[home]].price_rule];
            const float aim =
                std::clamp(rule({firm.unit_cost[home], elsewhere, firm.margin_given_up[home]}),
                           0.7F * elsewhere, 1.3F * elsewhere);
            firm.price_reference[home] += year_ * (firm.price[home] - firm.price_reference[home]);
            firm.price[home] = std::clamp(firm.price[home] + speed_ * (aim - firm.price[home]),
                                          0.7F * elsewhere, 1.3F * elsewhere);
        }
    }

private:
    /// Full cost of one unit, without what reserves paid for; stays as it was without clients.
    void note_cost(Firms& firm, std::size_t home, double months) const {
        firm.cost_reference[home] += year_ * (firm.unit_cost[home] - firm.cost_reference[home]);
        if (firm.volume[home] == 0) return;
        const auto cents = static_cast<double>(firm.wages[home] + firm.overhead[home] +
                                               firm.investment[home] - firm.from_reserves[home]);
        const double units = static_cast<double>(firm.volume[home]) * 0x1p-16;
        firm.unit_cost[home] = static_cast<float>(cents / (100.0 * months) / units);
    }

    void correct(Firms& firm, std::size_t home) const {
        const auto clients_now = static_cast<float>(firm.clients[home]);
        float& reference = firm.clients_reference[home];
        const bool losing = clients_now < (1.0F - loss_) * reference;
        float& given_up = firm.margin_given_up[home];
        given_up = losing ? std::min(most_, given_up + correction_ * half_year_)
                          : given_up * (1.0F - half_year_);
        reference += half_year_ * (clients_now - reference);
    }

    float speed_, correction_, most_, loss_, half_year_, year_;
    Policies policies_;
    std::vector<std::function<float(const PriceSituation&)>> rules_;
};

sim::ParameterTable table() {
    using sim::between;
    sim::ParameterTable rows = {
        {"pricing.rule",
         "market",
         "",
         {},
         "chosen by the user",
         "how the firm wants to price",
         price_rule_names()},
        {"pricing.speed", 0.15, "1/month", between(0, 1), "assumed (kappa_p)",
         "share of the gap to the aimed price closed in a month"},
        {"pricing.self_correction", 0.06, "fraction", between(0, 1), "assumed (kappa_s)",
         "margin a firm that loses clients gives up in half a year"},
        {"pricing.most_given_up", 0.05, "fraction", between(0, 0.5), "assumed",
         "most it ever gives up"},
        {"pricing.client_loss", 0.02, "fraction", between(0, 1), "assumed (claim C15)",
         "loss of clients against their half-year average that it reacts to"},
    };
    for (const PriceRule& rule : price_rules()) {
        rows.insert(rows.end(), rule.parameters.begin(), rule.parameters.end());
    }
    return rows;
}

}

Law pricing_law() {
    return {
        .name = "pricing",
        .stage = "decide",
        .meaning = "moves each firm's price toward what its rule aims at",
        .equations = "E18",
        .parameters = table(),
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Pricing>(settings);
        },
    };
}

}
