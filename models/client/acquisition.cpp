#include <cmath>

#include "models/catalogue.hpp"
#include "models/client/served.hpp"
#include "models/fixed.hpp"
#include "models/rare_draws.hpp"
#include "models/rates.hpp"
#include "models/reference.hpp"
#include "models/staff/roster.hpp"
#include "models/state.hpp"

namespace cercle::models {

namespace {

/// E13: people served elsewhere hear of a firm; each meets an employee of it drawn at random and is
/// won with probability logistic(c0 + cE (shown - mE) + cY (y - mC)
///                                   - bP (p / p_m - 1) - cO overload);
/// who has no hands free wins nobody.
/// A firm reaches 2 (mkt e^(-a (p/p_m - 1)) sqrt(n n0) / 50 + r_ref promoters) of them a month when
/// the market outside is as large as it was at the start, and in proportion to its size after:
/// growth saturates by itself. n0 founders: firms of every size start alike, with diminishing
/// returns.
/// In a market where clients compare (`market.choice = "logit"`), someone outside looks round at a
/// hazard and takes firm f with probability e^V_f / (e^V_0 + sum e^V_g), or stays outside:
///   V_f = cR 4 (mean C of its clients - C0) - bP (p / p_m - 1) - cO overload,
/// C0 = logistic(mC): an average firm at the market price has V = 0. McFadden 1974.
class Acquisition final : public sim::Process {
public:
    explicit Acquisition(const sim::Settings& settings)
        : reference_(settings), months_(settings.number("time.step")),
          compare_(settings.text("market.choice") == "logit"),
          marketing_(settings.real("prospect.marketing")), dear_(settings.real("prospect.price")),
          base_(settings.real("prospect.base")), price_(settings.real("exit.price")),
          busy_(settings.real("prospect.overload")),
          renewal_(probability_over(settings.number("market.renewal") / 12.0,
                                    settings.number("time.step"))),
          looks_(probability_over(settings.number("choice.look"), settings.number("time.step"))),
          outside_(sim::exp(settings.real("choice.outside"))),
          set_point_sd_(settings.real("client.set_point_sd")),
          usual_quality_(1.0F - sim::logistic(settings.real("encounter.base"))) {
        if (!settings.flag("switch.commercial")) return;
        relation_ = settings.real("choice.relation");
        referral_ = settings.real("prospect.referral");
        meeting_ = settings.real("prospect.engagement");
        reputation_ = settings.real("prospect.reputation");
    }

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto market = clients(world);
        auto firm = firms(world);
        auto around = environment(world);
        const std::size_t lanes = world.lanes();
        set_reach(world, firm, around);
        const Offers offers{firm, employees(std::as_const(world)), around, Roster(world)};
        sim::for_each_block(count_of(world, Kind::clients), lanes, [&](auto first, auto last) {
            std::uint32_t heard[sim::block_rows];
            std::uint32_t renewed[sim::block_rows];
            const auto start = static_cast<std::uint32_t>(first);
            const auto count = static_cast<std::uint32_t>(last - first);
            sim::fill_words(world.source, tick.step, sim::Draw::prospect, start, count, heard);
            sim::fill_words(world.source, tick.step, sim::Draw::client_renewal, start, count,
                            renewed);
            const BlockRows block(first, last, lanes);
            std::uint32_t happens[sim::block_rows];
            sift(happens, block, around, heard, renewed);
            for (std::size_t i = 0; i < block.count; ++i) {
                const std::size_t row = block.first + i;
                if (happens[i] == 0 || market.firm[row] != outside || market.moved[row] != stayed) {
                    continue;
                }
                if ((happens[i] & renewal) != 0) renew(world, market, around, row);
                if ((happens[i] & meeting) != 0) meet(world, offers, market, row, tick.step);
            }
        });
        count_newcomers(world, market, firm);
    }

private:
    static constexpr std::uint32_t renewal = 1, meeting = 2;

