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

/// The mean of `above` over the mean of `below`, its interval by the delta method: that of the mean
/// of (above - ratio below) / mean of below.
Summary ratio_of_means(const std::vector<double>& above, const std::vector<double>& below) {
    std::vector<double> tops, bottoms;
    for (std::size_t i = 0; i < above.size(); ++i) {
        if (std::isnan(above[i]) || std::isnan(below[i])) continue;
        tops.push_back(above[i]);
        bottoms.push_back(below[i]);
    }
    const double base = summarise(bottoms, usual_confidence).mean;
    const double ratio = summarise(tops, usual_confidence).mean / base;
    for (std::size_t i = 0; i < tops.size(); ++i)
        tops[i] = ratio + (tops[i] - ratio * bottoms[i]) / base;
    return summarise(tops, usual_confidence);
}

/// What the effect of a claim is: its outcome, or a share of another effect.
sim::Metric measure_of(const scenarios::Claim& claim, const scenarios::Study& study) {
    const auto outcomes = study.head().outcomes;
    sim::Metric measure = *std::ranges::find(outcomes, claim.judged.outcome, &sim::Metric::name);
    if (claim.per) measure.unit = "share";
    return measure;
}

}

Summary effect_of(const scenarios::Claim& claim, const scenarios::ClaimPoint& point,
                  const Outcomes& outcomes) {
    std::vector<double> values = differences(claim.judged, point, outcomes);
    if (claim.against) {
        const std::vector<double> anyway = differences(*claim.against, point, outcomes);
        for (std::size_t i = 0; i < values.size(); ++i) values[i] -= anyway[i];
    }
    if (!claim.per) return summarise(values, usual_confidence);
    return ratio_of_means(values, differences(*claim.per, point, outcomes));
}

std::size_t runs_of(const scenarios::ClaimPlan& plan) {
    return plan.scenario.arms.size() * plan.scenario.replicates;
}

ClaimResult judge_claim(const scenarios::Scenario& scenario, const scenarios::ClaimPlan& plan,
                        const ClaimExecution& execution) {
    const scenarios::Claim& claim = *scenario.claim;
    sim::expects(claim.is_testable(), "judge_claim: a claim that can be tested");
    const scenarios::Study study(plan.scenario);
    const Outcomes outcomes(study, execution.lanes, execution.options, execution.progress);
    ClaimResult result{.scenario = scenario, .measure = measure_of(claim, study), .effects = {}};
    std::vector<Reading> readings;
    for (const scenarios::ClaimPoint& point : plan.points) {
        ClaimEffect found{.end = point.end,
                          .changes = point.changes,
                          .effect = effect_of(claim, point, outcomes)};
        found.reading = read_effect(found.effect.interval, {claim.rises, claim.smallest});
        readings.push_back(found.reading);
        result.effects.push_back(std::move(found));
    }
    result.verdict = verdict_of(readings);
    return result;
}

}
