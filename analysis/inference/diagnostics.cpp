#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/inference/battery.hpp"
#include "analysis/inference/icc.hpp"
#include "analysis/upper_median.hpp"
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
    result.ties = static_cast<std::size_t>(ties.nonZeros()) / (result.both_ways ? 2 : 1);
    const bool one_kind = data.receivers.instrument == data.contacts.instrument;
    if (count == 0.0 || !one_kind) return; // clients have teams of their own, and no tie back
    if (result.teams > 1) result.across_teams = across / count;
    if (!result.both_ways) result.reciprocity = returned / count;
}

/// Whether answers differ from each other.
bool vary(const Eigen::MatrixXd& y) {
    double first = not_known;
    for (const double answer : y.reshaped()) {
        if (std::isnan(answer)) continue;
        if (std::isnan(first)) first = answer;
        if (answer != first) return true;
    }
    return false;
}

/// Whether anybody ever answers otherwise than before.
bool change(const Eigen::MatrixXd& y) {
    for (Index i = 0; i < y.rows(); ++i) {
        if (vary(y.row(i))) return true;
    }
    return false;
}

/// Own and contacts' answers before, of the people of one team at one wave.
struct TeamWave {
    std::vector<double> own, contacts;
};

/// What is left of contacts' answers inside a team once they are told by one's own: in a complete
/// team nothing, as the contacts of each are all but themselves.
double left_inside(const TeamWave& each) {
    const auto n = static_cast<Index>(each.own.size());
    Eigen::VectorXd own = Eigen::Map<const Eigen::VectorXd>(each.own.data(), n);
    Eigen::VectorXd contacts = Eigen::Map<const Eigen::VectorXd>(each.contacts.data(), n);
    own.array() -= own.mean();
    contacts.array() -= contacts.mean();
    const double squares = own.squaredNorm();
    if (squares > 0.0) contacts -= own * (own.dot(contacts) / squares);
    return contacts.squaredNorm() * static_cast<double>(n) / static_cast<double>(n - 2);
}

/// Share of the variance of contacts' answers that T2 has to go by.
double wiring_of(const Transmission& data) {
    constexpr std::size_t fewest_mates = 3; // two are taken up by mean and slope
    const Steps steps = steps_of(data, {}, {0, data.receivers.waves.size()});
    std::map<std::pair<std::uint32_t, std::uint32_t>, TeamWave> cells;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        TeamWave& cell = cells[{data.team[steps.person[i]], steps.wave[i]}];
        cell.own.push_back(steps.before[i]);
        cell.contacts.push_back(steps.exposure[i]);
    }
    double inside = 0.0, sum = 0.0, squares = 0.0, n = 0.0;
    for (const auto& [which, cell] : cells) {
        if (cell.own.size() >= fewest_mates) inside += left_inside(cell);
        for (const double contact : cell.contacts) {
            sum += contact;
            squares += contact * contact;
            n += 1.0;
        }
    }
    const double all = squares - sum * sum / n;
    return n > 0.0 && all > 0.0 ? inside / all : not_known;
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
    return one_way(answers.rightCols(1), team).icc();
}

double median_months(const std::vector<Day>& waves) {
    std::vector<double> gaps;
    for (std::size_t i = 1; i < waves.size(); ++i) {
        gaps.push_back(static_cast<double>((waves[i] - waves[i - 1]).count()) / 30.44);
    }
    return gaps.empty() ? not_known : upper_median(gaps);
}

Diagnostics diagnose(const Survey& survey, const Transmission& data, const Channel& channel) {
    Diagnostics result;
    const Eigen::MatrixXd& y = data.receivers.y;
    double answered = 0.0;
    std::set<std::uint32_t> teams;
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        if (survey.is_client(i) != channel.receivers_are_clients) continue;
        teams.insert(data.team[i]);
        ++result.people;
        answered += static_cast<double>((y.row(i).array() == y.row(i).array()).count());
    }
    result.waves = data.receivers.waves.size();
    result.response = answered / static_cast<double>(result.people * result.waves);
    result.linked = linked_people(data);
    const BothEnds ends = answering_ends(data);
    result.receivers = ends.receivers;
    result.informants = ends.contacts;
    result.months = median_months(data.receivers.waves);
    const auto twice = ((y.array() == y.array()).cast<int>().rowwise().sum() > 1).count();
    if (static_cast<std::size_t>(twice) >= survey.settings.fewest_told) {
        result.stability = stability_of(y); // of fewer it would tell of their answers
        const Groups teams_then = groups_by(survey, "team", {data.receivers.waves.back()});
        result.team_icc = team_icc_of(y, teams_then.of);
    }
    result.rearrangeable = is_rearrangeable(data);
    result.varies = vary(y) && vary(data.contacts.y);
    result.changes = change(y);
    result.wiring = wiring_of(data);
    result.teams = teams.size();
    result.sites = std::ranges::any_of(
        survey.people.list, [](const scenarios::Person& person) { return !person.site.empty(); });
    result.both_ways = data.layer.kind != "account" && !is_directed(survey, data.layer.kind);
    describe_ties(result, data);
    return result;
}

}
