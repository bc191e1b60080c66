#include <cmath>

#include "analysis/inference/battery_report.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json known(double number) {
    if (std::isfinite(number)) return number;
    return nullptr;
}

Json interval_json(const Interval& interval) {
    return Json::array({known(interval.low), known(interval.high)});
}

Json data_json(const Diagnostics& data) {
    return {{"people", data.people},
            {"ties", data.ties},
            {"waves", data.waves},
            {"linked", data.linked},
            {"response", known(data.response)},
            {"stability", known(data.stability)},
            {"team_icc", known(data.team_icc)},
            {"across_teams", known(data.across_teams)},
            {"reciprocity", known(data.reciprocity)},
            {"months_between_waves", known(data.months)},
            {"rearrangeable", data.rearrangeable}};
}

Json tests_json(const Evidence& evidence) {
    const LagTest& lag = evidence.lag;
    Json json = {
        {"T1",
         {{"people", evidence.resemblance.people},
          {"correlation", known(evidence.resemblance.moran)},
          {"p", known(evidence.resemblance.p)},
          {"p_inside_teams", known(evidence.resemblance.p_inside)}}},
        {"T2",
         {{"answers", lag.steps},
          {"people", lag.people},
          {"teams", lag.teams},
          {"effect", known(lag.effect)},
          {"jackknife", known(lag.jackknife)},
          {"se", known(lag.se)},
          {"interval", interval_json(lag.interval)},
          {"p", known(lag.p)}}},
        {"T3", {{"correlation", known(lag.simultaneity)}, {"p", known(lag.simultaneity_p)}}}};
    if (evidence.handovers) {
        const HandoverResult& result = *evidence.handovers;
        json["T4"] = {{"handovers", evidence.handover_count},
                      {"exchangeable", result.exchangeable},
                      {"effect", known(result.effect)},
                      {"interval", interval_json(result.interval)},
                      {"p", known(result.p)},
                      {"balance", known(result.balance)},
                      {"balance_p", known(result.balance_p)},
                      {"left_out", evidence.handovers_left_out}};
    }
    if (evidence.events) {
        json["T5"] = {{"event", evidence.events->event},
                      {"happened", evidence.events->happened},
                      {"slope", known(evidence.events->slope)},
                      {"p", known(evidence.events->p)}};
    }
    if (evidence.shock) {
        json["T6"] = {{"covariate", evidence.shock->covariate},
                      {"effect", known(evidence.shock->effect)},
                      {"se", known(evidence.shock->se)},
                      {"p", known(evidence.shock->p)},
                      {"first_stage_f", known(evidence.shock->first_stage)}};
    }
    return json;
}

Json calibration_json(const Calibration& calibration) {
    Json json = {{"size", known(calibration.size())},
                 {"detectable_weight", known(calibration.detectable_weight())},
                 {"without_contagion", Json::array()},
                 {"with_contagion", Json::array()}};
    for (const WorldRate& rate : calibration.nulls) {
        json["without_contagion"].push_back({{"world", rate.world},
                                             {"panels", rate.panels},
                                             {"significant", known(rate.significant)},
                                             {"evidence", known(rate.evidence)}});
    }
    for (const PowerPoint& point : calibration.powers) {
        json["with_contagion"].push_back({{"weight", point.weight},
                                          {"panels", point.panels},
                                          {"significant", known(point.significant)},
                                          {"evidence", known(point.evidence)},
                                          {"lag_effect", known(point.lag_effect)},
                                          {"handover_effect", known(point.handover_effect)}});
    }
    return json;
}

}

Json battery_json(const BatteryReport& report, Language language) {
    Json json = {{"folder", report.folder},
                 {"employees", report.employees},
                 {"clients", report.clients},
                 {"unanswered", report.unanswered},
                 {"derived_handovers", report.derived_handovers},
                 {"channels", Json::array()},
                 {"untested", untested_assumptions(language)}};
    for (const ChannelReport& channel : report.channels) {
        const Calibration* calibration = channel.calibration ? &*channel.calibration : nullptr;
        const Verdict& verdict = channel.verdict;
        Json holm = Json::object();
        for (const Significance& test : verdict.tests) holm[test.test] = known(test.holm);
        Json guards = Json::array();
        for (const Guard guard : verdict.guards) guards.push_back(words_of(guard, language));
        json["channels"].push_back(
            {{"channel", channel.evidence.channel.name},
             {"words", words_of(channel.evidence.channel, language)},
             {"verdict", code_of(verdict.level)},
             {"sentence", sentence(verdict, channel.evidence, calibration, language)},
             {"effect", known(verdict.effect)},
             {"interval", interval_json(verdict.interval)},
             {"months", known(verdict.months)},
             {"by", verdict.by},
             {"p_after_holm", holm},
             {"guards", guards},
             {"data", data_json(channel.evidence.data)},
             {"tests", tests_json(channel.evidence)},
             {"calibration", calibration ? calibration_json(*calibration) : Json(nullptr)},
             {"next_step", next_step(verdict, channel.evidence, language)}});
    }
    return json;
}

}
