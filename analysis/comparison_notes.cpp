#include "analysis/comparison_notes.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {

namespace {

/// "0.45 (sa), 0.58 (scop, scop_fair)": each value once, with the arms that have it.
std::string values_text(const ParameterOfArms& parameter, const std::vector<std::string>& arms) {
    std::vector<std::string> told;
    std::vector<std::string> parts;
    for (const std::string& value : parameter.values) {
        if (std::ranges::find(told, value) != told.end()) continue;
        told.push_back(value);
        std::vector<std::string> holders;
        for (std::size_t arm = 0; arm < arms.size(); ++arm) {
            if (parameter.values[arm] == value) holders.push_back(arms[arm]);
        }
        parts.push_back(fmt::format("{} ({})", value, fmt::join(holders, ", ")));
    }
    return fmt::format("{}", fmt::join(parts, ", "));
}

std::string of_many_differences(const Comparison& comparison) {
    const std::size_t count = comparison.contrast_count();
    const double misses = 1.0 - comparison.confidence;
    if (count == 1) {
        return fmt::format("One difference is compared: by chance alone its interval would exclude "
                           "0 in {:g} % of such studies. ** excludes 0.",
                           100.0 * misses);
    }
    return fmt::format("{} differences are compared: by chance alone about {:.1f} of their "
                       "intervals would exclude 0. * excludes 0; ** still does when all "
                       "intervals are widened to hold together at {} (Bonferroni).",
                       count, static_cast<double>(count) * misses,
                       percent_of_confidence(comparison));
}

}

std::string percent_of_confidence(const Comparison& comparison) {
    return fmt::format("{:g} %", 100.0 * comparison.confidence);
}

std::string firms_that_died(const Comparison& comparison, Language language) {
    const bool english = language == Language::english;
    const bool any = std::ranges::any_of(comparison.firms,
                                         [](const FirmsOfArm& firms) { return firms.died > 0; });
    if (!any) return "";
    std::vector<std::string> parts;
    for (std::size_t arm = 0; arm < comparison.firms.size(); ++arm) {
        const FirmsOfArm& firms = comparison.firms[arm];
        parts.push_back(fmt::format(fmt::runtime(english ? "{} of {} in {}" : "{} sur {} dans {}"),
                                    firms.died, firms.all, comparison.arms[arm]));
    }
    return fmt::format("{}: {}.", english ? "Firms that died" : "Entreprises disparues\u00a0",
                       fmt::join(parts, ", "));
}

bool rests_on_all_pairs(const Comparison& comparison, std::size_t which) {
    return std::ranges::all_of(comparison.outcomes, [&](const ComparedOutcome& outcome) {
        return outcome.contrasts[which].run_pairs == comparison.finished_pairs[which];
    });
}

std::string reading_help(const Comparison& comparison, std::size_t width) {
    std::string text = "\n";
    text += wrapped(fmt::format("Difference = arm - {}, the same random events in both. The {} "
                                "interval (Student t over the {}) is that of the mean "
                                "difference; differences of percentages are in percentage points.",
                                comparison.reference, percent_of_confidence(comparison),
                                comparison.points > 1 ? "replicates" : "pairs"),
                    width);
    if (comparison.points > 1) {
        text += wrapped("The design points of a replicate have the same random events, so a "
                        "replicate counts once: as the mean over its points. The interval is that "
                        "of the mean over these points, not over all there could be.",
                        width);
    }
    text += wrapped("d = difference / typical sd of the two arms over replicates (Cohen's d_av; it "
                    "grows with the size of the firm, so no custom says what is large). pairing = "
                    "share of the variance of the difference that the "
                    "paired worlds took away.",
                    width);
    bool all_pairs = true;
    for (std::size_t which = 0; which < comparison.finished_pairs.size(); ++which)
        all_pairs = all_pairs && rests_on_all_pairs(comparison, which);
    if (!all_pairs) {
        text +=
            wrapped("pairs = pairs of runs in which both arms have the outcome (a dead firm has "
                    "no margin, say): means, differences and intervals are taken over these.",
                    width);
    }
    return text + wrapped(of_many_differences(comparison), width);
}

std::string differing_parameters(const Comparison& comparison, std::size_t width) {
    const ParametersOfArms& parameters = comparison.parameters;
    const auto& differing = parameters.differing;
    if (differing.empty()) return "";
    const auto assumed = std::ranges::count_if(differing, &ParameterOfArms::is_assumed);
    std::string text = "\n";
    text +=
        wrapped(fmt::format("{} {} between the arms, {} of them with an assumed number (marked a):",
                            counted(differing.size(), "parameter"),
                            differing.size() == 1 ? "differs" : "differ", assumed),
                width);
    for (const ParameterOfArms& parameter : differing) {
        text += wrapped(fmt::format("{} {} = {}", parameter.is_assumed() ? "a" : "-",
                                    parameter.path, values_text(parameter, comparison.arms)),
                        width, 4);
    }
    return text +
           wrapped(fmt::format("Of the {} that all arms share, {} rest on assumptions too; "
                               "cercle params tells the source of each.",
                               counted(parameters.shared, "parameter"), parameters.shared_assumed),
                   width);
}

}
