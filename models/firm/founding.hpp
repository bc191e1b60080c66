#pragma once

#include "models/governance/policy.hpp"
#include "models/reference.hpp"
#include "models/state.hpp"

namespace cercle::models {

/// How a firm begins: the same on the first day of the world and for one that enters later.
class FirmFounding {
public:
    explicit FirmFounding(const sim::Settings& settings);

    /// Whether the n-th firm of the market is of the second form: they take turns.
    bool is_rival(std::size_t firm) const;

    /// Opens the firm of a row, with its people in place and counted and, but for `stakes`, no
    /// money of theirs: price and cost as usual, first capital of cash for some months, no reserve.
    void open(const sim::World& world, Firms& firm, std::size_t home, std::int64_t stakes) const;

    const Policies& policies() const { return policies_; }

private:
    Policies policies_;
    Reference reference_;
    double capital_each_; ///< cents of first capital for each employee
    double rivals_;       ///< share of firms
    float efficiency_sd_, cost_of_client_;
};

}
