#include <cmath>

#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/governance/policy.hpp"
#include "models/pricing/rules.hpp"
#include "models/rates.hpp"
#include "models/staff/roster.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

/// E19, first half: a firm whose shares can be sold is taken over at the policy's hazard. Its
/// stability is -1 for twelve months, then -.3, and it is governed as its buyer likes.
class TakeOver final : public sim::Process {
public:
    explicit TakeOver(const sim::Settings& settings)
        : months_(settings.number("time.step")),
          after_(settings.real("take_over.lasting_stability")), policies_(settings) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto firm = firms(world);
        const std::size_t lanes = world.lanes();
        sim::for_each_block(firm.positions.size(), lanes, [&](auto first, auto last) {
            std::uint32_t words[sim::block_rows];
            sim::fill_words(world.source, tick.step, sim::Draw::take_over,
                            static_cast<std::uint32_t>(first),
                            static_cast<std::uint32_t>(last - first), words);
            for (std::size_t home = first * lanes; home < last * lanes; ++home) {
                if (firm.alive[home] != 0) advance_one(firm, home, words[home - first * lanes]);
            }
        });
    }

private:
    void advance_one(Firms& firm, std::size_t home, std::uint32_t word) const {
        if (firm.shaken_steps[home] > 0 && --firm.shaken_steps[home] == 0) {
            firm.stability[home] = after_;
        }
        if (is_sold(firm.policy[home])) return;
        const double hazard =
            static_cast<double>(policies_[firm.policy[home]].take_over_hazard) / 12.0;
        if (!sim::chance(word, probability_over(hazard, months_))) return;
        firm.policy[home] = when_sold(firm.policy[home]);
        firm.stability[home] = -1.0F;
        firm.voice[home] = policies_[firm.policy[home]].voice;
        firm.shaken_steps[home] = static_cast<std::int32_t>(std::lround(12.0 / months_));
    }

    double months_;
    float after_;
    Policies policies_;
};

/// E19, second half: a firm whose cash stays below minus half a month's cost for three months in a
/// row fails: its employees leave, its clients are served elsewhere.
class Bankruptcy final : public sim::Process {
public:
    explicit Bankruptcy(const sim::Settings& settings)
        : credit_(settings.number("bankruptcy.credit")), months_(settings.number("time.step")),
          patience_(static_cast<std::int32_t>(
              std::lround(settings.number("bankruptcy.patience") / months_))) {}

    void advance(sim::World& world, const sim::Tick&) const override {
        auto firm = firms(world);
        bool any_failed = false;
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
            if (firm.alive[home] == 0) continue;
            const auto month_cost = static_cast<double>(firm.wages[home] + firm.overhead[home] +
                                                        firm.investment[home]) /
                                    months_;
            const bool short_of_cash = static_cast<double>(firm.cash[home]) < -credit_ * month_cost;
            firm.distress_steps[home] = short_of_cash ? firm.distress_steps[home] + 1 : 0;
            const bool deserted = firm.employees[home] == 0 && firm.clients[home] == 0;
            if (firm.distress_steps[home] >= patience_ || deserted) {
                firm.alive[home] = 0;
                any_failed = true;
            }
        }
        if (any_failed) disperse(world, firm);
    }

private:
    static void disperse(sim::World& world, const Firms& firm) {
        auto staff = employees(world);
        auto market = clients(world);
        const std::size_t lanes = world.lanes();
        for (std::size_t row = 0; row < staff.occupied.size(); ++row) {
            if (firm.alive[firm_row(staff, row, lanes)] == 0) {
                staff.occupied[row] = 0;
                staff.member[row] = 0;
                staff.stake[row] = 0;
            }
        }
        for (std::size_t row = 0; row < market.firm.size(); ++row) {
            if (market.firm[row] == outside) continue;
            if (firm.alive[firm_row(market, row, lanes)] == 0) market.firm[row] = outside;
        }
        call_roster(world);
    }

    double credit_, months_;
    std::int32_t patience_;
};

}

Law take_over_law() {
    return {
        .name = "firm.take_over",
        .stage = "fail",
        .meaning = "sells firms whose shares can be bought to an extractive owner",
        .equations = "E19",
        .parameters =
            {
                {"take_over.voice", 0.36, "fraction", sim::fraction, "assumed (as extractive)",
                 "voice under the buyer"},
                {"take_over.information", 0.42, "fraction", sim::fraction,
                 "assumed (as extractive)", "information under the buyer"},
                {"take_over.pay_fairness", 0.42, "fraction", sim::fraction,
                 "assumed (as extractive)", "fairness of pay under the buyer"},
                {"take_over.consultation", 0.38, "fraction", sim::fraction,
                 "assumed (as extractive)", "share of employees the buyer hears"},
                {"take_over.wage_flexibility", 0.1, "fraction", sim::fraction,
                 "assumed (as extractive)",
                 "share of a year's loss that wages bear under the buyer"},
                {"take_over.layoff_rate", 0.5, "1/month", sim::fraction, "assumed (as extractive)",
                 "share of redundant jobs the buyer cuts in a month"},
                {"take_over.owner_position", 1.0, "1", sim::between(-3, 3), "assumed",
                 "policy the buyer wants, in standard deviations of employees' taste"},
                {"take_over.capital_share", 0.9, "fraction", sim::fraction, "assumed",
                 "share of the net result the buyer takes out"},
                {"take_over.price_rule",
                 "extractive",
                 "",
                 {},
                 "assumed",
                 "how the buyer sets the price",
                 price_rule_names()},
                {"take_over.lasting_stability", -0.3, "1", sim::between(-1, 0), "assumed",
                 "stability clients and employees perceive a year after"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<TakeOver>(settings);
        },
    };
}

Law bankruptcy_law() {
    return {
        .name = "firm.bankruptcy",
        .stage = "fail",
        .meaning = "ends firms that stay out of cash",
        .equations = "E19",
        .parameters =
            {
                {"bankruptcy.credit", 0.5, "month", sim::between(0, 24), "assumed",
                 "overdraft a firm lives with, in months of its cost"},
                {"bankruptcy.patience", 3.0, "month", sim::between(1, 24), "assumed",
                 "how long it may stay below that"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Bankruptcy>(settings);
        },
    };
}

}
