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

/// What the program takes before its first world, and for each run (its seed, its place among the
/// batches, its status). Measured.
constexpr double program_bytes = 22e6;
constexpr double bytes_of_run = 40.0;
/// Head of a result file: attributes, scales, an empty dataset for each metric. Measured.
constexpr double head_bytes = 140e3;

/// What a study takes, of one thread.
struct Cost {
    double seconds = 0.0;
    double world_bytes = 0.0;  ///< of the largest world
    double record_bytes = 0.0; ///< of the largest batch of records
};

void add_cost(Cost& cost, const Scenario& scenario, const ReadyArm& ready, std::size_t together) {
    const sim::World world =
        ready.found({.seed = scenario.seed,
                     .first_replicate = 0,
                     .lanes = static_cast<std::uint32_t>(ready.ties_move ? 1 : together)});
    const auto batches = static_cast<double>(scenario.design.points() * scenario.replicates) /
                         static_cast<double>(world.lanes());
    cost.seconds += seconds_per_step(world, ready) *
                    static_cast<double>(ready.period.burn_in + ready.period.steps) * batches;
    cost.world_bytes = std::max(cost.world_bytes, static_cast<double>(world.bytes()));
    const std::size_t bytes_each =
        ready.period.times() * ready.observables->series().size() * sizeof(float) +
        ready.nodes * sizeof(double);
    cost.record_bytes = std::max(cost.record_bytes, static_cast<double>(together * bytes_each));
}

std::string design_text(const Design& design) {
    if (design.factors.empty()) return "";
    std::string text = fmt::format("  design {}:", design.method.name);
    for (const Factor& factor : design.factors) {
        text += fmt::format("{} {}", &factor == design.factors.data() ? "" : ",", factor.name);
    }
    return text + "\n";
}

std::string head_text(const Scenario& scenario, std::size_t runs) {
    std::string text = fmt::format("{}\n\n{} runs = {} x {} x {}, seed {}\n", scenario.title, runs,
                                   counted(scenario.arms.size(), "arm"),
                                   counted(scenario.design.points(), "design point"),
                                   counted(scenario.replicates, "replicate"), scenario.seed);
    if (scenario.stopping) {
        text += fmt::format("  at most: it stops when {} is known to +-{:.3g} everywhere\n",
                            scenario.stopping->outcome, scenario.stopping->half_width);
    }
    return text + design_text(scenario.design);
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
    double networks = 0.0;
    for (const sim::NetworkTable& table : this->networks())
        networks += static_cast<double>(table.ties.size() * sizeof(sim::Tie));
    return head_bytes + networks +
           of_run * static_cast<double>(scenario.arms.size() * scenario.design.points()) *
               static_cast<double>(scenario.replicates);
}

std::string Study::plan_text(std::size_t lanes, std::size_t threads, std::size_t shards) const {
    const Scenario& scenario = parts_->scenario;
    const std::size_t together = std::min(lanes, scenario.replicates);
    const std::size_t runs = scenario.arms.size() * scenario.design.points() * scenario.replicates;
    std::string text = head_text(scenario, runs);
    Cost cost;
    for (std::size_t arm = 0; arm < scenario.arms.size(); ++arm) {
        const ReadyArm& ready = parts_->arms[arm];
        const std::size_t steps = ready.period.burn_in + ready.period.steps;
        text +=
            fmt::format("  {:<20} {}, {} steps\n", scenario.arms[arm].name, ready.size_text, steps);
        add_cost(cost, scenario, ready, together);
    }
    const double memory = program_bytes + bytes_of_run * static_cast<double>(runs) +
                          static_cast<double>(threads) * 2.0 * cost.world_bytes +
                          static_cast<double>(sim::slots_for(threads)) * cost.record_bytes;
    text += fmt::format("\n{} on {} with {} side by side; memory {}, file {}\n",
                        duration_text(cost.seconds / static_cast<double>(threads)),
                        counted(threads, "thread"), counted(together, "replicate"),
                        bytes_text(memory), bytes_text(file_bytes()));
    if (shards > 1) {
        text += fmt::format("with --shard I/{}: {} files of about {} runs, {} each on {}\n", shards,
                            shards, (runs + shards - 1) / shards,
                            duration_text(cost.seconds / static_cast<double>(threads * shards)),
                            counted(threads, "thread"));
    }
    return text + "\none step:\n" + process_text();
}

}
