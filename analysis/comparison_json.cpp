#include <nlohmann/json.hpp>

#include "analysis/compare.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Interval& interval) { return {interval.low, interval.high}; }

Json json_of(const Summary& summary) {
    return {{"n", summary.count},
            {"mean", summary.mean},
            {"sd", summary.sd},
            {"interval", json_of(summary.interval)}};
}

Json json_of(const Contrast& contrast, const std::string& reference) {
    const PairedDifference& difference = contrast.difference;
    Json json = {{"first", contrast.first},
                 {"second", reference},
                 {"pairs", difference.pairs},
                 {"pairs_left_out", difference.left_out},
                 {"pairs_of_runs", contrast.run_pairs},
                 {"first_mean", difference.first.mean},
                 {"first_sd", difference.first.sd},
                 {"second_mean", difference.second.mean},
                 {"second_sd", difference.second.sd},
                 {"difference", difference.mean},
                 {"sd", difference.sd},
                 {"standard_error", difference.standard_error},
                 {"interval", json_of(difference.interval)},
                 {"excludes_zero", difference.interval.excludes(0.0)},
                 {"simultaneous_interval", json_of(contrast.simultaneous)},
                 {"simultaneous_excludes_zero", contrast.simultaneous.excludes(0.0)},
                 {"effect_d_av", difference.effect},
                 {"variance_reduction", difference.variance_reduction}};
    if (contrast.equivalence) {
        json["equivalence"] = {{"margin", contrast.equivalence->margin},
                               {"p", contrast.equivalence->p},
                               {"shown", contrast.equivalence->shown}};
    }
    return json;
}

Json json_of(const ComparedOutcome& outcome, const Comparison& comparison) {
    Json json = {{"name", outcome.metric.name}, {"label", label_of(outcome.metric)},
                 {"unit", outcome.metric.unit}, {"meaning", outcome.metric.meaning},
                 {"arms", Json::object()},      {"contrasts", Json::array()}};
    for (std::size_t arm = 0; arm < outcome.arms.size(); ++arm)
        json["arms"][comparison.arms[arm]] = json_of(outcome.arms[arm]);
    for (const Contrast& contrast : outcome.contrasts)
        json["contrasts"].push_back(json_of(contrast, comparison.reference));
    return json;
}

Json json_of(const ParameterOfArms& parameter, const Comparison& comparison) {
    Json json = {{"path", parameter.path},
                 {"unit", parameter.unit},
                 {"source", parameter.source},
                 {"assumed", parameter.is_assumed()},
                 {"values", Json::object()}};
    for (std::size_t arm = 0; arm < parameter.values.size(); ++arm)
        json["values"][comparison.arms[arm]] = parameter.values[arm];
    return json;
}

}

nlohmann::ordered_json comparison_json(const Comparison& comparison) {
    Json json = {{"title", comparison.title},
                 {"file", comparison.file},
                 {"arms", comparison.arms},
                 {"reference", comparison.reference},
                 {"points", comparison.points},
                 {"replicates", comparison.replicates},
                 {"runs", comparison.runs()},
                 {"done", comparison.done},
                 {"failed", comparison.failed},
                 {"pending", comparison.pending},
                 {"confidence", comparison.confidence},
                 {"contrasts", comparison.contrast_count()},
                 {"warnings", comparison.warnings},
                 {"firms", Json::object()},
                 {"parameters", Json::array()},
                 {"shared_parameters", comparison.parameters.shared},
                 {"shared_parameters_assumed", comparison.parameters.shared_assumed},
                 {"outcomes", Json::array()}};
    for (std::size_t arm = 0; arm < comparison.firms.size(); ++arm) {
        const FirmsOfArm& firms = comparison.firms[arm];
        json["firms"][comparison.arms[arm]] = {{"all", firms.all}, {"died", firms.died}};
    }
    for (const ParameterOfArms& parameter : comparison.parameters.differing)
        json["parameters"].push_back(json_of(parameter, comparison));
    for (const ComparedOutcome& outcome : comparison.outcomes)
        json["outcomes"].push_back(json_of(outcome, comparison));
    return json;
}

}
