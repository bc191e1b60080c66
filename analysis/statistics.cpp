#include "analysis/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

struct Moments {
    double mean = not_known;
    double variance = not_known;
};

/// Two passes: exact enough for money and for fractions alike.
Moments moments_of(const std::vector<double>& values) {
    const auto count = static_cast<double>(values.size());
    if (values.empty()) return {};
    double sum = 0.0;
    for (const double value : values) sum += value;
    const double mean = sum / count;
    if (values.size() < 2) return {.mean = mean};
    double squares = 0.0;
    double rest = 0.0;
    for (const double value : values) {
        squares += (value - mean) * (value - mean);
        rest += value - mean;
    }
    return {mean, std::max(0.0, (squares - rest * rest / count) / (count - 1.0))};
}

boost::math::students_t t_distribution(std::size_t count) {
    return boost::math::students_t(static_cast<double>(count) - 1.0);
}

double ratio_or_unknown(double above, double below) {
    return below > 0.0 ? above / below : not_known;
}

}

Interval exact_share_interval(std::size_t count, std::size_t of) {
    if (of == 0) return {0.0, 1.0};
    using Binomial = boost::math::binomial;
    const auto n = static_cast<double>(of), k = static_cast<double>(count);
    constexpr double beyond = 0.025; // on each side
    return {count == 0 ? 0.0 : Binomial::find_lower_bound_on_p(n, k, beyond),
            count >= of ? 1.0 : Binomial::find_upper_bound_on_p(n, k, beyond)};
}

Interval t_interval(double estimate, double standard_error, std::size_t count, double confidence) {
    if (count < 2) return {};
    const double reach = standard_error * boost::math::quantile(boost::math::complement(
                                              t_distribution(count), (1.0 - confidence) / 2.0));
    return {estimate - reach, estimate + reach};
}

Summary summarise(std::span<const double> values, double confidence) {
    std::vector<double> known;
    std::ranges::copy_if(values, std::back_inserter(known),
                         [](double value) { return !std::isnan(value); });
    const Moments moments = moments_of(known);
    const double sd = std::sqrt(moments.variance);
    const double standard_error = sd / std::sqrt(static_cast<double>(known.size()));
    return {known.size(), moments.mean, sd,
            t_interval(moments.mean, standard_error, known.size(), confidence)};
}

PairedDifference paired_difference(std::span<const double> first, std::span<const double> second,
                                   double confidence) {
    sim::expects(first.size() == second.size(),
                 "paired_difference: as many first as second values");
    std::vector<double> ones, others, differences;
    for (std::size_t pair = 0; pair < first.size(); ++pair) {
        if (std::isnan(first[pair]) || std::isnan(second[pair])) continue;
        ones.push_back(first[pair]);
        others.push_back(second[pair]);
        differences.push_back(first[pair] - second[pair]);
    }
    const Moments moments = moments_of(differences);
    PairedDifference result;
    result.first = summarise(ones, confidence);
    result.second = summarise(others, confidence);
    const double both = result.first.sd * result.first.sd + result.second.sd * result.second.sd;
    result.pairs = differences.size();
    result.left_out = first.size() - differences.size();
    result.mean = moments.mean;
    result.sd = std::sqrt(moments.variance);
    result.standard_error = result.sd / std::sqrt(static_cast<double>(result.pairs));
    result.interval = interval_at(result, confidence);
    result.effect = ratio_or_unknown(moments.mean, std::sqrt(both / 2.0));
    result.variance_reduction = 1.0 - ratio_or_unknown(moments.variance, both);
    return result;
}

Interval interval_at(const PairedDifference& difference, double confidence) {
    return t_interval(difference.mean, difference.standard_error, difference.pairs, confidence);
}

Equivalence test_equivalence(const PairedDifference& difference, double margin, double confidence) {
    Equivalence result{.margin = margin};
    if (difference.pairs < 2) return result;
    const double room = margin - std::abs(difference.mean);
    if (difference.standard_error > 0.0) {
        result.p = boost::math::cdf(boost::math::complement(t_distribution(difference.pairs),
                                                            room / difference.standard_error));
    } else {
        result.p = room > 0.0 ? 0.0 : 1.0;
    }
    result.shown = result.p < 1.0 - confidence;
    return result;
}

}
