#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "analysis/claim_verdict.hpp"
#include "scenarios/claim_plan.hpp"
#include "scenarios/study.hpp"

namespace cercle::analysis {

/// The effect of a claim's mechanism at one choice of assumed values.
struct ClaimEffect {
    scenarios::AssumedEnd end = scenarios::AssumedEnd::given;
    std::vector<std::string> changes; ///< "fairness.transparency = 0"; empty: as given
    Summary effect;                   ///< over replicates, in the unit of the claim
    Reading reading = Reading::open;
};

/// A claim and what the model says of it.
struct ClaimResult {
    scenarios::Scenario scenario;     ///< with its claim
    sim::Metric measure;              ///< of the effect: the outcome, or a share of another effect
    std::vector<ClaimEffect> effects; ///< the first as given; none of a claim that is not testable
    Verdict verdict = Verdict::not_testable;

    const scenarios::Claim& claim() const { return *scenario.claim; }
    const ClaimEffect& as_given() const { return effects.front(); }
};

class Outcomes;
/// The effect that a claim is judged by, at a point of its plan, from the outcomes of the plan's
/// study.
Summary effect_of(const scenarios::Claim& claim, const scenarios::ClaimPoint& point,
                  const Outcomes& outcomes);

/// Whether a claim that follows only under assumed values holds wherever its mechanism does
/// anything: nothing but the strength of the mechanism, itself assumed, decides.
bool hangs_on_its_strength_alone(const ClaimResult& result);

/// Runs it takes to judge a claim, at most: those of its plan, and of one corner.
std::size_t runs_of(const scenarios::Scenario& scenario, const scenarios::ClaimPlan& plan);

struct ClaimExecution {
    scenarios::ExecutionOptions options;
    std::size_t lanes = 16;
    std::function<void(const scenarios::Tally&)> progress = [](const scenarios::Tally&) {};
};

/// Runs a claim's plan, then its arms in the corner that speaks most against the verdict as given:
/// every assumed value where it weakens an effect that holds, or strengthens one that does not.
/// Throws RuntimeFailure when a run fails; with `stop` set meanwhile the result has no meaning.
ClaimResult judge_claim(const scenarios::Scenario& scenario, const scenarios::ClaimPlan& plan,
                        const ClaimExecution& execution);

/// The results as JSON, effects in the stored units, null where not known.
nlohmann::ordered_json claims_json(const std::vector<ClaimResult>& results);

}
