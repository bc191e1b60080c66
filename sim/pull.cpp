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

    static Values load(const Real* from) {
        Values values;
        std::memcpy(&values, from, sizeof(values));
        return values;
    }
    static void store(Values values, Real* to) { std::memcpy(to, &values, sizeof(values)); }
};
template <class Real> struct Together<Real, 1> {
    using Values = Real;
    static Values load(const Real* from) { return *from; }
    static void store(Values value, Real* to) { *to = value; }
};

/// Values of nodes, each node's `stride` after the one before.
template <class Real> struct Rows {
    const Real* from;
    Real* to;
    std::size_t stride;
};

template <class Real, std::size_t lanes, bool weighted>
void pull_rows(const Graph& graph, Pulled what, const Rows<Real>& rows, std::size_t first,
               std::size_t last) {
    using Some = Together<Real, lanes>;
    using Values = typename Some::Values;
    const std::uint64_t* offsets = graph.offsets().data();
    const std::uint32_t* targets = graph.targets().data();
    const float* weights = graph.all_weights().data();
    for (std::size_t node = first; node < last; ++node) {
        const std::uint64_t end = offsets[node + 1];
        std::uint64_t arc = offsets[node];
        Values sums[4] = {};
        Real totals[4] = {};
        const auto add = [&](std::size_t part, std::uint64_t at) {
            const Values values = Some::load(rows.from + targets[at] * rows.stride);
            if constexpr (weighted) {
                const auto weight = static_cast<Real>(weights[at]);
                sums[part] += weight * values;
                totals[part] += weight;
            } else {
                sums[part] += values;
            }
        };
        for (; arc + 4 <= end; arc += 4) {
            for (std::size_t part = 0; part < 4; ++part) add(part, arc + part);
        }
        for (std::size_t part = 0; arc < end; ++part, ++arc) add(part, arc);
        Values sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
        if (what == Pulled::mean) {
            const Real total = weighted ? (totals[0] + totals[1]) + (totals[2] + totals[3])
                                        : static_cast<Real>(end - offsets[node]);
            sum *= total > Real{0} ? Real{1} / total : Real{0};
        }
        Some::store(sum, rows.to + node * rows.stride);
    }
}

template <class Real, bool weighted>
void pull_block(const Graph& graph, const Pull& how, Rows<Real> rows, std::size_t first,
                std::size_t last) {
    std::size_t left = how.lanes;
    const auto take = [&]<std::size_t lanes>(std::integral_constant<std::size_t, lanes>) {
        for (; left >= lanes; left -= lanes, rows.from += lanes, rows.to += lanes) {
            pull_rows<Real, lanes, weighted>(graph, how.what, rows, first, last);
        }
    };
    take(std::integral_constant<std::size_t, 16>());
    take(std::integral_constant<std::size_t, 8>());
    take(std::integral_constant<std::size_t, 4>());
    take(std::integral_constant<std::size_t, 1>());
}

template <class Real>
void pull_all(const Graph& graph, const Pull& how, std::span<const Real> from,
              std::span<Real> to) {
    const std::size_t rows = graph.nodes() * how.lanes;
    expects(from.size() == rows && to.size() == rows, "pull: one value for each node and lane");
    const Rows<Real> values{from.data(), to.data(), how.lanes};
    for_each_block(graph.nodes(), how.lanes, [&](std::size_t first, std::size_t last) {
        if (how.weighting == Weighting::weighted) {
            pull_block<Real, true>(graph, how, values, first, last);
        } else {
            pull_block<Real, false>(graph, how, values, first, last);
        }
    });
}

}

void pull(const Graph& graph, const Pull& how, std::span<const float> from, std::span<float> to) {
    pull_all(graph, how, from, to);
}

void pull(const Graph& graph, const Pull& how, std::span<const double> from, std::span<double> to) {
    pull_all(graph, how, from, to);
}

}
