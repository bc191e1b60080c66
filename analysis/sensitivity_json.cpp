#include <cmath>

#include <nlohmann/json.hpp>

#include "analysis/json_number.hpp"
#include "analysis/sensitivity.hpp"

namespace cercle::analysis {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Findings& findings) {
    Json rows = Json::array();
    for (std::size_t row = 0; row < findings.rows.size(); ++row) {
        Json json = {{"row", findings.rows[row]}};
        for (const Measure& measure : findings.measures) {
            if (row >= measure.rows.size()) continue;
            const Estimate& estimate = measure.rows[row];
            json[measure.name] = {{"value", json_number(estimate.value)},
                                  {"low", json_number(estimate.interval.low)},
                                  {"high", json_number(estimate.interval.high)}};
        }
        rows.push_back(json);
    }
    return rows;
}

Json json_of(const Convergence& convergence) {
    return {{"reached", convergence.reached()},
            {"row", convergence.row},
            {"measure", convergence.measure},
            {"half_width", json_number(convergence.widest)},
            {"wanted", json_number(convergence.wanted)},
            {"next", convergence.next},
            {"next_replicates",
             convergence.only_chance ? Json(nullptr) : Json(convergence.next_replicates)}};
}

Json json_of(const Experiment& experiment, const Sensitivity& sensitivity) {
    const OutcomeAtPoints& outcome = sensitivity.outcome;
    Json json = {{"outcome", outcome.metric.name},
                 {"unit", outcome.metric.unit},
                 {"arm", outcome.arm},
                 {"mean", json_number(sensitivity.over_points.mean)},
                 {"sd_over_points", json_number(sensitivity.over_points.sd)},
                 {"blocks", sensitivity.findings.blocks},
                 {"blocks_left_out", sensitivity.findings.left_out},
                 {"noise_share_of_run", json_number(sensitivity.noise.of_run)},
                 {"noise_share_of_mean", json_number(sensitivity.noise.of_mean)},
                 {"rows", json_of(sensitivity.findings)}};
    if (experiment.method != "oat") json["convergence"] = json_of(sensitivity.convergence);
    return json;
}

}

nlohmann::ordered_json sensitivity_json(const Experiment& experiment,
                                        const std::vector<Sensitivity>& all,
                                        const SensitivityOptions& options) {
    Json json = {{"file", experiment.source},     {"method", experiment.method},
                 {"points", experiment.points()}, {"replicates", experiment.replicates},
                 {"done", experiment.done},       {"failed", experiment.failed},
                 {"pending", experiment.pending}, {"confidence", options.confidence},
                 {"factors", Json::array()},      {"outcomes", Json::array()}};
    for (const scenarios::Factor& factor : experiment.factors) {
        json["factors"].push_back(factor.name);
    }
    for (const Sensitivity& sensitivity : all) {
        json["outcomes"].push_back(json_of(experiment, sensitivity));
    }
    return json;
}

}
