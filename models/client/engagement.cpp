#include <cmath>

#include <fmt/format.h>

#include "models/catalogue.hpp"
#include "models/client/market_process.hpp"
#include "models/draws.hpp"
#include "models/rates.hpp"
#include "models/reference.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

using Lanes = float[sim::max_lanes];

/// E6: y' = y + l [(1 - w)(y* - y) + w_con (S_con - y) + w_cc (S_cc - y)]
///            - d_bad l 2B + d_good l 2G + noise,   l doubled (at most 1) where F < 0
/// E7: y* = c + 4 tQ (Q - Q0) + tP F + tS S + tV tanh(K_inn - 1) + tT (min(r/24, 1) - .6) + shock.
/// Someone served elsewhere keeps the own set point and still talks with other clients.
class ClientEngagement final : public MarketProcess {
public:
    explicit ClientEngagement(const sim::Settings& settings)
        : reference_(settings),
          mood_(settings.number("client.adjustment"), settings.number("client.state_sd"),
                settings.number("time.step")),
          encounter_(2.0F * settings.real("client.adjustment")),
          anger_(settings.real("client.unfair_speed")), price_(settings.real("client.price")),
          stability_(settings.real("client.stability")),
          innovation_(settings.real("client.innovation")), bond_(settings.real("client.relation")),
          usual_quality_(1.0F - sim::logistic(settings.real("encounter.base"))),
          impulse_(settings.real("impulse.client")) {
        if (settings.flag("switch.contagion")) {
            contact_weight_ = settings.real("contagion.contact.weight");
            talk_weight_ = settings.real("contagion.word_of_mouth.weight");
        }
        if (settings.flag("switch.quality")) {
            quality_ = settings.real("client.quality");
            bad_ = settings.real("client.bad_encounter");
            good_ = settings.real("client.good_encounter");
        }
    }

private:
    void begin(sim::World& world) const override {
        auto firm = firms(world);
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
            firm.appeal[home] = stability_ * firm.stability[home] +
                                innovation_ * sim::tanh(firm.innovation[home] - 1.0F);
        }
    }

    void serve(MarketView& market, const MarketBlock& block) const override {
        std::uint32_t words[sim::block_rows];
        sim::fill_words(market.world.source, market.tick.step, sim::Draw::client_noise, block.first,
                        block.count, words);
        Pull pull;
        for (std::uint32_t client = block.first; client < block.first + block.count; ++client) {
            talk(pull, block.rows, market, client);
        }
        be_served(pull, block, market.clients, market.firms);
        move(market.clients, block.rows, pull, words);
    }

    /// What moves the clients of a block: the target, the weight left to it, the pull of others.
    struct Pull {
        BlockOf target, free, pulled;
    };

    /// Everyone's own set point, and what others in the market show.
    void talk(Pull& pull, const BlockRows& block, const MarketView& view,
              std::size_t client) const {
        const Clients& market = view.clients;
        const sim::Graph& graph = network(view.world, Network::client);
        const std::size_t lanes = block.lanes;
        Lanes heard{};
        float listened = 0.0F;
        const auto others = graph.neighbours(client);
        const auto weights = graph.weights(client);
        for (std::size_t k = 0; k < others.size(); ++k) {
            const float* shown = market.shown.data() + others[k] * lanes;
            for (std::size_t lane = 0; lane < lanes; ++lane)
                heard[lane] += weights[k] * shown[lane];
            listened += weights[k];
        }
        const float weight = listened > 0.0F ? talk_weight_ : 0.0F;
        const float share = listened > 0.0F ? 1.0F / listened : 0.0F;
        const std::size_t start = client * lanes - block.first;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::size_t row = client * lanes + lane;
            pull.target[start + lane] = market.set_point[row] + view.around.shock[lane] + impulse_;
            pull.free[start + lane] = 1.0F - weight;
            pull.pulled[start + lane] = weight * (heard[lane] * share - market.engagement[row]);
        }
    }

    /// What clients of a firm get besides: service, price, the firm and their contacts.
    void be_served(Pull& pull, const MarketBlock& block, const Clients& market,
                   const Firms& firm) const {
        const ServedRows& served = block.served;
        const float same_mood = reference_.client - reference_.employee;
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::size_t i = served.offset[k];
            const std::size_t row = block.rows.first + i;
            const float weight = contact_weight_ * market.contact_present[row];
            pull.target[i] += 4.0F * quality_ * (market.quality[row] - usual_quality_) +
                              price_ * market.fairness[row] +
                              bond_ * (std::min(market.relation[row] / 24.0F, 1.0F) - 0.6F) +
                              firm.appeal[served.home[k]];
            pull.free[i] -= weight;
            pull.pulled[i] +=
                weight * (market.contact_shown[row] + same_mood - market.engagement[row]);
        }
    }

    void move(Clients& market, const BlockRows& block, const Pull& pull,
              const std::uint32_t* words) const {
        BlockOf noise;
        for (std::size_t i = 0; i < block.count; ++i)
            noise[i] = mood_.noise * sim::normal(words[i]);
        const float angry = std::min(1.0F, anger_ * mood_.rate);
        for (std::size_t i = 0; i < block.count; ++i) {
            const std::size_t row = block.first + i;
            const float speed = market.fairness[row] < 0.0F ? angry : mood_.rate;
            const float own = market.engagement[row];
            const float encounters = good_ * static_cast<float>(market.good[row]) -
                                     bad_ * static_cast<float>(market.bad[row]);
            market.engagement[row] =
                own + speed * (pull.free[i] * (pull.target[i] - own) + pull.pulled[i]) +
                encounter_ * encounters + noise[i];
        }
    }

    Reference reference_;
    Mobility mood_;
    float encounter_; ///< of one encounter, whatever the step: its number shrinks with the step
    float anger_, price_, stability_, innovation_, bond_, usual_quality_, impulse_;
    float contact_weight_ = 0.0F, talk_weight_ = 0.0F;
    float quality_ = 0.0F, bad_ = 0.0F, good_ = 0.0F;
};