    /// What would happen to each client of a block if it were served elsewhere; mostly nothing.
    void sift(std::uint32_t* happens, const BlockRows& block, const Environment& around,
              const std::uint32_t* heard, const std::uint32_t* renewed) const {
        BlockOf reached;
        for (std::size_t i = 0; i < block.count;) {
            for (std::size_t lane = 0; lane < block.lanes; ++lane)
                reached[i++] = around.reached[lane];
        }
        for (std::size_t i = 0; i < block.count; ++i) {
            happens[i] = (sim::chance(renewed[i], renewal_) ? renewal : 0U) |
                         (sim::chance(heard[i], reached[i]) ? meeting : 0U);
        }
    }

    /// What a prospect may come across.
    struct Offers {
        const Firms& all;
        const Employees staff;
        const Environment& around;
        const Roster roster;
    };

    /// What draws people outside to each firm, as a running total over firms, and the chance that
    /// one of them comes across any.
    void set_reach(const sim::World& world, Firms& firm, Environment& around) const {
        const std::size_t lanes = world.lanes();
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const float elsewhere = around.market_price[lane];
            float total = 0.0F;
            for (std::size_t home = lane; home < firm.alive.size(); home += lanes) {
                if (firm.alive[home] != 0 && firm.employees[home] > 0) {
                    total += compare_ ? weight(firm, home, elsewhere)
                                      : reach(firm, home, elsewhere) / around.outside_start[lane];
                }
                firm.reach[home] = total;
            }
            around.reached[lane] =
                compare_ ? looks_ * (total / (outside_ + total)) : probability_over(total, months_);
        }
    }

    /// e^V of a firm in the eyes of someone who compares.
    float weight(const Firms& firm, std::size_t home, float elsewhere) const {
        const auto served = static_cast<float>(firm.clients[home]);
        const auto engaged = static_cast<float>(from_fixed(firm.client_engagement_sum[home]));
        const float repute =
            served > 0.0F ? engaged / served - sim::logistic(reference_.client) : 0.0F;
        return sim::exp(relation_ * 4.0F * repute - price_ * (firm.price[home] / elsewhere - 1.0F) -
                        busy_ * firm.overload[home]);
    }

    float reach(const Firms& firm, std::size_t home, float elsewhere) const {
        const float dearness = firm.price[home] / elsewhere - 1.0F;
        const float size = std::sqrt(static_cast<float>(firm.employees[home]) *
                                     static_cast<float>(firm.founders[home])) /
                           50.0F;
        return 2.0F * (marketing_ * sim::exp(-dear_ * dearness) * size +
                       referral_ * static_cast<float>(firm.promoters[home]));
    }

    /// One of the rare meetings: draws its own words by address.
    void meet(const sim::World& world, const Offers& offers, Clients& market, std::size_t row,
              std::uint32_t step) const {
        const std::size_t lanes = world.lanes();
        const std::size_t lane = row % lanes;
        const RareDraws draw{world.source, static_cast<std::uint32_t>(row / lanes),
                             static_cast<std::uint32_t>(lane), step};
        const std::size_t chosen =
            heard_of(offers.all, lane, lanes, sim::uniform(draw(sim::Draw::which_firm)));
        const std::size_t home = chosen * lanes + lane;
        const std::uint32_t employee =
            offers.roster.in_firm(chosen, lane, draw(sim::Draw::which_employee));
        const float dearness = offers.all.price[home] / offers.around.market_price[lane] - 1.0F;
        const float met = offers.staff.shown[employee * lanes + lane] - reference_.employee;
        const float mood = market.engagement[row] - reference_.client;
        const float won = sim::logistic(base_ + meeting_ * met + reputation_ * mood -
                                        price_ * dearness - busy_ * offers.all.overload[home]);
        if (!compare_ && !sim::chance(draw(sim::Draw::conversion), won)) return;
        market.moved[row] = came;
        market.firm[row] = static_cast<std::int32_t>(chosen);
        market.contact[row] = employee;
        market.second_contact[row] =
            offers.roster.in_team_beside(employee, lane, draw(sim::Draw::second_contact));
        market.relation[row] = market.subscribed[row] = 0.0F;
        market.quality[row] = usual_quality_;
    }

