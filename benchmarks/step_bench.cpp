// What does a month of the complete model cost, for each agent and on one core (goal G9)? On the
// world of scenarios/scop_vs_conventional.toml: all processes on. Verifies first that a step
// allocates nothing and that the bits do not depend on the lanes.

#include <atomic>
#include <cstdlib>
#include <new>
#include <string>

#include <benchmark/benchmark.h>

#include "models/catalogue.hpp"
#include "models/state.hpp"
#include "scenarios/assembly.hpp"
#include "scenarios/scenario.hpp"

namespace {

std::atomic<std::size_t> allocations{0};

}

// Kept apart, so that the compiler does not see malloc and free through new and delete.
[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size)) return memory;
    throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace {

using namespace cercle;

struct Demo {
    scenarios::Scenario scenario = scenarios::read_scenario(scenarios::load_scenario_file(
        std::string(CERCLE_SOURCE_DIR) + "/scenarios/scop_vs_conventional.toml", {}));
    models::Layout layout = scenarios::layout_of(scenario.arms[0].settings, scenario.folder);

    sim::World found(std::size_t arm, std::uint32_t lanes) const {
        return models::found(layout, scenario.arms[arm].settings,
                             {.seed = scenario.seed, .lanes = lanes});
    }
};

const Demo& demo() {
    static const Demo world;
    return world;
}

double agents(const sim::World& world) {
    return static_cast<double>(models::count_of(world, models::Kind::employees) +
                               models::count_of(world, models::Kind::clients)) *
           static_cast<double>(world.lanes());
}

constexpr std::uint32_t first_month = 24, last_month = 120;

/// The ten years of the study, from the third on; then the same years again.
void step(benchmark::State& state) {
    const auto arm = static_cast<std::size_t>(state.range(0));
    sim::World world = demo().found(arm, static_cast<std::uint32_t>(state.range(1)));
    const sim::Pipeline pipeline = models::pipeline_of(demo().scenario.arms[arm].settings);
    const auto advance = [&] { pipeline.advance(world, {.step = world.step + 1}); };
    while (world.step < first_month) advance();
    const sim::World start = world;
    const std::size_t before = allocations;
    while (world.step < last_month) advance();
    if (allocations != before) state.SkipWithError("a step allocates");
    for (auto _ : state) {
        if (world.step == last_month) {
            state.PauseTiming();
            world = start;
            state.ResumeTiming();
        }
        advance();
    }
    state.counters["ns/agent-month"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * agents(world) * 1e-9,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(step)
    ->ArgNames({"arm", "lanes"})
    ->ArgsProduct({{0, 1}, {1, 4, 16}})
    ->MinTime(2.0)
    ->Unit(benchmark::kMicrosecond);

/// Each process alone, in its place in the step, at sixteen lanes.
void process(benchmark::State& state) {
    sim::World world = demo().found(0, 16);
    const sim::Pipeline pipeline = models::pipeline_of(demo().scenario.arms[0].settings);
    while (world.step < first_month) pipeline.advance(world, {.step = world.step + 1});
    const sim::Stage& stage = pipeline.stages()[static_cast<std::size_t>(state.range(0))];
    for (auto _ : state) stage.process->advance(world, {.step = first_month + 1});
    state.SetLabel(stage.name);
    state.counters["ns/agent-month"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * agents(world) * 1e-9,
                           benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}
BENCHMARK(process)->DenseRange(0, 22)->Unit(benchmark::kMicrosecond);

}