/// E5: bounded only while the pulls leave something of the set point.
void check(const sim::Settings& settings, sim::Problems& problems) {
    const double total = settings.number("contagion.contact.weight") +
                         settings.number("contagion.word_of_mouth.weight");
    if (total < 1.0) return;
    problems.push_back(
        {"contagion.contact.weight",
         fmt::format("contact and word_of_mouth weights add up to {:.4g} (E5: a client "
                     "keeps something of the own set point, so below 1); lower one",
                     total)});
}

}

Law client_engagement_law() {
    using sim::between;
    return {
        .name = "contagion.client",
        .stage = "encounter",
        .meaning = "moves clients' engagement by service, price, contacts and word of mouth",
        .equations = "E6, E7",
        .parameters =
            {
                {"client.mean", 0.75, "logit", between(-2, 3), "fit: NPS 15-45",
                 "mean set point of clients, mC"},
                {"client.set_point_sd", 0.80, "logit", between(0, 3), "fit: NPS 15-45",
                 "standard deviation of set points"},
                {"client.state_sd", 0.50, "logit", between(0, 2), "assumed",
                 "stationary standard deviation of the state around its target"},
                {"client.adjustment", 0.12, "1/month", between(0, 1), "assumed (lambda_c)",
                 "share of the gap to the target closed in a month"},
                {"client.unfair_speed", 2.0, "1", between(1, 10), "assumed (claim C14: quickly)",
                 "how many times faster a client moves who finds the price unfair"},
                {"client.quality", 0.3, "logit", between(0, 2), "assumed (theta_Q)",
                 "effect of expected quality"},
                {"client.price", 0.8, "logit", between(0, 3),
                 "assumed (theta_P); Kahneman et al. 1986 for the form", "effect of a fair price"},
                {"client.stability", 0.4, "logit", between(0, 2), "assumed (theta_S)",
                 "effect of the firm's perceived stability"},
                {"client.innovation", 0.5, "logit", between(0, 2), "assumed (theta_V)",
                 "effect of the firm's innovation"},
                {"client.relation", 0.2, "logit", between(0, 2),
                 "assumed (theta_T); Palmatier et al. 2007 for the direction",
                 "effect of a long relation with the same contact"},
                {"client.bad_encounter", 0.25, "logit", between(0, 3),
                 "assumed: bad about 8 x good", "what a bad encounter takes"},
                {"client.good_encounter", 0.03, "logit", between(0, 3), "assumed",
                 "what a good encounter gives"},
                {"impulse.client", 0.0, "logit", between(-3, 3),
                 "chosen by the user (an experiment)",
                 "lasting push on what every client's engagement tends to; to measure the loop"},
                {"contagion.contact.weight", 0.12, "fraction", between(0, 1),
                 "fit: portfolio correlation .20-.35", "weight of contacts on a client, w_con"},
                {"contagion.word_of_mouth.weight", 0.05, "fraction", between(0, 1),
                 "assumed (w_cc)", "weight of other clients on a client"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<ClientEngagement>(settings);
        },
        .check = check,
    };
}

}
