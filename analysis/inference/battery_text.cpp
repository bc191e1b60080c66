#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/battery_report.hpp"
#include "analysis/inference/local_words.hpp"
#include "analysis/text_table.hpp"

namespace cercle::analysis {
namespace {

/// An estimate and its interval, as far as they are known.
std::string with_interval(double effect, const Interval& interval, const LocalWords& words) {
    if (std::isnan(effect)) return "-";
    const std::string range = words.interval(interval, 3);
    return words.signed_number(effect, 3) + (range.empty() ? "" : " " + range);
}

std::string data_line(const Diagnostics& data, const LocalWords& words) {
    const std::string ties =
        std::isnan(data.across_teams)
            ? ""
            : fmt::format(fmt::runtime(words(" ({} across teams, {} returned)",
                                             " ({} entre équipes, {} réciproques)")),
                          words.percent(data.across_teams), words.percent(data.reciprocity));
    return fmt::format(
        fmt::runtime(words("T0 data: {} people, {} ties{}, {} waves {} months apart, {} answered, "
                           "{} linked; stability {}, team ICC {}",
                           "T0 données : {} personnes, {} liens{}, {} vagues à {} mois "
                           "d'intervalle, {} de réponses, {} personnes liées ; stabilité {}, ICC "
                           "des équipes {}")),
        data.people, data.ties, ties, data.waves, words.number(data.months, 1),
        words.percent(data.response), data.linked, words.number(data.stability, 2),
        words.number(data.team_icc, 2));
}

/// What happened, as people call it.
std::string event_words(const std::string& event, const LocalWords& words) {
    if (event == "quit") return words("quit", "le départ");
    if (event == "promoter_loss") return words("promoter_loss", "la perte d'un promoteur");
    return words("churn", "la perte d'un client");
}

void add_handover_rows(TextTable& table, const Evidence& evidence, const LocalWords& words) {
    const HandoverResult& result = *evidence.handovers;
    table.rows.push_back({words("T4 clients handed over", "T4 clients repris par un autre"),
                          fmt::format("{}", evidence.handover_count),
                          with_interval(result.effect, result.interval, words), words.p(result.p)});
    table.rows.push_back({words("T4 balance before (placebo)", "T4 équilibre avant (placebo)"), "",
                          with_interval(result.balance, {}, words), words.p(result.balance_p)});
}

/// One row for each test that was made.
TextTable tests_of(const Evidence& evidence, const LocalWords& words) {
    TextTable table{.header = {"test", "n", words("estimate [95 %]", "estimation [95 %]"), "p"},
                    .rows = {}};
    const ResemblanceTest& resemblance = evidence.resemblance;
    table.rows.push_back({words("T1 resemblance (correlation along ties)",
                                "T1 ressemblance (corrélation le long des liens)"),
                          fmt::format("{}", resemblance.people),
                          with_interval(resemblance.moran, {}, words), words.p(resemblance.p)});
    table.rows.push_back({words("T1 inside teams", "T1 au sein des équipes"), "", "",
                          words.p(resemblance.p_inside)});
    const LagTest& lag = evidence.lag;
    table.rows.push_back({words("T2 answers follow contacts' earlier ones",
                                "T2 les réponses suivent celles, antérieures, des contacts"),
                          fmt::format("{}", lag.steps),
                          with_interval(lag.jackknife, lag.interval, words), words.p(lag.p)});
    table.rows.push_back(
        {words("T3 residuals move together (placebo)", "T3 les résidus bougent ensemble (placebo)"),
         "", with_interval(lag.simultaneity, {}, words), words.p(lag.simultaneity_p)});
    if (evidence.handovers) add_handover_rows(table, evidence, words);
    if (evidence.events) {
        const std::string event = event_words(evidence.events->event, words);
        table.rows.push_back(
            {fmt::format(
                 fmt::runtime(words("T5 {} follows contacts'", "T5 {} suit ceux des contacts")),
                 event),
             fmt::format("{}", evidence.events->happened),
             with_interval(evidence.events->slope, {}, words), words.p(evidence.events->p)});
    }
    if (evidence.shock) {
        table.rows.push_back(
            {words("T6 by the exogenous ", "T6 par le choc exogène ") + evidence.shock->covariate +
                 (evidence.shock->first_stage >= strong_first_stage
                      ? ""
                      : words(" (too weak, not used)", " (trop faible, écarté)")),
             "F " + words.number(evidence.shock->first_stage, 1),
             with_interval(evidence.shock->effect, {}, words), words.p(evidence.shock->p)});
    }
    return table;
}

std::string world_words(const std::string& world, const LocalWords& words) {
    if (world == "null") return words("null", "rien");
    if (world == "homophily") return words("homophily", "homophilie");
    if (world == "shocks") return words("shocks", "chocs d'équipe");
    if (world == "hidden shocks") return words("hidden shocks", "chocs cachés");
    return words("homophily and shocks", "homophilie et chocs");
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

void add_table(std::string& text, const TextTable& table, std::size_t width) {
    for (const std::string& line : lines_of(table, width - 2)) text += "  " + line + "\n";
}

/// E-value form: how strong a hidden cause must be, on the scale of risk ratios
/// (VanderWeele and Ding 2017, for standardised effects RR = exp(.91 d)).
std::string hidden_bias(const Verdict& verdict, const LocalWords& words) {
    const double size = std::exp(0.91 * std::abs(verdict.effect));
    const double e_value = size + std::sqrt(size * (size - 1.0));
    return fmt::format(
        fmt::runtime(words("Hidden bias: a cause nobody recorded would explain the estimate away "
                           "if it went with both contact and person at a risk ratio of {} or more "
                           "(E-value).",
                           "Biais caché : une cause que personne n'a enregistrée suffirait à "
                           "expliquer l'estimation si elle allait avec le contact et avec la "
                           "personne à un risque relatif d'au moins {} (E-value).")),
        words.number(e_value, 1));
}

/// Hand-overs that T4 did not use.
std::string left_out(const Evidence& evidence, const LocalWords& words) {
    std::string text;
    const auto add = [&](std::size_t count, const std::string& why) {
        if (count == 0) return;
        text += words("  Left out: ", "  Non retenu : ") +
                words.counted(count, "hand-over", "reprise") + why + "\n";
    };
    add(evidence.handovers_asked, words(" that the client asked for", " à la demande du client"));
    add(evidence.handovers_unanswered,
        words(" where client, old or new contact gave no answer in time",
              " où le client, l'ancien ou le nouvel interlocuteur n'a pas répondu à temps"));
    return text;
}

/// The tests and what guards them.
std::string evidence_text(const ChannelReport& report, const LocalWords& words, std::size_t width) {
    std::string text;
    add_table(text, tests_of(report.evidence, words), width);
    for (const Significance& test : report.verdict.tests) {
        if (report.verdict.tests.size() < 2) break;
        text += fmt::format("  {} {}{}\n", test.test, words("p after Holm: ", "p après Holm : "),
                            words.p(test.holm));
    }
    if (report.evidence.data.months > 3.5) {
        text += words("  T3 is not informative: waves are more than three months apart\n",
                      "  T3 n'apprend rien : plus de trois mois séparent les vagues\n");
    }
    if (report.verdict.level >= Level::compatible) {
        text += "  " + wrapped(hidden_bias(report.verdict, words), width - 2, 2);
    }
    return text;
}

/// "Employees answered engagement, clients nps; 3 rows without a score".
std::string instruments_text(const BatteryReport& report, const LocalWords& words) {
    std::vector<std::string> parts;
    if (!report.employee_instrument.empty())
        parts.push_back(words("employees answered ", "les salariés ont répondu à ") +
                        report.employee_instrument);
    if (!report.client_instrument.empty())
        parts.push_back(words("clients answered ", "les clients ont répondu à ") +
                        report.client_instrument);
    if (report.unanswered > 0)
        parts.push_back(words.counted(report.unanswered, "row", "ligne") +
                        words(" without a score", " sans note"));
    return parts.empty() ? "" : fmt::format("({})\n", fmt::join(parts, words("; ", " ; ")));
}

std::string channel_text(const ChannelReport& report, Language language, std::size_t width) {
    const LocalWords words(language);
    const Evidence& evidence = report.evidence;
    const Calibration* calibration = report.calibration ? &*report.calibration : nullptr;
    std::string text = fmt::format("{}{}{}\n", words_of(evidence.channel, language),
                                   words(": ", " : "), code_of(report.verdict.level));
    text += "  " + wrapped(sentence(report.verdict, evidence, calibration, language), width - 2, 2);
    text += "  " + wrapped(data_line(evidence.data, words), width - 2, 4);
    if (report.verdict.level != Level::not_testable) text += evidence_text(report, words, width);
    text += left_out(evidence, words);
    if (calibration) add_table(text, worlds_of(*calibration, words), width);
    const std::string cheapest = words("Cheapest next step: ", "Prochaine étape la moins chère : ");
    text += "  " + wrapped(cheapest + next_step(report.verdict, evidence, language), width - 2, 2);
    return text;
}

}

std::string battery_text(const BatteryReport& report, Language language, std::size_t width) {
    const LocalWords words(language);
    std::string text = fmt::format("{}{}{}, {}\n", report.folder, words(": ", " : "),
                                   words.counted(report.employees, "employee", "employé"),
                                   words.counted(report.clients, "client", "client"));
    text += instruments_text(report, words) + "\n";
    for (const ChannelReport& channel : report.channels) {
        text += channel_text(channel, language, width) + "\n";
    }
    text += words("Assumed, and not tested by any of this:\n",
                  "Supposé, et testé par rien de tout cela :\n");
    for (const std::string& each : untested_assumptions(language)) {
        text += "- " + wrapped(each, width - 2, 2);
    }
    return text;
}

}
