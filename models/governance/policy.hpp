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

/// The policies a firm of this arm may live under. Firms of a market are of one form or two: those
/// of `governance.*`, and their rivals, of `rival.*`. Either may be sold to a buyer.
class Policies {
public:
    static constexpr std::size_t count = 4;

    explicit Policies(const sim::Settings& settings);
    const Policy& operator[](std::size_t which) const { return list_[which]; }

private:
    std::array<Policy, count> list_;
};

/// The policy a form of firm is founded with, that of the same firm in a buyer's hands, and back.
inline constexpr std::uint8_t founded_as(bool rival) { return rival ? 2 : 0; }
inline constexpr std::uint8_t when_sold(std::uint8_t policy) { return policy | 1U; }
inline constexpr bool is_sold(std::uint8_t policy) { return (policy & 1U) != 0; }
inline constexpr bool is_rival(std::uint8_t policy) { return (policy & 2U) != 0; }

}
