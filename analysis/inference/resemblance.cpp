#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>

#include "analysis/inference/linear_model.hpp"
#include "analysis/inference/methods.hpp"
#include "analysis/inference/permutations.hpp"
#include "analysis/wording.hpp"
#include "sim/correlation.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

/// Sums of weights that moments under the null are made of (Cliff and Ord 1981).
struct WeightSums {
    double s0 = 0.0, s1 = 0.0, s2 = 0.0;
};

WeightSums sums_of(const Weights& weights) {
    WeightSums sums;
    const Weights transposed = weights.transpose();
    const Weights both = weights + transposed;
    for (Index row = 0; row < both.rows(); ++row) {
        double margin = 0.0;
        for (Weights::InnerIterator tie(both, row); tie; ++tie) {
            sums.s1 += tie.value() * tie.value() / 2.0;
            margin += tie.value();
        }
        sums.s2 += margin * margin;
    }
    sums.s0 = weights.sum();
    return sums;
}

/// sum over ties of w f(value of one end, value of the other), the values rearranged.
template <class Function>
double over_ties(const Weights& weights, const Eigen::VectorXd& value,
                 std::span<const std::uint32_t> order, Function function) {
    double sum = 0.0;
    for (Index row = 0; row < weights.rows(); ++row) {
        const double own = value[order[static_cast<std::size_t>(row)]];
        for (Weights::InnerIterator tie(weights, row); tie; ++tie) {
            sum += tie.value() * function(own, value[order[static_cast<std::size_t>(tie.col())]]);
        }
    }
    return sum;
}

double product(double one, double other) { return one * other; }
double squared_difference(double one, double other) { return (one - other) * (one - other); }

std::vector<std::uint32_t> as_they_are(std::size_t count) {
    std::vector<std::uint32_t> order(count);
    for (std::uint32_t i = 0; i < count; ++i) order[i] = i;
    return order;
}

/// Adds the p of a sum over ties when answers are rearranged among everybody and inside teams.
template <class Function>
void add_permutation_p(Estimate& estimate, const CrossSection& section, const Question& question,
                       const Eigen::VectorXd& value, Function function, Tail tail) {
    const double observed =
        over_ties(section.weights, value, as_they_are(section.size()), function);
    const auto add = [&](const std::string& name, const std::vector<std::uint32_t>& stratum) {
        const Permutations plan{.stratum = stratum,
                                .count = question.permutations,
                                .seed = question.seed,
                                .test = 1,
                                .threads = question.threads};
        const auto values = permuted(plan, [&](std::span<const std::uint32_t> order) {
            return over_ties(section.weights, value, order, function);
        });
        estimate.figures.push_back({name, permutation_p(observed, values, tail)});
    };
    add("permutation p", std::vector<std::uint32_t>(section.size(), 0));
    if (cluster_count(section.team) > 1) add("permutation p inside teams", section.team);
    estimate.notes.push_back(fmt::format("permutation p: {} rearrangements of the answers, "
                                         "one-sided. Resemblance is no proof of contagion: who is "
                                         "tied to whom and what they share make it too.",
                                         question.permutations));
}

Estimate start(const std::string& method, const CrossSection& section) {
    Estimate estimate{.method = method, .question = section.question, .n = section.size()};
    estimate.left_out = section.left_out;
    estimate.figures = {
        {"isolates (no contact who answered)", static_cast<double>(section.isolates)}};
    return estimate;
}

Coefficient with_normal_p(Coefficient coefficient, double expected, double variance,
                          double direction) {
    coefficient.se = std::sqrt(variance);
    coefficient.statistic = direction * (coefficient.estimate - expected) / coefficient.se;
    if (std::isfinite(coefficient.statistic)) {
        coefficient.p =
            boost::math::cdf(boost::math::complement(boost::math::normal(), coefficient.statistic));
    }
    return coefficient;
}

/// People who count in Moran's I and Geary's C and in their moments: isolates do not, while mean
/// and spread are those of everybody (as in R's spdep). A note says so.
double counted_people(Estimate& estimate, const CrossSection& section) {
    if (section.isolates > 0) {
        estimate.notes.push_back("isolates count in mean and spread and not in n, as in R's spdep: "
                                 "se and normal p are rough; go by the permutation p, or drop "
                                 "isolates.");
    }
    return static_cast<double>(section.size() - section.isolates);
}

}

