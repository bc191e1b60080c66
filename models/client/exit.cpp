#include <algorithm>
#include <cmath>

#include "models/catalogue.hpp"
#include "models/client/market_process.hpp"
#include "models/draws.hpp"
#include "models/rates.hpp"
#include "models/reference.hpp"

namespace cercle::models {

namespace {

/// E11: clients who leave. After each bad encounter a client walks out with probability
///   pi = pi0 e^(-(y - mC) / 2), times zeta under a subscription;
/// else it leaves with hazard h = h0 exp(-bC (y - mC) - bF F + bP (p / p_m - 1)), at most one half,
/// in any month, or for a subscription when its term ends (with the term's whole hazard).
class Exit final : public MarketProcess {
public:
    explicit Exit(const sim::Settings& settings)
        : reference_(settings), months_(settings.real("time.step")),
          commercial_(settings.flag("switch.commercial")),
          walk_out_(commercial_ ? settings.real("exit.walk_out") : 0.0F),
          held_(settings.real("exit.walk_out_subscription")), hazard_(settings.real("exit.hazard")),
          engagement_(commercial_ ? settings.real("exit.engagement") : 0.0F),
          fairness_(settings.real("exit.fairness")), price_(settings.real("exit.price")),
          term_(settings.real("client.term")) {}

private:
    void begin(sim::World& world) const override { compare_prices(world); }

    void serve(MarketView& market, const MarketBlock& block) const override {
        std::uint32_t words[sim::block_rows];
        Moves moves{};
        const sim::Source& source = market.world.source;
        sim::fill_words(source, market.tick.step, sim::Draw::exit, block.first, block.count, words);
        leave(moves, market, block, words);
        if (walk_out_ > 0.0F) {
            sim::fill_words(source, market.tick.step, sim::Draw::walk_out, block.first, block.count,
                            words);
            walk_out(moves, market.clients, block, words);
        }
        grow_older(market.clients, block);
        std::copy_n(moves, block.rows.count, market.clients.moved.data() + block.rows.first);
    }

    void end(sim::World& world) const override {
        auto market = clients(world);
        count_leavers(world, market);
    }

    /// What the clients of a block do: `Move`.
    using Moves = std::uint8_t[sim::block_rows];

    void compare_prices(sim::World& world) const {
        auto firm = firms(world);
        const auto around = environment(std::as_const(world));
        for (std::size_t home = 0; home < firm.price.size(); ++home) {
            const float elsewhere = around.market_price[home % world.lanes()];
            firm.dearness[home] = firm.price[home] / elsewhere - 1.0F;
        }
    }

    void leave(Moves& moves, const MarketView& view, const MarketBlock& block,
               const std::uint32_t* words) const {
        const Clients& market = view.clients;
        const ServedRows& served = block.served;
        BlockOf chance, months;
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::size_t row = block.rows.first + served.offset[k];
            chance[k] = price_ * view.firms.dearness[served.home[k]] -
                        engagement_ * (market.engagement[row] - reference_.client) -
                        fairness_ * market.fairness[row];
            months[k] = market.contract[row] != 0 ? market.subscribed[row] : transactional;
        }
        for (std::size_t k = 0; k < served.count; ++k) {
            const float p =
                1.0F - sim::exp(-hazard_ * months_at_risk(months[k]) * sim::exp(chance[k]));
            chance[k] = p < 0.5F ? p : 0.5F;
        }
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::uint32_t i = served.offset[k];
            moves[i] = sim::chance(words[i], chance[k]) ? left : stayed;
        }
    }

    /// Who walks out does not wait to leave. Most had no bad encounter.
    void walk_out(Moves& moves, const Clients& market, const MarketBlock& block,
                  const std::uint32_t* words) const {
        std::uint32_t angered[sim::block_rows];
        std::size_t count = 0;
        for (std::size_t i = 0; i < block.rows.count; ++i) {
            angered[count] = static_cast<std::uint32_t>(i);
            count += market.bad[block.rows.first + i] != 0 ? 1U : 0U;
        }
        for (std::size_t k = 0; k < count; ++k) {
            const std::uint32_t i = angered[k];
            if (sim::chance(words[i], chance_to_walk_out(market, block.rows.first + i))) {
                moves[i] = walked_out;
            }
        }
    }

