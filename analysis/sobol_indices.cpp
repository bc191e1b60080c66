#include <algorithm>
#include <cmath>
#include <span>

#include "analysis/sensitivity.hpp"
#include "scenarios/resampling.hpp"
#include "sim/parallel.hpp"

namespace cercle::analysis {

namespace {

constexpr std::size_t resamples = 1000;

/// What each base row adds to the sums that indices are made of: A + B, A^2 + B^2, then for each
/// factor B (AB_i - A) and (A - AB_i)^2. Outcomes are centred: sums stay small, and so does the
/// error of first-order indices.
class Terms {
public:
    Terms(const Experiment& experiment, const std::vector<double>& means);

    std::size_t rows() const { return terms_.size() / width_; }
    std::size_t left_out() const { return left_out_; }
    /// First-order indices of all factors, then total ones, of the rows that `row` names.
    template <class Row> std::vector<double> indices(Row row) const;

private:
    std::size_t width_;
    std::size_t left_out_ = 0;
    std::vector<double> terms_; ///< (row, sum)
};

Terms::Terms(const Experiment& experiment, const std::vector<double>& means)
    : width_(2 + 2 * experiment.factors.size()) {
    const SaltelliOrder order = saltelli_order(experiment);
    const std::size_t factors = experiment.factors.size();
    const double centre = summarise(means, 0.5).mean;
    for (std::size_t first = 0; first < means.size(); first += factors + 2) {
        const auto block = std::span(means).subspan(first, factors + 2);
        if (std::ranges::any_of(block, [](double value) { return std::isnan(value); })) {
            ++left_out_;
            continue;
        }
        const double a = block[0] - centre;
        const double b = block[order.b] - centre;
        terms_.insert(terms_.end(), {a + b, a * a + b * b});
        for (std::size_t factor = 0; factor < factors; ++factor) {
            const double change = block[order.first_mixture + factor] - centre - a;
            terms_.insert(terms_.end(), {b * change, change * change});
        }
    }
}

template <class Row> std::vector<double> Terms::indices(Row row) const {
    std::vector<double> sums(width_, 0.0);
    for (std::size_t i = 0; i < rows(); ++i) {
        const double* terms = terms_.data() + row(i) * width_;
        for (std::size_t term = 0; term < width_; ++term) sums[term] += terms[term];
    }
    const auto n = static_cast<double>(rows());
    const double mean = sums[0] / (2.0 * n);
    const double variance = sums[1] / (2.0 * n) - mean * mean;
    const std::size_t factors = width_ / 2 - 1;
    std::vector<double> indices(2 * factors, not_known);
    for (std::size_t factor = 0; factor < factors && variance > 0.0; ++factor) {
        indices[factor] = sums[2 + 2 * factor] / n / variance;
        indices[factors + factor] = sums[3 + 2 * factor] / (2.0 * n) / variance;
    }
    return indices;
}

/// The value below which this share of the values lies, between two of them where it must.
double quantile(const std::vector<double>& sorted, double share) {
    if (sorted.empty()) return not_known;
    const double place = share * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(place);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return sorted[below] + (place - std::floor(place)) * (sorted[above] - sorted[below]);
}

/// Percentile intervals of all indices (Efron & Tibshirani 1993, ch. 13).
std::vector<Interval> bootstrap(const Terms& terms, std::size_t indices, double confidence) {
    std::vector<std::vector<double>> samples(resamples);
    sim::for_each_block(resamples, terms.rows(), [&](std::size_t first, std::size_t last) {
        for (std::size_t sample = first; sample < last; ++sample) {
            sim::Stream stream = scenarios::resample_stream(sample);
            samples[sample] =
                terms.indices([&](std::size_t) { return stream.below(terms.rows()); });
        }
    });
    std::vector<Interval> intervals;
    for (std::size_t index = 0; index < indices; ++index) {
        std::vector<double> values;
        for (const auto& sample : samples) {
            if (!std::isnan(sample[index])) values.push_back(sample[index]);
        }
        std::ranges::sort(values);
        const double tail = (1.0 - confidence) / 2.0;
        intervals.push_back({quantile(values, tail), quantile(values, 1.0 - tail)});
    }
    return intervals;
}

}

Findings sobol_indices(const Experiment& experiment, const OutcomeAtPoints& outcome,
                       double confidence) {
    const Terms terms(experiment, point_means(experiment, outcome));
    const std::size_t factors = experiment.factors.size();
    Findings findings{
        .rows = {}, .decisive = 1, .blocks = terms.rows(), .left_out = terms.left_out()};
    findings.measures = {{.name = "first", .header = "first"},
                         {.name = "total", .header = "total"}};
    for (const scenarios::Factor& factor : experiment.factors) findings.rows.push_back(factor.name);
    if (terms.rows() < 2) return findings;
    const std::vector<double> indices = terms.indices([](std::size_t row) { return row; });
    const std::vector<Interval> intervals = bootstrap(terms, indices.size(), confidence);
    for (std::size_t i = 0; i < indices.size(); ++i) {
        findings.measures[i / factors].rows.push_back({indices[i], intervals[i]});
    }
    return findings;
}

}
