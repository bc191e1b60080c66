#include "analysis/inference/battery_tables.hpp"

#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/effect_words.hpp"
#include "analysis/inference/handover_words.hpp"

namespace cercle::analysis {
namespace {

/// An estimate and its interval, as far as they are known.
std::string with_interval(double effect, const Interval& interval, const LocalWords& words) {
    if (std::isnan(effect)) return "-";
    const std::string range = words.interval(interval, 3);
    return words.signed_number(effect, 3) + (range.empty() ? "" : " " + range);
}

void add_handover_rows(TextTable& table, const Evidence& evidence, const LocalWords& words) {
    const HandoverResult& result = evidence.handovers.value();
    table.rows.push_back({words("T4 clients handed over", "T4 clients repris par un autre"),
                          used_count(evidence, words),
                          with_interval(result.effect, result.interval, words), words.p(result.p)});
    table.rows.push_back({words("T4 balance before (placebo)", "T4 équilibre avant (placebo)"), "",
                          with_interval(result.balance, {}, words), words.p(result.balance_p)});
}

void add_event_rows(TextTable& table, const EventTest& events, const LocalWords& words) {
    const std::string event = event_words(events.event, words.language());
    table.rows.push_back({fmt::format(fmt::runtime(words("T5 {} follow each other along ties",
                                                         "T5 {} se suivent le long des liens")),
                                      event),
                          fmt::format("{}", events.happened),
                          with_interval(events.slope, {}, words), words.p(events.p)});
    if (!std::isnan(events.less_reversed)) {
        table.rows.push_back(
            {words("T5 more than along reversed ties", "T5 plus que le long des liens inversés"),
             "", with_interval(events.less_reversed, {}, words), words.p(events.less_reversed_p)});
    }
}

void add_shock_row(TextTable& table, const ShockTest& shock, const LocalWords& words) {
    table.rows.push_back({words("T6 by the exogenous ", "T6 par le choc exogène ") +
                              shock.covariate +
                              (shock.first_stage >= strong_first_stage ? ""
                               : std::isnan(shock.first_stage)
                                   ? words(" (no estimate: it has to differ inside teams among "
                                           "those it is known of)",
                                           " (pas d'estimation : il doit différer, dans les "
                                           "équipes, entre ceux dont on le connaît)")
                                   : words(" (too weak, not used)", " (trop faible, écarté)")),
                          "F " + words.number(shock.first_stage, 1),
                          with_interval(shock.effect, {}, words), words.p(shock.p)});
}

std::string world_words(const std::string& world, const LocalWords& words) {
    if (world == "null") return words("null", "rien");
    if (world == "homophily") return words("homophily", "homophilie");
    if (world == "shocks") return words("shocks", "chocs d'équipe");
    if (world == "hidden shocks") return words("hidden shocks", "chocs cachés");
    if (world == "reverse contagion") {
        return words("reverse contagion", "contagion inverse");
    }
    if (world == "contact effects") {
        return words("contact effects", "effets propres des interlocuteurs");
    }
    return words("homophily and shocks", "homophilie et chocs");
}

}

TextTable tests_of(const Evidence& evidence, const LocalWords& words) {
    TextTable table{.header = {"test", "n", words("estimate [95 %]", "estimation [95 %]"), "p"},
                    .rows = {}};
    const ResemblanceTest& resemblance = evidence.resemblance;
    table.rows.push_back({words("T1 resemblance (correlation along ties)",
                                "T1 ressemblance (corrélation le long des liens)"),
                          fmt::format("{}", resemblance.people),
                          with_interval(resemblance.moran, {}, words), words.p(resemblance.p)});
    if (evidence.data.teams > 1) {
        table.rows.push_back({words("T1 inside teams", "T1 au sein des équipes"), "", "",
                              words.p(resemblance.p_inside)});
    }
    const LagTest& lag = evidence.lag;
    table.rows.push_back({words("T2 answers follow contacts' earlier ones",
                                "T2 les réponses suivent celles, antérieures, des contacts"),
                          fmt::format("{}", lag.steps),
                          with_interval(lag.jackknife, lag.interval, words), words.p(lag.p)});
    if (!std::isnan(lag.simultaneity_p)) {
        table.rows.push_back({words("T3 residuals move together (placebo)",
                                    "T3 les résidus bougent ensemble (placebo)"),
                              "", with_interval(lag.simultaneity, {}, words),
                              words.p(lag.simultaneity_p)});
    }
    if (evidence.handovers) add_handover_rows(table, evidence, words);
    if (evidence.events) add_event_rows(table, *evidence.events, words);
    if (evidence.shock) add_shock_row(table, *evidence.shock, words);
    return table;
}

TextTable worlds_of(const Calibration& calibration, const LocalWords& words) {
    TextTable table{.header = {words("simulated on this network", "simulé sur ce réseau"),
                               words("panels", "panels"), words("significant", "significatif"),
                               words("evidence", "indices")},
                    .rows = {}};
    for (const WorldRate& rate : calibration.nulls) {
        table.rows.push_back(
            {words("no contagion: ", "sans contagion : ") + world_words(rate.world, words),
             fmt::format("{}", rate.panels), words.percent(rate.significant),
             words.percent(rate.evidence)});
    }
    for (const PowerPoint& point : calibration.powers) {
        table.rows.push_back({"contagion, w = " + words.weight(point.weight),
                              fmt::format("{}", point.panels), words.percent(point.significant),
                              words.percent(point.evidence)});
    }
    return table;
}

}
