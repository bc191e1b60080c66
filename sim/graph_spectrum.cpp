#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <Eigen/Eigenvalues>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

#include "sim/error.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::sim {
namespace {

using Vector = std::vector<double>;

/// Sum over each node's neighbours.
void pull(const Graph& graph, const Vector& from, Vector& to) {
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        double sum = 0.0;
        for (const std::uint32_t other : graph.neighbours(node)) sum += from[other];
        to[node] = sum;
    }
}

double dot(const Vector& one, const Vector& other) {
    return std::inner_product(one.begin(), one.end(), other.begin(), 0.0);
}

double largest_of_tridiagonal(const std::vector<double>& diagonal,
                              const std::vector<double>& side) {
    const auto size = static_cast<Eigen::Index>(diagonal.size());
    Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
    solver.computeFromTridiagonal(Eigen::Map<const Eigen::VectorXd>(diagonal.data(), size),
                                  Eigen::Map<const Eigen::VectorXd>(side.data(), size - 1),
                                  Eigen::EigenvaluesOnly);
    expects(solver.info() == Eigen::Success,
            "largest_eigenvalue: the tridiagonal matrix is solved");
    return solver.eigenvalues()[size - 1];
}

/// Lanczos' recurrence. Without reorthogonalisation eigenvalues come twice, but the largest is the
/// first to come and stays.
double lanczos(const Graph& graph) {
    const std::size_t nodes = graph.nodes();
    Vector now(nodes);
    for (std::size_t node = 0; node < nodes; ++node) {
        now[node] = static_cast<double>(graph.degree(node));
    }
    const double start = std::sqrt(dot(now, now));
    for (double& value : now) value /= start;
    Vector before(nodes, 0.0);
    Vector next(nodes);
    Vector diagonal;
    Vector side;
    double found = 0.0;
    constexpr std::size_t most_steps = 4000;
    for (std::size_t step = 1, check = 5; step <= most_steps; ++step) {
        pull(graph, now, next);
        diagonal.push_back(dot(next, now));
        const double back = side.empty() ? 0.0 : side.back();
        for (std::size_t node = 0; node < nodes; ++node) {
            next[node] -= diagonal.back() * now[node] + back * before[node];
        }
        const double length = std::sqrt(dot(next, next));
        const bool exhausted = length < 1e-11 * std::max(1.0, diagonal.back());
        if (exhausted || step == check || step == most_steps) {
            const double last = found;
            found = largest_of_tridiagonal(diagonal, side);
            if (exhausted || std::abs(found - last) < 1e-13 * found) return found;
            check += std::max<std::size_t>(5, step / 8);
        }
        side.push_back(length);
        before.swap(now);
        for (std::size_t node = 0; node < nodes; ++node) now[node] = next[node] / length;
    }
    return found;
}

/// Power iteration on A + I within one strong component, between Collatz and Wielandt's bounds.
double perron_root(const Graph& inside, std::span<const std::uint32_t> members) {
    Vector now(inside.nodes(), 0.0);
    Vector next(inside.nodes(), 0.0);
    for (const std::uint32_t node : members) now[node] = 1.0;
    double low = 0.0;
    double high = std::numeric_limits<double>::infinity();
    constexpr int most_rounds = 200'000;
    for (int round = 0; round < most_rounds && high - low > 1e-12 * (1.0 + low); ++round) {
        low = std::numeric_limits<double>::infinity();
        high = 0.0;
        double top = 0.0;
        for (const std::uint32_t node : members) {
            double sum = now[node];
            for (const std::uint32_t other : inside.neighbours(node)) sum += now[other];
            next[node] = sum;
            low = std::min(low, sum / now[node]);
            high = std::max(high, sum / now[node]);
            top = std::max(top, sum);
        }
        for (const std::uint32_t node : members) now[node] = next[node] / top;
    }
    return 0.5 * (low + high) - 1.0;
}

/// The spectral radius of a directed graph is the largest of its strong components'.
double largest_of_directed(const Graph& graph) {
    const std::vector<Tie> ties = graph.ties();
    const std::vector<std::uint32_t> part = strong_components(graph);
    std::vector<Tie> kept;
    std::ranges::copy_if(ties, std::back_inserter(kept),
                         [&](const Tie& tie) { return part[tie.from] == part[tie.to]; });
    const Graph inside(graph.nodes(), kept, false);
    std::vector<std::vector<std::uint32_t>> members;
    for (std::uint32_t node = 0; node < graph.nodes(); ++node) {
        if (inside.degree(node) == 0) continue;
        if (part[node] >= members.size()) members.resize(part[node] + 1);
        members[part[node]].push_back(node);
    }
    double largest = 0.0;
    for (const auto& some : members) {
        if (!some.empty()) largest = std::max(largest, perron_root(inside, some));
    }
    return largest;
}

}

std::vector<std::uint32_t> strong_components(const Graph& graph) {
    using Arcs = boost::compressed_sparse_row_graph<boost::directedS>;
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        for (const std::uint32_t other : graph.neighbours(node)) pairs.emplace_back(node, other);
    }
    const Arcs arcs(boost::edges_are_sorted, pairs.begin(), pairs.end(), graph.nodes());
    std::vector<std::uint32_t> part(graph.nodes(), 0);
    boost::strong_components(
        arcs, boost::make_iterator_property_map(part.begin(), get(boost::vertex_index, arcs)));
    return part;
}

double largest_eigenvalue(const Graph& graph) {
    if (graph.arcs() == 0) return 0.0;
    return graph.symmetric() ? lanczos(graph) : largest_of_directed(graph);
}

}
