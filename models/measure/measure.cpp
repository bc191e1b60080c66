#include "models/catalogue.hpp"
#include "models/client/served.hpp"
#include "models/draws.hpp"
#include "models/firm/ledger.hpp"
#include "models/fixed.hpp"

namespace cercle::models {

namespace {

constexpr float engaged_from = 0.70F;
constexpr float disengaged_to = 0.25F;

/// The end of a step: clients answer how likely they are to recommend,
///   score = clip(round(10 logistic(1.15 y + .55) + .8 e), 0, 10),
/// and each firm counts its people. The answers are part of the world (promoters bring clients), so
/// they are drawn here and not where results are recorded.
class Measure final : public sim::Process {
public:
    explicit Measure(const sim::Settings& settings)
        : slope_(settings.real("survey.slope")), base_(settings.real("survey.base")),
          noise_(settings.real("survey.noise")) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto market = clients(world);
        const std::size_t lanes = world.lanes();
        sim::for_each_block(count_of(world, Kind::clients), lanes, [&](auto first, auto last) {
            std::uint32_t words[sim::block_rows];
            sim::fill_words(world.source, tick.step, sim::Draw::survey,
                            static_cast<std::uint32_t>(first),
                            static_cast<std::uint32_t>(last - first), words);
            ask(market, BlockRows(first, last, lanes), words);
        });
        auto firm = firms(world);
        close_books(firm, tick);
        if (lanes == firm.clients.size()) {
            count_clients_of_one(market, firm, lanes);
        } else {
            count_clients(market, firm, lanes);
        }
        const auto staff = employees(std::as_const(world));
        for (std::size_t f = 0; f < firm.positions.size(); ++f) {
            for (std::size_t lane = 0; lane < lanes; ++lane)
                count_staff(firm, staff, f, lane, lanes);
        }
    }

private:
    /// Counts of each lane. One loop for each kind of number, so that each fills whole vectors.
    struct LaneTotals {
        template <class T> using Lanes = T[sim::max_lanes];
        Lanes<std::int32_t> clients{}, promoters{}, detractors{};
        Lanes<std::int64_t> volume{}, engagement{};

