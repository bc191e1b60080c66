#include <cmath>

#include "models/catalogue.hpp"
#include "models/rates.hpp"
#include "models/state.hpp"

namespace cercle::models {

namespace {

/// E15: the innovation stock, measured against a quality frontier that moves away at rate g.
///   K' = ((1 - d) K + d (inv / (usual n))^(1/2) creativity) / (1 + g)
///   inv = min(plan n + r reserves, share of cash), nothing while cash is negative
/// What is usual keeps a stock of 1 level with the market, apart from the frontier's growth.
/// Reserves are what any firm has kept of past years: the development fund of a Scop or retained
/// earnings, which are used up by it; the legal reserve may not be spent.
class Innovation final : public sim::Process {
public:
    explicit Innovation(const sim::Settings& settings)
        : months_(settings.number("time.step")),
          plan_(settings.number("innovation.plan") * 100.0 * months_),
          usual_(settings.number("innovation.usual") * 100.0 * months_),
          of_cash_(settings.number("innovation.cash_share")),
          from_reserve_(settings.number("innovation.from_reserve") * months_),
          depreciation_(share_over(settings.number("innovation.depreciation"), months_)),
          frontier_(static_cast<float>(
              std::pow(1.0 + settings.number("innovation.frontier"), months_ / 12.0))) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        auto firm = firms(world);
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
            if (firm.alive[home] == 0) continue;
            const double planned = plan_ * firm.employees[home];
            const double wanted =
                planned + from_reserve_ * static_cast<double>(reserves(firm, home));
            const double affordable =
                of_cash_ * months_ *
                static_cast<double>(std::max<std::int64_t>(firm.cash[home], 0));
            const double invested = std::min(wanted, affordable);
            firm.investment[home] = std::llround(invested);
            firm.from_reserves[home] = std::llround(std::max(0.0, invested - planned));
            const double usual = usual_ * firm.employees[home];
            const double effort = usual > 0.0 ? std::sqrt(invested / usual) : 0.0;
            const float gain = static_cast<float>(effort) * firm.creativity[home];
            firm.innovation[home] =
                ((1.0F - depreciation_) * firm.innovation[home] + depreciation_ * gain) / frontier_;
        }
    }

private:
    static std::int64_t reserves(const Firms& firm, std::size_t home) {
        const std::int64_t retained = firm.free_reserve[home] - firm.result_year[home];
        return std::max<std::int64_t>(firm.development_reserve[home] + retained, 0);
    }

    double months_, plan_, usual_, of_cash_, from_reserve_;
    float depreciation_, frontier_;
};

}

Law innovation_law() {
    using sim::between;
    return {
        .name = "innovation",
        .stage = "produce",
        .meaning = "invests, and moves the innovation stock against the market's frontier",
        .equations = "E15",
        .parameters =
            {
                {"innovation.plan", 600.0, "EUR/month", sim::non_negative, "assumed",
                 "investment planned for each employee"},
                {"innovation.usual", 600.0, "EUR/month", sim::positive, "assumed",
                 "investment for each employee that is usual in the market: what the effect of "
                 "investing is measured against"},
                {"innovation.cash_share", 0.1, "1/month", between(0, 1), "assumed",
                 "most of its cash that a firm invests in a month"},
                {"innovation.from_reserve", 0.01, "1/month", between(0, 1), "assumed (claim C17)",
                 "share of its reserves, the legal one apart, a firm plans to invest in a month "
                 "besides"},
                {"innovation.depreciation", 0.03, "1/month", between(0, 1),
                 "assumed; range .01-.06",
                 "share of the stock that is out of date after a month, delta"},
                {"innovation.frontier", 0.01, "1/year", between(0, 0.5), "assumed",
                 "growth of what the market takes for granted"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Innovation>(settings);
        },
    };
}

}
