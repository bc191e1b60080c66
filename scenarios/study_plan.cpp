#include <chrono>

#include <fmt/format.h>

#include "scenarios/study_parts.hpp"
#include "sim/parallel.hpp"

namespace cercle::scenarios {

namespace {

/// Seconds that one step of a world takes now, on one thread: a probe of a few steps.
double seconds_per_step(sim::World world, const ReadyArm& arm) {
    constexpr int steps = 6;
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < steps; ++i) {
        arm.pipeline.advance(world, {.step = world.step + 1, .months = arm.period.months});
    }
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / steps;
}

std::string duration_text(double seconds) {
    if (seconds < 1.0) return "under 1 s";
    if (seconds < 120.0) return fmt::format("about {:.0f} s", seconds);
    if (seconds < 7200.0) return fmt::format("about {:.0f} min", seconds / 60.0);
    return fmt::format("about {:.1f} h", seconds / 3600.0);
}

std::string bytes_text(double bytes) {
    if (bytes < 1e6) return fmt::format("{:.0f} kB", bytes / 1e3);
    if (bytes < 1e9) return fmt::format("{:.1f} MB", bytes / 1e6);
    return fmt::format("{:.2f} GB", bytes / 1e9);
}

}

std::string Study::process_text() const {
    std::string text;
    for (std::size_t arm = 0; arm < parts_->arms.size(); ++arm) {
        const std::string plan = parts_->arms[arm].pipeline.text();
        if (arm > 0 && plan == parts_->arms[0].pipeline.text()) continue;
        if (arm > 0) text += "arm " + parts_->scenario.arms[arm].name + ":\n";
        text += plan;
    }
    return text;
}

std::string Study::plan_text(std::size_t lanes, std::size_t threads) const {
    const Scenario& scenario = parts_->scenario;
    const std::size_t together = std::min(lanes, scenario.replicates);
    const std::size_t runs = scenario.arms.size() * scenario.replicates;
    std::string text =
        fmt::format("{}\n\n{} runs = {} arms x 1 design point x {} replicates, seed {}\n",
                    scenario.title, runs, scenario.arms.size(), scenario.replicates, scenario.seed);
    double seconds = 0.0;
    double world_bytes = 0.0;
    double record_bytes = 0.0;
    for (std::size_t arm = 0; arm < scenario.arms.size(); ++arm) {
        const ReadyArm& ready = parts_->arms[arm];
        const sim::World world = parts_->found(arm, 0, ready.ties_move ? 1 : together);
        const std::size_t steps = ready.period.burn_in + ready.period.steps;
        text +=
            fmt::format("  {:<20} {}, {} steps\n", scenario.arms[arm].name, ready.size_text, steps);
        const double batches =
            static_cast<double>(scenario.replicates) / static_cast<double>(world.lanes());
        seconds += seconds_per_step(world, ready) * static_cast<double>(steps) * batches;
        world_bytes = std::max(world_bytes, static_cast<double>(world.bytes()));
        record_bytes = std::max(
            record_bytes, static_cast<double>(together * ready.period.times() *
                                              ready.observables->series().size() * sizeof(float)) +
                              static_cast<double>(together * ready.nodes * sizeof(double)));
    }
    const double memory = static_cast<double>(threads) * 2.0 * world_bytes +
                          static_cast<double>(sim::slots_for(threads)) * record_bytes;
    const double file = static_cast<double>(runs) * record_bytes / static_cast<double>(together);
    text += fmt::format("\n{} on {} thread(s) with {} replicates side by side; memory {}, "
                        "file {}\n\none step:\n",
                        duration_text(seconds / static_cast<double>(threads)), threads, together,
                        bytes_text(memory), bytes_text(file));
    return text + process_text();
}

}
