#include "analysis/linear_answers.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numeric>

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/SparseCore>
#include <fmt/format.h>

#include "analysis/linear_algebra.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::analysis {
namespace {

using scenarios::LinearLaw;
using Dense = Eigen::MatrixXd;
using Sparse = Eigen::SparseMatrix<double, Eigen::RowMajor>;
using Vector = Eigen::VectorXd;

constexpr std::size_t most_dense = 2000;
constexpr std::size_t most_directed_spectrum = 600;
constexpr std::size_t most_covariances = 1000;
/// An eigenvalue this near to 1 is 1, rounded.
constexpr double of_rounding = 1e-12;

std::vector<double> numbers(const Vector& values) {
    return {values.data(), values.data() + values.size()};
}

Vector vector_of(const std::vector<double>& values) {
    return Eigen::Map<const Vector>(values.data(), static_cast<Eigen::Index>(values.size()));
}

std::vector<double> strengths(const sim::Graph& graph) {
    std::vector<double> sums(graph.nodes(), 0.0);
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        for (const float weight : graph.weights(node)) sums[node] += double{weight};
    }
    return sums;
}

/// M = diag(own) + diag(neighbours) W.
Sparse matrix_of(const LinearLaw& law) {
    const std::vector<double> strength = strengths(law.graph);
    std::vector<Eigen::Triplet<double>> entries;
    for (std::size_t node = 0; node < law.graph.nodes(); ++node) {
        const auto row = static_cast<int>(node);
        entries.emplace_back(row, row, law.own[node]);
        const auto others = law.graph.neighbours(node);
        for (std::size_t k = 0; k < others.size(); ++k) {
            const double share = double{law.graph.weights(node)[k]} / strength[node];
            entries.emplace_back(row, static_cast<int>(others[k]), law.neighbours[node] * share);
        }
    }
    const auto size = static_cast<Eigen::Index>(law.graph.nodes());
    Sparse matrix(size, size);
    matrix.setFromTriplets(entries.begin(), entries.end());
    return matrix;
}

/// Sizes of the eigenvalues, largest first. Of an undirected graph M is similar to a symmetric
/// matrix: D M D^-1 with D^2 = strength / neighbours.
std::vector<double> spectrum(const LinearLaw& law, const Sparse& matrix) {
    Dense dense = matrix;
    std::vector<double> sizes;
    if (law.graph.symmetric()) {
        for (Eigen::Index i = 0; i < dense.rows(); ++i) {
            for (Eigen::Index k = 0; k < i; ++k) {
                const double sign = dense(i, k) < 0.0 ? -1.0 : 1.0;
                dense(i, k) = dense(k, i) = sign * std::sqrt(dense(i, k) * dense(k, i));
            }
        }
        for (const double value : symmetric_eigenvalues(dense)) sizes.push_back(std::abs(value));
    } else {
        for (const std::complex<double>& value : eigenvalues(dense))
            sizes.push_back(std::abs(value));
    }
    std::ranges::sort(sizes, std::greater{});
    return sizes;
}

/// Steps in which something that shrinks by this factor halves.
std::optional<double> half_life(double factor) {
    if (factor >= 1.0 - of_rounding) return std::nullopt;
    return factor <= 0.0 ? 0.0 : std::log(0.5) / std::log(factor);
}

void answer_spectrum(const LinearLaw& law, const Sparse& matrix, LinearAnswers& answers) {
    const std::size_t most = law.graph.symmetric() ? most_dense : most_directed_spectrum;
    if (law.graph.nodes() > most) {
        answers.radius_is_bound = true;
        for (std::size_t node = 0; node < law.own.size(); ++node) {
            answers.spectral_radius = std::max(
                answers.spectral_radius, std::abs(law.own[node]) + std::abs(law.neighbours[node]));
        }
        answers.notes.push_back(
            fmt::format("the spectrum is computed up to {} nodes of {} graph", most,
                        law.graph.symmetric() ? "an undirected" : "a directed"));
        return;
    }
    const std::vector<double> sizes = spectrum(law, matrix);
    answers.spectral_radius = sizes.front();
    if (sizes.size() > 1) answers.second = sizes[1];
    // Where all come to agree, the first eigenvalue is that of the agreement.
    const bool averages = law.name == "degroot";
    answers.half_life = half_life(averages ? answers.second.value_or(0.0) : sizes.front());
}

/// Groups of nodes that listen to each other and to nobody else.
std::size_t closed_groups(const LinearLaw& law, const Sparse& matrix,
                          std::vector<std::uint32_t>& group) {
    std::vector<sim::Tie> arcs;
    for (Eigen::Index row = 0; row < matrix.rows(); ++row) {
        for (Sparse::InnerIterator entry(matrix, row); entry; ++entry) {
            if (entry.col() == row || entry.value() == 0.0) continue;
            arcs.push_back(
                {static_cast<std::uint32_t>(row), static_cast<std::uint32_t>(entry.col()), 1.0F});
        }
    }
    group = sim::strong_components(sim::Graph(law.graph.nodes(), arcs, false));
    std::vector<bool> open(law.graph.nodes(), false);
    for (const sim::Tie& arc : arcs) {
        if (group[arc.from] != group[arc.to]) open[group[arc.from]] = true;
    }
    const std::size_t groups = std::size_t{std::ranges::max(group)} + 1;
    return static_cast<std::size_t>(
        std::count(open.begin(), open.begin() + static_cast<std::ptrdiff_t>(groups), false));
}

