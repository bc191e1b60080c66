#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/inference/battery.hpp"
#include "sim/correlation.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

std::size_t linked_people(const Transmission& data) {
    std::vector<bool> tied(data.team.size(), false);
    for (std::size_t wave = 0; wave < data.contacts.waves.size(); ++wave) {
        const std::vector<double> exposure = exposures(data, wave, {});
        for (std::size_t i = 0; i < tied.size(); ++i) {
            tied[i] = tied[i] || !std::isnan(exposure[i]);
        }
    }
    std::size_t linked = 0;
    for (std::size_t i = 0; i < tied.size(); ++i) {
        const auto row = data.receivers.y.row(static_cast<Index>(i));
        linked += tied[i] && (row.array() == row.array()).count() >= 2 ? 1 : 0;
    }
    return linked;
}

/// Shares of ties that cross teams and that are returned.
void describe_ties(Diagnostics& result, const Transmission& data) {
    const Weights& ties = data.ties.back();
    const Weights reversed = ties.transpose();
    double across = 0.0, returned = 0.0;
    const auto count = static_cast<double>(ties.nonZeros());
    for (Index row = 0; row < ties.rows(); ++row) {
        for (Weights::InnerIterator tie(ties, row); tie; ++tie) {
            across += data.team[static_cast<std::size_t>(row)] !=
                              data.team[static_cast<std::size_t>(tie.col())]
                          ? 1.0
                          : 0.0;
            returned += reversed.coeff(row, tie.col()) > 0.0 ? 1.0 : 0.0;
        }
    }
    result.ties = static_cast<std::size_t>(ties.nonZeros());
    const bool one_kind = data.receivers.instrument == data.contacts.instrument;
    if (count == 0.0 || !one_kind) return; // clients have teams of their own, and no tie back
    result.across_teams = across / count;
    result.reciprocity = returned / count;
}

}

double stability_of(const Eigen::MatrixXd& y, Index waves) {
    sim::PairSums pairs;
    for (Index wave = waves; wave < y.cols(); ++wave) {
        for (Index i = 0; i < y.rows(); ++i) {
            if (std::isnan(y(i, wave)) || std::isnan(y(i, wave - waves))) continue;
            pairs.add(y(i, wave - waves), y(i, wave));
        }
    }
    return pairs.correlation();
}

double team_icc_of(const Eigen::MatrixXd& answers, const std::vector<std::uint32_t>& team) {
    struct Cell {
        double n = 0.0, sum = 0.0, squares = 0.0;
    };
    std::map<std::uint32_t, Cell> cells;
    const auto y = answers.rightCols(1);
    double n = 0.0, sum = 0.0, squares = 0.0;
    for (Index i = 0; i < y.rows(); ++i) {
        if (std::isnan(y(i, 0))) continue;
        Cell& cell = cells[team[static_cast<std::size_t>(i)]];
        cell.n += 1.0;
        cell.sum += y(i, 0);
        n += 1.0;
        sum += y(i, 0);
        squares += y(i, 0) * y(i, 0);
    }
    const auto k = static_cast<double>(cells.size());
    if (k < 2.0 || n <= k) return not_known;
    double between = 0.0, sizes = 0.0;
    for (const auto& [which, cell] : cells) {
        between += cell.sum * cell.sum / cell.n;
        sizes += cell.n * cell.n;
    }
    const double within = (squares - between) / (n - k);
    const double of_teams = (between - sum * sum / n) / (k - 1.0);
    const double size = (n - sizes / n) / (k - 1.0);
    return (of_teams - within) / (of_teams + (size - 1.0) * within);
}

double median_months(const std::vector<Day>& waves) {
    std::vector<double> gaps;
    for (std::size_t i = 1; i < waves.size(); ++i) {
        gaps.push_back(static_cast<double>((waves[i] - waves[i - 1]).count()) / 30.44);
    }
    if (gaps.empty()) return not_known;
    std::ranges::sort(gaps);
    return gaps[gaps.size() / 2];
}

Diagnostics diagnose(const Survey& survey, const Transmission& data, const Channel& channel) {
    Diagnostics result;
    const Eigen::MatrixXd& y = data.receivers.y;
    double answered = 0.0;
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        if (survey.is_client(i) != channel.receivers_are_clients) continue;
        ++result.people;
        answered += static_cast<double>((y.row(i).array() == y.row(i).array()).count());
    }
    result.waves = data.receivers.waves.size();
    result.response = answered / static_cast<double>(result.people * result.waves);
    result.stability = stability_of(y);
    result.team_icc = team_icc_of(y, data.team);
    result.months = median_months(data.receivers.waves);
    result.linked = linked_people(data);
    result.rearrangeable = is_rearrangeable(data);
    describe_ties(result, data);
    return result;
}

}
