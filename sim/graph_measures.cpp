#include "sim/graph_measures.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include <boost/pending/disjoint_sets.hpp>

#include "sim/graph_paths.hpp"

namespace cercle::sim {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

double ratio(double above, double below) { return below == 0.0 ? undefined : above / below; }

/// Every tie taken in both directions, with weight 1.
Graph undirected(const Graph& graph) {
    if (graph.symmetric()) return graph;
    std::vector<Tie> ties = graph.ties();
    for (Tie& tie : ties) {
        if (tie.from > tie.to) std::swap(tie.from, tie.to);
        tie.weight = 1.0F;
    }
    return Graph(graph.nodes(), ties, true);
}

TieWeights weights_of(const std::vector<Tie>& ties) {
    std::vector<double> sorted;
    for (const Tie& tie : ties) sorted.push_back(tie.weight);
    std::ranges::sort(sorted);
    if (sorted.empty()) {
        return {undefined, undefined, undefined, undefined, undefined, undefined};
    }
    const std::size_t n = sorted.size();
    std::vector<double> logs;
    for (const double weight : sorted) logs.push_back(std::log(weight));
    const Spread plain = spread(sorted);
    double log_mean = 0.0;
    for (const double log : logs) log_mean += log / static_cast<double>(n);
    double log_variance = 0.0;
    for (const double log : logs) log_variance += (log - log_mean) * (log - log_mean);
    return {.mean = plain.mean,
            .median = 0.5 * (sorted[(n - 1) / 2] + sorted[n / 2]),
            .ninety_percent = sorted[(9 * n + 9) / 10 - 1],
            .max = plain.max,
            .log_mean = log_mean,
            .log_sd = std::sqrt(log_variance / static_cast<double>(n))};
}

/// How many numbers two ascending lists share.
std::size_t shared(std::span<const std::uint32_t> one, std::span<const std::uint32_t> other) {
    std::size_t count = 0;
    for (std::size_t i = 0, k = 0; i < one.size() && k < other.size();) {
        if (one[i] == other[k]) ++count;
        const bool advance_one = one[i] <= other[k];
        const bool advance_other = other[k] <= one[i];
        i += advance_one ? 1 : 0;
        k += advance_other ? 1 : 0;
    }
    return count;
}

struct Clustering {
    double transitivity;
    double mean_local;
};

Clustering clustering(const Graph& graph) {
    double closed = 0.0;
    double triples = 0.0;
    double local = 0.0;
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        const auto around = graph.neighbours(node);
        const auto degree = static_cast<double>(around.size());
        if (around.size() < 2) continue;
        double pairs = 0.0; // each tied pair of neighbours counts twice
        for (const std::uint32_t other : around) {
            pairs += static_cast<double>(shared(around, graph.neighbours(other)));
        }
        closed += pairs;
        triples += degree * (degree - 1.0);
        local += pairs / (degree * (degree - 1.0));
    }
    return {ratio(closed, triples), ratio(local, static_cast<double>(graph.nodes()))};
}

double reciprocity(const Graph& graph) {
    std::size_t returned = 0;
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
        for (const std::uint32_t other : graph.neighbours(node)) {
            returned += std::ranges::binary_search(graph.neighbours(other), node) ? 1 : 0;
        }
    }
    return ratio(static_cast<double>(returned), static_cast<double>(graph.arcs()));
}

void measure_rows(const Graph& graph, GraphMeasures& result) {
    std::vector<double> degrees(graph.nodes());
    std::vector<double> strengths(graph.nodes(), 0.0);
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        degrees[node] = static_cast<double>(graph.degree(node));
        for (const float weight : graph.weights(node)) strengths[node] += double{weight};
    }
    result.degree = spread(degrees);
    result.strength = spread(strengths);
    result.degree_assortativity = assortativity(graph, degrees);
}

}

Spread spread(std::span<const double> numbers) {
    if (numbers.empty()) return {undefined, undefined, undefined, undefined};
    const auto n = static_cast<double>(numbers.size());
    double sum = 0.0;
    for (const double number : numbers) sum += number;
    const double mean = sum / n;
    double variance = 0.0;
    for (const double number : numbers) variance += (number - mean) * (number - mean) / n;
    return {.mean = mean,
            .cv = ratio(std::sqrt(variance), mean),
            .min = std::ranges::min(numbers),
            .max = std::ranges::max(numbers)};
}