/// The left eigenvector of M for the eigenvalue 1, adding up to 1.
Vector left_eigenvector(const LinearLaw& law, const Sparse& matrix) {
    const auto size = static_cast<Eigen::Index>(law.graph.nodes());
    const bool balanced = law.graph.symmetric() &&
                          std::ranges::none_of(law.neighbours, [](double w) { return w <= 0; });
    if (balanced) { // detailed balance: pi_i M_ij = pi_j M_ji
        const std::vector<double> strength = strengths(law.graph);
        Vector weights(size);
        for (std::size_t i = 0; i < strength.size(); ++i) {
            weights[static_cast<Eigen::Index>(i)] = strength[i] / law.neighbours[i];
        }
        return weights / weights.sum();
    }
    Dense system = Dense(matrix).transpose() - Dense::Identity(size, size);
    system.row(size - 1).setOnes();
    Vector right = Vector::Zero(size);
    right[size - 1] = 1.0;
    return solve(system, right);
}

void answer_consensus(const LinearLaw& law, const Sparse& matrix, LinearAnswers& answers) {
    std::vector<std::uint32_t> group;
    const std::size_t closed = closed_groups(law, matrix, group);
    if (closed > 1) {
        answers.notes.push_back(
            fmt::format("no consensus: {} groups listen to nobody outside them", closed));
        return;
    }
    if (!law.graph.symmetric() && law.graph.nodes() > most_dense) {
        answers.notes.push_back(fmt::format("the weights of the consensus are computed up to {} "
                                            "nodes of a directed graph",
                                            most_dense));
        return;
    }
    const Vector weights = left_eigenvector(law, matrix);
    answers.weights = numbers(weights);
    answers.fixed_point.assign(law.start.size(), weights.dot(vector_of(law.start)));
    if (answers.second && *answers.second >= 1.0 - of_rounding) {
        answers.notes.push_back("the opinions swing for ever (the graph is periodic and nobody "
                                "weighs oneself) around what is told here");
    }
}

void answer_fixed_point(const LinearLaw& law, const Sparse& matrix, LinearAnswers& answers) {
    const auto size = static_cast<Eigen::Index>(law.graph.nodes());
    if (answers.spectral_radius >= 1.0 - of_rounding) {
        answers.notes.push_back(
            "no fixed point that all starts tend to: the spectral radius is not "
            "below 1");
        return;
    }
    Sparse identity(size, size);
    identity.setIdentity();
    const Sparse system = identity - matrix;
    const Vector constant = vector_of(law.constant);
    if (law.graph.nodes() <= most_dense) {
        answers.fixed_point = numbers(solve(system, constant));
        return;
    }
    Eigen::BiCGSTAB<Sparse> solver(system);
    solver.setTolerance(1e-14);
    const Vector found = solver.solve(constant);
    const double error = (system * found - constant).lpNorm<Eigen::Infinity>();
    if (error <= 1e-10 * (1.0 + constant.lpNorm<Eigen::Infinity>())) {
        answers.fixed_point = numbers(found);
    } else {
        answers.notes.push_back("the fixed point was not found: the iteration did not converge");
    }
}

/// S = sum over k of M^k M'^k, by doubling: after n rounds the first 2^n terms are in.
Dense stationary_covariance(const Sparse& matrix, double deviation) {
    Dense power = matrix;
    Dense sum = Dense::Identity(power.rows(), power.cols());
    constexpr int most_rounds = 60;
    for (int round = 0; round < most_rounds; ++round) {
        const Dense more = power * sum * power.transpose();
        sum += more;
        if (more.lpNorm<Eigen::Infinity>() <= 1e-16 * sum.lpNorm<Eigen::Infinity>()) break;
        power = (power * power).eval();
    }
    return deviation * deviation * sum;
}

double mean_correlation_of_ties(const sim::Graph& graph, const Dense& covariance) {
    double sum = 0.0;
    for (std::size_t node = 0; node < graph.nodes(); ++node) {
        const auto i = static_cast<Eigen::Index>(node);
        for (const std::uint32_t other : graph.neighbours(node)) {
            sum += covariance(i, other) / std::sqrt(covariance(i, i) * covariance(other, other));
        }
    }
    return graph.arcs() == 0 ? std::numeric_limits<double>::quiet_NaN()
                             : sum / static_cast<double>(graph.arcs());
}

void answer_covariance(const LinearLaw& law, const Sparse& matrix, LinearAnswers& answers) {
    if (law.deviation <= 0.0 || answers.spectral_radius >= 1.0 - of_rounding) return;
    if (law.graph.nodes() > most_covariances) {
        answers.notes.push_back(fmt::format("covariances are computed up to {} nodes (they take "
                                            "the cube of their number) simulate the law instead",
                                            most_covariances));
        return;
    }
    const Dense covariance = stationary_covariance(matrix, law.deviation);
    answers.covariance = StationaryCovariance{
        .variance = numbers(covariance.diagonal()),
        .matrix = {covariance.data(), covariance.data() + covariance.size()},
        .correlation_of_ties = mean_correlation_of_ties(law.graph, covariance)};
}

}

LinearAnswers linear_answers(const LinearLaw& law) {
    LinearAnswers answers;
    const Sparse matrix = matrix_of(law);
    answer_spectrum(law, matrix, answers);
    if (law.name == "degroot") {
        answer_consensus(law, matrix, answers);
    } else {
        answer_fixed_point(law, matrix, answers);
        answer_covariance(law, matrix, answers);
    }
    return answers;
}

}
