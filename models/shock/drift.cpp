#include <cmath>

#include "models/catalogue.hpp"
#include "models/draws.hpp"
#include "models/state.hpp"
#include "sim/parallel.hpp"

namespace cercle::models {

namespace {

/// Null world WL: a latent part of each set point drifts, and the drifts of tied people resemble
/// each other although nothing passes between them. Innovations are an own normal number plus the
/// mean of the colleagues' own numbers, scaled so that the drift keeps its standard deviation.
class Drift final : public sim::Process {
public:
    explicit Drift(const sim::Settings& settings)
        : memory_(static_cast<float>(
              std::pow(settings.number("drift.memory"), settings.number("time.step")))),
          noise_(
              static_cast<float>(settings.number("drift.sd") *
                                 std::sqrt(1.0 - std::pow(settings.number("drift.memory"),
                                                          2.0 * settings.number("time.step"))))) {}

    void advance(sim::World& world, const sim::Tick& tick) const override {
        auto staff = employees(world);
        const sim::Graph& graph = network(std::as_const(world), Network::colleague);
        const std::size_t lanes = world.lanes();
        const std::size_t count = count_of(world, Kind::employees);
        sim::for_each_block(count, lanes, [&](auto first, auto last) {
            std::uint32_t words[sim::block_rows];
            sim::fill_words(world.source, tick.step, sim::Draw::trait_drift,
                            static_cast<std::uint32_t>(first),
                            static_cast<std::uint32_t>(last - first), words);
            for (std::size_t i = 0; i < (last - first) * lanes; ++i) {
                staff.scratch[first * lanes + i] = sim::normal(words[i]);
            }
        });
        sim::for_each_block(count, lanes, [&](auto first, auto last) {
            for (std::size_t person = first; person < last; ++person) {
                const auto others = graph.neighbours(person);
                for (std::size_t lane = 0; lane < lanes; ++lane) {
                    const std::size_t row = person * lanes + lane;
                    staff.drift[row] = memory_ * staff.drift[row] +
                                       noise_ * innovation(staff, others, row, lane, lanes);
                }
            }
        });
    }

private:
    /// Variance 1: (own + mean of k others) / sqrt(1 + 1/k), own numbers being independent.
    static float innovation(const Employees& staff, std::span<const std::uint32_t> others,
                            std::size_t row, std::size_t lane, std::size_t lanes) {
        if (others.empty()) return staff.scratch[row];
        float sum = 0.0F;
        for (const std::uint32_t other : others) sum += staff.scratch[other * lanes + lane];
        const auto k = static_cast<float>(others.size());
        return (staff.scratch[row] + sum / k) / std::sqrt(1.0F + 1.0F / k);
    }

    float memory_, noise_;
};

}

Law drift_law() {
    return {
        .name = "shock.drift",
        .stage = "shock",
        .meaning = "drifts set points, alike for tied people though nothing passes between them",
        .equations = "null world WL",
        .parameters =
            {
                {"drift.sd", 0.0, "logit", sim::between(0, 2), "null world WL (off)",
                 "standard deviation of the drift"},
                {"drift.memory",
                 0.95,
                 "1",
                 {.low = 0, .high = 1, .high_open = true},
                 "assumed",
                 "its monthly autocorrelation"},
            },
        .build = [](const sim::Settings& settings) -> std::unique_ptr<sim::Process> {
            if (settings.number("drift.sd") == 0.0) return nullptr;
            return std::make_unique<Drift>(settings);
        },
    };
}

}
