#include "analysis/attribution.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/compare_arms.hpp"
#include "analysis/stored_scenario.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {

namespace {

/// Values of one outcome, (arm, point, replicate).
struct Worlds {
    const sim::ResultsHead& head;
    std::vector<double> values;

    double at(std::size_t arm, std::size_t point, std::size_t replicate) const {
        return values[(arm * head.points + point) * head.replicates + replicate];
    }
    /// The worth of every set of mechanisms in one replicate: the outcome of the world that has the
    /// first arm's values of these and the second arm's of the others.
    std::vector<double> worth(std::size_t replicate) const {
        const std::size_t players = head.factors.size();
        std::vector<double> worth(std::size_t{1} << players, not_known);
        for (std::size_t point = 0; point < head.points; ++point) {
            std::size_t own = 0;
            for (std::size_t i = 0; i < players; ++i) {
                own |= head.design[point * players + i] == 1.0 ? std::size_t{1} << i : 0;
            }
            worth[own] = at(0, point, replicate);
            worth[~own & (worth.size() - 1)] = at(1, point, replicate);
        }
        return worth;
    }
};

std::vector<Mechanism> mechanisms_of(const scenarios::Scenario& scenario,
                                     const ParametersOfArms& parameters) {
    std::vector<Mechanism> list;
    for (const scenarios::Factor& factor : scenario.design.factors) {
        Mechanism mechanism{.name = factor.name, .parameters = 0, .assumed = 0, .paths = {}};
        for (const ParameterOfArms& parameter : parameters.differing) {
            if (std::ranges::find(factor.paths, parameter.path) == factor.paths.end()) continue;
            ++mechanism.parameters;
            mechanism.paths.push_back(parameter.path);
            mechanism.assumed += parameter.is_assumed() ? 1 : 0;
        }
        list.push_back(mechanism);
    }
    return list;
}

/// Replicates of which every run is done.
std::size_t finished_everywhere(const sim::ResultsReader& results) {
    const sim::ResultsHead& head = results.head();
    const std::vector<sim::RunStatus> status = results.status();
    std::vector<bool> finished(head.replicates, true);
    for (std::size_t run = 0; run < status.size(); ++run) {
        if (status[run] != sim::RunStatus::done) finished[run % head.replicates] = false;
    }
    return static_cast<std::size_t>(std::ranges::count(finished, true));
}

using Orders = std::vector<std::vector<std::size_t>>;

AttributedOutcome attribute_one(const Worlds& worlds, const sim::Metric& metric,
                                const std::vector<Mechanism>& mechanisms, const Orders& orders,
                                double confidence) {
    const std::size_t players = mechanisms.size();
    std::vector<std::vector<double>> shares(players);
    std::vector<double> gaps;
    std::vector<double> whole_gaps;
    std::vector<double> assumed;
    for (std::size_t replicate = 0; replicate < worlds.head.replicates; ++replicate) {
        const std::vector<double> worth = worlds.worth(replicate);
        whole_gaps.push_back(worth.back() - worth.front());
        const std::vector<double> own =
            orders.empty() ? shapley_shares(worth, players) : shapley_shares_along(worth, orders);
        if (std::ranges::any_of(own, [](double share) { return std::isnan(share); })) continue;
        gaps.push_back(worth.back() - worth.front());
        assumed.push_back(0.0);
        for (std::size_t i = 0; i < players; ++i) {
            shares[i].push_back(own[i]);
            if (mechanisms[i].assumed > 0) assumed.back() += own[i];
        }
    }
    AttributedOutcome outcome{.metric = metric,
                              .gap = summarise(gaps, confidence),
                              .whole_gap = summarise(whole_gaps, confidence),
                              .shares = {},
                              .assumed = summarise(assumed, confidence)};
    for (const auto& share : shares) outcome.shares.push_back(summarise(share, confidence));
    return outcome;
}

std::vector<sim::Metric> chosen(const sim::ResultsHead& head,
                                const std::vector<std::string>& names) {
    if (names.empty()) return head.outcomes;
    std::vector<std::string> known;
    for (const sim::Metric& metric : head.outcomes) known.push_back(metric.name);
    std::vector<sim::Metric> list;
    for (const std::string& name : names) {
        const auto found = std::ranges::find(head.outcomes, name, &sim::Metric::name);
        if (found == head.outcomes.end()) {
            throw sim::UserError(fmt::format("--outcome {}: there is no such outcome{}", name,
                                             sim::did_you_mean(name, known)));
        }
        list.push_back(*found);
    }
    return list;
}

}

