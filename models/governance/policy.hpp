#pragma once

#include <array>
#include <cstdint>

#include "sim/parameter.hpp"

namespace cercle::models {

/// How a firm is governed and shares what it earns: the parameters of `governance.*` as numbers.
struct Policy {
    float voice;         ///< level V starts from, fraction
    float claimed_voice; ///< voice the firm says it gives, fraction
    float consultation;  ///< share of those without a vote who are heard
    float owner_votes;   ///< share of votes held by capital: 0 one person one vote, 1 capital alone
    float owner_position;                ///< what capital wants, in units of employees' taste
    float information;                   ///< I, fraction
    float pay_fairness;                  ///< fraction
    bool membership;                     ///< employees become members
    float membership_after;              ///< months
    std::int64_t stake;                  ///< cents paid in by a new member
    float member_loyalty;                ///< share of the quit hazard a member is spared
    double workers_share, capital_share; ///< of the year's net result; reserves get the rest
    bool scop_law;                       ///< statutory reserves of law 78-763
    float take_over_hazard;              ///< per year
    float wage_flexibility;              ///< share of a loss that wages bear
    float layoff_rate;                   ///< share of redundant jobs cut in a month
    std::size_t price_rule;              ///< index in price_rules()
};

/// The policies a firm of this arm may live under: as founded (0) and after a take-over (1).
class Policies {
public:
    explicit Policies(const sim::Settings& settings);
    const Policy& operator[](std::size_t which) const { return list_[which]; }

private:
    std::array<Policy, 2> list_;
};

}
