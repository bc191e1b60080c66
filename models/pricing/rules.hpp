#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/parameter.hpp"

namespace cercle::models {

/// What a firm knows when it sets its price.
struct PriceSituation {
    float unit_cost;       ///< full cost of one unit of volume, EUR/month
    float market_price;    ///< price elsewhere, EUR/month
    float margin_given_up; ///< part of the target margin given up to win clients back
};

/// How a firm wants to price. To add a rule: one file here, one line in pricing.cpp, one in CMake.
struct PriceRule {
    std::string name;
    std::string meaning;
    sim::ParameterTable parameters;
    /// The rule for one arm's settings: the price aimed at, EUR/month for one unit.
    std::function<float(const PriceSituation&)> (*build)(const sim::Settings& settings);
};

std::span<const PriceRule> price_rules();
std::vector<std::string> price_rule_names();
/// Index in price_rules(); the name is one of them.
std::size_t price_rule_named(const std::string& name);

}