    static constexpr float transactional = -1.0F; ///< a time subscribed that says there is none

    /// A subscription comes up for renewal once a term, counted from the day the firm won the
    /// client, and then bears the hazard of the whole term.
    float months_at_risk(float subscribed) const {
        const auto terms_before = static_cast<std::int32_t>(subscribed / term_);
        const auto terms_after = static_cast<std::int32_t>((subscribed + months_) / term_);
        const float of_term = terms_after > terms_before ? term_ : 0.0F;
        return subscribed < 0.0F ? months_ : of_term;
    }

    void grow_older(Clients& market, const MarketBlock& block) const {
        for (std::size_t k = 0; k < block.served.count; ++k) {
            const std::size_t row = block.rows.first + block.served.offset[k];
            market.relation[row] += months_;
            market.subscribed[row] += months_;
        }
    }

    float chance_to_walk_out(const Clients& market, std::size_t row) const {
        const float mood = market.engagement[row] - reference_.client;
        const float once = std::min(1.0F, walk_out_ * sim::exp(-0.5F * mood) *
                                              (market.contract[row] != 0 ? held_ : 1.0F));
        float stays = 1.0F;
        for (std::uint8_t bad = 0; bad < market.bad[row]; ++bad) stays *= 1.0F - once;
        return 1.0F - stays;
    }

    static void count_leavers(sim::World& world, Clients& market) {
        auto firm = firms(world);
        const std::size_t lanes = world.lanes();
        for (std::size_t row = 0; row < firm.churned.size(); ++row) {
            firm.clients_before[row] = firm.clients[row];
            firm.client_steps[row] += firm.clients[row];
            firm.churned[row] = 0;
            firm.walked_out[row] = 0;
        }
        for (std::size_t row = 0; row < market.firm.size(); ++row) {
            if (market.moved[row] == stayed) continue;
            const std::size_t home = firm_row(market, row, lanes);
            ++firm.churned[home];
            ++firm.churned_ever[home];
            firm.walked_out[home] += market.moved[row] == walked_out ? 1 : 0;
            market.firm[row] = outside;
        }
    }

    Reference reference_;
    float months_;
    bool commercial_;
    float walk_out_, held_, hazard_, engagement_, fairness_, price_, term_;
};

}

Law exit_law() {
    using sim::between;
    return {
        .name = "client.exit",
        .stage = "leave",
        .meaning = "lets clients walk out after a bad encounter, or leave",
        .equations = "E11",
        .parameters =
            {
                {"switch.commercial",
                 true,
                 "",
                 {},
                 "chosen by the user",
                 "engagement decides who walks out, leaves, comes and recommends"},
                {"exit.walk_out", 0.02, "fraction", between(0, 0.6),
                 "assumed for business clients; consumers .32 (PwC 2018)",
                 "probability that an average client walks out after a bad encounter, pi0"},
                {"exit.walk_out_subscription", 0.3, "fraction", sim::fraction, "assumed (zeta)",
                 "how much of it is left under a subscription"},
                {"exit.hazard", 0.0085, "1/month", between(0, 0.5), "fit: churn 8-20 % a year",
                 "hazard that an average client leaves, h0"},
                {"exit.engagement", 0.8, "1", between(0, 4),
                 "assumed (beta_C); Bolton 1998 for the form",
                 "how much engagement lowers the log hazard"},
                {"exit.fairness", 0.6, "1", between(0, 4), "assumed (beta_F)",
                 "how much a fair price lowers it"},
                {"exit.price", 2.5, "1", between(0, 10), "assumed (beta_p)",
                 "how much a price above the market raises it"},
                {"client.subscription_share", 0.5, "fraction", sim::fraction, "assumed",
                 "clients under a subscription"},
                {"client.term", 12.0, "month", between(1, 120), "assumed",
                 "term of a subscription"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Exit>(settings);
        },
    };
}

}
