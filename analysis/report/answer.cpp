#include <algorithm>
#include <cmath>

#include "analysis/report/sections.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

std::string confidence_of(const Comparison& comparison, const ReportWords& words) {
    return words.number(100.0 * comparison.confidence, 0) + "\u00a0%";
}

/// The headline with its numbers, whichever way it goes.
std::string first_sentence(const Comparison& comparison, const ReportWords& words) {
    const ComparedOutcome& outcome = headline_outcome(comparison);
    const std::string confidence = confidence_of(comparison, words);
    if (comparison.arms.size() == 1) {
        const Summary& arm = outcome.arms.front();
        const ShownOutcome shown(outcome.metric, largest_mean(outcome.arms),
                                 arm.interval.half_width(), words);
        return words("{}: {} is at {} on average ({} interval {}, {} runs); there is nothing to "
                     "compare it with in this file.",
                     "{} : {} est en moyenne à {} (intervalle à {} : {}, {} exécutions) ; ce "
                     "fichier ne contient rien à quoi le comparer.",
                     shown.label(), comparison.arms.front(), shown.value(arm.mean), confidence,
                     shown.interval(arm.interval), words.count(arm.count));
    }
    const Contrast& told = outcome.contrasts[headline_contrast(comparison)];
    const PairedDifference& difference = told.difference;
    const ShownOutcome shown(outcome.metric, largest_mean(outcome.arms),
                             difference.interval.half_width(), words);
    const std::string first = shown.value(difference.first.mean);
    const std::string second = shown.value(difference.second.mean);
    const std::string pairs = words.count(difference.pairs);
    if (std::isnan(difference.interval.low)) {
        return words("{}: {} is at {} and {} at {}, but {} pairs of runs are too few to say "
                     "whether chance made the difference.",
                     "{} : {} est à {} et {} à {}, mais {} paires d'exécutions ne suffisent pas à "
                     "dire si le hasard explique l'écart.",
                     shown.label(), told.first, first, comparison.reference, second, pairs);
    }
    const std::string change = shown.difference(difference.mean);
    const std::string interval = shown.interval(difference.interval);
    if (!difference.interval.excludes(0.0)) {
        return words("{}: no difference is shown between {} ({}) and {} ({}): {}, and the {} "
                     "interval {} covers 0, over {} pairs of runs in the same random events.",
                     "{} : aucune différence n'est établie entre {} ({}) et {} ({}) : {}, et "
                     "l'intervalle à {} {} contient 0, sur {} paires d'exécutions soumises aux "
                     "mêmes événements aléatoires.",
                     shown.label(), told.first, first, comparison.reference, second, change,
                     confidence, interval, pairs);
    }
    return words(
        "{}: {} is at {} and {} at {}, a difference of {} ({} interval {}, over {} pairs "
        "of runs in the same random events).",
        "{} : {} est à {} et {} à {}, soit une différence de {} (intervalle à {} : {}, sur "
        "{} paires d'exécutions soumises aux mêmes événements aléatoires).",
        shown.label(), told.first, first, comparison.reference, second, change, confidence,
        interval, pairs);
}

/// "Net promoter score (+13.4 points)".
std::string with_difference(const ComparedOutcome& outcome, const Contrast& contrast,
                            const ReportWords& words) {
    const ShownOutcome shown(outcome.metric, largest_mean(outcome.arms),
                             contrast.difference.interval.half_width(), words);
    return fmt::format("{} ({})", shown.label(), shown.difference(contrast.difference.mean));
}

std::string part(const std::string& what, const std::vector<std::string>& things,
                 const ReportWords& words) {
    return things.empty() ? "" : words("; {}: {}", " ; {} : {}", what, words.list(things));
}

/// What the other outcomes say: how many differ, and which of the main ones go up, down, or
/// nowhere.
std::string second_sentence(const Comparison& comparison, const ReportWords& words) {
    const std::size_t which = headline_contrast(comparison);
    const ComparedOutcome& headline = headline_outcome(comparison);
    std::size_t differ = 0;
    for (const ComparedOutcome& outcome : comparison.outcomes)
        differ += outcome.contrasts[which].simultaneous.excludes(0.0) ? 1 : 0;
    std::vector<std::string> higher, lower, open;
    for (const ComparedOutcome* outcome : main_outcomes(comparison)) {
        const Contrast& contrast = outcome->contrasts[which];
        if (outcome == &headline || std::isnan(contrast.difference.mean)) continue;
        const bool shown = contrast.simultaneous.excludes(0.0);
        auto& list = !shown ? open : contrast.difference.mean > 0.0 ? higher : lower;
        list.push_back(with_difference(*outcome, contrast, words));
    }
    const std::string& first = headline.contrasts[which].first;
    return words(
        "Of {} outcomes compared, {} differ by more than chance explains, even when all "
        "intervals are widened to hold together{}{}{}.",
        "Sur {} résultats comparés, {} diffèrent plus que le hasard ne l'explique, même "
        "en élargissant tous les intervalles pour qu'ils tiennent ensemble{}{}{}.",
        words.count(comparison.outcomes.size()), words.count(differ),
        part(words("{} is higher in", "{} est plus haut pour", first), higher, words),
        part(words("lower in", "plus bas pour"), lower, words),
        part(words("no difference shown in", "pas de différence établie pour"), open, words));
}

