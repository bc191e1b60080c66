#include "analysis/inference/verdict.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace cercle::analysis {
namespace {

constexpr double balance_alpha = 0.10; ///< design of the battery: .05 lets too much pass
constexpr double most_size = 0.10;
constexpr double most_size_of_strong = 0.05;
constexpr double fewest_linked = 30.0;

bool has_lag(const Evidence& evidence) { return !std::isnan(evidence.lag.p); }
bool has_handovers(const Evidence& evidence) {
    // Clients who never answer otherwise make an effect of nought, with certainty: it says nothing.
    return evidence.data.changes && evidence.handovers && !std::isnan(evidence.handovers->p);
}
/// A weak instrument says nothing, whatever it estimates.
bool has_shock(const Evidence& evidence) {
    return evidence.shock && !std::isnan(evidence.shock->p) &&
           evidence.shock->first_stage >= strong_first_stage;
}

Obstacle obstacle_of(const Evidence& evidence) {
    const Diagnostics& data = evidence.data;
    if (data.waves == 0) return Obstacle::no_answers;
    if (std::min(data.receivers, data.informants) < evidence.fewest_told) {
        return Obstacle::few_people;
    }
    if (!data.varies) return Obstacle::all_alike;
    if (has_handovers(evidence) || has_shock(evidence)) return Obstacle::none;
    if (data.waves < 2) return Obstacle::one_wave;
    if (!data.changes) return Obstacle::unchanging;
    if (static_cast<double>(data.linked) < fewest_linked) return Obstacle::few_linked;
    // Few ties leave nothing to rearrange either, so that comes after how many are linked.
    if (!data.rearrangeable || data.wiring < least_wiring) return Obstacle::complete_teams;
    if (has_lag(evidence) && !std::isnan(data.wiring)) return Obstacle::none;
    return data.waves == 2 ? Obstacle::two_waves : Obstacle::few_in_a_row;
}

std::vector<Significance> confirmatory(const Evidence& evidence) {
    std::vector<Significance> tests;
    const bool enough = static_cast<double>(evidence.data.linked) >= fewest_linked &&
                        evidence.data.wiring >= least_wiring;
    if (has_lag(evidence) && enough) {
        // Its p is that of the plain slope: without the bias of short panels nothing may be left.
        tests.push_back(
            {.test = "T2", .p = evidence.lag.p, .agrees = evidence.lag.jackknife > 0.0});
    }
    if (has_handovers(evidence)) tests.push_back({"T4", evidence.handovers->p});
    if (has_shock(evidence)) tests.push_back({"T6", evidence.shock->p});
    std::vector<double> p;
    for (const Significance& test : tests) p.push_back(test.p);
    const std::vector<double> adjusted = holm(p);
    for (std::size_t i = 0; i < tests.size(); ++i) tests[i].holm = adjusted[i];
    return tests;
}

bool rejects(const std::vector<Significance>& tests, const std::string& name) {
    return std::ranges::any_of(
        tests, [&](const Significance& test) { return test.test == name && test.rejects(); });
}

/// The effect a verdict tells of: hand-overs, else shocks, else the lag.
void tell_effect(Verdict& verdict, const Evidence& evidence) {
    const bool significant = std::ranges::any_of(verdict.tests, &Significance::rejects);
    const auto tells = [&](const char* test) {
        return !significant || rejects(verdict.tests, test);
    };
    if (has_handovers(evidence) && tells("T4")) {
        verdict.by = "T4";
        verdict.effect = evidence.handovers->effect;
        verdict.interval = evidence.handovers->interval;
        verdict.months = evidence.handovers->months;
    } else if (has_shock(evidence) && tells("T6")) {
        verdict.by = "T6";
        verdict.effect = evidence.shock->effect;
        verdict.interval = evidence.shock->interval;
        verdict.months = 0.0;
    } else if (has_lag(evidence)) {
        verdict.by = "T2";
        verdict.effect = evidence.lag.jackknife;
        verdict.interval = evidence.lag.interval;
        verdict.months = evidence.lag.months;
    }
}

/// Whether the lag test supports another design: T3 was asked and is quiet, signs agree, intervals
/// overlap.
bool supports(const Evidence& evidence, const Verdict& verdict) {
    const LagTest& lag = evidence.lag;
    return rejects(verdict.tests, "T2") && simultaneity_informs(evidence) &&
           lag.simultaneity_p > battery_alpha && lag.jackknife * verdict.effect > 0.0 &&
           lag.interval.low <= verdict.interval.high && verdict.interval.low <= lag.interval.high;
}

/// What keeps significant tests from being evidence.
std::vector<Guard> guards_of(const Verdict& verdict, const Evidence& evidence,
                             const Calibration* calibration) {
    std::vector<Guard> guards;
    const bool handovers = rejects(verdict.tests, "T4");
    if (handovers && !(evidence.handovers->balance_p >= balance_alpha))
        guards.push_back(Guard::balance);
    if (!handovers && !rejects(verdict.tests, "T6")) guards.push_back(Guard::lag_alone);
    if (simultaneity_informs(evidence) && evidence.lag.simultaneity_p <= battery_alpha)
        guards.push_back(Guard::simultaneity);
    const bool calibrated = calibration && calibration->panels() >= fewest_panels;
    if (!calibrated) guards.push_back(Guard::not_calibrated);
    if (calibrated && calibration->size() > most_size) guards.push_back(Guard::size);
    return guards;
}

Level level_with_signal(Verdict& verdict, const Evidence& evidence,
                        const Calibration* calibration) {
    verdict.guards = guards_of(verdict, evidence, calibration);
    if (!verdict.guards.empty()) return Level::compatible;
    const PowerPoint* moderate = calibration->moderate();
    const bool strong = supports(evidence, verdict) && calibration->size() <= most_size_of_strong &&
                        moderate && moderate->evidence >= good_power;
    return strong ? Level::strong_evidence : Level::evidence;
}

Level level_without_signal(const Verdict& verdict, const Evidence& evidence,
                           const Calibration* calibration) {
    // What was seen is that nothing is significant: how likely is that under contagion?
    const PowerPoint* moderate = calibration ? calibration->moderate() : nullptr;
    if (!moderate || moderate->significant < good_power) return Level::inconclusive;
    const double expected = verdict.by == "T4"   ? moderate->handover_effect
                            : verdict.by == "T6" ? moderate->shock_effect
                                                 : moderate->lag_effect;
    if (!(verdict.interval.high < expected)) return Level::inconclusive;
    return evidence.resemblance.p <= battery_alpha ? Level::resemblance_only : Level::no_evidence;
}

}

