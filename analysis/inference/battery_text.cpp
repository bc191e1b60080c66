#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/battery_report.hpp"
#include "analysis/inference/effect_words.hpp"
#include "analysis/inference/handover_words.hpp"
#include "analysis/inference/local_words.hpp"
#include "analysis/inference/privacy.hpp"
#include "analysis/text_table.hpp"

namespace cercle::analysis {
namespace {

/// An estimate and its interval, as far as they are known.
std::string with_interval(double effect, const Interval& interval, const LocalWords& words) {
    if (std::isnan(effect)) return "-";
    const std::string range = words.interval(interval, 3);
    return words.signed_number(effect, 3) + (range.empty() ? "" : " " + range);
}

/// " (38 % across teams, named from one end and counted both ways)"; "" where nothing is known.
std::string ties_text(const Diagnostics& data, const LocalWords& words) {
    std::vector<std::string> parts;
    if (!std::isnan(data.across_teams)) {
        parts.push_back(words.percent(data.across_teams) +
                        words(" across teams", " entre équipes"));
    }
    if (!std::isnan(data.reciprocity)) {
        parts.push_back(words.percent(data.reciprocity) + words(" returned", " réciproques"));
    }
    if (data.both_ways) {
        parts.emplace_back(words("named from one end, counted both ways",
                                 "nommés d'un seul côté, comptés dans les deux sens"));
    }
    return parts.empty() ? "" : fmt::format(" ({})", fmt::join(parts, ", "));
}

std::string data_line(const Diagnostics& data, const LocalWords& words) {
    std::vector<std::string> parts{
        fmt::format(fmt::runtime(words("{} people, {} ties{}", "{} personnes, {} liens{}")),
                    data.people, data.ties, ties_text(data, words))};
    parts.push_back(
        words.counted(data.waves, "wave", "vague") +
        (std::isnan(data.months)
             ? ""
             : fmt::format(fmt::runtime(words(" {} months apart", " à {} mois d'intervalle")),
                           words.number(data.months, 1))));
    parts.push_back(words.percent(data.response) + words(" answered", " de réponses"));
    parts.push_back(
        fmt::format(fmt::runtime(words("{} linked", "{} personnes liées")), data.linked));
    std::string text =
        words("T0 data: ", "T0 données : ") + fmt::format("{}", fmt::join(parts, ", "));
    const std::string semicolon = words("; ", " ; ");
    if (!std::isnan(data.stability)) {
        text += semicolon + words("stability ", "stabilité ") + words.number(data.stability, 2);
    }
    if (!std::isnan(data.team_icc)) {
        text += semicolon + words("team ICC ", "ICC des équipes ") + words.number(data.team_icc, 2);
    }
    return text;
}

void add_handover_rows(TextTable& table, const Evidence& evidence, const LocalWords& words) {
    const HandoverResult& result = *evidence.handovers;
    table.rows.push_back(
        {words("T4 clients handed over", "T4 clients repris par un autre"),
         told_count(evidence.handover_count, evidence.fewest_told, words.language()),
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
    if (evidence.events) {
        const std::string event = event_words(evidence.events->event, words.language());
        table.rows.push_back({fmt::format(fmt::runtime(words("T5 {} follow each other along ties",
                                                             "T5 {} se suivent le long des liens")),
                                          event),
                              fmt::format("{}", evidence.events->happened),
                              with_interval(evidence.events->slope, {}, words),
                              words.p(evidence.events->p)});
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

/// "p after Holm, over the 2 confirmatory tests of this channel: T2 0.252, T4 0.252".
std::string holm_text(const Verdict& verdict, const LocalWords& words) {
    if (verdict.tests.size() < 2) return "";
    std::vector<std::string> each;
    for (const Significance& test : verdict.tests) {
        each.push_back(test.test + " " + words.p(test.holm));
    }
    return fmt::format(fmt::runtime(words("  p after Holm, over the {} confirmatory tests of this "
                                          "channel: {}\n",
                                          "  p après Holm, sur les {} tests confirmatoires de ce "
                                          "canal : {}\n")),
                       each.size(), fmt::join(each, words(", ", " ; ")));
}

/// The tests and what guards them.
std::string evidence_text(const ChannelReport& report, const LocalWords& words, std::size_t width) {
    std::string text;
    add_table(text, tests_of(report.evidence, words), width);
    text += holm_text(report.verdict, words);
    if (report.evidence.data.wiring < good_wiring) {
        text +=
            fmt::format(fmt::runtime(words(
                            "  T2 has little to go by: {} of the variance of contacts' answers "
                            "lies inside teams\n",
                            "  T2 a peu de matière : {} de la variance des réponses des contacts "
                            "est interne aux équipes\n")),
                        words.percent(report.evidence.data.wiring));
    }
    const Channel& channel = report.evidence.channel;
    if (channel.receivers_are_clients != channel.contacts_are_clients) {
        text += words("  T3 is not asked between employees and clients\n",
                      "  T3 n'est pas posé entre employés et clients\n");
    } else if (report.evidence.data.months > 3.5) {
        text += words("  T3 is not informative: waves are more than three months apart\n",
                      "  T3 n'apprend rien : plus de trois mois séparent les vagues\n");
    }
    if (report.verdict.level >= Level::compatible) {
        text += "  " + wrapped(hidden_bias(report.verdict, words.language()), width - 2, 2);
    }
    return text;
}

/// "Employees answered engagement, clients nps; 3 rows without a score".
std::string instruments_text(const BatteryReport& report, const LocalWords& words) {
    std::vector<std::string> parts;
    if (!report.employee_instrument.empty())
        parts.push_back(words("employees answered ", "les employés ont répondu à ") +
                        report.employee_instrument);
    if (!report.client_instrument.empty())
        parts.push_back(words("clients answered ", "les clients ont répondu à ") +
                        report.client_instrument);
    if (report.unanswered > 0)
        parts.push_back(words.counted(report.unanswered, "row", "ligne") +
                        words(" without a score", " sans note"));
    if (report.shared_clients > 0)
        parts.push_back(
            words.counted(report.shared_clients, "client", "client") +
            words(" with several contacts at once", " à plusieurs interlocuteurs à la fois"));
    return parts.empty() ? "" : fmt::format("({})\n", fmt::join(parts, words("; ", " ; ")));
}

/// What several channels mean for a single one that speaks.
std::string family_text(const BatteryReport& report, const LocalWords& words, std::size_t width) {
    const std::size_t judged = judged_channels(report);
    if (judged < 2) return "";
    return wrapped(
        fmt::format(fmt::runtime(words(
                        "{} channels are judged, each by itself at 5 % (Holm inside a "
                        "channel): where nothing spreads, something is significant in about "
                        "{} of such surveys, so one V4 alone is no finding.",
                        "{} canaux sont jugés, chacun pour lui-même au seuil de 5 % (Holm dans "
                        "chaque canal) : là où rien ne se transmet, quelque chose est "
                        "significatif dans environ {} de telles enquêtes ; un V4 isolé n'est "
                        "donc pas un résultat.")),
                    judged, words.percent(false_alarm(judged))),
        width);
}

/// How the tables are to be read.
std::string reading_text(const BatteryReport& report, const LocalWords& words) {
    if (judged_channels(report) == 0) return "";
    std::string text =
        words("To read the tables: p of T1, T2, T4, T5 and T6 are one-sided, those of "
              "placebos and all intervals two-sided.",
              "Lecture des tableaux : les p de T1, T2, T4, T5 et T6 sont unilatéraux, "
              "ceux des placebos et tous les intervalles bilatéraux.");
    const bool calibrated = std::ranges::any_of(
        report.channels, [](const ChannelReport& each) { return each.calibration.has_value(); });
    if (calibrated) {
        text +=
            words(" w is the share of contacts in what draws a person. Significant: V4 or more; "
                  "evidence: V5 or more.",
                  " w est la part des contacts dans ce qui attire une personne. Significatif : "
                  "V4 ou plus ; indices : V5 ou plus.");
    }
    return text;
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
    text += left_out_handovers(evidence, words);
    if (calibration) add_table(text, worlds_of(*calibration, words), width);
    const std::string cheapest = words("Cheapest next step: ", "Prochaine étape la moins chère : ");
    text += "  " + wrapped(cheapest + next_step(report.verdict, evidence, calibration, language),
                           width - 2, 2);
    return text;
}

}

std::string battery_text(const BatteryReport& report, Language language, std::size_t width) {
    const LocalWords words(language);
    std::string text =
        report.folder + words(": ", " : ") + words.counted(report.employees, "employee", "employé");
    if (report.clients > 0) text += ", " + words.counted(report.clients, "client", "client");
    text += "\n" + instruments_text(report, words) + family_text(report, words, width) + "\n";
    for (const ChannelReport& channel : report.channels) {
        text += channel_text(channel, language, width) + "\n";
    }
    const std::string reading = reading_text(report, words);
    if (!reading.empty()) text += wrapped(reading, width) + "\n";
    text += words("Assumed, and not tested by any of this:\n",
                  "Supposé, et qu'aucun de ces tests ne vérifie :\n");
    for (const std::string& each : untested_assumptions(language)) {
        text += "- " + wrapped(each, width - 2, 2);
    }
    return text;
}

}