std::string share_of_assumptions(const Attribution& attribution, const ReportWords& words) {
    for (const AttributedOutcome& outcome : attribution.outcomes) {
        if (!outcome.gap.interval.excludes(0.0)) continue;
        return words(" Mechanisms with assumed numbers make {} of the difference in {}.",
                     " Les mécanismes aux valeurs supposées font {} de la différence pour : {}.",
                     words.percent(outcome.assumed.mean / outcome.gap.mean),
                     label_of(outcome.metric, words.language()));
    }
    return "";
}

std::string third_sentence(const Comparison& comparison,
                           const std::optional<Attribution>& attribution,
                           const ReportWords& words) {
    const ParametersOfArms& parameters = comparison.parameters;
    const auto assumed = std::ranges::count_if(parameters.differing, &ParameterOfArms::is_assumed);
    const std::size_t shared = parameters.shared;
    if (shared == 0) {
        return words("It is a consequence of the model's assumptions, not a measurement.",
                     "C'est une conséquence des hypothèses du modèle, pas une mesure.");
    }
    if (parameters.differing.empty()) {
        return words("It is a consequence of the model's assumptions, not a measurement: {} of its "
                     "{} parameters rest on assumed numbers.",
                     "C'est une conséquence des hypothèses du modèle, pas une mesure : {} de ses "
                     "{} paramètres reposent sur des valeurs supposées.",
                     words.count(parameters.shared_assumed), words.count(shared));
    }
    return words("It is a consequence of the model's assumptions, not a measurement: {} parameters "
                 "set the arms apart, {} of them with assumed numbers, and {} of the {} that all "
                 "arms share are assumed too.{}",
                 "C'est une conséquence des hypothèses du modèle, pas une mesure : {} paramètres "
                 "distinguent les bras, dont {} aux valeurs supposées, et {} des {} paramètres "
                 "communs sont supposés aussi.{}",
                 words.count(parameters.differing.size()),
                 words.count(static_cast<std::size_t>(assumed)),
                 words.count(parameters.shared_assumed), words.count(shared),
                 attribution ? share_of_assumptions(*attribution, words) : "");
}

/// What the file lacks, in the words of the page.
std::string what_is_missing(const Comparison& comparison, const ReportWords& words) {
    std::string text;
    if (comparison.failed > 0) {
        text += words("{} of {} runs failed and are left out. ",
                      "{} exécutions sur {} ont échoué et sont laissées de côté. ",
                      words.count(comparison.failed), words.count(comparison.runs()));
    }
    if (comparison.pending > 0) {
        text += words("{} of {} runs are not done yet and are left out. ",
                      "{} exécutions sur {} restent à faire et sont laissées de côté. ",
                      words.count(comparison.pending), words.count(comparison.runs()));
    }
    if (comparison.parameters.shared == 0) {
        text += words("Another version of the program wrote the scenario of this file, so its "
                      "parameters are not told. ",
                      "Une autre version du programme a écrit le scénario de ce fichier : ses "
                      "paramètres ne sont pas donnés. ");
    }
    return text;
}

}

ReportSection answer_section(const Comparison& comparison,
                             const std::optional<Attribution>& attribution,
                             const ReportWords& words) {
    ReportSection section{.id = "answer", .heading = words("The answer", "La réponse")};
    section.paragraphs.push_back(first_sentence(comparison, words));
    if (comparison.arms.size() > 1 && comparison.outcomes.size() > 1)
        section.paragraphs.push_back(second_sentence(comparison, words));
    section.paragraphs.push_back(third_sentence(comparison, attribution, words));
    const std::string missing = what_is_missing(comparison, words);
    if (!missing.empty()) section.paragraphs.push_back(missing);
    return section;
}

}
