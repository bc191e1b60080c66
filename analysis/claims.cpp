#include "analysis/claims.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/outcomes.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

/// The difference of two arms in every replicate.
std::vector<double> differences(const scenarios::ArmDifference& of,
                                const scenarios::ClaimPoint& point, const Outcomes& outcomes) {
    const auto on = outcomes.of(of.outcome, point.arms.at(of.on));
    std::vector<double> values(on.begin(), on.end());
    if (of.off.empty()) return values;
    const auto off = outcomes.of(of.outcome, point.arms.at(of.off));
    for (std::size_t i = 0; i < values.size(); ++i) values[i] -= off[i];
    return values;
}

/// The mean of `above` over the mean of `below`, as values whose mean and standard error are those
/// of the ratio by the delta method: ratio + (above - ratio below) / mean of below.
std::vector<double> shares(const std::vector<double>& above, const std::vector<double>& below) {
    std::vector<double> tops, bottoms;
    for (std::size_t i = 0; i < above.size(); ++i) {
        if (std::isnan(above[i]) || std::isnan(below[i])) continue;
        tops.push_back(above[i]);
        bottoms.push_back(below[i]);
    }
    const double base = summarise(bottoms, usual_confidence).mean;
    const double ratio = summarise(tops, usual_confidence).mean / base;
    std::vector<double> values(above.size());
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = ratio + (above[i] - ratio * below[i]) / base;
    return values;
}

void take_off(std::vector<double>& values, const std::vector<double>& others) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] -= others[i];
}

/// What the effect of a claim is: its outcome, or a share of another effect.
sim::Metric measure_of(const scenarios::Claim& claim, const scenarios::Study& study) {
    const auto outcomes = study.head().outcomes;
    sim::Metric measure = *std::ranges::find(outcomes, claim.judged.outcome, &sim::Metric::name);
    if (claim.per) measure.unit = "share";
    return measure;
}

/// Runs a plan; the effects at its points are still to be read.
std::vector<ClaimEffect> effects_at(const scenarios::Claim& claim, const scenarios::ClaimPlan& plan,
                                    const ClaimExecution& execution) {
    const scenarios::Study study(plan.scenario);
    const Outcomes outcomes(study, execution.lanes, execution.options, execution.progress);
    std::vector<ClaimEffect> effects;
    for (const scenarios::ClaimPoint& point : plan.points) {
        ClaimEffect found{.end = point.end,
                          .changes = point.changes,
                          .effect = effect_of(claim, point, outcomes)};
        effects.push_back(std::move(found));
    }
    return effects;
}

/// Reads effects, the first of which is as given.
void read(const scenarios::Claim& claim, std::vector<ClaimEffect>& effects) {
    for (ClaimEffect& one : effects) {
        const bool is_none = &one != &effects.front() &&
                             is_next_to_nothing(one.effect.interval, effects.front().effect.mean);
        one.reading = is_none ? Reading::none
                              : read_effect(one.effect.interval, {claim.rises, claim.smallest});
    }
}

/// The corner of what is assumed that speaks most against the verdict as given.
scenarios::AssumedEnd corner_against(const ClaimEffect& as_given) {
    return as_given.reading == Reading::holds ? scenarios::AssumedEnd::weaker
                                              : scenarios::AssumedEnd::stronger;
}

/// For each assumed value the end at which the effect is weaker (or stronger), but never one where
/// the mechanism does nothing: of that, nothing more can be learnt. As given where both ends speak
/// clearly for the verdict, beyond the interval of the effect as given.
std::vector<scenarios::AssumedEnd> ends_of_corner(const scenarios::Claim& claim,
                                                  const std::vector<ClaimEffect>& effects,
                                                  scenarios::AssumedEnd corner) {
    const double sign = (corner == scenarios::AssumedEnd::stronger) == claim.rises ? 1.0 : -1.0;
    const Interval& given = effects.front().effect.interval;
    const double least = sign > 0.0 ? given.low : -given.high;
    std::vector<scenarios::AssumedEnd> ends;
    for (std::size_t i = 0; i < claim.assumes.size(); ++i) {
        scenarios::AssumedEnd chosen = scenarios::AssumedEnd::given;
        double most = least;
        for (const ClaimEffect& end : {effects[1 + 2 * i], effects[2 + 2 * i]}) {
            if (end.reading == Reading::none || !(sign * end.effect.mean > most)) continue;
            chosen = end.end;
            most = sign * end.effect.mean;
        }
        ends.push_back(chosen);
    }
    return ends;
}

bool has_point(const scenarios::ClaimPlan& plan, const scenarios::ClaimPoint& point) {
    return std::ranges::find(plan.points, point.changes, &scenarios::ClaimPoint::changes) !=
           plan.points.end();
}

}

Summary effect_of(const scenarios::Claim& claim, const scenarios::ClaimPoint& point,
                  const Outcomes& outcomes) {
    std::vector<double> values = differences(claim.judged, point, outcomes);
    if (claim.against && !claim.against_per) {
        take_off(values, differences(*claim.against, point, outcomes));
    }
    if (claim.per) values = shares(values, differences(*claim.per, point, outcomes));
    if (claim.against_per) {
        take_off(values, shares(differences(*claim.against, point, outcomes),
                                differences(*claim.against_per, point, outcomes)));
    }
    return summarise(values, usual_confidence);
}

bool hangs_on_its_strength_alone(const ClaimResult& result) {
    return result.verdict == Verdict::assumed &&
           std::ranges::all_of(result.effects, [](const ClaimEffect& effect) {
               return effect.reading == Reading::holds || effect.reading == Reading::none;
           });
}

std::size_t runs_of(const scenarios::Scenario& scenario, const scenarios::ClaimPlan& plan) {
    const bool has_corner = scenario.claim->assumes.size() > 1;
    return (plan.scenario.arms.size() + (has_corner ? scenario.arms.size() : 0)) *
           scenario.replicates;
}

ClaimResult judge_claim(const scenarios::Scenario& scenario, const scenarios::ClaimPlan& plan,
                        const ClaimExecution& execution) {
    const scenarios::Claim& claim = *scenario.claim;
    sim::expects(claim.is_testable(), "judge_claim: a claim that can be tested");
    double seconds = 0.0;
    ClaimExecution first = execution;
    first.progress = [&](const scenarios::Tally& tally) {
        seconds = tally.seconds;
        execution.progress(tally);
    };
    ClaimResult result{.scenario = scenario,
                       .measure = measure_of(claim, scenarios::Study(plan.scenario)),
                       .effects = effects_at(claim, plan, first)};
    read(claim, result.effects);
    ClaimExecution rest = execution;
    rest.progress = [&](scenarios::Tally tally) {
        tally.done += plan.scenario.arms.size() * scenario.replicates;
        tally.seconds += seconds;
        execution.progress(tally);
    };
    const scenarios::AssumedEnd which = corner_against(result.as_given());
    const scenarios::ClaimPlan corner =
        scenarios::plan_corner(scenario, ends_of_corner(claim, result.effects, which), which);
    if (!has_point(plan, corner.points.front())) {
        result.effects.push_back(effects_at(claim, corner, rest).front());
        read(claim, result.effects);
    }
    std::vector<Reading> readings;
    for (const ClaimEffect& effect : result.effects) readings.push_back(effect.reading);
    result.verdict = verdict_of(readings);
    return result;
}

}
