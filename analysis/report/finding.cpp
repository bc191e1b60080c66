#include <algorithm>
#include <cmath>

#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

const std::vector<std::string> main_names = {
    "engagement_employee", "engagement_client", "nps", "churn", "quits", "margin"};
constexpr std::size_t most_main = 6;
/// Above this share of dead firms, what the survivors look like is no fair headline.
constexpr double many_died = 0.1;

double largest_share_of_deaths(const Comparison& comparison) {
    double largest = 0.0;
    for (const FirmsOfArm& firms : comparison.firms) {
        if (firms.all > 0)
            largest =
                std::max(largest, static_cast<double>(firms.died) / static_cast<double>(firms.all));
    }
    return largest;
}

std::string finding_of_two(const Comparison& comparison, const ComparedOutcome& outcome,
                           const ReportWords& words) {
    const Contrast& told = outcome.contrasts.front();
    const PairedDifference& difference = told.difference;
    const ShownOutcome shown = shown_of(outcome, told, words);
    const std::string& label = shown.label();
    const std::string interval = shown.interval(difference.interval);
    switch (told.standing()) {
    case Standing::unknown:
        return words("{}: too few pairs of runs to compare {} and {}",
                     "{} : trop peu de paires d'exécutions pour comparer {} et {}", label,
                     told.first, comparison.reference);
    case Standing::open:
        return words("{}: no difference shown between {} and {} {}",
                     "{} : pas de différence établie entre {} et {} {}", label, told.first,
                     comparison.reference, interval);
    case Standing::alone:
        return words("{}: a difference of {} and {} is not shown among {} ({} {} taken alone)",
                     "{} : une différence entre {} et {} n'est pas établie parmi {} ({} {} prise "
                     "isolément)",
                     label, told.first, comparison.reference,
                     words.count(comparison.contrast_count()), shown.difference(difference.mean),
                     interval);
    case Standing::shown:
        break;
    }
    // How far above or below: without signs, the smaller end first.
    if (difference.mean > 0.0) {
        return words("{}: {} {} above {} {}", "{} : {} {} au-dessus de {} {}", label, told.first,
                     shown.size(difference.mean), comparison.reference, interval);
    }
    return words("{}: {} {} below {} {}", "{} : {} {} au-dessous de {} {}", label, told.first,
                 shown.size(difference.mean), comparison.reference,
                 shown.interval({-difference.interval.high, -difference.interval.low}));
}

}

std::vector<const ComparedOutcome*> main_outcomes(const Comparison& comparison) {
    std::vector<std::string> names = main_names;
    const double deaths = largest_share_of_deaths(comparison);
    if (deaths > 0.0) names.insert(deaths > many_died ? names.begin() : names.end(), "survival");
    std::vector<const ComparedOutcome*> chosen;
    for (const std::string& name : names) {
        for (const ComparedOutcome& outcome : comparison.outcomes) {
            if (outcome.metric.name == name) chosen.push_back(&outcome);
        }
    }
    if (!chosen.empty()) return chosen;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        if (chosen.size() < most_main) chosen.push_back(&outcome);
    }
    return chosen;
}

const ComparedOutcome& headline_outcome(const Comparison& comparison) {
    return *main_outcomes(comparison).front();
}

std::size_t headline_contrast(const Comparison& comparison) {
    const std::vector<Contrast>& contrasts = headline_outcome(comparison).contrasts;
    const auto size = [](const Contrast& contrast) {
        const double mean = std::abs(contrast.difference.mean);
        return std::isnan(mean) ? -1.0 : mean;
    };
    return static_cast<std::size_t>(std::ranges::max_element(contrasts, {}, size) -
                                    contrasts.begin());
}

std::size_t count_of(const Comparison& comparison, std::size_t contrast, Standing standing) {
    return static_cast<std::size_t>(
        std::ranges::count_if(comparison.outcomes, [&](const ComparedOutcome& outcome) {
            return outcome.contrasts[contrast].standing() == standing;
        }));
}

std::size_t count_of(const ComparedOutcome& outcome, Standing standing) {
    return static_cast<std::size_t>(
        std::ranges::count(outcome.contrasts, standing, &Contrast::standing));
}

ShownOutcome shown_of(const ComparedOutcome& outcome, const ReportWords& words) {
    if (!outcome.contrasts.empty()) return shown_of(outcome, outcome.contrasts.front(), words);
    return {outcome.metric, largest_mean(outcome.arms), outcome.arms.front().interval.half_width(),
            words};
}

ShownOutcome shown_of(const ComparedOutcome& outcome, const Contrast& contrast,
                      const ReportWords& words) {
    return {outcome.metric, largest_mean(outcome.arms), contrast.difference.interval.half_width(),
            words};
}

std::string base_of(const Comparison& comparison, const ComparedOutcome& outcome,
                    std::size_t contrast, const ReportWords& words) {
    const bool lone = comparison.arms.size() == 1;
    const std::size_t known =
        lone ? outcome.arms.front().count : outcome.contrasts[contrast].difference.pairs;
    if (comparison.points > 1) {
        return words("{}, each the mean over {}", "{}, chacune la moyenne sur {}",
                     counted(known, replicate_noun, words),
                     counted(comparison.points, point_noun, words));
    }
    const Term& noun = lone ? run_noun : pair_noun;
    const std::size_t all = lone ? comparison.done : comparison.finished_pairs[contrast];
    if (known == all) return counted(known, noun, words);
    return words("{} of {}", "{} sur {}", words.count(known), counted(all, noun, words));
}

std::string finding(const Comparison& comparison, const ComparedOutcome& outcome,
                    const ReportWords& words) {
    if (comparison.arms.size() == 2) return finding_of_two(comparison, outcome, words);
    const ShownOutcome shown = shown_of(outcome, words);
    if (comparison.arms.size() == 1) {
        const Summary& arm = outcome.arms.front();
        if (std::isnan(arm.interval.low))
            return words("{}: {}", "{} : {}", shown.label(), shown.value(arm.mean));
        return words("{}: {} {}", "{} : {} {}", shown.label(), shown.value(arm.mean),
                     shown.interval(arm.interval));
    }
    const std::size_t arms = outcome.contrasts.size();
    if (count_of(outcome, Standing::unknown) == arms) {
        return words("{}: too few pairs of runs to compare the arms with {}",
                     "{} : trop peu de paires d'exécutions pour comparer les bras à {}",
                     shown.label(), comparison.reference);
    }
    const std::size_t differ = count_of(outcome, Standing::shown);
    return words("{}: {} of {} {} from {}", "{} : {} sur {} {} de {}", shown.label(),
                 words.count(differ), counted(arms, arm_noun, words),
                 form_of({"differs", "differ", "diffère", "diffèrent"}, differ, words),
                 comparison.reference);
}

}
