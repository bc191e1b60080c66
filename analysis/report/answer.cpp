#include <algorithm>
#include <cmath>

#include "analysis/comparison_notes.hpp"
#include "analysis/comparison_runs.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

constexpr Term differ_noun{"differs", "differ", "diffère", "diffèrent"};

std::string confidence_of(const Comparison& comparison, const ReportWords& words) {
    return words.number(100.0 * comparison.confidence, 0) + "\u00a0%";
}

/// "scop (+7.3 points [7.0, 7.6])".
std::string with_numbers(const std::string& name, const ComparedOutcome& outcome,
                         const Contrast& contrast, const ReportWords& words) {
    const ShownOutcome shown = shown_of(outcome, contrast, words);
    const PairedDifference& difference = contrast.difference;
    if (std::isnan(difference.interval.low)) return name;
    return fmt::format("{} ({} {})", name, shown.difference(difference.mean),
                       shown.interval(difference.interval));
}

std::string part(const std::string& what, const std::vector<std::string>& things,
                 const ReportWords& words) {
    return things.empty() ? "" : words("; {}: {}", " ; {} : {}", what, words.list(things));
}

std::string of_a_lone_arm(const Comparison& comparison, const ReportWords& words) {
    const ComparedOutcome& outcome = headline_outcome(comparison);
    const Summary& arm = outcome.arms.front();
    const ShownOutcome shown = shown_of(outcome, words);
    const std::string base = base_of(comparison, outcome, 0, words);
    const std::string interval =
        std::isnan(arm.interval.low)
            ? base
            : words("{} interval {}, {}", "intervalle à {} : {}, {}",
                    confidence_of(comparison, words), shown.interval(arm.interval), base);
    return words("{}: {} is at {} on average ({}); there is nothing to compare it with in this "
                 "file.",
                 "{} : {} est en moyenne à {} ({}) ; ce fichier ne contient rien à quoi le "
                 "comparer.",
                 shown.label(), comparison.arms.front(), shown.value(arm.mean), interval);
}

/// The headline of two arms, whichever way it goes.
std::string of_two_arms(const Comparison& comparison, const ReportWords& words) {
    const ComparedOutcome& outcome = headline_outcome(comparison);
    const Contrast& told = outcome.contrasts.front();
    const PairedDifference& difference = told.difference;
    const ShownOutcome shown = shown_of(outcome, told, words);
    const std::string base = base_of(comparison, outcome, 0, words);
    const std::string levels = words("{}: {} is at {} and {} at {}", "{} : {} est à {} et {} à {}",
                                     shown.label(), told.first, shown.value(difference.first.mean),
                                     comparison.reference, shown.value(difference.second.mean));
    if (told.standing() == Standing::unknown) {
        return words("{}, but whether chance made the difference cannot be told ({}).",
                     "{}, mais on ne peut dire si le hasard explique l'écart ({}).", levels, base);
    }
    const std::string numbers =
        words("{} ({} interval {}, over {} in the same random events)",
              "{} (intervalle à {} : {}, sur {} aux mêmes événements aléatoires)",
              shown.difference(difference.mean), confidence_of(comparison, words),
              shown.interval(difference.interval), base);
    if (told.standing() == Standing::shown)
        return words("{}, a difference of {}.", "{}, soit une différence de {}.", levels, numbers);
    const std::string why =
        told.standing() == Standing::open
            ? words("the interval covers 0", "l'intervalle contient 0")
            : words("the interval covers 0 once it is widened for the {} compared",
                    "l'intervalle contient 0 une fois élargi pour les {} comparées",
                    counted(comparison.contrast_count(), difference_noun, words));
    return words("{}; no difference is shown: {}, and {}.",
                 "{} ; aucune différence n'est établie : {}, et {}.", levels, numbers, why);
}

