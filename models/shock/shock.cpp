#include <cmath>

#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/state.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

using sim::Draw;

/// A stationary first-order autoregression with this standard deviation and monthly memory.
struct Autoregression {
    float memory;
    float noise;

    Autoregression(double sd, double monthly_memory, double months)
        : memory(static_cast<float>(std::pow(monthly_memory, months))),
          noise(static_cast<float>(sd * std::sqrt(1.0 - std::pow(monthly_memory, 2.0 * months)))) {}

    void advance(sim::World& world, std::uint32_t step, Draw draw, Column<float>& level) const {
        if (noise == 0.0F) return;
        sim::for_each_block(
            level.size() / world.lanes(), world.lanes(), [&](auto first, auto last) {
                std::uint32_t words[sim::block_rows];
                sim::fill_words(world.source, step, draw, static_cast<std::uint32_t>(first),
                                static_cast<std::uint32_t>(last - first), words);
                float* own = level.data() + first * world.lanes();
                const std::size_t rows = (last - first) * world.lanes();
                for (std::size_t i = 0; i < rows; ++i) {
                    own[i] = memory * own[i] + noise * sim::normal(words[i]);
                }
            });
    }
};

/// E2: shocks shared by a team, a site, everyone, and the price elsewhere (first-order
/// autoregressions with given stationary standard deviation).
class Shock final : public sim::Process {
public:
    Shock(const sim::Settings& settings, double months)
        : price_(settings.real("market.price")),
          market_(settings.number("market.price_sd"), settings.number("market.price_memory"),
                  months),
          everyone_(settings.number("shock.global.sd"), settings.number("shock.global.memory"),
                    months),
          team_(settings.number("shock.team.sd"), settings.number("shock.team.memory"), months),
          site_(settings.number("shock.site.sd"), settings.number("shock.site.memory"), months) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto around = environment(world);
        auto team = teams(world);
        auto site = sites(world);
        market_.advance(world, tick.step, Draw::market_price, around.market_deviation);
        everyone_.advance(world, tick.step, Draw::global_shock, around.shock);
        team_.advance(world, tick.step, Draw::team_shock, team.shock);
        site_.advance(world, tick.step, Draw::site_shock, site.shock);
        for (std::size_t lane = 0; lane < world.lanes(); ++lane) {
            around.market_price[lane] = price_ * sim::exp(around.market_deviation[lane]);
        }
    }

private:
    float price_;
    Autoregression market_, everyone_, team_, site_;
};

}

Law shock_law() {
    return {
        .name = "shock",
        .stage = "shock",
        .meaning = "moves the price elsewhere and the shocks shared by teams, sites and everyone",
        .equations = "E2",
        .parameters =
            {
                {"market.price", 1000.0, "EUR/month", sim::positive, "assumed",
                 "price of one unit of volume elsewhere"},
                {"market.price_sd", 0.02, "1", sim::between(0, 0.5), "assumed",
                 "standard deviation of the log price elsewhere"},
                {"market.price_memory",
                 0.95,
                 "1",
                 {.low = 0, .high = 1, .high_open = true},
                 "assumed",
                 "monthly autocorrelation of the price elsewhere"},
                {"shock.global.sd", 0.0, "logit", sim::between(0, 2), "assumed (off)",
                 "standard deviation of the shock shared by everyone"},
                {"shock.global.memory",
                 0.8,
                 "1",
                 {.low = 0, .high = 1, .high_open = true},
                 "assumed",
                 "its monthly autocorrelation"},
                {"shock.team.sd", 0.35, "logit", sim::between(0, 2),
                 "fit: team ICC .05-.20; contagion alone gives .02",
                 "standard deviation of the shock shared by a team"},
                {"shock.team.memory",
                 0.95,
                 "1",
                 {.low = 0, .high = 1, .high_open = true},
                 "assumed",
                 "its monthly autocorrelation"},
                {"shock.site.sd", 0.0, "logit", sim::between(0, 2), "assumed (off; null worlds)",
                 "standard deviation of the hidden shock shared by a site"},
                {"shock.site.memory",
                 0.8,
                 "1",
                 {.low = 0, .high = 1, .high_open = true},
                 "assumed",
                 "its monthly autocorrelation"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            return std::make_unique<Shock>(settings, settings.number("time.step"));
        },
    };
}

}
