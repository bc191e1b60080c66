#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "analysis/inference/linear_model.hpp"

namespace cercle::analysis {
namespace {

constexpr int most_rounds = 10000;

/// Takes the means over one grouping away; returns the largest mean.
double take_means(Eigen::Ref<Eigen::VectorXd> column, const std::vector<std::uint32_t>& group,
                  std::vector<double>& sums, const std::vector<double>& sizes) {
    std::ranges::fill(sums, 0.0);
    const auto n = static_cast<std::size_t>(column.size());
    for (std::size_t i = 0; i < n; ++i) sums[group[i]] += column[static_cast<Eigen::Index>(i)];
    double largest = 0.0;
    for (std::size_t g = 0; g < sums.size(); ++g) {
        if (sizes[g] > 0.0) sums[g] /= sizes[g];
        largest = std::max(largest, std::abs(sums[g]));
    }
    for (std::size_t i = 0; i < n; ++i) column[static_cast<Eigen::Index>(i)] -= sums[group[i]];
    return largest;
}

std::vector<double> sizes_of(const std::vector<std::uint32_t>& group) {
    std::vector<double> sizes(group.empty() ? 0 : *std::ranges::max_element(group) + 1, 0.0);
    for (const std::uint32_t g : group) sizes[g] += 1.0;
    return sizes;
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
    std::vector<std::vector<double>> sizes;
    for (const auto& group : groupings) sizes.push_back(sizes_of(group));
    for (Eigen::Index k = 0; k < columns.cols(); ++k) {
        const double spread = columns.col(k).cwiseAbs().maxCoeff();
        for (int round = 0; round < most_rounds; ++round) {
            double largest = 0.0;
            for (std::size_t g = 0; g < groupings.size(); ++g) {
                std::vector<double> sums(sizes[g].size());
                largest =
                    std::max(largest, take_means(columns.col(k), groupings[g], sums, sizes[g]));
            }
            if (largest <= still * spread || groupings.size() == 1) break;
        }
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
