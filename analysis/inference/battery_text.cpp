#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/battery_report.hpp"
#include "analysis/inference/battery_tables.hpp"
#include "analysis/inference/effect_words.hpp"
#include "analysis/inference/handover_words.hpp"
#include "analysis/inference/privacy.hpp"

namespace cercle::analysis {
namespace {

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

std::string data_line(const Diagnostics& data, std::size_t fewest, const LocalWords& words) {
    std::vector<std::string> parts{
        fmt::format(fmt::runtime(words("{} people, {} ties{}", "{} personnes, {} liens{}")),
                    data.people, data.ties, ties_text(data, words))};
    parts.push_back(
        words.counted(data.waves, "wave", "vague") +
        (std::isnan(data.months)
             ? ""
             : fmt::format(fmt::runtime(words(" {} months apart", " à {} mois d'intervalle")),
                           words.number(data.months, 1))));
    if (!std::isnan(data.response)) {
        parts.push_back(words.percent(data.response) + words(" answered", " de réponses"));
        parts.push_back(told_count(data.linked, fewest, words.language()) +
                        words(" linked", " personnes liées"));
    }
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

/// That p and interval of T2 are of two estimates, where they seem to contradict each other.
std::string lag_text(const LagTest& lag, const LocalWords& words, std::size_t width) {
    const bool significant = lag.p <= battery_alpha;
    if (std::isnan(lag.p) || std::isnan(lag.interval.low)) return "";
    if (significant == (lag.interval.low > 0.0)) return "";
    return "  " + wrapped(words("T2: p is one-sided and that of the plain slope; the interval, "
                                "two-sided and wider, is that of the slope without the bias of "
                                "short panels",
                                "T2 : p est unilatéral et celui de la pente simple ; l'intervalle, "
                                "bilatéral et plus large, est celui de la pente sans le biais des "
                                "panels courts"),
                          width - 2, 2);
}

/// That an event happened too rarely to be asked about.
std::string rare_event_text(const Evidence& evidence, const LocalWords& words) {
    if (evidence.rare_event.empty()) return "";
    return fmt::format(fmt::runtime(words("  T5 is not asked: {} are too few\n",
                                          "  T5 n'est pas posé : {} sont trop rares\n")),
                       event_words(evidence.rare_event, words.language()));
}

/// The tests and what guards them.
std::string evidence_text(const ChannelReport& report, const LocalWords& words, std::size_t width) {
    std::string text;
    add_table(text, tests_of(report.evidence, words), width);
    text += holm_text(report.verdict, words);
    for (const Significance& test : report.verdict.tests) {
        if (!test.is_opposed()) continue;
        text += words("  T2 does not count: without the bias of short panels its effect is not "
                      "positive\n",
                      "  T2 ne compte pas : sans le biais des panels courts, son effet n'est pas "
                      "positif\n");
    }
    text += lag_text(report.evidence.lag, words, width);
    if (!report.evidence.events) text += rare_event_text(report.evidence, words);
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
    if (channel.joins_kinds()) {
        text += words("  T3 is not asked between employees and clients\n",
                      "  T3 n'est pas posé entre salariés et clients\n");
    } else if (!simultaneity_informs(report.evidence)) {
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
        parts.push_back(words("employees answered ", "les salariés ont répondu à ") +
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
    text += "  " + wrapped(data_line(evidence.data, evidence.fewest_told, words), width - 2, 4);
    if (report.verdict.level != Level::not_testable) text += evidence_text(report, words, width);
    text += left_out_handovers(evidence, words, width);
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
        report.folder + words(": ", " : ") + words.counted(report.employees, "employee", "salarié");
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
