#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "analysis/inference/linear_model.hpp"

namespace cercle::analysis {
namespace {

constexpr int most_rounds = 10000;

/// A grouping of rows and the means that are still to be taken away from them.
struct Grouping {
    const std::vector<std::uint32_t>& of; ///< group of each row
    std::vector<double> sizes;
    std::vector<double> means;
};

std::vector<double> sizes_of(const std::vector<std::uint32_t>& group) {
    std::vector<double> sizes(group.empty() ? 0 : *std::ranges::max_element(group) + 1, 0.0);
    for (const std::uint32_t g : group) sizes[g] += 1.0;
    return sizes;
}

/// Takes the means of `before` away, if there is one, and finds those of the next grouping in the
/// same pass; returns the largest of them.
double next_means(double* values, const Grouping* before, Grouping& next) {
    std::ranges::fill(next.means, 0.0);
    const std::size_t n = next.of.size();
    for (std::size_t i = 0; i < n; ++i) {
        if (before) values[i] -= before->means[before->of[i]];
        next.means[next.of[i]] += values[i];
    }
    double largest = 0.0;
    for (std::size_t g = 0; g < next.means.size(); ++g) {
        if (next.sizes[g] > 0.0) next.means[g] /= next.sizes[g];
        largest = std::max(largest, std::abs(next.means[g]));
    }
    return largest;
}

void sweep_column(double* values, std::vector<Grouping>& groupings, double smallest) {
    const Grouping* before = nullptr;
    for (int round = 0; round < most_rounds; ++round) {
        double largest = 0.0;
        for (Grouping& grouping : groupings) {
            largest = std::max(largest, next_means(values, before, grouping));
            before = &grouping;
        }
        if (largest <= smallest || groupings.size() == 1) break;
    }
    for (std::size_t i = 0; i < before->of.size(); ++i) values[i] -= before->means[before->of[i]];
}

std::uint32_t root(std::vector<std::uint32_t>& parent, std::uint32_t node) {
    while (parent[node] != node) node = parent[node] = parent[parent[node]];
    return node;
}

/// Parts that two groupings fall into: levels are joined by the data they share.
std::size_t parts(const std::vector<std::uint32_t>& one, const std::vector<std::uint32_t>& other) {
    const std::uint32_t shift = *std::ranges::max_element(one) + 1;
    std::vector<std::uint32_t> parent(shift + *std::ranges::max_element(other) + 1);
    std::iota(parent.begin(), parent.end(), 0U);
    for (std::size_t i = 0; i < one.size(); ++i) {
        parent[root(parent, one[i])] = root(parent, shift + other[i]);
    }
    std::set<std::uint32_t> roots;
    for (const std::uint32_t level : one) roots.insert(root(parent, level));
    return roots.size();
}

}

void sweep(Eigen::MatrixXd& columns, const std::vector<std::vector<std::uint32_t>>& groupings,
           double still) {
    if (groupings.empty() || columns.rows() == 0) return;
    std::vector<Grouping> found;
    for (const std::vector<std::uint32_t>& groups : groupings) {
        found.push_back({groups, sizes_of(groups), {}});
        found.back().means.resize(found.back().sizes.size());
    }
    for (Eigen::Index k = 0; k < columns.cols(); ++k) {
        const double spread = columns.col(k).cwiseAbs().maxCoeff();
        sweep_column(columns.col(k).data(), found, still * spread);
        // What is left of a column that the groups explain in full is rounding.
        if (columns.col(k).cwiseAbs().maxCoeff() <= 1e-11 * spread) columns.col(k).setZero();
    }
}

std::size_t swept_rank(const std::vector<std::vector<std::uint32_t>>& groupings) {
    std::size_t rank = 0;
    for (std::size_t g = 0; g < groupings.size(); ++g) {
        const std::set<std::uint32_t> levels(groupings[g].begin(), groupings[g].end());
        rank += levels.size() - (g > 0 ? parts(groupings[0], groupings[g]) : 0);
    }
    return rank;
}

}
