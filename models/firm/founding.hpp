#pragma once

#include "models/governance/policy.hpp"
#include "models/state.hpp"

namespace cercle::models {

/// How a firm begins: the same on the first day of the world and for one that enters later.
class FirmFounding {
public:
    explicit FirmFounding(const sim::Settings& settings);

    /// Whether the n-th firm of the market is of the second form: they take turns.
    bool is_rival(std::size_t firm) const;

    /// What is there when a firm opens.
    struct FirstDay {
        float price;             ///< elsewhere, EUR/month
        std::int64_t stakes = 0; ///< cents that members have paid in
    };
    /// Opens the firm of a row, with its people in place and counted, at the price elsewhere: cost
    /// as usual, capital of cash for some months (members' stakes are part of it), no reserve.
    void open(const sim::World& world, Firms& firm, std::size_t home, const FirstDay& day) const;

private:
    Policies policies_;
    double capital_each_; ///< cents of first capital for each employee
    double rivals_;       ///< share of firms
    float efficiency_sd_, cost_of_client_;
};

}