/// The headline of several arms: how each stands to the reference, none picked out.
std::string of_many_arms(const Comparison& comparison, const ReportWords& words) {
    const ComparedOutcome& outcome = headline_outcome(comparison);
    std::vector<std::string> shown, open, unknown;
    for (const Contrast& contrast : outcome.contrasts) {
        const Standing standing = contrast.standing();
        auto& list = standing == Standing::shown     ? shown
                     : standing == Standing::unknown ? unknown
                                                     : open;
        list.push_back(with_numbers(contrast.first, outcome, contrast, words));
    }
    const ShownOutcome look = shown_of(outcome, words);
    const Summary& reference = outcome.arms[arm_index(comparison, comparison.reference)];
    return words(
        "{}: {} is at {}; {} of the {} compared with it {}{}{}{}.",
        "{} : {} est à {} ; {} des {} qui lui sont comparés {}{}{}{}.", look.label(),
        comparison.reference, look.value(reference.mean), words.count(shown.size()),
        counted(outcome.contrasts.size(), arm_noun, words),
        form_of(differ_noun, shown.size(), words),
        shown.empty() ? "" : words(": ", " : ") + words.list(shown),
        part(words("no difference shown for", "pas de différence établie pour"), open, words),
        part(words("cannot be told of", "on ne peut rien dire de"), unknown, words));
}

std::string first_sentence(const Comparison& comparison, const ReportWords& words) {
    if (comparison.arms.size() == 1) return of_a_lone_arm(comparison, words);
    return comparison.arms.size() == 2 ? of_two_arms(comparison, words)
                                       : of_many_arms(comparison, words);
}

/// What the other outcomes of two arms say: how many differ, and which of the main ones go up,
/// down, or nowhere.
std::string others_of_two(const Comparison& comparison, const ReportWords& words) {
    const ComparedOutcome& headline = headline_outcome(comparison);
    const std::size_t unknown = count_of(comparison, 0, Standing::unknown);
    const std::size_t known = comparison.outcomes.size() - unknown;
    if (known == 0) {
        return words("Of none of the {} can it be told whether it differs.",
                     "Pour aucun des {}, on ne peut dire s'il diffère.",
                     counted(comparison.outcomes.size(), outcome_noun, words));
    }
    std::vector<std::string> higher, lower, open, untold;
    for (const ComparedOutcome* outcome : main_outcomes(comparison)) {
        const Contrast& contrast = outcome->contrasts.front();
        if (outcome == &headline) continue;
        const Standing standing = contrast.standing();
        auto& list = standing == Standing::unknown    ? untold
                     : standing != Standing::shown    ? open
                     : contrast.difference.mean > 0.0 ? higher
                                                      : lower;
        list.push_back(with_numbers(shown_of(*outcome, words).label(), *outcome, contrast, words));
    }
    const std::size_t differ = count_of(comparison, 0, Standing::shown);
    return words(
        "Of {} compared, {} {} by more than chance explains, even when all intervals are widened "
        "to hold together{}{}{}{}.",
        "Sur {} comparés, {} {} plus que le hasard ne l'explique, même en élargissant tous les "
        "intervalles pour qu'ils tiennent ensemble{}{}{}{}.",
        counted(known, outcome_noun, words), words.count(differ),
        form_of(differ_noun, differ, words),
        part(words("{} is higher in", "{} est plus haut pour", headline.contrasts.front().first),
             higher, words),
        part(words("lower in", "plus bas pour"), lower, words),
        part(words("no difference shown in", "pas de différence établie pour"), open, words),
        part(words("cannot be told of", "on ne peut rien dire de"), untold, words));
}

/// Of several arms: how many of all differences are shown, and of which arms in the main outcomes.
std::string others_of_many(const Comparison& comparison, const ReportWords& words) {
    std::size_t shown = 0;
    std::size_t unknown = 0;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        shown += count_of(outcome, Standing::shown);
        unknown += count_of(outcome, Standing::unknown);
    }
    std::vector<std::string> list;
    for (const ComparedOutcome* outcome : main_outcomes(comparison)) {
        if (outcome == &headline_outcome(comparison)) continue;
        list.push_back(words(
            "{} of {} in {}", "{} sur {} pour {}", words.count(count_of(*outcome, Standing::shown)),
            words.count(outcome->contrasts.size()), shown_of(*outcome, words).label()));
    }
    return words(
        "Of {} to {} ({} in {}), {} more than chance explains, even when all intervals "
        "are widened to hold together{}.",
        "Sur {} avec {} ({} pour {}), {} plus que ce que le hasard explique, même en "
        "élargissant tous les intervalles pour qu'ils tiennent ensemble{}.",
        counted(comparison.contrast_count() - unknown, difference_noun, words),
        comparison.reference, counted(comparison.arms.size() - 1, arm_noun, words),
        counted(comparison.outcomes.size(), outcome_noun, words),
        counted(shown, {"is", "are", "est", "sont"}, words),
        part(words("arms that differ from {}", "bras qui diffèrent de {}", comparison.reference),
             list, words));
}

