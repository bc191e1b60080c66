#include <cmath>

#include "models/catalogue.hpp"
#include "models/firm/ledger.hpp"
#include "models/governance/policy.hpp"
#include "models/rates.hpp"

namespace cercle::models {

namespace {

/// E16: the month's revenue and cost; at the end of the year, once losses of past years are made
/// good, tax and the sharing of the net result, and wages that bear part of a loss. Capital flows
/// of members are booked by `staff.membership`.
class Accounts final : public sim::Process {
public:
    explicit Accounts(const sim::Settings& settings)
        : months_(settings.number("time.step")),
          wage_(settings.number("firm.wage") * 100.0 * months_),
          overhead_(settings.number("firm.overhead") * 100.0 * months_),
          tax_(settings.number("firm.tax")), trend_(share_over(1.0 / 12.0, months_)),
          policies_(settings) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto firm = firms(world);
        const bool year_ends = ends_period(tick.step, months_, 12.0);
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
            firm.tax[home] = 0;
            firm.payouts[home] = 0;
            if (firm.alive[home] == 0) continue;
            book_month(firm, home);
            if (year_ends) close_year(firm, home);
        }
    }

private:
    void book_month(Firms& firm, std::size_t home) const {
        Books books{firm, home};
        const double units = static_cast<double>(firm.volume[home]) * 0x1p-16;
        const double price = static_cast<double>(firm.price[home]) * 100.0 * months_;
        const double staff = firm.employees[home];
        books.earn(std::llround(price * units));
        books.spend(std::llround(wage_ * static_cast<double>(firm.wage_factor[home]) * staff),
                    std::llround(overhead_ * staff), firm.investment[home]);
        const auto revenue = static_cast<double>(firm.revenue[home]);
        firm.invested_share[home] =
            revenue > 0.0 ? static_cast<float>(static_cast<double>(firm.investment[home]) / revenue)
                          : 0.0F;
        const double result =
            static_cast<double>(firm.revenue[home] - firm.wages[home] - firm.overhead[home] -
                                firm.investment[home] + firm.from_reserves[home]) /
            (100.0 * months_);
        firm.result_trend[home] += trend_ * (static_cast<float>(result) - firm.result_trend[home]);
    }

    void close_year(Firms& firm, std::size_t home) const {
        const Policy& policy = policies_[firm.policy[home]];
        const std::int64_t result = firm.result_year[home];
        const std::int64_t revenue = firm.revenue_year[home];
        Books books{firm, home};
        const std::int64_t profit = books.make_good_losses();
        const auto due = static_cast<std::int64_t>(std::floor(tax_ * static_cast<double>(profit)));
        Allocation parts =
            allocate(profit - due, {policy.workers_share, policy.capital_share, policy.scop_law},
                     firm.legal_reserve[home], firm.highest_capital[home]);
        limit_dividends(parts, firm.cash[home] - due - parts.workers, policy.scop_law);
        books.close_year(due, parts);
        const double margin =
            revenue > 0 ? static_cast<double>(result) / static_cast<double>(revenue) : 0.0;
        firm.extraction[home] = revenue > 0
                                    ? static_cast<float>(static_cast<double>(parts.capital) /
                                                         static_cast<double>(revenue))
                                    : 0.0F;
        adjust_wages(firm.wage_factor[home], policy.wage_flexibility, static_cast<float>(margin));
    }

    /// A loss lowers wages, at most to 80 %; a profit brings back the same share of what was lost.
    static void adjust_wages(float& wage, float flexibility, float margin) {
        if (margin < 0.0F) {
            wage = std::max(0.8F, wage * (1.0F + flexibility * std::max(margin, -0.1F)));
        } else {
            wage += flexibility * (1.0F - wage);
        }
    }

    double months_, wage_, overhead_, tax_;
    float trend_;
    Policies policies_;
};

}

Law accounts_law() {
    using sim::between;
    return {
        .name = "firm.accounts",
        .stage = "account",
        .meaning = "books the month; at the end of a year pays tax and shares the net result",
        .equations = "E16",
        .parameters =
            {
                {"firm.wage", 5200.0, "EUR/month", sim::non_negative, "assumed",
                 "wage of an employee, charges included"},
                {"firm.overhead", 3600.0, "EUR/month", sim::non_negative, "assumed",
                 "other running cost for each employee"},
                {"firm.tax", 0.25, "fraction", sim::fraction,
                 "French corporate tax rate since 2022", "tax on a year's profit"},
                {"firm.initial_cash", 2.0, "month", between(0, 60), "assumed",
                 "cash a firm is founded with, in months of its cost; paid-in capital"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Accounts>(settings);
        },
    };
}

}