    /// The firm a share of the running total of reach falls on.
    static std::size_t heard_of(const Firms& firm, std::size_t lane, std::size_t lanes,
                                float share) {
        std::size_t first = 0;
        std::size_t last = firm.alive.size() / lanes - 1;
        const float mark = share * firm.reach[last * lanes + lane];
        while (first < last) {
            const std::size_t middle = (first + last) / 2;
            if (firm.reach[middle * lanes + lane] > mark) {
                last = middle;
            } else {
                first = middle + 1;
            }
        }
        return first;
    }

    /// Someone new takes a place in the market, with an own set point and no memory.
    void renew(const sim::World& world, Clients& market, const Environment& around,
               std::size_t row) const {
        const std::size_t lanes = world.lanes();
        const RareDraws draw{world.source, static_cast<std::uint32_t>(row / lanes),
                             static_cast<std::uint32_t>(row % lanes), ++market.occupant[row]};
        market.set_point[row] =
            reference_.client + set_point_sd_ * sim::normal(draw(sim::Draw::client_set_point));
        market.engagement[row] = market.set_point[row];
        market.price_reference[row] = around.market_price[row % lanes];
    }

    static void count_newcomers(const sim::World& world, const Clients& market, Firms& firm) {
        for (std::size_t home = 0; home < firm.acquired.size(); ++home) firm.acquired[home] = 0;
        for (std::size_t row = 0; row < market.moved.size(); ++row) {
            if (market.moved[row] != came) continue;
            ++firm.acquired[firm_row(market, row, world.lanes())];
        }
    }

    Reference reference_;
    double months_;
    bool compare_;
    float marketing_, dear_, base_, price_, busy_, renewal_, looks_, outside_, set_point_sd_,
        usual_quality_;
    float referral_ = 0.0F, meeting_ = 0.0F, reputation_ = 0.0F, relation_ = 0.0F;
};

}

Law acquisition_law() {
    using sim::between;
    return {
        .name = "client.acquisition",
        .stage = "join",
        .meaning = "lets people served elsewhere hear of a firm, meet an employee and come",
        .equations = "E13",
        .parameters =
            {
                {"prospect.marketing", 7.4, "1/month", between(0, 1000), "fit: steady clients",
                 "half the people a firm of 50 reaches a month at the market price, mkt"},
                {"prospect.price", 3.0, "1", between(0, 10), "assumed (a_p)",
                 "how much a price above the market lowers the log of it"},
                {"prospect.referral", 0.004, "1/month", between(0, 1), "assumed (r_ref)",
                 "half the people each promoter tells of the firm in a month"},
                {"prospect.base", -0.4, "logit", between(-5, 5), "fit: steady clients",
                 "log odds that an average prospect is won, c0"},
                {"prospect.engagement", 0.5, "1", between(0, 3), "assumed (c_E)",
                 "how much the engagement of the employee met raises them"},
                {"prospect.reputation", 0.25, "1", between(0, 3), "assumed (c_Y)",
                 "how much the prospect's own memory and what it heard raise them"},
                {"prospect.overload", 15.0, "logit", between(0, 100), "assumed (capacity binds)",
                 "how much demand above capacity lowers them, c_O"},
                {"market.choice",
                 "hearsay",
                 "",
                 {},
                 "chosen by the user",
                 "how people outside come to a firm: they hear of one and meet somebody of it, or "
                 "compare all by a multinomial logit",
                 {"hearsay", "logit"}},
                {"choice.look", 0.25, "1/month", between(0, 10), "assumed",
                 "hazard that someone outside looks round, where clients compare"},
                {"choice.relation", 1.0, "1", between(0, 10), "assumed (beta_rel, claim C31)",
                 "how much a point of a logit in clients' engagement adds to a firm's utility"},
                {"choice.outside", 0.0, "logit", between(-20, 20), "assumed",
                 "utility of staying outside; that of an average firm at the market price is 0"},
                {"market.renewal", 0.02, "1/year", between(0, 1), "assumed",
                 "hazard that someone served elsewhere is replaced by a newcomer to the market"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Acquisition>(settings);
        },
    };
}

}
