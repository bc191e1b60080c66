#include "analysis/sensitivity_notes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {

namespace {

bool is_english(Language language) { return language == Language::english; }

/// "8 base rows": what a method calls that over which its intervals are taken.
std::string blocks_of(const Experiment& experiment, std::size_t count, Language language) {
    const bool several = is_english(language) ? count != 1 : count > 1;
    const bool rows = experiment.method == "saltelli";
    const bool trajectories = experiment.method == "morris";
    const char* noun = nullptr;
    if (is_english(language))
        noun = rows           ? (several ? "base rows" : "base row")
               : trajectories ? (several ? "trajectories" : "trajectory")
                              : (several ? "points" : "point");
    else
        noun = rows           ? (several ? "lignes de base" : "ligne de base")
               : trajectories ? (several ? "trajectoires" : "trajectoire")
                              : (several ? "points" : "point");
    return fmt::format("{} {}", count, noun);
}

std::string replicates_of(std::size_t count, Language language) {
    if (is_english(language)) return counted(count, "replicate");
    return fmt::format("{} répétition{}", count, count > 1 ? "s" : "");
}

std::string percent(double share, Language language) {
    if (share > 0.0 && share < 0.01) return is_english(language) ? "less than 1 %" : "moins de 1 %";
    return fmt::format("{:.0f} %", 100.0 * share);
}

std::string chance_text(const Experiment& experiment, const Noise& noise, Language language) {
    const bool english = is_english(language);
    if (experiment.method == "oat") return "";
    if (experiment.replicates == 1 && experiment.lines.empty()) {
        return english
                   ? "With one replicate, chance is not told from parameters; take two or more."
                   : "Avec une seule répétition, le hasard ne se distingue pas des paramètres ; "
                     "il en faut deux au moins.";
    }
    if (std::isnan(noise.of_mean)) return "";
    return fmt::format(
        fmt::runtime(english ? "Chance between replicates makes {} of the variance of a run and {} "
                               "of that of the mean of {}, which is what is analysed."
                             : "Le hasard entre répétitions fait {} de la variance d'une exécution "
                               "et {} de celle de la moyenne de {}, qui est ce qu'on analyse."),
        percent(noise.of_run, language), percent(noise.of_mean, language),
        replicates_of(experiment.replicates, language));
}

/// "w", of Sobol indices "w, first order": which interval is the widest.
std::string widest_of(const Experiment& experiment, const Convergence& convergence,
                      Language language) {
    if (experiment.method != "saltelli") return convergence.row;
    const bool first = convergence.measure == "first";
    if (is_english(language))
        return fmt::format("{}, {}", convergence.row, first ? "first order" : "total");
    return fmt::format("{}, {}", convergence.row, first ? "premier ordre" : "total");
}

/// "the widest interval (w) is +-0.773 of the largest mu*, wider than the +-0.1 asked".
std::string width_text(const Experiment& experiment, const Convergence& convergence,
                       Language language) {
    const bool english = is_english(language);
    const bool narrow = convergence.widest <= convergence.wanted;
    const char* of = experiment.method != "morris" ? ""
                     : english                     ? " of the largest mu*"
                                                   : " fois le plus grand mu*";
    return fmt::format(
        fmt::runtime(english ? "the widest interval ({}) is +-{}{}, {} than the +-{} asked"
                             : "l'intervalle le plus large ({}) est ±{}{}, {} que le ±{} demandé"),
        widest_of(experiment, convergence, language),
        local_number(fmt::format("{:.3f}", convergence.widest), language), of,
        narrow ? (english ? "no wider" : "pas plus") : (english ? "wider" : "plus"),
        local_number(fmt::format("{:g}", convergence.wanted), language));
}

std::string verdict(const Experiment& experiment, const Convergence& convergence,
                    std::size_t blocks, Language language) {
    const bool english = is_english(language);
    if (experiment.method == "oat") return "";
    if (std::isnan(convergence.widest)) {
        return fmt::format(fmt::runtime(english ? "Not converged: {} give no interval."
                                                : "Non convergé : {} ne donnent pas d'intervalle."),
                           blocks_of(experiment, blocks, language));
    }
    const std::string wide = width_text(experiment, convergence, language);
    if (convergence.reached()) {
        const bool chance_told = experiment.replicates > 1 || !experiment.lines.empty();
        if (chance_told)
            return fmt::format(fmt::runtime(english ? "Converged: {}." : "Convergé : {}."), wide);
        return fmt::format(fmt::runtime(english ? "Converged, chance aside: {}."
                                                : "Convergé, hasard mis à part : {}."),
                           wide);
    }
    std::string text = (english ? "Not converged: " : "Non convergé : ") + wide;
    const std::size_t replicates = convergence.next_replicates;
    const bool narrow = convergence.widest <= convergence.wanted;
    if (convergence.only_chance) {
        text += english ? ", and replicates cannot tell this outcome from chance: its points "
                          "differ no more than chance alone would make them"
                        : ", et les répétitions ne distinguent pas ce résultat du hasard : ses "
                          "points ne diffèrent pas plus que le hasard seul ne le ferait";
        if (narrow) return text + ".";
    } else if (replicates > 0) {
        text += english ? ", and chance makes more than a tenth"
                        : ", et le hasard fait plus d'un dixième";
    }
    text += (english ? ". Next: " : ". Ensuite : ") +
            blocks_of(experiment, narrow ? blocks : convergence.next, language);
    if (!narrow) text += fmt::format(fmt::runtime(english ? " (now {})" : " (ici {})"), blocks);
    if (replicates > 0) text += (english ? " x " : " × ") + replicates_of(replicates, language);
    return text + ".";
}

std::string sum_text(double sum, Language language) {
    const bool english = is_english(language);
    const bool above = sum > 1.0;
    return fmt::format(
        fmt::runtime(english ? above ? "First-order indices add up to {}; what is above 1 is the "
                                       "error of the estimates."
                                     : "First-order indices add up to {}; what is missing to 1 is "
                                       "interactions and the error of the estimates."
                     : above ? "Les indices du premier ordre totalisent {} ; ce qui dépasse 1 est "
                               "l'erreur d'estimation."
                             : "Les indices du premier ordre totalisent {} ; ce qui manque à 1 est "
                               "dû aux interactions et à l'erreur d'estimation."),
        local_number(fmt::format("{:.2f}", sum), language));
}

/// A base row or a trajectory falls out with one of its points, a point by itself.
std::string left_out_text(const Experiment& experiment, const Findings& findings,
                          Language language) {
    const bool english = is_english(language);
    const bool by_points = experiment.method != "saltelli" && experiment.method != "morris";
    return fmt::format(
        fmt::runtime(english     ? by_points ? "Left out: {} of {}, without a finished run."
                                             : "Left out: {} of {} with a point that has no finished "
                                               "run."
                     : by_points ? "Laissés de côté : {} sur {}, sans exécution terminée."
                                 : "Laissés de côté : {} sur {}, où un point n'a pas d'exécution "
                                   "terminée."),
        findings.left_out, blocks_of(experiment, findings.blocks + findings.left_out, language));
}

/// What a measure says of factors whose levels have no order but that of their list; "" without
/// any, or where the measure needs none.
std::string nominal_text(const Experiment& experiment, Language language) {
    std::vector<std::string> names;
    for (const scenarios::Factor& factor : experiment.factors)
        if (factor.is_nominal()) names.push_back(factor.name);
    const std::string& method = experiment.method;
    if (names.empty() || method == "saltelli" || method == "oat") return "";
    const bool english = is_english(language);
    const bool one = names.size() == 1;
    const std::string list = fmt::format("{}", fmt::join(names, ", "));
    if (method == "morris") {
        return fmt::format(
            fmt::runtime(english ? "Of {} (levels that are no numbers) the change is that between "
                                   "listed levels, in their order."
                                 : "Pour {} (niveaux qui ne sont pas des nombres), le changement "
                                   "est celui entre les niveaux de la liste, dans leur ordre."),
            list);
    }
    return fmt::format(
        fmt::runtime(english ? one ? "No PRCC of {}: a nominal factor has no rank."
                                   : "No PRCC of {}: nominal factors have no rank."
                     : one   ? "Pas de PRCC pour {} : un facteur nominal n'a pas de rang."
                             : "Pas de PRCC pour {} : des facteurs nominaux n'ont pas de rang."),
        list);
}

/// Whether an index, or the lower end of its interval, is below nothing.
bool some_negative(const std::vector<Sensitivity>& all) {
    for (const Sensitivity& sensitivity : all) {
        for (const Measure& measure : sensitivity.findings.measures) {
            for (const Estimate& row : measure.rows) {
                if (row.value < 0.0 || row.interval.low < 0.0) return true;
            }
        }
    }
    return false;
}

}