/// How much of a difference hangs on assumed numbers, where that is told from nothing.
std::string share_of_assumptions(const Attribution& attribution, const ReportWords& words) {
    for (const AttributedOutcome& outcome : attribution.outcomes) {
        if (!outcome.gap.interval.excludes(0.0)) continue;
        const ShownOutcome shown(outcome.metric, std::abs(outcome.gap.mean),
                                 outcome.gap.interval.half_width(), words);
        const std::string share = fmt::format("{} {}", shown.difference(outcome.assumed.mean),
                                              shown.interval(outcome.assumed.interval));
        const std::string gap = shown.difference(outcome.gap.mean);
        if (!outcome.assumed.interval.excludes(0.0)) {
            return words(" How much of the difference in {} comes from mechanisms with assumed "
                         "numbers is not told from nothing: {} of {}.",
                         " {} : ce que les mécanismes aux valeurs supposées font de la différence "
                         "ne se distingue pas de rien : {} sur {}.",
                         shown.label(), share, gap);
        }
        return words(" {}: mechanisms with assumed numbers add {}; the whole difference is {}.",
                     " {} : les mécanismes aux valeurs supposées apportent {} ; la différence "
                     "entière est de {}.",
                     shown.label(), share, gap);
    }
    return "";
}

std::string third_sentence(const Comparison& comparison,
                           const std::optional<Attribution>& attribution,
                           const ReportWords& words) {
    const ParametersOfArms& parameters = comparison.parameters;
    const auto assumed = static_cast<std::size_t>(
        std::ranges::count_if(parameters.differing, &ParameterOfArms::is_assumed));
    const std::size_t shared = parameters.shared;
    if (shared == 0) {
        return words("It is a consequence of the model's assumptions, not a measurement.",
                     "C'est une conséquence des hypothèses du modèle, pas une mesure.");
    }
    const Term are{"is", "are", "est supposé", "sont supposés"};
    const std::string are_assumed = form_of(are, parameters.shared_assumed, words);
    if (parameters.differing.empty()) {
        return words("It is a consequence of the model's assumptions, not a measurement: of its "
                     "{}, {} {} assumed.",
                     "C'est une conséquence des hypothèses du modèle, pas une mesure : de ses {}, "
                     "{} {}.",
                     counted(shared, parameter_noun, words), words.count(parameters.shared_assumed),
                     are_assumed);
    }
    const std::size_t differing = parameters.differing.size();
    return words("It is a consequence of the model's assumptions, not a measurement: {} {} the "
                 "arms apart, {} of them with assumed numbers; of the {} that all arms share, {} "
                 "{} assumed too.{}",
                 "C'est une conséquence des hypothèses du modèle, pas une mesure : {} {} les bras, "
                 "dont {} aux valeurs supposées ; parmi les {} communs à tous les bras, {} {} "
                 "aussi.{}",
                 counted(differing, parameter_noun, words),
                 form_of({"sets", "set", "distingue", "distinguent"}, differing, words),
                 words.count(assumed), counted(shared, parameter_noun, words),
                 words.count(parameters.shared_assumed), are_assumed,
                 attribution ? share_of_assumptions(*attribution, words) : "");
}

}

ReportSection answer_section(const Comparison& comparison,
                             const std::optional<Attribution>& attribution,
                             const ReportWords& words) {
    ReportSection section{.id = "answer", .heading = words("The answer", "La réponse")};
    section.paragraphs.push_back(first_sentence(comparison, words));
    if (comparison.arms.size() > 1 && comparison.outcomes.size() > 1) {
        section.paragraphs.push_back(comparison.arms.size() == 2
                                         ? others_of_two(comparison, words)
                                         : others_of_many(comparison, words));
    }
    section.paragraphs.push_back(third_sentence(comparison, attribution, words));
    const std::string missing = what_is_missing(comparison, words);
    if (!missing.empty()) section.paragraphs.push_back(missing);
    return section;
}

}
