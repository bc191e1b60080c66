#include <algorithm>
#include <array>
#include <cmath>

#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

constexpr std::array main_names = {
    "engagement_employee", "engagement_client", "nps", "churn", "quits", "margin"};
constexpr std::size_t most_main = 6;

}

std::vector<const ComparedOutcome*> main_outcomes(const Comparison& comparison) {
    std::vector<const ComparedOutcome*> chosen;
    for (const char* name : main_names) {
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

std::string finding(const Comparison& comparison, const ComparedOutcome& outcome,
                    std::size_t contrast, const ReportWords& words) {
    const double largest = largest_mean(outcome.arms);
    if (comparison.arms.size() == 1) {
        const Summary& arm = outcome.arms.front();
        const ShownOutcome shown(outcome.metric, largest, arm.interval.half_width(), words);
        return words("{}: {} {}", "{} : {} {}", shown.label(), shown.value(arm.mean),
                     shown.interval(arm.interval));
    }
    const Contrast& told = outcome.contrasts[contrast];
    const PairedDifference& difference = told.difference;
    const ShownOutcome shown(outcome.metric, largest, difference.interval.half_width(), words);
    const std::string& label = shown.label();
    if (std::isnan(difference.interval.low)) {
        return words("{}: too few pairs of runs to compare {} and {}",
                     "{} : trop peu de paires d'exécutions pour comparer {} et {}", label,
                     told.first, comparison.reference);
    }
    const std::string interval = shown.interval(difference.interval);
    if (!difference.interval.excludes(0.0)) {
        return words("{}: no difference shown between {} and {} {}",
                     "{} : pas de différence établie entre {} et {} {}", label, told.first,
                     comparison.reference, interval);
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
