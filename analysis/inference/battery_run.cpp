#include "analysis/inference/battery_run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "analysis/inference/calibration.hpp"
#include "analysis/inference/cross_section.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

void expect_something_to_ask(const Survey& survey, const std::vector<Channel>& channels) {
    if (survey.scores.empty()) {
        throw sim::UserError(fmt::format("{}: there are no scores (the battery needs waves.csv); "
                                         "cercle infer --method describes one column of people.csv",
                                         survey.folder.string()));
    }
    if (channels.empty()) {
        throw sim::UserError(fmt::format("{}: there are no ties of a kind that engagement may "
                                         "spread by (colleague, manager, account or client_client "
                                         "in ties.csv)",
                                         survey.folder.string()));
    }
}

/// Calibrates the channels in which anything can be asked.
void add_calibrations(BatteryReport& report, const Survey& survey, const Panels& panels,
                      const BatteryOptions& options) {
    std::vector<Channel> channels;
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < report.channels.size(); ++i) {
        if (report.channels[i].verdict.obstacle != Obstacle::none) continue;
        channels.push_back(report.channels[i].evidence.channel);
        places.push_back(i);
    }
    if (channels.empty()) return;
    CalibrationOptions calibration{
        .panels = options.calibration_panels, .seed = options.seed, .threads = options.threads};
    calibration.progress = options.progress;
    const auto found = calibrate(survey, panels, channels, calibration);
    for (std::size_t i = 0; i < places.size(); ++i) {
        report.channels[places[i]].calibration = found[i];
    }
}

/// Where nothing can be asked no estimate leaves the battery, neither as text nor in a file: only
/// what the data are like.
void withhold_numbers(Evidence& evidence) {
    evidence = {.channel = evidence.channel,
                .data = evidence.data,
                .handover_count = evidence.handover_count,
                .handovers_asked = evidence.handovers_asked,
                .handovers_unanswered = evidence.handovers_unanswered,
                .handovers_repeated = evidence.handovers_repeated,
                .handover_reasons = evidence.handover_reasons,
                .fewest_told = evidence.fewest_told};
}

/// Of few people nothing is told that is made of their answers: ties, waves and the roster are.
void withhold_answers(Diagnostics& data) {
    data = {.people = data.people,
            .ties = data.ties,
            .waves = data.waves,
            .months = data.months,
            .teams = data.teams,
            .both_ways = data.both_ways,
            .sites = data.sites};
}

}

BatteryReport run_battery(const Survey& survey, const BatteryOptions& options) {
    const std::vector<Channel> channels = channels_of(survey);
    expect_something_to_ask(survey, channels);
    const Panels panels = panels_of(survey, options.outcome);
    BatteryReport report{.folder = survey.folder.string(), .unanswered = survey.unanswered};
    report.derived_handovers = survey.derived_handovers && !survey.handovers.empty();
    const auto name = [&](const std::optional<Answers>& answers) {
        return answers ? survey.instruments[answers->instrument].name : "";
    };
    report.shared_clients = shared_clients(survey);
    report.employee_instrument = name(panels.employees);
    report.client_instrument = name(panels.clients);
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        ++(survey.is_client(i) ? report.clients : report.employees);
    }
    const TestOptions tests{
        .permutations = options.permutations, .seed = options.seed, .threads = options.threads};
    for (const Channel& channel : channels) {
        ChannelReport each{.evidence = evidence_of(survey, panels, channel, tests, Tests::all)};
        each.verdict = decide(each.evidence, nullptr);
        report.channels.push_back(std::move(each));
    }
    if (options.calibration_panels > 0) add_calibrations(report, survey, panels, options);
    for (ChannelReport& each : report.channels) {
        each.verdict = decide(each.evidence, each.calibration ? &*each.calibration : nullptr);
        if (each.verdict.level == Level::not_testable) withhold_numbers(each.evidence);
        if (each.verdict.obstacle == Obstacle::few_people) withhold_answers(each.evidence.data);
    }
    return report;
}

GroupTable team_means(const Survey& survey) {
    const std::uint32_t which = instrument_named(survey, "");
    const Instrument& instrument = survey.instruments[which];
    const std::vector<double> values =
        numbers_at(survey, instrument.name, waves_of(survey, which).back());
    return safe_means(groups_by(survey, "team").of, values,
                      {instrument.scale_min, instrument.scale_max}, survey.settings.fewest_told);
}

}