std::string sensitivity_title(const Experiment& experiment, std::size_t width) {
    const char* title = experiment.method == "saltelli" ? "Sobol indices: who makes the variance"
                        : experiment.method == "morris" ? "Elementary effects (Morris)"
                        : experiment.method == "oat"    ? "One factor at a time"
                                                        : "Partial rank correlations (PRCC)";
    const std::size_t runs = experiment.done + experiment.failed + experiment.pending;
    std::string line = fmt::format(
        "{}: {}, {} x {}; {} of {} runs done", experiment.source,
        counted(experiment.factors.size(), "factor"), counted(experiment.points(), "point"),
        counted(experiment.replicates, "replicate"), experiment.done, runs);
    if (experiment.failed > 0) line += fmt::format(", {} failed", experiment.failed);
    if (experiment.pending > 0) line += fmt::format(", {} to do", experiment.pending);
    return std::string(title) + "\n" + wrapped(line, width);
}

std::string nothing_to_tell(const Experiment& experiment, const Sensitivity& sensitivity,
                            Language language) {
    const bool english = is_english(language);
    const Findings& findings = sensitivity.findings;
    if (findings.blocks < 2) {
        return fmt::format(fmt::runtime(english ? "Nothing to tell: {} of {} are complete."
                                                : "Rien à dire : {} sur {} au complet."),
                           findings.blocks,
                           blocks_of(experiment, findings.blocks + findings.left_out, language));
    }
    if (!(sensitivity.over_points.sd > 0.0)) {
        return english
                   ? "Nothing to tell: it is the same at every point, so no factor matters to it."
                   : "Rien à dire : il est le même en tout point, aucun facteur ne compte donc.";
    }
    return "";
}

