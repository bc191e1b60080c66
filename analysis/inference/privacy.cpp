#include "analysis/inference/privacy.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>
#include <tuple>

#include <fmt/format.h>

#include "analysis/inference/linear_model.hpp"
#include "analysis/linear_algebra.hpp"
#include "analysis/upper_median.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

constexpr double fewest_steps = 4.0; ///< of a scale whose means are told
/// Steps between an edge and the ends of the scale: sums of whole answers place a leaver up to one
/// step beyond the edge, and two answers must be left there.
constexpr double steps_beside = 2.0;

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

/// Takes the median of each group away.
void take_medians_away(Eigen::VectorXd& column, const std::vector<std::uint32_t>& group) {
    std::map<std::uint32_t, std::vector<double>> values;
    for (std::size_t i = 0; i < group.size(); ++i) {
        values[group[i]].push_back(column[static_cast<Eigen::Index>(i)]);
    }
    std::map<std::uint32_t, double> median;
    for (const auto& [number, each] : values) median[number] = upper_median(each);
    for (std::size_t i = 0; i < group.size(); ++i) {
        column[static_cast<Eigen::Index>(i)] -= median[group[i]];
    }
}

/// Whether so few people make nearly all that a column differs from its median by; of
/// its groups, where their means are swept out: medians show who differs from the others of a
/// group, means would spread one person's difference over all.
bool sets_few_apart(Eigen::VectorXd column, const KnownColumns& known, const Few& few) {
    constexpr int rounds = 10; // of median polish (Tukey 1977)
    const double size = column.squaredNorm();
    for (int round = 0; round < rounds; ++round) {
        for (const std::vector<std::uint32_t>& group : known.swept) {
            take_medians_away(column, group);
        }
    }
    take_medians_away(column, std::vector<std::uint32_t>(known.who.size(), 0));
    std::map<PersonIndex, double> squares;
    for (std::size_t i = 0; i < known.who.size(); ++i) {
        const double distance = column[static_cast<Eigen::Index>(i)];
        squares[known.who[i]] += distance * distance;
    }
    std::vector<double> largest;
    for (const auto& [person, square] : squares) largest.push_back(square);
    std::ranges::sort(largest, std::greater());
    const double all = std::accumulate(largest.begin(), largest.end(), 0.0);
    const auto count = std::min(largest.size(), few.fewest - 1);
    const double of_few =
        std::accumulate(largest.begin(), largest.begin() + static_cast<std::ptrdiff_t>(count), 0.0);
    return all > 1e-18 * size && of_few >= few.share * all;
}

/// What a column says beyond a constant and the other columns.
Eigen::VectorXd beyond_others(const Eigen::MatrixXd& x, Eigen::Index column) {
    Eigen::MatrixXd others = x;
    others.col(column).setOnes(); // stands for the constant
    const Eigen::VectorXd own = x.col(column);
    const Eigen::VectorXd rest = own - others * LeastSquares(others).solve(own);
    return rest.norm() > 1e-9 * own.norm() ? rest : Eigen::VectorXd::Zero(own.size());
}

}

Interval told_cell(double mean, std::size_t people, const Interval& scale) {
    const double range = scale.high - scale.low;
    if (!(range >= fewest_steps)) return {};
    const auto steps = static_cast<double>(std::bit_floor(people));
    const double margin = steps * steps_beside / range;
    const double first = std::max(std::floor(steps / 3.0) + 1.0, std::ceil(margin));
    const double last = std::min(std::ceil(2.0 * steps / 3.0) - 1.0, std::floor(steps - margin));
    const double at = std::floor((mean - scale.low) / range * steps);
    const double low = at < first ? 0.0 : std::min(at, last);
    const double high = at < first ? first : at < last ? at + 1.0 : steps;
    return {scale.low + range * low / steps, scale.low + range * high / steps};
}

GroupTable safe_means(const std::vector<std::uint32_t>& group, const std::vector<double>& value,
                      const Interval& scale, std::size_t fewest) {
    std::map<std::uint32_t, Cell> found;
    for (std::size_t i = 0; i < group.size(); ++i) {
        if (std::isnan(value[i])) continue;
        Cell& cell = found[group[i]];
        ++cell.people;
        cell.sum += value[i];
    }
    std::vector<Cell> cells;
    for (const auto& [number, cell] : found) cells.push_back(cell);
    protect(cells, fewest);
    GroupTable table;
    for (const Cell& cell : cells) {
        table.groups.emplace_back();
        if (!cell.told) continue;
        const double mean = cell.sum / static_cast<double>(cell.people);
        table.groups.back() = {.at_least = std::max(fewest, std::bit_floor(cell.people)),
                               .mean = told_cell(mean, cell.people, scale)};
    }
    // In the order of what is told, so that a row says nothing by its place.
    std::ranges::sort(table.groups, std::greater(), [](const GroupMean& each) {
        return std::tuple(each.at_least, std::isnan(each.mean.low) ? 0.0 : each.mean.low);
    });
    for (std::size_t i = 0; i < table.groups.size(); ++i) {
        table.groups[i].pseudonym = fmt::format("group {}", i + 1);
    }
    return table;
}

std::string told_count(std::size_t count, std::size_t fewest, Language language) {
    if (count == 0 || count >= fewest) return fmt::format("{}", count);
    return fmt::format("{} {}", language == Language::english ? "fewer than" : "moins de", fewest);
}

ToldCounts told_counts(const std::vector<std::size_t>& counts, std::size_t fewest) {
    std::vector<Cell> cells;
    for (const std::size_t count : counts) {
        if (count > 0) cells.push_back({.people = count});
    }
    protect(cells, fewest);
    ToldCounts told{.counts = counts};
    std::size_t next = 0;
    for (std::size_t& count : told.counts) {
        if (count == 0 || cells[next++].told) continue;
        told.rest += count;
        count = 0;
    }
    return told;
}

bool sets_few_apart(const KnownColumns& columns, Eigen::Index column, const Few& few) {
    Eigen::MatrixXd swept = columns.x;
    sweep(swept, columns.swept);
    return sets_few_apart(columns.x.col(column), columns, few) ||
           sets_few_apart(beyond_others(swept, column), columns, few);
}

void expect_shared(const KnownColumns& columns, std::size_t fewest) {
    const auto named = static_cast<Eigen::Index>(columns.names.size());
    for (Eigen::Index k = 0; k < named; ++k) {
        if (!sets_few_apart(columns, k, {fewest})) continue;
        throw sim::UserError(fmt::format(
            "--covariates {}: fewer than {} people make it differ, alone, {} (its coefficient "
            "would tell their answers); leave it out",
            columns.names[static_cast<std::size_t>(k)], fewest,
            columns.swept.empty() ? "or beside the other covariates"
                                  : "beside the other covariates or inside the groups of "
                                    "--fixed-effects"));
    }
}

}
