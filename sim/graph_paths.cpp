#include "sim/graph_paths.hpp"

#include <limits>
#include <vector>

namespace cercle::sim {
namespace {

constexpr std::size_t samples = 1000;
/// Arcs walked before sampling starts: a few seconds of work.
constexpr std::size_t affordable_arcs = 1'000'000'000;

constexpr auto far_away = std::numeric_limits<std::uint32_t>::max();

/// Breadth-first distances from one node, into `distance`; `queue` holds whom it reached, in order.
void walk_from(const Graph& graph, std::uint32_t source, std::vector<std::uint32_t>& distance,
               std::vector<std::uint32_t>& queue) {
    for (const std::uint32_t node : queue) distance[node] = far_away;
    queue.assign(1, source);
    distance[source] = 0;
    for (std::size_t head = 0; head < queue.size(); ++head) {
        const std::uint32_t node = queue[head];
        for (const std::uint32_t other : graph.neighbours(node)) {
            if (distance[other] != far_away) continue;
            distance[other] = distance[node] + 1;
            queue.push_back(other);
        }
    }
}

}

Paths paths_in(const Graph& graph, std::span<const std::uint32_t> component, std::uint32_t which) {
    std::vector<std::uint32_t> members;
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
        if (component[node] == which) members.push_back(node);
    }
    if (members.size() < 2) return {.mean = std::numeric_limits<double>::quiet_NaN()};
    Paths result;
    result.sampled = members.size() > samples && members.size() * graph.arcs() > affordable_arcs;
    const std::size_t sources = result.sampled ? samples : members.size();
    std::vector<std::uint32_t> distance(graph.nodes(), far_away);
    std::vector<std::uint32_t> queue;
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < sources; ++i) {
        walk_from(graph, members[i * members.size() / sources], distance, queue);
        for (const std::uint32_t node : queue) sum += distance[node];
        result.longest = std::max<std::size_t>(result.longest, distance[queue.back()]);
    }
    result.mean = static_cast<double>(sum) /
                  (static_cast<double>(sources) * static_cast<double>(members.size() - 1));
    return result;
}

}
