#include <algorithm>
#include <cmath>

#include "analysis/inference/battery_report.hpp"
#include "analysis/inference/battery_tables.hpp"
#include "analysis/json_number.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

Json interval_json(const Interval& interval) {
    return Json::array({json_number(interval.low), json_number(interval.high)});
}

/// A number of people, or of what happened to them; null where it is too few to be told.
Json count_json(std::size_t count, const Evidence& evidence) {
    if (count > 0 && count < evidence.fewest_told) return nullptr;
    return count;
}

Json data_json(const Evidence& evidence) {
    const Diagnostics& data = evidence.data;
    return {
        {"people", data.people},
        {"ties", data.ties},
        {"waves", data.waves},
        {"linked", std::isnan(data.response) ? Json(nullptr) : count_json(data.linked, evidence)},
        {"response", json_number(data.response)},
        {"stability", json_number(data.stability)},
        {"team_icc", json_number(data.team_icc)},
        {"across_teams", json_number(data.across_teams)},
        {"reciprocity", json_number(data.reciprocity)},
        {"counted_both_ways", data.both_ways},
        {"wiring", json_number(data.wiring)},
        {"months_between_waves", json_number(data.months)},
        {"rearrangeable", data.rearrangeable}};
}

/// Hand-overs that are used; null where that less their total would be those that are not told.
Json used_json(const Evidence& evidence) {
    if (evidence.hides_handovers()) return nullptr;
    return count_json(evidence.handover_count, evidence);
}

Json handovers_json(const Evidence& evidence) {
    const HandoverResult& result = *evidence.handovers;
    return {{"handovers", used_json(evidence)},
            {"handovers_at_least", in_tens(evidence.handover_count)},
            {"exchangeable", result.exchangeable},
            {"effect", json_number(result.effect)},
            {"interval", interval_json(result.interval)},
            {"p", json_number(result.p)},
            {"balance", json_number(result.balance)},
            {"balance_p", json_number(result.balance_p)},
            {"left_out_asked", count_json(evidence.handovers_asked, evidence)},
            {"left_out_unanswered", count_json(evidence.handovers_unanswered, evidence)},
            {"left_out_repeated", count_json(evidence.handovers_repeated, evidence)}};
}

Json events_json(const EventTest& events) {
    return {{"event", events.event},
            {"happened", events.happened},
            {"slope", json_number(events.slope)},
            {"p", json_number(events.p)},
            {"less_reversed", json_number(events.less_reversed)},
            {"less_reversed_p", json_number(events.less_reversed_p)}};
}

Json shock_json(const ShockTest& shock) {
    return {{"covariate", shock.covariate}, {"effect", json_number(shock.effect)},
            {"se", json_number(shock.se)},  {"interval", interval_json(shock.interval)},
            {"p", json_number(shock.p)},    {"first_stage_f", json_number(shock.first_stage)}};
}

Json tests_json(const Evidence& evidence) {
    const LagTest& lag = evidence.lag;
    Json json = {
        {"T1",
         {{"people", evidence.resemblance.people},
          {"correlation", json_number(evidence.resemblance.moran)},
          {"p", json_number(evidence.resemblance.p)},
          {"p_inside_teams", json_number(evidence.resemblance.p_inside)}}},
        {"T2",
         {{"answers", lag.steps},
          {"people", lag.people},
          {"teams", lag.teams},
          {"effect", json_number(lag.effect)},
          {"jackknife", json_number(lag.jackknife)},
          {"se", json_number(lag.se)},
          {"interval", interval_json(lag.interval)},
          {"p", json_number(lag.p)}}},
        {"T3",
         {{"correlation", json_number(lag.simultaneity)}, {"p", json_number(lag.simultaneity_p)}}}};
    if (evidence.handovers) json["T4"] = handovers_json(evidence);
    if (evidence.events) json["T5"] = events_json(*evidence.events);
    if (evidence.shock) json["T6"] = shock_json(*evidence.shock);
    return json;
}