std::vector<std::string> remarks_on(const Experiment& experiment, const Sensitivity& sensitivity,
                                    Language language) {
    const Findings& findings = sensitivity.findings;
    std::vector<std::string> remarks;
    if (experiment.method == "saltelli") {
        double sum = 0.0;
        for (const Estimate& row : findings.measures[0].rows) sum += row.value;
        remarks.push_back(sum_text(sum, language));
    }
    if (findings.left_out > 0) {
        remarks.push_back(left_out_text(experiment, findings, language));
    }
    for (const std::string& sentence :
         {nominal_text(experiment, language), chance_text(experiment, sensitivity.noise, language),
          verdict(experiment, sensitivity.convergence, findings.blocks, language)}) {
        if (!sentence.empty()) remarks.push_back(sentence);
    }
    return remarks;
}

std::string how_to_read(const Experiment& experiment, const std::vector<Sensitivity>& all,
                        std::size_t width) {
    std::string text = wrapped(meaning_of(experiment, Language::english), width);
    if (experiment.method == "saltelli")
        text += wrapped("In the bars # is first and + is total - first.", width);
    if (experiment.method == "saltelli" && some_negative(all)) {
        text += wrapped("An index below 0 is the error of a sample around an index near 0: shares "
                        "of variance are not negative, their estimates may be. It shrinks as the "
                        "square root of the number of base rows.",
                        width);
    }
    if (!experiment.unasked.empty()) {
        text += wrapped(
            fmt::format("Other outcomes (--outcome): {}.", fmt::join(experiment.unasked, ", ")),
            width);
    }
    return text;
}

}
