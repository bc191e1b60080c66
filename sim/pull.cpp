#include "sim/pull.hpp"

#include <cstring>
#include <type_traits>

#include "sim/error.hpp"
#include "sim/parallel.hpp"

namespace cercle::sim {

namespace {

/// One value, or those of several lanes side by side, as the processor adds them at once.
template <class Real, std::size_t lanes> struct Together {
    using Values [[gnu::vector_size(lanes * sizeof(Real))]] = Real;
};
template <class Real> struct Together<Real, 1> { using Values = Real; };

/// Values of nodes, each node's `stride` after the one before.
template <class Real> struct Rows {
    const Real* from;
    Real* to;
    std::size_t stride;
};

/// What a row has collected.
template <class Real, std::size_t lanes, bool weighted> struct Sum {
    typename Together<Real, lanes>::Values values{};
    Real weight{};

    void add(const Real* row, float tie) {
        typename Together<Real, lanes>::Values some;
        std::memcpy(&some, row, sizeof(some));
        if constexpr (weighted) {
            values += static_cast<Real>(tie) * some;
            weight += static_cast<Real>(tie);
        } else {
            values += some;
        }
    }
    void add(const Sum& other) {
        values += other.values;
        weight += other.weight;
    }
};

template <class Real, std::size_t lanes, bool weighted>
void pull_rows(const Graph& graph, const Rows<Real>& rows, std::size_t first, std::size_t last) {
    using Part = Sum<Real, lanes, weighted>;
    const std::uint64_t* offsets = graph.offsets().data();
    const std::uint32_t* targets = graph.targets().data();
    const float* weights = graph.all_weights().data();
    const Real* from = rows.from;
    const std::size_t stride = rows.stride;
    for (std::size_t node = first; node < last; ++node) {
        std::uint64_t arc = offsets[node];
        const std::uint64_t end = offsets[node + 1];
        Part one;
        Part two;
        Part three;
        Part four;
        const auto add = [&](Part& part, std::uint64_t at) {
            part.add(from + targets[at] * stride, weighted ? weights[at] : 0.0F);
        };
        for (; arc + 4 <= end; arc += 4) {
            add(one, arc);
            add(two, arc + 1);
            add(three, arc + 2);
            add(four, arc + 3);
        }
        if (arc < end) add(one, arc++);
        if (arc < end) add(two, arc++);
        if (arc < end) add(three, arc);
        one.add(two);
        three.add(four);
        one.add(three);
        const Real total = weighted ? one.weight : static_cast<Real>(end - offsets[node]);
        one.values *= total > Real{0} ? Real{1} / total : Real{0};
        std::memcpy(rows.to + node * stride, &one.values, sizeof(one.values));
    }
}

template <class Real, bool weighted>
void pull_lanes(const Graph& graph, const Pull& how, Rows<Real> rows, std::size_t first,
                std::size_t last) {
    std::size_t left = how.lanes;
    const auto take = [&]<std::size_t lanes>(std::integral_constant<std::size_t, lanes>) {
        for (; left >= lanes; left -= lanes, rows.from += lanes, rows.to += lanes) {
            pull_rows<Real, lanes, weighted>(graph, rows, first, last);
        }
    };
    take(std::integral_constant<std::size_t, 64 / sizeof(Real)>());
    take(std::integral_constant<std::size_t, 32 / sizeof(Real)>());
    take(std::integral_constant<std::size_t, 16 / sizeof(Real)>());
    take(std::integral_constant<std::size_t, 1>());
}

template <class Real>
Rows<Real> rows_of(const Graph& graph, const Pull& how, std::span<const Real> from,
                   std::span<Real> to) {
    const std::size_t rows = graph.nodes() * how.lanes;
    expects(from.size() == rows && to.size() == rows, "pull: one value for each node and lane");
    return {from.data(), to.data(), how.lanes};
}

template <class Real>
void pull_some(const Graph& graph, const Pull& how, const Rows<Real>& rows, std::size_t first,
               std::size_t last) {
    if (how.weighting == Weighting::weighted) {
        pull_lanes<Real, true>(graph, how, rows, first, last);
    } else {
        pull_lanes<Real, false>(graph, how, rows, first, last);
    }
}

template <class Real> void pull_all(const Graph& graph, const Pull& how, const Rows<Real>& rows) {
    for_each_block(graph.nodes(), how.lanes, [&](std::size_t first, std::size_t last) {
        pull_some(graph, how, rows, first, last);
    });
}

}

void pull(const Graph& graph, const Pull& how, std::span<const float> from, std::span<float> to) {
    pull_all(graph, how, rows_of(graph, how, from, to));
}

void pull(const Graph& graph, const Pull& how, std::span<const double> from, std::span<double> to) {
    pull_all(graph, how, rows_of(graph, how, from, to));
}

void pull_block(const Graph& graph, const Pull& how, std::span<const double> from,
                std::span<double> to, std::size_t first, std::size_t last) {
    pull_some(graph, how, rows_of(graph, how, from, to), first, last);
}

}