Estimate moran(const CrossSection& section, const Question& question) {
    Estimate estimate = start("moran", section);
    const WeightSums s = sums_of(section.weights);
    const double n = counted_people(estimate, section);
    const Eigen::VectorXd z = section.y.array() - section.y.mean();
    const double cross = over_ties(section.weights, z, as_they_are(section.size()), product);
    const double squares = z.squaredNorm();
    const double expected = -1.0 / (n - 1.0);
    const double top = s.s1 * n * n - n * s.s2 + 3.0 * s.s0 * s.s0;
    const double variance = top / ((n * n - 1.0) * s.s0 * s.s0) - expected * expected;
    const double kurtosis =
        static_cast<double>(section.size()) * z.array().pow(4).sum() / (squares * squares);
    const double random_top = n * ((n * n - 3.0 * n + 3.0) * s.s1 - n * s.s2 + 3.0 * s.s0 * s.s0) -
                              kurtosis * ((n * n - n) * s.s1 - 2.0 * n * s.s2 + 6.0 * s.s0 * s.s0);
    const double random_variance =
        random_top / ((n - 1.0) * (n - 2.0) * (n - 3.0) * s.s0 * s.s0) - expected * expected;
    const Coefficient plain{.name = "Moran's I", .estimate = n / s.s0 * cross / squares};
    estimate.coefficients.push_back(with_normal_p(plain, expected, variance, 1.0));
    estimate.statistic = "se, statistic: under normality (Cliff and Ord 1981); p one-sided, upper";
    estimate.figures.push_back({"expected without resemblance", expected});
    estimate.figures.push_back({"variance under normality", variance});
    estimate.figures.push_back({"variance under randomisation", random_variance});
    add_permutation_p(estimate, section, question, z, product, Tail::upper);
    return estimate;
}

Estimate geary(const CrossSection& section, const Question& question) {
    Estimate estimate = start("geary", section);
    const WeightSums s = sums_of(section.weights);
    const double n = counted_people(estimate, section);
    const Eigen::VectorXd z = section.y.array() - section.y.mean();
    const double cross =
        over_ties(section.weights, section.y, as_they_are(section.size()), squared_difference);
    const double variance =
        ((2.0 * s.s1 + s.s2) * (n - 1.0) - 4.0 * s.s0 * s.s0) / (2.0 * (n + 1.0) * s.s0 * s.s0);
    const Coefficient plain{.name = "Geary's C",
                            .estimate = (n - 1.0) / (2.0 * s.s0) * cross / z.squaredNorm()};
    estimate.coefficients.push_back(with_normal_p(plain, 1.0, variance, -1.0));
    estimate.statistic = "statistic: (1 - C) / se under normality; p one-sided, for resemblance";
    estimate.figures.push_back({"expected without resemblance", 1.0});
    estimate.figures.push_back({"variance under normality", variance});
    add_permutation_p(estimate, section, question, section.y, squared_difference, Tail::lower);
    return estimate;
}

Estimate join_count(const CrossSection& section, const Question& question) {
    const double low = section.y.minCoeff();
    const double high = section.y.maxCoeff();
    if (((section.y.array() != low) && (section.y.array() != high)).any()) {
        throw sim::UserError(fmt::format("--method join_count: {} has more than two values (ties "
                                         "between equals are counted); choose moran or geary",
                                         section.outcome));
    }
    Estimate estimate = start("join_count", section);
    const WeightSums s = sums_of(section.weights);
    const double n = static_cast<double>(section.size());
    const Eigen::VectorXd is_high = (section.y.array() == high).cast<double>();
    const double k = is_high.sum();
    const double joins =
        over_ties(section.weights, is_high, as_they_are(section.size()), product) / 2.0;
    const double pairs = k * (k - 1.0) / (n * (n - 1.0));
    const double triples = pairs * (k - 2.0) / (n - 2.0);
    const double quads = triples * (k - 3.0) / (n - 3.0);
    const double expected = s.s0 * pairs / 2.0;
    const double variance =
        (s.s1 * pairs + (s.s2 - 2.0 * s.s1) * triples + (s.s0 * s.s0 + s.s1 - s.s2) * quads) / 4.0 -
        expected * expected;
    const Coefficient plain{.name = fmt::format("joins of {} and {}", high, high),
                            .estimate = joins};
    estimate.coefficients.push_back(with_normal_p(plain, expected, variance, 1.0));
    estimate.statistic = "se, statistic: answers rearranged at random (nonfree sampling, Cliff and "
                         "Ord 1981); p one-sided, upper";
    estimate.figures.push_back({"expected without resemblance", expected});
    estimate.figures.push_back({"variance", variance});
    estimate.figures.push_back({fmt::format("people with {}", high), k});
    add_permutation_p(estimate, section, question, is_high, product, Tail::upper);
    return estimate;
}

Estimate tie_assortativity(const CrossSection& section, const Question& question) {
    Estimate estimate = start("assortativity", section);
    sim::PairSums ends;
    for (Index row = 0; row < section.ties.rows(); ++row) {
        for (Weights::InnerIterator tie(section.ties, row); tie; ++tie) {
            ends.add(section.y[row], section.y[tie.col()]);
        }
    }
    const auto& [n, x, y, xx, yy, xy] = ends;
    const double spread = (xx / n - x * x / n / n) * (yy / n - y * y / n / n);
    const double r = (xy / n - x * y / n / n) / std::sqrt(spread);
    estimate.coefficients.push_back({.name = "assortativity", .estimate = r});
    estimate.figures.push_back({"ends of ties", n});
    CrossSection unweighted = section;
    unweighted.weights = weighted(section.ties, Weighting::binary);
    add_permutation_p(estimate, unweighted, question,
                      Eigen::VectorXd(section.y.array() - section.y.mean()), product, Tail::upper);
    return estimate;
}

}