GraphMeasures measure(const Graph& graph) {
    GraphMeasures result{.nodes = graph.nodes(), .directed = !graph.symmetric()};
    const std::vector<Tie> ties = graph.ties();
    const auto nodes = static_cast<double>(graph.nodes());
    const Graph plain = undirected(graph);
    result.ties = ties.size();
    measure_rows(graph, result);
    result.weight = weights_of(ties);
    result.density = ratio(static_cast<double>(graph.arcs()), nodes * (nodes - 1.0));
    result.reciprocity = reciprocity(graph);
    const Clustering closure = clustering(plain);
    result.transitivity = closure.transitivity;
    result.mean_clustering = closure.mean_local;

    const std::vector<std::uint32_t> part = components(plain);
    std::vector<std::size_t> sizes;
    for (const std::uint32_t which : part) {
        if (which >= sizes.size()) sizes.resize(which + 1, 0);
        ++sizes[which];
    }
    const auto largest = std::ranges::max_element(sizes);
    result.components = sizes.size();
    result.largest_component = sizes.empty() ? 0 : *largest;
    const Paths paths = paths_in(plain, part, static_cast<std::uint32_t>(largest - sizes.begin()));
    result.mean_path = paths.mean;
    result.diameter = paths.longest;
    result.paths_sampled = paths.sampled;
    result.largest_eigenvalue = largest_eigenvalue(graph);
    return result;
}

double assortativity(const Graph& graph, std::span<const double> number) {
    const auto arcs = static_cast<double>(graph.arcs());
    double mean_from = 0.0;
    double mean_to = 0.0;
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        for (const std::uint32_t other : graph.neighbours(node)) {
            mean_from += number[node]; // whole numbers add up exactly: no spread where all are equal
            mean_to += number[other];
        }
    }
    mean_from = ratio(mean_from, arcs);
    mean_to = ratio(mean_to, arcs);
    double both = 0.0;
    double from = 0.0;
    double to = 0.0;
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        const double a = number[node] - mean_from;
        for (const std::uint32_t other : graph.neighbours(node)) {
            const double b = number[other] - mean_to;
            both += a * b;
            from += a * a;
            to += b * b;
        }
    }
    // Rounding leaves a trace of variance where there is none.
    const double scale = arcs * (mean_from * mean_from + mean_to * mean_to) * 1e-24;
    if (from <= scale || to <= scale) return undefined;
    return both / std::sqrt(from * to);
}

double assortativity_by(const Graph& graph, std::span<const std::uint32_t> kind) {
    std::map<std::uint32_t, double> from;
    std::map<std::uint32_t, double> to;
    double same = 0.0;
    const double share = graph.arcs() == 0 ? 0.0 : 1.0 / static_cast<double>(graph.arcs());
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        for (const std::uint32_t other : graph.neighbours(node)) {
            from[kind[node]] += share;
            to[kind[other]] += share;
            if (kind[node] == kind[other]) same += share;
        }
    }
    double by_chance = 0.0;
    for (const auto& [which, ends] : from) by_chance += ends * to[which];
    const bool varies = from.size() > 1 || to.size() > 1;
    return varies ? ratio(same - by_chance, 1.0 - by_chance) : undefined;
}

double modularity(const Graph& graph, std::span<const std::uint32_t> part, Weighting weighting) {
    std::map<std::uint32_t, double> from;
    std::map<std::uint32_t, double> to;
    double total = 0.0;
    double inside = 0.0;
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        const auto others = graph.neighbours(node);
        const auto weights = graph.weights(node);
        for (std::size_t k = 0; k < others.size(); ++k) {
            const double weight = weighting == Weighting::weighted ? double{weights[k]} : 1.0;
            total += weight;
            from[part[node]] += weight;
            to[part[others[k]]] += weight;
            if (part[node] == part[others[k]]) inside += weight;
        }
    }
    if (total == 0.0) return undefined;
    double by_chance = 0.0;
    for (const auto& [which, ends] : from) by_chance += ends / total * (to[which] / total);
    return inside / total - by_chance;
}

std::vector<std::uint32_t> components(const Graph& graph) {
    const std::size_t nodes = graph.nodes();
    std::vector<std::uint32_t> rank(nodes, 0);
    std::vector<std::uint32_t> parent(nodes, 0);
    boost::disjoint_sets sets(rank.data(), parent.data());
    for (std::uint32_t node = 0; node < nodes; ++node) sets.make_set(node);
    for (std::uint32_t node = 0; node < nodes; ++node) {
        for (const std::uint32_t other : graph.neighbours(node)) sets.union_set(node, other);
    }
    constexpr auto unseen = std::numeric_limits<std::uint32_t>::max();
    std::vector<std::uint32_t> number(nodes, unseen); // of the component with this representative
    std::vector<std::uint32_t> result(nodes);
    std::uint32_t next = 0;
    for (std::uint32_t node = 0; node < nodes; ++node) {
        std::uint32_t& mine = number[sets.find_set(node)];
        if (mine == unseen) mine = next++;
        result[node] = mine;
    }
    return result;
}

}
