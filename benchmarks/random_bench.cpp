// What does a random decision cost? Words, and the numbers made of them, for one and for many lanes.

#include <vector>

#include <benchmark/benchmark.h>

#include "models/draws.hpp"
#include "sim/parallel.hpp"

namespace {

using namespace cercle;

void words(benchmark::State& state) {
    const sim::Source source{.seed = 7, .lanes = static_cast<std::uint32_t>(state.range(0))};
    std::vector<std::uint32_t> out(sim::block_entities * source.lanes);
    std::uint32_t step = 0;
    for (auto _ : state) {
        sim::fill_words(source, ++step, sim::Draw::quit, 0, sim::block_entities, out.data());
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * out.size()));
}
BENCHMARK(words)->Arg(1)->Arg(4)->Arg(16);

template <float (*make)(std::uint32_t)>
void numbers(benchmark::State& state) {
    const sim::Source source{.seed = 7, .lanes = 16};
    std::vector<std::uint32_t> in(sim::block_rows);
    std::vector<float> out(in.size());
    sim::fill_words(source, 1, sim::Draw::quit, 0, sim::block_entities, in.data());
    for (auto _ : state) {
        for (std::size_t i = 0; i < in.size(); ++i) out[i] = make(in[i]);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations() * out.size()));
}
BENCHMARK(numbers<sim::uniform>)->Name("uniform");
BENCHMARK(numbers<sim::normal>)->Name("normal");

}
