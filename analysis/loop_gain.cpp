#include "analysis/loop_gain.hpp"

#include <array>
#include <cmath>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

/// Sums over replicates: dx_B, dy_B, dx_C, dy_C.
using Sums = std::array<double, 4>;

double along_of(const Sums& s) { return s[1] / s[0]; }
double back_of(const Sums& s) { return s[2] / s[3]; }
double gain_of(const Sums& s) { return along_of(s) * back_of(s); }
double amplification_of(const Sums& s) { return 1.0 / (1.0 - gain_of(s)); }

/// A function of sums with its jackknife interval (Student t). Source: Miller 1974, Biometrika
/// 61:1.
Response jackknife(const std::vector<Sums>& replicates, double (*of)(const Sums&),
                   double confidence) {
    const auto n = static_cast<double>(replicates.size());
    Sums all{};
    for (const Sums& one : replicates) {
        for (std::size_t i = 0; i < all.size(); ++i) all[i] += one[i];
    }
    std::vector<double> without;
    double mean = 0.0;
    for (const Sums& one : replicates) {
        Sums others = all;
        for (std::size_t i = 0; i < all.size(); ++i) others[i] -= one[i];
        without.push_back(of(others));
        mean += without.back() / n;
    }
    double squares = 0.0;
    for (const double value : without) squares += (value - mean) * (value - mean);
    const double error = std::sqrt((n - 1.0) / n * squares);
    const double value = of(all);
    return {value, t_interval(value, error, replicates.size(), confidence)};
}

/// The arms of the study: undisturbed, employees pushed, clients pushed.
std::optional<std::array<std::size_t, 3>> arms_of(const scenarios::Scenario& scenario) {
    std::array<std::optional<std::size_t>, 3> found;
    for (std::size_t arm = 0; arm < scenario.arms.size(); ++arm) {
        const sim::Settings& settings = scenario.arms[arm].settings;
        if (!settings.has("impulse.employee")) return std::nullopt;
        const bool employees = settings.number("impulse.employee") != 0.0;
        const bool clients = settings.number("impulse.client") != 0.0;
        if (employees && clients) return std::nullopt;
        found[employees ? 1 : (clients ? 2 : 0)] = arm;
    }
    if (!found[0] || !found[1] || !found[2]) return std::nullopt;
    return std::array{*found[0], *found[1], *found[2]};
}

std::string shown(const char* what, const Response& response) {
    return fmt::format("{:<48} {:>7.4f}   [{:.4f}, {:.4f}]\n", what, response.value,
                       response.interval.low, response.interval.high);
}

nlohmann::ordered_json json_of(const Response& response) {
    return {{"value", response.value},
            {"low", response.interval.low},
            {"high", response.interval.high}};
}

}

LoopGain loop_gain(const PushedWorlds& worlds, double confidence) {
    std::vector<Sums> replicates;
    for (std::size_t i = 0; i < worlds.employees_of_pushed_employees.size(); ++i) {
        const Sums one{worlds.employees_of_pushed_employees[i],
                       worlds.clients_of_pushed_employees[i], worlds.employees_of_pushed_clients[i],
                       worlds.clients_of_pushed_clients[i]};
        if (std::isfinite(one[0] + one[1] + one[2] + one[3])) replicates.push_back(one);
    }
    LoopGain gain{.pairs = replicates.size(), .confidence = confidence};
    if (replicates.size() < 2) {
        throw sim::UserError("fewer than two replicates are finished in all three worlds (an "
                             "interval takes two); run the study with more replicates");
    }
    gain.along = jackknife(replicates, along_of, confidence);
    gain.back = jackknife(replicates, back_of, confidence);
    gain.gain = jackknife(replicates, gain_of, confidence);
    gain.amplification = jackknife(replicates, amplification_of, confidence);
    return gain;
}

bool can_tell_loop_gain(const scenarios::Scenario& scenario) {
    return arms_of(scenario).has_value();
}

LoopGain loop_gain(const sim::ResultsReader& results, const scenarios::Scenario& scenario,
                   double confidence) {
    const auto arms = arms_of(scenario);
    sim::expects(arms.has_value(), "loop_gain: a study of pushed worlds");
    const sim::ResultsHead& head = results.head();
    const std::size_t runs = head.points * head.replicates;
    const auto employees = results.outcome("engagement_employee");
    const auto clients = results.outcome("engagement_client");
    const auto change = [&](const std::vector<double>& outcome, std::size_t arm) {
        std::vector<double> differences(head.replicates, 0.0);
        for (std::size_t run = 0; run < runs; ++run) { // points, and in each all replicates
            differences[run % head.replicates] +=
                outcome[arm * runs + run] - outcome[(*arms)[0] * runs + run];
        }
        return differences;
    };
    const auto dx_b = change(employees, (*arms)[1]);
    const auto dy_b = change(clients, (*arms)[1]);
    const auto dx_c = change(employees, (*arms)[2]);
    const auto dy_c = change(clients, (*arms)[2]);
    return loop_gain({dx_b, dy_b, dx_c, dy_c}, confidence);
}

std::string loop_gain_text(const LoopGain& gain) {
    std::string text = fmt::format("The loop of engagement, measured by lasting pushes in paired "
                                   "worlds ({} pairs)\n\n{:<48} {:>7}   {:g} % interval\n",
                                   gain.pairs, "", "value", 100.0 * gain.confidence);
    text += shown("employees -> clients: change of C for one of E", gain.along);
    text += shown("clients -> employees: change of E for one of C", gain.back);
    text += shown("gain g = product of both", gain.gain);
    text += shown("amplification 1 / (1 - g)", gain.amplification);
    const double more = 100.0 * (gain.amplification.value - 1.0);
    text +=
        fmt::format("\nWhat moves the engagement of employees moves it by {:+.2f} % of that more "
                    "because clients answer.\n",
                    more);
    if (!gain.gain.interval.excludes(0.0)) {
        text += "The interval of the gain holds 0: no virtuous circle is shown.\n";
    }
    return text;
}

nlohmann::ordered_json loop_gain_json(const LoopGain& gain) {
    return {{"pairs", gain.pairs},          {"confidence", gain.confidence},
            {"along", json_of(gain.along)}, {"back", json_of(gain.back)},
            {"gain", json_of(gain.gain)},   {"amplification", json_of(gain.amplification)}};
}

}