std::vector<double> shapley_shares(std::span<const double> worth, std::size_t players) {
    sim::expects(worth.size() == std::size_t{1} << players, "shapley_shares: a worth for each set");
    // Weight of joining a set of that size: size! (players - size - 1)! / players!
    std::vector<double> weight(players);
    for (std::size_t size = 0; size < players; ++size) {
        weight[size] = std::exp(std::lgamma(static_cast<double>(size) + 1.0) +
                                std::lgamma(static_cast<double>(players - size)) -
                                std::lgamma(static_cast<double>(players) + 1.0));
    }
    std::vector<double> shares(players, 0.0);
    for (std::size_t set = 0; set < worth.size(); ++set) {
        const auto size = static_cast<std::size_t>(std::popcount(set));
        for (std::size_t player = 0; player < players; ++player) {
            const std::size_t joined = set | std::size_t{1} << player;
            if (joined != set) shares[player] += weight[size] * (worth[joined] - worth[set]);
        }
    }
    return shares;
}

std::vector<double> shapley_shares_along(std::span<const double> worth,
                                         const std::vector<std::vector<std::size_t>>& orders) {
    const std::size_t all = worth.size() - 1;
    const double each = 0.5 / static_cast<double>(orders.size());
    std::vector<double> shares(orders.front().size(), 0.0);
    for (const std::vector<std::size_t>& order : orders) {
        std::size_t before = 0;
        for (const std::size_t player : order) {
            const std::size_t with = before | std::size_t{1} << player;
            shares[player] += each * (worth[with] - worth[before]);
            // The reverse order adds the player to all that come after it here.
            shares[player] += each * (worth[all & ~before] - worth[all & ~with]);
            before = with;
        }
    }
    return shares;
}

double share_of_gap(const Summary& share, const Summary& gap) {
    return gap.interval.excludes(0.0) ? share.mean / gap.mean : not_known;
}

const std::vector<std::string>& main_outcomes() {
    static const std::vector<std::string> names{"engagement_employee", "engagement_client", "nps"};
    return names;
}

bool can_attribute(const sim::ResultsHead& head) {
    const auto method = head.text_attributes.find("design_method");
    return method != head.text_attributes.end() && method->second == "toggles";
}

std::optional<std::size_t> unmixed_point(const sim::ResultsHead& head) {
    if (!can_attribute(head)) return std::nullopt;
    const auto players = static_cast<std::ptrdiff_t>(head.factors.size());
    for (std::size_t point = 0; point < head.points; ++point) {
        const auto row = head.design.begin() + static_cast<std::ptrdiff_t>(point) * players;
        if (std::all_of(row, row + players, [](double own) { return own == 1.0; })) return point;
    }
    return std::nullopt;
}

Attribution attribute(const sim::ResultsReader& results, const std::vector<std::string>& outcomes,
                      double confidence) {
    const sim::ResultsHead& head = results.head();
    const std::string file = results.path().string();
    if (!can_attribute(head)) {
        throw sim::UserError(file + ": was not made for attribution (it takes [design] method = "
                                    "\"toggles\", or arms with impulse.employee and "
                                    "impulse.client); see scenarios/attribution.toml and "
                                    "scenarios/loop_gain.toml");
    }
    const scenarios::Scenario scenario = stored_scenario(results);
    const ParametersOfArms parameters = parameters_of_arms(scenario);
    Attribution attribution{.arms = head.arms,
                            .mechanisms = mechanisms_of(scenario, parameters),
                            .outcomes = {},
                            .shared_assumed = parameters.shared_assumed,
                            .replicates = finished_everywhere(results),
                            .orders = scenario.design.method.size,
                            .confidence = confidence};
    const Orders orders =
        attribution.orders == 0
            ? Orders{}
            : scenarios::toggle_orders(scenario.design.method, scenario.design.factors.size());
    for (const sim::Metric& metric : chosen(head, outcomes)) {
        const Worlds worlds{head, results.outcome(metric.name)};
        attribution.outcomes.push_back(
            attribute_one(worlds, metric, attribution.mechanisms, orders, confidence));
    }
    if (attribution.replicates == 0) {
        throw sim::UserError(file + ": no replicate is finished at every design point (nothing can "
                                    "be shared out); run the study to its end");
    }
    return attribution;
}

}
