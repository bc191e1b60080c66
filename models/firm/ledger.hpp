#pragma once

#include <cstdint>

#include "models/state.hpp"

namespace cercle::models {

/// How a year's net result is shared out. Cents; adds up exactly.
struct Allocation {
    std::int64_t workers = 0;
    std::int64_t legal = 0;       ///< to the legal reserve
    std::int64_t development = 0; ///< to the development fund
    std::int64_t retained = 0;    ///< stays in the free reserve
    std::int64_t capital = 0;     ///< dividends, or interest on members' shares
};

struct SplitRule {
    double workers;
    double capital;
    bool scop; ///< law 78-763: 15 % to the legal reserve until it equals the highest capital
};

/// Shares out a net result; nothing on a loss. What rounding leaves goes to reserves. Under the
/// Scop law workers get at least a quarter and capital no more than workers or reserves (D20).
Allocation allocate(std::int64_t net, const SplitRule& rule, std::int64_t legal_reserve,
                    std::int64_t highest_capital);

/// Keeps in reserves what capital would be paid beyond the cash that is there.
void limit_dividends(Allocation& parts, std::int64_t cash, bool scop);

/// Books a month: cash, reserves and the identities between them.
///   cash = capital + legal + development + free reserve at every moment (to the cent)
struct Books {
    Firms& firm;
    std::size_t home;

    void earn(std::int64_t revenue);
    /// Pays the month's cost. What `from_reserves` says of the investment is charged to the
    /// development fund, as far as it goes, and to retained earnings, not to the year's result.
    void spend(std::int64_t wages, std::int64_t overhead, std::int64_t investment);
    /// Sets the year's result against losses carried forward; what is left of a profit, at least 0.
    std::int64_t make_good_losses();
    void close_year(std::int64_t tax, const Allocation& allocation);
    void take_in_capital(std::int64_t stake);
    void pay_back_capital(std::int64_t stake);
    /// Cash less capital and reserves; 0 unless a booking was forgotten.
    std::int64_t imbalance() const;
    /// The month's change of cash less what was booked for it (D20); 0 likewise.
    std::int64_t unexplained() const;
};

}
