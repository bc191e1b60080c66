#include "models/firm/ledger.hpp"

#include <algorithm>
#include <cmath>

namespace cercle::models {

namespace {

std::int64_t share_of(std::int64_t net, double share) {
    return static_cast<std::int64_t>(std::floor(static_cast<double>(net) * share));
}

}

Allocation allocate(std::int64_t net, const SplitRule& rule, std::int64_t legal_reserve,
                    std::int64_t highest_capital) {
    Allocation parts;
    if (net <= 0) return parts;
    parts.workers = share_of(net, rule.workers);
    parts.capital = share_of(net, rule.capital);
    if (!rule.scop) {
        parts.retained = net - parts.workers - parts.capital;
        return parts;
    }
    parts.workers = std::max(parts.workers, (net + 3) / 4);
    parts.capital = std::min({parts.capital, parts.workers, (net - parts.workers) / 2});
    const std::int64_t reserves = net - parts.workers - parts.capital;
    const std::int64_t missing = std::max<std::int64_t>(highest_capital - legal_reserve, 0);
    parts.legal = std::min({share_of(net, 0.15), missing, reserves});
    parts.development = reserves - parts.legal;
    return parts;
}

void limit_dividends(Allocation& parts, std::int64_t cash, bool scop) {
    const std::int64_t paid = std::clamp<std::int64_t>(cash, 0, parts.capital);
    (scop ? parts.development : parts.retained) += parts.capital - paid;
    parts.capital = paid;
}

std::int64_t Books::make_good_losses() {
    const std::int64_t result = firm.result_year[home];
    std::int64_t& losses = firm.losses_carried[home];
    const std::int64_t made_good = std::min(losses, result); // a loss adds to what is carried
    losses -= made_good;
    return std::max<std::int64_t>(result - made_good, 0);
}

void Books::earn(std::int64_t revenue) {
    firm.revenue[home] = revenue;
    firm.revenue_ever[home] += revenue;
    firm.revenue_year[home] += revenue;
    firm.result_year[home] += revenue;
    firm.free_reserve[home] += revenue;
    firm.cash[home] += revenue;
}

void Books::spend(std::int64_t wages, std::int64_t overhead, std::int64_t investment) {
    const std::int64_t cost = wages + overhead + investment;
    firm.wages[home] = wages;
    firm.overhead[home] = overhead;
    firm.investment[home] = investment;
    firm.cost_ever[home] += cost;
    const std::int64_t from_fund =
        std::min(firm.from_reserves[home], firm.development_reserve[home]);
    firm.development_reserve[home] -= from_fund;
    firm.free_reserve[home] -= cost - from_fund;
    firm.result_year[home] -= cost - firm.from_reserves[home];
    firm.cash[home] -= cost;
}

void Books::close_year(std::int64_t tax, const Allocation& allocation) {
    const std::int64_t payouts = allocation.workers + allocation.capital;
    firm.tax[home] = tax;
    firm.payouts[home] = payouts;
    firm.legal_reserve[home] += allocation.legal;
    firm.development_reserve[home] += allocation.development;
    firm.free_reserve[home] -= tax + payouts + allocation.legal + allocation.development;
    firm.cash[home] -= tax + payouts;
    firm.result_year[home] = 0;
    firm.revenue_year[home] = 0;
}

void Books::take_in_capital(std::int64_t stake) {
    firm.capital[home] += stake;
    firm.cash[home] += stake;
    firm.capital_flow[home] += stake;
    firm.highest_capital[home] = std::max(firm.highest_capital[home], firm.capital[home]);
}

void Books::pay_back_capital(std::int64_t stake) {
    firm.capital[home] -= stake;
    firm.cash[home] -= stake;
    firm.capital_flow[home] -= stake;
}

std::int64_t Books::imbalance() const {
    return firm.cash[home] - firm.capital[home] - firm.legal_reserve[home] -
           firm.development_reserve[home] - firm.free_reserve[home];
}

std::int64_t Books::unexplained() const {
    const std::int64_t booked = firm.revenue[home] - firm.wages[home] - firm.overhead[home] -
                                firm.investment[home] - firm.tax[home] - firm.payouts[home] +
                                firm.capital_flow[home];
    return firm.cash[home] - firm.cash_before[home] - booked;
}

}