double Calibration::size(double WorldRate::*share) const {
    double largest = 0.0;
    for (const WorldRate& rate : nulls) {
        if (rate.world != "hidden shocks") largest = std::max(largest, rate.*share);
    }
    return largest;
}

std::size_t Calibration::panels() const {
    std::size_t fewest = nulls.empty() ? 0 : nulls.front().panels;
    for (const WorldRate& rate : nulls) fewest = std::min(fewest, rate.panels);
    return fewest;
}

const PowerPoint* Calibration::moderate() const {
    const auto found = std::ranges::find(powers, 0.25, &PowerPoint::weight);
    return found == powers.end() ? nullptr : &*found;
}

double Calibration::detectable_weight(double PowerPoint::*share) const {
    double weight = 0.0;
    double power = battery_alpha;
    for (const PowerPoint& point : powers) {
        if (point.*share >= good_power) {
            return weight + (point.weight - weight) * (good_power - power) / (point.*share - power);
        }
        weight = point.weight;
        power = point.*share;
    }
    return not_known;
}

bool simultaneity_informs(const Evidence& evidence) {
    constexpr double quarter = 3.5; // months, and what calendars add
    return !std::isnan(evidence.lag.simultaneity_p) && evidence.lag.months <= quarter;
}

bool evidence_possible(const Evidence& evidence) {
    return has_handovers(evidence) || has_shock(evidence);
}

EValue e_value(double effect, const Interval& interval) {
    const auto of = [](double size) {
        const double ratio = std::exp(0.91 * size);
        return ratio + std::sqrt(ratio * (ratio - 1.0));
    };
    const double limit = effect >= 0.0 ? interval.low : -interval.high;
    return {.effect = of(std::abs(effect)), .limit = of(std::max(0.0, limit))};
}

std::vector<double> holm(const std::vector<double>& p) {
    std::vector<std::size_t> order(p.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p[i]; });
    std::vector<double> adjusted(p.size());
    double largest = 0.0;
    for (std::size_t rank = 0; rank < order.size(); ++rank) {
        const auto left = static_cast<double>(order.size() - rank);
        largest = std::max(largest, std::min(1.0, left * p[order[rank]]));
        adjusted[order[rank]] = largest;
    }
    return adjusted;
}

Verdict decide(const Evidence& evidence, const Calibration* calibration) {
    Verdict verdict;
    verdict.obstacle = obstacle_of(evidence);
    if (verdict.obstacle != Obstacle::none) return verdict;
    verdict.tests = confirmatory(evidence);
    tell_effect(verdict, evidence);
    const bool signal = std::ranges::any_of(verdict.tests, &Significance::rejects);
    verdict.level = signal ? level_with_signal(verdict, evidence, calibration)
                           : level_without_signal(verdict, evidence, calibration);
    return verdict;
}

}
