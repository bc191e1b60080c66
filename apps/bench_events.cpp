#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "apps/benchmark.hpp"
#include "models/draws.hpp"
#include "models/spreading/event_clock.hpp"
#include "sim/error.hpp"
#include "sim/graph_generators.hpp"

namespace cercle::apps {
namespace {

using models::EventClock;
using models::EventTally;
using models::SpreadRates;
using sim::Weighting;
using States = std::vector<std::uint8_t>;

constexpr SpreadRates sis{.transmission = 0.2, .recovery = 1.0};
constexpr int timings = 5;

/// Throws unless a mean lies within four standard errors of its exact value.
void check(const char* what, const std::vector<double>& seen, double exact) {
    const auto n = static_cast<double>(seen.size());
    double mean = 0.0;
    double variance = 0.0;
    for (const double value : seen) mean += value / n;
    for (const double value : seen) variance += (value - mean) * (value - mean) / n;
    sim::expects(std::abs(mean - exact) < 4.0 * std::sqrt(variance / n),
                 fmt::format("bench events: {} is {:.4f}, exactly it is {:.4f}; nothing is timed",
                             what, mean, exact));
}

/// Time to extinction on a complete graph of 20, whose mean is known exactly.
void verify_extinction() {
    const sim::Graph graph(20, sim::complete_graph(20), true);
    EventClock clock(graph, Weighting::unweighted);
    std::vector<double> times;
    for (std::uint64_t run = 0; run < 2000; ++run) {
        States states(20, 1);
        sim::Stream stream(1, sim::Draw::network_colleague, run);
        times.push_back(clock
                            .advance({.rows = states}, {.transmission = 0.1, .recovery = 1.0},
                                     std::numeric_limits<double>::infinity(), stream)
                            .extinct_at);
    }
    check("mean time to extinction", times, 69.2984134);
}

/// Stationary SISa on a star of four, whose chain has sixteen states.
void verify_star() {
    const sim::Graph graph(4, sim::star(4), true);
    EventClock clock(graph, Weighting::unweighted);
    std::vector<double> hub;
    std::vector<double> leaf;
    for (std::uint64_t run = 0; run < 20'000; ++run) {
        States states(4, 0);
        sim::Stream stream(2, sim::Draw::network_colleague, run);
        clock.advance({.rows = states},
                      {.transmission = 0.20, .recovery = 0.30, .spontaneous = 0.05}, 60.0, stream);
        hub.push_back(states[0]);
        leaf.push_back(states[3]);
    }
    check("the hub's share of time infectious", hub, 0.33217328);
    check("a leaf's share of time infectious", leaf, 0.25185734);
}

/// SIR from one of three who all know each other. The second catches it with probability 2/7 and
/// then the third with 11/36: 47/36 * 2/7 cases more on average.
void verify_removal() {
    const sim::Graph graph(3, sim::complete_graph(3), true);
    EventClock clock(graph, Weighting::unweighted);
    std::vector<double> cases;
    for (std::uint64_t run = 0; run < 20'000; ++run) {
        States states = {1, 0, 0};
        sim::Stream stream(6, sim::Draw::network_colleague, run);
        clock.advance(
            {.rows = states},
            {.transmission = 0.2, .recovery = 1.0, .recovered = models::Compartment::removed},
            std::numeric_limits<double>::infinity(), stream);
        cases.push_back((states[1] == 2 ? 1.0 : 0.0) + (states[2] == 2 ? 1.0 : 0.0));
    }
    check("the number of cases more", cases, 94.0 / 252.0);
}

sim::Graph random_graph(std::size_t nodes) {
    sim::Stream stream(3, sim::Draw::network_colleague, nodes);
    return {nodes, sim::random_graph({.nodes = nodes, .mean_degree = 10.0}, stream), true};
}

struct Timed {
    double ns_per_event = std::numeric_limits<double>::infinity();
    double proposals_per_event = 0.0;
    void add(const EventTally& tally, double seconds) {
        const auto events = static_cast<double>(tally.events());
        ns_per_event = std::min(ns_per_event, 1e9 * seconds / events);
        proposals_per_event = static_cast<double>(tally.proposals) / events;
    }
    BenchReport::Row row(std::string label, std::size_t nodes) const {
        return {std::move(label),
                {static_cast<double>(nodes), static_cast<double>(5 * nodes), ns_per_event,
                 1e3 / ns_per_event, proposals_per_event}};
    }
};

/// Endemic SIS, from everyone infectious, after five mean durations of an infection.
Timed time_sis(std::size_t nodes, double events) {
    const sim::Graph graph = random_graph(nodes);
    EventClock clock(graph, Weighting::unweighted);
    States states(nodes, 1);
    sim::Stream stream(4, sim::Draw::network_colleague, nodes);
    clock.advance({.rows = states}, sis, 5.0, stream);
    Timed best;
    for (int i = 0; i < timings; ++i) {
        const double start = processor_seconds();
        const EventTally tally =
            clock.advance({.rows = states}, sis, events / static_cast<double>(nodes), stream);
        best.add(tally, processor_seconds() - start);
    }
    return best;
}

/// A whole epidemic from one node in a hundred.
Timed time_sir(std::size_t nodes) {
    const sim::Graph graph = random_graph(nodes);
    EventClock clock(graph, Weighting::unweighted);
    sim::Stream stream(5, sim::Draw::network_colleague, nodes);
    Timed best;
    for (int i = 0; i < timings; ++i) {
        States states(nodes, 0);
        for (std::size_t node = 0; node < nodes; node += 100) states[node] = 1;
        const double start = processor_seconds();
        SpreadRates sir = sis;
        sir.recovered = models::Compartment::removed;
        const EventTally tally =
            clock.advance({.rows = states}, sir, std::numeric_limits<double>::infinity(), stream);
        best.add(tally, processor_seconds() - start);
    }
    return best;
}

}

BenchReport bench_events(BenchSize size) {
    verify_extinction();
    verify_star();
    verify_removal();
    const bool full = size == BenchSize::full;
    const std::size_t nodes = full ? 100'000 : 10'000;
    const double events = full ? 3e6 : 3e5;
    BenchReport report{
        .name = "events",
        .question =
            "What does an event of exact continuous time cost, on one core? Random graph of "
            "mean degree 10, recovery 1, transmission 0.2",
        .verified = "mean time to extinction on a complete graph of 20; stationary SISa on a star; "
                    "SIR among three",
        .columns = {"", "nodes", "ties", "ns per event", "million events/s", "candidates/event"}};
    report.rows.push_back(time_sis(nodes, events).row("SIS, endemic", nodes));
    report.rows.push_back(time_sir(nodes).row("SIR, whole epidemic", nodes));
    for (std::size_t ties = 10'000; ties <= (full ? 10'000'000 : 100'000); ties *= 10) {
        report.rows.push_back(time_sis(ties / 5, events).row("SIS by size", ties / 5));
    }
    return report;
}

}