        void add(const Clients& market, std::size_t client, std::size_t lanes) {
            const std::int32_t* const firm = market.firm.data() + client * lanes;
            const float* const score = market.score.data() + client * lanes;
            const float* const level = market.level.data() + client * lanes;
            const auto units = static_cast<std::int32_t>(market.volume[client] * 65536.0F);
            Lanes<std::int32_t> served, engaged;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                served[lane] = firm[lane] != outside ? 1 : 0;
                engaged[lane] = static_cast<std::int32_t>(level[lane] * fixed_one + 0.5F);
                clients[lane] += served[lane];
            }
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                promoters[lane] += score[lane] >= 9.0F ? served[lane] : 0;
                detractors[lane] += score[lane] <= 6.0F ? served[lane] : 0;
            }
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                volume[lane] += served[lane] * units;
                engagement[lane] += served[lane] * engaged[lane];
            }
        }
    };

    void ask(Clients& market, const BlockRows& block, const std::uint32_t* words) const {
        const ServedRows served(market, block);
        BlockOf engagement, level, answer;
        std::uint32_t word[sim::block_rows];
        for (std::size_t k = 0; k < served.count; ++k) {
            engagement[k] = market.engagement[block.first + served.offset[k]];
            word[k] = words[served.offset[k]];
        }
        for (std::size_t k = 0; k < served.count; ++k) {
            level[k] = sim::logistic(engagement[k]);
            const float mood = 10.0F * sim::logistic(slope_ * engagement[k] + base_) +
                               noise_ * sim::normal(word[k]) + 0.5F;
            const float within = mood < 0.0F ? 0.0F : (mood > 10.0F ? 10.0F : mood);
            answer[k] = static_cast<float>(static_cast<std::int32_t>(within));
        }
        for (std::size_t k = 0; k < served.count; ++k) {
            const std::size_t row = block.first + served.offset[k];
            market.score[row] = answer[k];
            market.level[row] = level[k];
        }
    }

    /// The identities of the ledger, to the cent, at every step of a build with assertions.
    static void close_books(Firms& firm, [[maybe_unused]] const sim::Tick& tick) {
        for (std::size_t home = 0; home < firm.alive.size(); ++home) {
#ifndef NDEBUG
            const Books books{firm, home};
            sim::expects(books.imbalance() == 0, "ledger: cash equals capital and reserves");
            sim::expects(firm.alive[home] == 0 || tick.step == 0 || books.unexplained() == 0,
                         "ledger: the month's bookings explain the change of cash");
#endif
            firm.cash_before[home] = firm.cash[home];
        }
    }

    /// The same where there is one firm: lanes side by side, whole vectors at a time.
    static void count_clients_of_one(const Clients& market, Firms& firm, std::size_t lanes) {
        LaneTotals total;
        for (std::size_t client = 0; client < market.volume.size(); ++client) {
            total.add(market, client, lanes);
        }
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            firm.clients[lane] = total.clients[lane];
            firm.promoters[lane] = total.promoters[lane];
            firm.detractors[lane] = total.detractors[lane];
            firm.volume[lane] = total.volume[lane];
            firm.client_engagement_sum[lane] = total.engagement[lane];
        }
    }

    static void count_clients(const Clients& market, Firms& firm, std::size_t lanes) {
        for (std::size_t home = 0; home < firm.clients.size(); ++home) {
            firm.clients[home] = 0;
            firm.promoters[home] = 0;
            firm.detractors[home] = 0;
            firm.volume[home] = 0;
            firm.client_engagement_sum[home] = 0;
        }
        for (std::size_t client = 0; client < market.volume.size(); ++client) {
            const auto volume = static_cast<std::int64_t>(market.volume[client] * 65536.0F);
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const std::size_t row = client * lanes + lane;
                if (market.firm[row] == outside) continue;
                const std::size_t home = firm_row(market, row, lanes);
                ++firm.clients[home];
                firm.promoters[home] += market.score[row] >= 9.0F ? 1 : 0;
                firm.detractors[home] += market.score[row] <= 6.0F ? 1 : 0;
                firm.volume[home] += volume;
                firm.client_engagement_sum[home] += to_fixed(market.level[row]);
            }
        }
    }

    static void count_staff(Firms& firm, const Employees& staff, std::size_t f, std::size_t lane,
                            std::size_t lanes) {
        const std::size_t home = f * lanes + lane;
        firm.engagement_sum[home] = 0;
        firm.output_sum[home] = 0;
        firm.absence_sum[home] = 0;
        firm.engaged[home] = 0;
        firm.disengaged[home] = 0;
        const std::size_t first = firm.first_position[f];
        for (std::size_t position = first; position < first + firm.positions[f]; ++position) {
            const std::size_t row = position * lanes + lane;
            if (staff.occupied[row] == 0) continue;
            const float engagement = sim::logistic(staff.engagement[row]);
            firm.engagement_sum[home] += to_fixed(engagement);
            firm.output_sum[home] += to_fixed(staff.output[row]);
            firm.absence_sum[home] += to_fixed(staff.absence[row]);
            firm.engaged[home] += engagement >= engaged_from ? 1 : 0;
            firm.disengaged[home] += engagement <= disengaged_to ? 1 : 0;
        }
    }

    float slope_, base_, noise_;
};

}

Law measure_law() {
    using sim::between;
    return {
        .name = "measure",
        .stage = "measure",
        .meaning = "asks clients whether they would recommend, and counts each firm's people",
        .equations = "measurement",
        .parameters =
            {
                {"survey.slope", 1.15, "1", between(0, 5), "fit: NPS 15-45",
                 "how engagement turns into a likelihood to recommend"},
                {"survey.base", 0.55, "logit", between(-5, 5), "fit: NPS 15-45", "its level"},
                {"survey.noise", 0.8, "1", between(0, 5), "assumed",
                 "standard deviation of an answer on the scale of 0 to 10"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Measure>(settings);
        },
    };
}

}