/// `found` names the share that counts as found.
Json calibration_json(const Calibration& calibration, bool evidence_possible) {
    Json json = {
        {"found", evidence_possible ? "evidence" : "significant"},
        {"size", json_number(calibration.size())}, // of evidence
        {"size_significant", json_number(calibration.size(&WorldRate::significant))},
        {"detectable_weight",
         {{"significant", json_number(calibration.detectable_weight(&PowerPoint::significant))},
          {"evidence", json_number(calibration.detectable_weight(&PowerPoint::evidence))}}},
        {"without_contagion", Json::array()},
        {"with_contagion", Json::array()}};
    for (const WorldRate& rate : calibration.nulls) {
        json["without_contagion"].push_back({{"world", rate.world},
                                             {"panels", rate.panels},
                                             {"significant", json_number(rate.significant)},
                                             {"evidence", json_number(rate.evidence)}});
    }
    for (const PowerPoint& point : calibration.powers) {
        json["with_contagion"].push_back({{"weight", point.weight},
                                          {"panels", point.panels},
                                          {"significant", json_number(point.significant)},
                                          {"evidence", json_number(point.evidence)},
                                          {"lag_effect", json_number(point.lag_effect)},
                                          {"handover_effect", json_number(point.handover_effect)},
                                          {"shock_effect", json_number(point.shock_effect)}});
    }
    return json;
}

/// The tests as a table to be read; none where nothing can be asked.
Json table_json(const ChannelReport& channel, Language language) {
    if (channel.verdict.level == Level::not_testable) return nullptr;
    const TextTable table = tests_of(channel.evidence, LocalWords(language));
    return {{"header", table.header}, {"rows", table.rows}};
}

/// Verdict of a channel, and what it rests on.
Json channel_json(const ChannelReport& channel, Language language) {
    const Calibration* calibration = channel.calibration ? &*channel.calibration : nullptr;
    const Verdict& verdict = channel.verdict;
    const Evidence& evidence = channel.evidence;
    const EValue bias =
        verdict.level >= Level::compatible ? e_value(verdict.effect, verdict.interval) : EValue{};
    Json holm = Json::object();
    for (const Significance& test : verdict.tests) holm[test.test] = json_number(test.holm);
    Json guards = Json::array();
    for (const Guard guard : verdict.guards) guards.push_back(words_of(guard, language));
    return {{"channel", evidence.channel.name},
            {"words", words_of(evidence.channel, language)},
            {"verdict", code_of(verdict.level)},
            {"sentence", sentence(verdict, evidence, calibration, language)},
            {"effect", json_number(verdict.effect)},
            {"interval", interval_json(verdict.interval)},
            {"months", json_number(verdict.months)},
            {"by", verdict.by},
            {"e_value", json_number(bias.effect)},
            {"e_value_of_limit", json_number(bias.limit)},
            {"p_after_holm", holm},
            {"guards", guards},
            {"data", data_json(evidence)},
            {"tests", tests_json(evidence)},
            {"tests_told", table_json(channel, language)},
            {"calibration", calibration
                                ? calibration_json(*calibration, evidence_possible(evidence))
                                : Json(nullptr)},
            {"next_step", next_step(verdict, evidence, calibration, language)}};
}

}

std::size_t judged_channels(const BatteryReport& report) {
    return static_cast<std::size_t>(
        std::ranges::count_if(report.channels, [](const ChannelReport& channel) {
            return !channel.verdict.tests.empty();
        }));
}

double false_alarm(std::size_t channels) {
    return 1.0 - std::pow(0.95, static_cast<double>(channels));
}

Json battery_json(const BatteryReport& report, Language language) {
    Json json = {{"folder", report.folder},
                 {"employees", report.employees},
                 {"clients", report.clients},
                 {"employee_instrument", report.employee_instrument},
                 {"client_instrument", report.client_instrument},
                 {"unanswered", report.unanswered},
                 {"derived_handovers", report.derived_handovers},
                 {"shared_clients", report.shared_clients},
                 {"channels_judged", judged_channels(report)},
                 {"false_alarm", json_number(false_alarm(judged_channels(report)))},
                 {"channels", Json::array()},
                 {"untested", untested_assumptions(language)}};
    for (const ChannelReport& channel : report.channels) {
        json["channels"].push_back(channel_json(channel, language));
    }
    return json;
}

}
