#include <algorithm>
#include <cmath>
#include <ctime>
#include <iterator>

#include <fmt/format.h>

#include "apps/benchmark.hpp"
#include "models/draws.hpp"
#include "models/laboratory/founding.hpp"
#include "models/laboratory/laws.hpp"
#include "models/laboratory/nodes.hpp"
#include "sim/error.hpp"
#include "sim/graph_generators.hpp"
#include "sim/parallel.hpp"
#include "sim/pull.hpp"

namespace cercle::apps {
namespace {

using Values = std::vector<float>;
using Opinions = std::vector<double>;
constexpr int timings = 10;

sim::Stream stream_for(std::uint64_t entity) { return {1, sim::Draw::network_colleague, entity}; }

Values random_values(std::size_t count) {
    sim::Stream stream = stream_for(1);
    Values values(count);
    for (float& value : values) value = static_cast<float>(stream.uniform());
    return values;
}

/// The baseline: what anybody writes first. Mean of the neighbours, one sum for each row.
template <class Real>
void plain_pull(const sim::Graph& graph, const std::vector<Real>& from, std::vector<Real>& to) {
    const auto offsets = graph.offsets();
    const auto targets = graph.targets();
    sim::for_each_block(graph.nodes(), 1, [&](std::size_t first, std::size_t last) {
        for (std::size_t node = first; node < last; ++node) {
            Real sum = 0;
            for (std::uint64_t arc = offsets[node]; arc < offsets[node + 1]; ++arc) {
                sum += from[targets[arc]];
            }
            const auto degree = static_cast<Real>(offsets[node + 1] - offsets[node]);
            to[node] = degree > 0 ? sum / degree : 0;
        }
    });
}

/// The same on weighted ties.
void plain_weighted_pull(const sim::Graph& graph, const Values& from, Values& to) {
    const auto offsets = graph.offsets();
    const auto targets = graph.targets();
    const auto weights = graph.all_weights();
    sim::for_each_block(graph.nodes(), 1, [&](std::size_t first, std::size_t last) {
        for (std::size_t node = first; node < last; ++node) {
            float sum = 0.0F;
            float total = 0.0F;
            for (std::uint64_t arc = offsets[node]; arc < offsets[node + 1]; ++arc) {
                sum += weights[arc] * from[targets[arc]];
                total += weights[arc];
            }
            to[node] = total > 0.0F ? sum / total : 0.0F;
        }
    });
}

/// The weighted mean in double precision, one after the other.
template <class Real>
double mean_of_neighbours(const sim::Graph& graph, std::size_t node,
                          const std::vector<Real>& from) {
    const auto others = graph.neighbours(node);
    const auto weights = graph.weights(node);
    double sum = 0.0;
    double total = 0.0;
    for (std::size_t k = 0; k < others.size(); ++k) {
        sum += double{weights[k]} * double{from[others[k]]};
        total += double{weights[k]};
    }
    return total > 0.0 ? sum / total : 0.0;
}

template <class Real>
void verify(const sim::Graph& graph, const std::vector<Real>& from, std::span<const Real> to) {
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        const double exact = mean_of_neighbours(graph, node, from);
        sim::expects(std::abs(double{to[node]} - exact) <= 1e-5 * exact,
                     fmt::format("bench contagion: node {} gets {}, a serial sum in double "
                                 "precision gives {}; nothing is timed",
                                 node, to[node], exact));
    }
}

/// Each lane has the bits it has alone.
void verify_lanes(const sim::Graph& graph, std::size_t lanes) {
    const Values from = random_values(graph.nodes() * lanes);
    Values to(from.size());
    sim::pull(graph, {.lanes = lanes}, from, to);
    Values alone(graph.nodes());
    Values result(graph.nodes());
    for (std::size_t lane = 0; lane < lanes; ++lane) {
        for (std::size_t v = 0; v < alone.size(); ++v) alone[v] = from[v * lanes + lane];
        sim::pull(graph, {}, alone, result);
        for (std::size_t v = 0; v < alone.size(); ++v) {
            sim::expects(result[v] == to[v * lanes + lane],
                         "bench contagion: a lane has other bits than alone; nothing is timed");
        }
    }
}

/// Shortest times of two rivals that take turns, on so many threads: on one, of the processor, so
/// that other programs count less.
struct Duel {
    double plain = 1e300;
    double ours = 1e300;
};
template <class Plain, class Ours> Duel duel(std::size_t threads, Plain plain, Ours ours) {
    Duel best;
    const auto now = threads == 1 ? &processor_seconds : &wall_seconds;
    const auto all = [&](std::size_t, std::size_t) {
        for (int i = 0; i < timings; ++i) {
            const double start = now();
            plain();
            const double middle = now();
            ours();
            best.plain = std::min(best.plain, middle - start);
            best.ours = std::min(best.ours, now() - middle);
        }
    };
    sim::in_order({.count = 1,
                   .threads = threads,
                   .proceed = [] { return true; },
                   .work = all,
                   .commit = [](std::size_t, std::size_t) {}});
    return best;
}

BenchReport::Row row(std::string label, const Duel& times, double arcs) {
    return {std::move(label),
            {arcs, 1e9 * times.plain / arcs, 1e9 * times.ours / arcs, times.plain / times.ours}};
}

/// The law as `cercle run` takes it (one lane, double precision, with the note of how far it has
/// come), against the plain loop in double precision.
void law_world(BenchReport& report, const std::string& name, const sim::Graph& graph) {
    const std::string law_name = "contagion.degroot";
    const models::LaboratoryLaw& law = *models::laboratory_law(law_name);
    sim::ParameterTable table = law.law.parameters;
    std::ranges::copy(models::initial_parameters(law.holding), std::back_inserter(table));
    table.push_back({"time.step", 1.0, "month", sim::any_number, "", "length of a step"});
    const sim::Settings settings(table);
    const Values drawn = random_values(graph.nodes());
    Opinions from(drawn.begin(), drawn.end());
    Opinions to(from.size());
    sim::World world = models::found({.graph = graph, .ids = {}, .start = from, .traits = {}}, law,
                                     settings, {.seed = 1});
    const sim::Pipeline pipeline = models::laboratory_pipeline(law, settings);
    pipeline.advance(world, {.step = 1});
    const auto opinions = models::opinions(std::as_const(world)).value;
    verify<double>(graph, from, {opinions.data(), opinions.size()});
    const Duel times = duel(
        1,
        [&] {
            plain_pull(graph, from, to);
            std::swap(from, to);
        },
        [&] { pipeline.advance(world, {.step = world.step + 1}); });
    report.rows.push_back(row(name + ", " + law_name, times, static_cast<double>(graph.arcs())));
}

/// Ties of the graph with weights between 1/2 and 3/2.
sim::Graph weighted(const sim::Graph& graph) {
    std::vector<sim::Tie> ties = graph.ties();
    sim::Stream stream = stream_for(4);
    for (sim::Tie& tie : ties) tie.weight = 0.5F + static_cast<float>(stream.uniform());
    return {graph.nodes(), ties, true};
}

void large_world(BenchReport& report, const std::string& name, const sim::Graph& graph) {
    const Values from = random_values(graph.nodes());
    Values to(from.size());
    const auto arcs = static_cast<double>(graph.arcs());
    sim::pull(graph, {}, from, to);
    verify<float>(graph, from, to);
    const auto plain = [&] { plain_pull(graph, from, to); };
    for (const std::size_t threads : {1, 2}) {
        const Duel times = duel(threads, plain, [&] { sim::pull(graph, {}, from, to); });
        report.rows.push_back(row(
            fmt::format("{}, {} thread{}", name, threads, threads > 1 ? "s" : ""), times, arcs));
    }
    law_world(report, name, graph);
    const sim::Graph heavy = weighted(graph);
    const sim::Pull how{.weighting = sim::Weighting::weighted};
    sim::pull(heavy, how, from, to);
    verify<float>(heavy, from, to);
    report.rows.push_back(row(name + ", weighted, 1 thread",
                              duel(
                                  1, [&] { plain_weighted_pull(heavy, from, to); },
                                  [&] { sim::pull(heavy, how, from, to); }),
                              arcs));
}

/// A small world in sixteen lanes, against sixteen runs of the plain loop.
void lanes_world(BenchReport& report) {
    constexpr std::size_t nodes = 1000;
    constexpr std::size_t lanes = 16;
    constexpr int steps = 200;
    sim::Stream stream = stream_for(2);
    const sim::Graph graph(
        nodes, sim::small_world({.nodes = nodes, .degree = 10, .rewiring = 0.05}, stream), true);
    verify_lanes(graph, lanes);
    const Values one = random_values(nodes);
    const Values all = random_values(nodes * lanes);
    Values to_one(one.size());
    Values to_all(all.size());
    const Duel times = duel(
        1,
        [&] {
            for (std::size_t i = 0; i < steps * lanes; ++i) plain_pull(graph, one, to_one);
        },
        [&] {
            for (int i = 0; i < steps; ++i) sim::pull(graph, {.lanes = lanes}, all, to_all);
        });
    report.rows.push_back(row("small world of 1000, degree 10, 16 lanes", times,
                              static_cast<double>(graph.arcs() * lanes * steps)));
}

}

double wall_seconds() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

double processor_seconds() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

BenchReport bench_contagion(BenchSize size) {
    const std::size_t nodes = std::size_t{1} << (size == BenchSize::full ? 20 : 16);
    BenchReport report{
        .name = "contagion",
        .question = "What does a step of a linear law cost: everyone takes the mean of 32 "
                    "neighbours? Against a plain loop on the same graph, in turns",
        .verified = "every node against a serial sum in double precision; lanes bit for bit",
        .columns = {"", "arcs", "plain, ns/arc", "ns/arc", "ratio"}};
    sim::Stream stream = stream_for(3);
    {
        const sim::Graph graph(
            nodes, sim::random_graph({.nodes = nodes, .mean_degree = 32.0}, stream), true);
        large_world(report, fmt::format("random of {}", nodes), graph);
    }
    {
        const sim::Graph graph(
            nodes, sim::small_world({.nodes = nodes, .degree = 32, .rewiring = 0.05}, stream),
            true);
        large_world(report, fmt::format("small world of {}", nodes), graph);
    }
    lanes_world(report);
    return report;
}

}
