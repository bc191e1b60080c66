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

std::string counted(std::size_t count, const std::string& noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string design_text(const Design& design) {
    if (design.factors.empty()) return "";
    std::string text = fmt::format("  design {}:", design.method.name);
    for (const Factor& factor : design.factors) {
        text += fmt::format("{} {}", &factor == design.factors.data() ? "" : ",", factor.name);
    }
    return text + "\n";
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

double Study::file_bytes() const {
    const ReadyArm& ready = parts_->arms.front();
    const bool series = parts_->scenario.arms.front().settings.text("observe.series") != "none";
    const double metrics = static_cast<double>(ready.observables->series().size());
    const double of_run =
        (series ? metrics * static_cast<double>(ready.period.times()) * sizeof(float) : 0.0) +
        static_cast<double>(ready.observables->outcomes().size() + ready.nodes) * sizeof(double) +
        sizeof(std::uint64_t) + 1.0;
    const Scenario& scenario = parts_->scenario;
    return of_run * static_cast<double>(scenario.arms.size() * scenario.design.points()) *
           static_cast<double>(scenario.replicates);
}

std::string Study::plan_text(std::size_t lanes, std::size_t threads, std::size_t shards) const {
    const Scenario& scenario = parts_->scenario;
    const std::size_t together = std::min(lanes, scenario.replicates);
    const std::size_t points = scenario.design.points();
    const std::size_t runs = scenario.arms.size() * points * scenario.replicates;
    std::string text =
        fmt::format("{}\n\n{} runs = {} x {} x {}, seed {}\n", scenario.title, runs,
                    counted(scenario.arms.size(), "arm"), counted(points, "design point"),
                    counted(scenario.replicates, "replicate"), scenario.seed) +
        design_text(scenario.design);
    double seconds = 0.0;
    double world_bytes = 0.0;
    double record_bytes = 0.0;
    for (std::size_t arm = 0; arm < scenario.arms.size(); ++arm) {
        const ReadyArm& ready = parts_->arms[arm];
        const sim::World world =
            ready.found({.seed = scenario.seed,
                         .first_replicate = 0,
                         .lanes = static_cast<std::uint32_t>(ready.ties_move ? 1 : together)});
        const std::size_t steps = ready.period.burn_in + ready.period.steps;
        text +=
            fmt::format("  {:<20} {}, {} steps\n", scenario.arms[arm].name, ready.size_text, steps);
        const double batches =
            static_cast<double>(points * scenario.replicates) / static_cast<double>(world.lanes());
        seconds += seconds_per_step(world, ready) * static_cast<double>(steps) * batches;
        world_bytes = std::max(world_bytes, static_cast<double>(world.bytes()));
        record_bytes = std::max(
            record_bytes, static_cast<double>(together * ready.period.times() *
                                              ready.observables->series().size() * sizeof(float)) +
                              static_cast<double>(together * ready.nodes * sizeof(double)));
    }
    const double memory = static_cast<double>(threads) * 2.0 * world_bytes +
                          static_cast<double>(sim::slots_for(threads)) * record_bytes;
    text += fmt::format("\n{} on {} with {} side by side; memory {}, file {}\n",
                        duration_text(seconds / static_cast<double>(threads)),
                        counted(threads, "thread"), counted(together, "replicate"),
                        bytes_text(memory), bytes_text(file_bytes()));
    if (shards > 1) {
        text += fmt::format("with --shard I/{}: {} files of about {} runs, {} each on {}\n", shards,
                            shards, (runs + shards - 1) / shards,
                            duration_text(seconds / static_cast<double>(threads * shards)),
                            counted(threads, "thread"));
    }
    return text + "\none step:\n" + process_text();
}

}
