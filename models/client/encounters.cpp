#include <algorithm>
#include <cmath>

#include "models/catalogue.hpp"
#include "models/client/market_process.hpp"
#include "models/draws.hpp"
#include "models/governance/policy.hpp"
#include "models/reference.hpp"

namespace cercle::models {

namespace {

/// How many events of Poisson variables with these means happen, by inversion of one word each:
/// rises with the word and with the mean, so that paired worlds stay paired. 255 at most.
class PoissonCounts {
public:
    /// `count` means; `word_of(k)` is the word of the k-th.
    template <class WordOf>
    PoissonCounts(const float* mean, std::size_t count, WordOf word_of) : count_(count) {
        for (std::size_t k = 0; k < count; ++k) {
            uniform_[k] = sim::uniform(word_of(k));
            probability_[k] = below_[k] = sim::exp(-mean[k]);
            number_[k] = 0;
        }
        // The first terms for all together, in vectors; the rare rest one by one.
        for (std::uint32_t n = 1; n <= together; ++n) add_term(mean, n);
        for (std::size_t k = 0; k < count; ++k) {
            if (uniform_[k] > below_[k]) add_rest(k, mean[k]);
        }
    }
    std::uint8_t operator[](std::size_t k) const { return static_cast<std::uint8_t>(number_[k]); }

private:
    static constexpr std::uint32_t together = 6;

    void add_term(const float* mean, std::uint32_t n) {
        const float share = 1.0F / static_cast<float>(n);
        for (std::size_t k = 0; k < count_; ++k) {
            number_[k] += uniform_[k] > below_[k] ? 1U : 0U;
            probability_[k] *= mean[k] * share;
            below_[k] += probability_[k];
        }
    }

    void add_rest(std::size_t k, float mean) {
        for (std::uint32_t n = together + 1; uniform_[k] > below_[k] && number_[k] < 255; ++n) {
            ++number_[k];
            probability_[k] *= mean / static_cast<float>(n);
            below_[k] += probability_[k];
            if (probability_[k] < 1e-9F && static_cast<float>(n) > mean) break;
        }
    }

    std::size_t count_;
    BlockOf uniform_, probability_, below_;
    std::uint32_t number_[sim::block_rows];
};

/// E10: a client meets its contacts a Poisson number of times a month; an encounter is bad with
///   p_bad = logistic(eta0 - etaE (shown - mE) + etaL overload - etaM members - etaI (I - 1/2)),
/// so bad and good encounters are independent Poisson variables. Q = 1 - p_bad is the quality a
/// client comes to expect.
class Encounters final : public MarketProcess {
public:
    explicit Encounters(const sim::Settings& settings)
        : reference_(settings), rate_(static_cast<float>(settings.number("encounter.rate") *
                                                         settings.number("time.step"))),
          base_(settings.real("encounter.base")), load_(settings.real("encounter.overload")),
          policies_(settings) {
        if (!settings.flag("switch.quality")) return;
        engagement_ = settings.real("encounter.engagement");
        member_ = settings.real("encounter.member_effort");
        information_ = settings.real("encounter.information");
    }

private:
    void begin(sim::World& world) const override {
        auto firm = firms(world);
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
            const float information = policies_[firm.policy[home]].information;
            firm.service_strain[home] =
                base_ + load_ * firm.overload[home] - information_ * (information - 0.5F);
        }
    }

    void serve(MarketView& market, const MarketBlock& block) const override {
        std::uint32_t bad[sim::block_rows];
        std::uint32_t good[sim::block_rows];
        const sim::Source& source = market.world.source;
        const std::uint32_t step = market.tick.step;
        sim::fill_words(source, step, sim::Draw::bad_encounters, block.first, block.count, bad);
        sim::fill_words(source, step, sim::Draw::good_encounters, block.first, block.count, good);
        std::fill_n(market.clients.bad.data() + block.rows.first, block.rows.count,
                    std::uint8_t{0});
        std::fill_n(market.clients.good.data() + block.rows.first, block.rows.count,
                    std::uint8_t{0});
        meet(market.clients, market.firms, block, bad, good);
    }

    void meet(Clients& market, const Firms& firm, const MarketBlock& block,
              const std::uint32_t* bad, const std::uint32_t* good) const {
        const ServedRows& served = block.served;
        BlockOf p_bad, met, bad_mean, good_mean;
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::size_t row = block.rows.first + served.offset[k];
            p_bad[k] = firm.service_strain[served.home[k]] -
                       engagement_ * (market.contact_shown[row] - reference_.employee) -
                       member_ * market.contact_member[row];
            met[k] = rate_ * market.contact_present[row];
        }
        for (std::size_t k = 0; k < served.count; ++k) {
            p_bad[k] = sim::logistic(p_bad[k]);
            bad_mean[k] = met[k] * p_bad[k];
            good_mean[k] = met[k] - bad_mean[k];
        }
        const PoissonCounts bad_ones(bad_mean, served.count,
                                     [&](std::size_t k) { return bad[served.offset[k]]; });
        const PoissonCounts good_ones(good_mean, served.count,
                                      [&](std::size_t k) { return good[served.offset[k]]; });
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::size_t row = block.rows.first + served.offset[k];
            market.bad[row] = bad_ones[k];
            market.good[row] = good_ones[k];
            if (met[k] > 0.0F) market.quality[row] = 1.0F - p_bad[k];
        }
    }

    Reference reference_;
    float rate_, base_, load_;
    float engagement_ = 0.0F, member_ = 0.0F, information_ = 0.0F;
    Policies policies_;
};

}

Law encounters_law() {
    return {
        .name = "client.encounters",
        .stage = "encounter",
        .meaning = "lets clients meet their contacts, well or badly served",
        .equations = "E10",
        .parameters =
            {
                {"switch.quality",
                 true,
                 "",
                 {},
                 "chosen by the user",
                 "engaged employees serve better, and clients feel it"},
                {"encounter.rate", 2.0, "1/month", sim::between(0.0, 20), "assumed (nu)",
                 "encounters of a client with its contacts"},
                {"encounter.base", -2.6, "logit", sim::between(-8, 4), "assumed (base p_bad 7 %)",
                 "log odds of a bad encounter with an average employee, eta0"},
                {"encounter.engagement", 0.7, "1", sim::between(0, 3), "assumed (eta_E)",
                 "how much engagement lowers the log odds of a bad encounter"},
                {"encounter.overload", 2.0, "logit", sim::between(0, 10), "assumed (eta_L)",
                 "how much demand above capacity raises them"},
                {"encounter.member_effort", 0.1, "logit", sim::between(-1, 1), "assumed (claim C6)",
                 "how much a member's sense of responsibility lowers them at equal engagement"},
                {"encounter.information", 0.3, "logit", sim::between(-1, 2), "assumed (claim C7)",
                 "how much informed employees lower them"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Encounters>(settings);
        },
    };
}

}
