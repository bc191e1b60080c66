#include "analysis/inference/privacy.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include <fmt/format.h>

#include "analysis/inference/permutations.hpp"

namespace cercle::analysis {
namespace {

struct Cell {
    std::size_t people = 0;
    double sum = 0.0;
    bool told = true;
};

/// Leaves more out, the smallest first, until the total gives nothing away.
void protect(std::vector<Cell>& cells, std::size_t fewest) {
    std::vector<std::size_t> by_size(cells.size());
    std::iota(by_size.begin(), by_size.end(), std::size_t{0});
    std::ranges::stable_sort(by_size, {}, [&](std::size_t i) { return cells[i].people; });
    std::size_t left_out = 0;
    std::size_t hidden = 0; // people in them
    for (const std::size_t i : by_size) {
        const bool small = cells[i].people < fewest;
        const bool exposed = left_out > 0 && (left_out < 2 || hidden < fewest);
        if (!small && !exposed) break;
        cells[i].told = false;
        ++left_out;
        hidden += cells[i].people;
    }
}

}

GroupTable safe_means(const std::vector<std::uint32_t>& group, const std::vector<double>& value,
                      std::uint64_t seed, std::size_t fewest) {
    std::map<std::uint32_t, Cell> found;
    GroupTable table;
    double sum = 0.0;
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (std::isnan(value[i])) continue;
        Cell& cell = found[group[i]];
        ++cell.people;
        cell.sum += value[i];
        ++table.people;
        sum += value[i];
    }
    std::vector<Cell> cells;
    for (const auto& [number, cell] : found) cells.push_back(cell);
    protect(cells, fewest);
    const auto order = permutation(
        {.stratum = std::vector<std::uint32_t>(cells.size(), 0), .seed = seed, .test = 100}, 0);
    table.groups.resize(cells.size());
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const Cell& cell = cells[order[i]];
        GroupMean& mean = table.groups[i];
        mean.pseudonym = fmt::format("group {}", i + 1);
        if (!cell.told) continue;
        mean.people = cell.people;
        mean.mean = cell.sum / static_cast<double>(cell.people);
    }
    if (table.people < fewest) {
        table.people = 0;
    } else {
        table.mean = sum / static_cast<double>(table.people);
    }
    return table;
}

}
