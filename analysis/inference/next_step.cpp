#include "analysis/inference/next_step.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/normal.hpp>
#include <fmt/format.h>

#include "analysis/inference/handover_words.hpp"
#include "analysis/inference/local_words.hpp"

namespace cercle::analysis {
namespace {

constexpr double errors_wanted = 1.96; ///< normal quantile of .975: Holm's first step of two tests
constexpr double telling_share = 0.10; ///< found, that tells how far off the mark its effect is

double normal_quantile(double share) { return boost::math::quantile(boost::math::normal(), share); }

/// How many of its errors the effect of w = .25 is, by how often it was found on this network;
/// where that is too rarely to tell, by the interval that was found.
double effect_in_errors(const PowerPoint& moderate, const Interval& found) {
    const double most = 1.0 - 0.5 / static_cast<double>(moderate.panels);
    if (moderate.evidence >= telling_share) {
        return errors_wanted + normal_quantile(std::min(moderate.evidence, most));
    }
    return moderate.handover_effect * 2.0 * errors_wanted / (found.high - found.low);
}

/// 1,234 as 1,300: a number that is known to two figures at best.
std::size_t rounded_up(double number) {
    const double unit =
        number < 100.0 ? 10.0 : std::pow(10.0, std::floor(std::log10(number)) - 1.0);
    return static_cast<std::size_t>(std::lround(std::ceil(number / unit) * unit));
}

/// "80 hand-overs", "80 reprises utilisables".
std::string usable(const Evidence& evidence, const LocalWords& words) {
    return used_handovers(evidence, words) + words("", " utilisables");
}

/// Reasons are on file, and answers around the hand-overs are not.
std::string answer_handovers(const Evidence& evidence, const LocalWords& words) {
    return fmt::format(
        fmt::runtime(words(
            "none of {} with reasons can be used: client, old or new contact gave no answer in "
            "time; survey these clients 6 to 25 months after the hand-over, and every wave before "
            "it clients and contacts",
            "aucune des {} avec motif n'est utilisable : client, ancien ou nouvel interlocuteur "
            "n'a pas répondu à temps ; interroger ces clients 6 à 25 mois après la reprise, et "
            "clients et interlocuteurs à chaque vague avant elle")),
        told_handovers(evidence.handovers_unanswered, evidence, words));
}

/// Who took over which client is not on file, or not why.
std::string record_handovers(const Evidence& evidence, const LocalWords& words) {
    const std::size_t known =
        evidence.handover_count + evidence.handovers_asked + evidence.handovers_unanswered;
    if (known == 0) {
        return words("record who takes over each client, when and why, and draw lots for the next "
                     "60 hand-overs inside teams; survey those clients 6, 9 and 12 months later",
                     "enregistrer qui reprend chaque client, quand et pourquoi, et tirer au sort "
                     "les 60 prochaines reprises dans chaque équipe ; interroger ces clients 6, 9 "
                     "et 12 mois après");
    }
    return fmt::format(
        fmt::runtime(words(
            "{} usable; record why each client is handed over (those who asked for it are left "
            "out), and draw lots for the next 60 inside teams",
            "{} ; enregistrer pourquoi chaque client est repris (ceux qui l'ont demandé sont "
            "écartés), et tirer au sort les 60 prochaines dans chaque équipe")),
        usable(evidence, words));
}

/// How many hand-overs there are, and how many it would take.
std::string more_handovers(const Evidence& evidence, const Calibration* calibration,
                           const LocalWords& words) {
    std::string text =
        fmt::format(fmt::runtime(words("{} with reasons can be used", "{} avec motif")),
                    usable(evidence, words));
    const auto needed = handovers_needed(evidence, calibration);
    if (!needed) {
        text += words("; record more of them", " ; en enregistrer d'autres");
        text += calibration ? ","
                            : words(" (how many it takes: --calibration 200),",
                                    " (combien il en faut : --calibration 200),");
    } else if (*needed > evidence.handover_count) {
        text += fmt::format(
            fmt::runtime(
                words("; about {} would find a moderate contagion (w = .25) four times in "
                      "five: record about {} more,",
                      " ; il en faudrait environ {} pour détecter quatre fois sur cinq une "
                      "contagion modérée (w = 0,25) : en enregistrer environ {} de plus,")),
            *needed, rounded_up(static_cast<double>(*needed - evidence.handover_count)));
    } else {
        text += words(", enough to find a moderate contagion (w = .25) four times in five; what "
                      "would tell more is chance: record the next ones,",
                      ", assez pour détecter quatre fois sur cinq une contagion modérée (w = 0,25) "
                      "; c'est le hasard qui apprendrait plus : enregistrer les prochaines,");
    }
    text += words(" drawn by lot inside teams, and survey those clients 6, 9 and 12 months later",
                  " tirées au sort dans chaque équipe, et interroger ces clients 6, 9 et 12 mois "
                  "après");
    if (evidence.handovers_unanswered > evidence.handover_count) {
        text += words("; and remind clients and contacts to answer: most hand-overs lack an answer",
                      " ; et relancer clients et interlocuteurs : la plupart des reprises manquent "
                      "d'une réponse");
    }
    return text;
}

std::string another_wave(const Diagnostics& data, Obstacle obstacle, const LocalWords& words) {
    if (obstacle == Obstacle::two_waves) {
        return words("ask a third time, three months after the second wave, with the same ids",
                     "interroger une troisième fois, trois mois après la deuxième vague, avec les "
                     "mêmes identifiants");
    }
    return data.waves < 2
               ? words(
                     "ask again: a second and a third wave, three months apart, with the same ids",
                     "réinterroger : une deuxième et une troisième vague, à trois mois, avec les "
                     "mêmes identifiants")
               : words(
                     "ask again in three months, with the same ids, and remind those who did not "
                     "answer: too few have answers in a row and a contact who answered",
                     "réinterroger dans trois mois, avec les mêmes identifiants, et relancer ceux "
                     "qui n'ont pas répondu : trop peu ont des réponses qui se suivent et un "
                     "contact ayant répondu");
}

/// Something drawn by lot, and the site where nobody's is known.
std::string drawn_by_lot(const Diagnostics& data, const LocalWords& words) {
    const std::string what =
        words("record something that changes one part of the staff by lot (a training, a bonus): "
              "it tests transmission without the shared shocks",
              "enregistrer un changement tiré au sort pour une partie du personnel (formation, "
              "prime) : il teste la transmission sans les chocs partagés");
    return data.sites ? what
                      : words("note each person's site (column site), and ",
                              "noter le site de chacun (colonne site), et ") +
                            what;
}

}

std::optional<std::size_t> handovers_needed(const Evidence& evidence,
                                            const Calibration* calibration) {
    const PowerPoint* moderate = calibration ? calibration->moderate() : nullptr;
    if (!moderate || !evidence.handovers) return std::nullopt;
    const double errors = effect_in_errors(*moderate, evidence.handovers->interval);
    if (!(errors > 0.0) || !std::isfinite(errors)) return std::nullopt;
    const double ratio = (errors_wanted + normal_quantile(good_power)) / errors;
    return rounded_up(static_cast<double>(evidence.handover_count) * ratio * ratio);
}

std::string next_step(const Verdict& verdict, const Evidence& evidence,
                      const Calibration* calibration, Language language) {
    const LocalWords words(language);
    if (verdict.obstacle == Obstacle::all_alike || verdict.obstacle == Obstacle::unchanging) {
        return words(
            "ask several questions on a finer scale (0 to 10), and look whether the "
            "answers were copied from one wave to the next",
            "poser plusieurs questions sur une échelle plus fine (0 à 10), et vérifier que "
            "les réponses n'ont pas été recopiées d'une vague à l'autre");
    }
    if (verdict.obstacle == Obstacle::few_people) {
        return words("ask more people, and whom they work with: of so few nothing can be told "
                     "without telling what each of them answered",
                     "interroger plus de personnes, et demander avec qui elles travaillent : d'un "
                     "si petit nombre on ne peut rien dire sans dévoiler ce que chacune a répondu");
    }
    if (verdict.obstacle == Obstacle::one_wave || evidence.data.waves == 1) {
        return another_wave(evidence.data, verdict.obstacle, words);
    }
    if (evidence.channel.name == "employee_client") {
        if (evidence.handover_count == 0 && evidence.handovers_unanswered > 0 &&
            evidence.handover_reasons) {
            return answer_handovers(evidence, words);
        }
        return evidence.handover_count > 0 && evidence.handover_reasons
                   ? more_handovers(evidence, calibration, words)
                   : record_handovers(evidence, words);
    }
    if (verdict.obstacle == Obstacle::few_linked || verdict.obstacle == Obstacle::two_waves ||
        verdict.obstacle == Obstacle::few_in_a_row) {
        return another_wave(evidence.data, verdict.obstacle, words);
    }
    if (verdict.obstacle == Obstacle::complete_teams) {
        return words(
            "ask who works with whom, with names, instead of taking the team for it",
            "demander qui travaille avec qui, nommément, au lieu de s'en tenir à l'équipe");
    }
    return drawn_by_lot(evidence.data, words);
}

}
