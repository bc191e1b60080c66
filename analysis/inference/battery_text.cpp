#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/battery_report.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

std::string percent(double share) {
    return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100.0 * share);
}

std::string p_text(double p) {
    return std::isnan(p) ? "-" : p < 0.001 ? "<.001" : fmt::format("{:.3f}", p);
}

std::string with_interval(double effect, const Interval& interval) {
    if (std::isnan(effect)) return "-";
    if (std::isnan(interval.low)) return signed_text(effect, 3);
    return fmt::format("{} [{}, {}]", signed_text(effect, 3), signed_text(interval.low, 3),
                       signed_text(interval.high, 3));
}

std::string data_line(const Diagnostics& data) {
    const std::string ties =
        std::isnan(data.across_teams)
            ? ""
            : fmt::format(" ({} across teams, {} returned)", percent(data.across_teams),
                          percent(data.reciprocity));
    return fmt::format("T0 data: {} people, {} ties{}, {} waves {} months apart, {} answered, {} "
                       "linked; stability {}, team ICC {}",
                       data.people, data.ties, ties, data.waves, number_text(data.months, 1),
                       percent(data.response), data.linked, number_text(data.stability, 2),
                       number_text(data.team_icc, 2));
}

/// One row for each test that was made.
TextTable tests_of(const Evidence& evidence) {
    TextTable table{.header = {"test", "n", "estimate [95 %]", "p"}, .rows = {}};
    const ResemblanceTest& resemblance = evidence.resemblance;
    table.rows.push_back({"T1 resemblance (correlation along ties)",
                          fmt::format("{}", resemblance.people),
                          with_interval(resemblance.moran, {}), p_text(resemblance.p)});
    table.rows.push_back({"T1 inside teams", "", "", p_text(resemblance.p_inside)});
    const LagTest& lag = evidence.lag;
    table.rows.push_back({"T2 answers follow contacts' earlier ones", fmt::format("{}", lag.steps),
                          with_interval(lag.jackknife, lag.interval), p_text(lag.p)});
    table.rows.push_back({"T3 residuals move together (placebo)", "",
                          with_interval(lag.simultaneity, {}), p_text(lag.simultaneity_p)});
    if (evidence.handovers) {
        const HandoverResult& result = *evidence.handovers;
        table.rows.push_back({"T4 clients handed over", fmt::format("{}", evidence.handover_count),
                              with_interval(result.effect, result.interval), p_text(result.p)});
        table.rows.push_back({"T4 balance before (placebo)", "", with_interval(result.balance, {}),
                              p_text(result.balance_p)});
    }
    if (evidence.events) {
        table.rows.push_back({"T5 " + evidence.events->event + " follows contacts'",
                              fmt::format("{}", evidence.events->happened),
                              with_interval(evidence.events->slope, {}),
                              p_text(evidence.events->p)});
    }
    if (evidence.shock) {
        table.rows.push_back({"T6 by the exogenous " + evidence.shock->covariate,
                              "F " + number_text(evidence.shock->first_stage, 1),
                              with_interval(evidence.shock->effect, {}),
                              p_text(evidence.shock->p)});
    }
    return table;
}

TextTable worlds_of(const Calibration& calibration) {
    TextTable table{.header = {"simulated on this network", "panels", "significant", "evidence"},
                    .rows = {}};
    for (const WorldRate& rate : calibration.nulls) {
        table.rows.push_back({"no contagion: " + rate.world, fmt::format("{}", rate.panels),
                              percent(rate.significant), percent(rate.evidence)});
    }
    for (const PowerPoint& point : calibration.powers) {
        table.rows.push_back({fmt::format("contagion, w = {}", point.weight),
                              fmt::format("{}", point.panels), percent(point.significant),
                              percent(point.evidence)});
    }
    return table;
}

void add_table(std::string& text, const TextTable& table, std::size_t width) {
    for (const std::string& line : lines_of(table, width - 2)) text += "  " + line + "\n";
}

/// E-value form: how strong a hidden cause must be, on the scale of risk ratios
/// (VanderWeele and Ding 2017, for standardised effects RR = exp(.91 d)).
std::string hidden_bias(const Verdict& verdict) {
    const double size = std::exp(0.91 * std::abs(verdict.effect));
    const double e_value = size + std::sqrt(size * (size - 1.0));
    return fmt::format("Hidden bias: a cause nobody recorded would explain the estimate away if it "
                       "went with both contact and person at a risk ratio of {:.1f} or more "
                       "(E-value).",
                       e_value);
}

std::string channel_text(const ChannelReport& report, Language language, std::size_t width) {
    const Evidence& evidence = report.evidence;
    const Calibration* calibration = report.calibration ? &*report.calibration : nullptr;
    std::string text = fmt::format("{}: {}\n", words_of(evidence.channel, language),
                                   code_of(report.verdict.level));
    text += "  " + wrapped(sentence(report.verdict, evidence, calibration, language), width - 2, 2);
    text += "  " + wrapped(data_line(evidence.data), width - 2, 4);
    if (report.verdict.level != Level::not_testable) {
        add_table(text, tests_of(evidence), width);
        for (const Significance& test : report.verdict.tests) {
            if (report.verdict.tests.size() < 2) break;
            text += fmt::format("  {} p after Holm: {}\n", test.test, p_text(test.holm));
        }
        if (evidence.data.months > 3.5) {
            text += "  T3 is not informative: waves are more than three months apart\n";
        }
        if (report.verdict.level >= Level::compatible) {
            text += "  " + wrapped(hidden_bias(report.verdict), width - 2, 2);
        }
    }
    for (const std::string& each : evidence.handovers_left_out) {
        text += "  Left out: " + each + "\n";
    }
    if (calibration) add_table(text, worlds_of(*calibration), width);
    const char* cheapest = language == Language::english ? "Cheapest next step: "
                                                         : "Prochaine étape la moins chère : ";
    text += "  " + wrapped(cheapest + next_step(report.verdict, evidence, language), width - 2, 2);
    return text;
}

}

std::string battery_text(const BatteryReport& report, Language language, std::size_t width) {
    const bool english = language == Language::english;
    std::string text = fmt::format("{}: {}, {}; {} not answered\n\n", report.folder,
                                   counted(report.employees, "employee"),
                                   counted(report.clients, "client"), report.unanswered);
    for (const ChannelReport& channel : report.channels) {
        text += channel_text(channel, language, width) + "\n";
    }
    text += english ? "Assumed, and not tested by any of this:\n"
                    : "Supposé, et testé par rien de tout cela :\n";
    for (const std::string& each : untested_assumptions(language)) {
        text += "- " + wrapped(each, width - 2, 2);
    }
    return text;
}

}
