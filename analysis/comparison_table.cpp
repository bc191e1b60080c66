#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/compare.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {

namespace {

constexpr const char* bold = "\x1b[1m";
constexpr const char* plain = "\x1b[0m";

double largest_of(const ComparedOutcome& outcome) {
    double largest = 0.0;
    for (const Summary& arm : outcome.arms) largest = std::fmax(largest, std::abs(arm.mean));
    return largest;
}

/// Shows the numbers of one outcome to people.
class Teller {
public:
    explicit Teller(const ComparedOutcome& outcome, double uncertainty)
        : scale_(scale_of(outcome.metric.unit, largest_of(outcome))),
          decimals_(decimals_for(uncertainty * scale_.factor, scale_.decimals)),
          label_(label_of(outcome.metric)) {}

    std::string label() const {
        return scale_.unit.empty() ? label_ : fmt::format("{}, {}", label_, scale_.unit);
    }
    std::string mean_and_sd(const Summary& arm) const {
        return fmt::format("{} ({})", number_text(arm.mean * scale_.factor, decimals_),
                           number_text(arm.sd * scale_.factor, decimals_));
    }
    std::string difference(double value) const {
        return signed_text(value * scale_.factor, decimals_);
    }
    std::string interval(const Interval& interval) const {
        if (std::isnan(interval.low)) return "-";
        return fmt::format("[{}, {}]", number_text(interval.low * scale_.factor, decimals_),
                           number_text(interval.high * scale_.factor, decimals_));
    }
    std::string margin(double value) const {
        return number_text(value * scale_.factor, std::max(decimals_, 2)) +
               (scale_.unit.empty() ? "" : " " + scale_.unit);
    }

private:
    Scale scale_;
    int decimals_;
    std::string label_;
};

std::string mark_of(const Contrast& contrast) {
    if (contrast.simultaneous.excludes(0.0)) return "**";
    return contrast.difference.interval.excludes(0.0) ? "* " : "  ";
}

std::string percent(double share) {
    return number_text(100.0 * share, 0) + (std::isnan(share) ? "" : "%");
}

std::size_t arm_index(const Comparison& comparison, const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(comparison.arms, name) -
                                    comparison.arms.begin());
}

std::vector<std::string> contrast_row(const ComparedOutcome& outcome, const Contrast& contrast,
                                      const Comparison& comparison) {
    const PairedDifference& difference = contrast.difference;
    const Teller tell(outcome, difference.interval.half_width());
    return {tell.label(),
            tell.mean_and_sd(outcome.arms[arm_index(comparison, contrast.first)]),
            tell.mean_and_sd(outcome.arms[arm_index(comparison, comparison.reference)]),
            tell.difference(difference.mean),
            tell.interval(difference.interval) + " " + mark_of(contrast),
            number_text(difference.effect, 2),
            percent(difference.variance_reduction)};
}

void append(std::string& text, const std::vector<std::string>& lines,
            const std::vector<bool>& stressed, Colour colour) {
    constexpr std::size_t header_lines = 2;
    for (std::size_t line = 0; line < lines.size(); ++line) {
        const bool stress = colour == Colour::always &&
                            (line == 0 || (line >= header_lines && stressed[line - header_lines]));
        text += stress ? bold + lines[line] + plain + "\n" : lines[line] + "\n";
    }
}

std::string percent_of_confidence(const Comparison& comparison) {
    return fmt::format("{:g} %", 100.0 * comparison.confidence);
}

/// "200 pairs of runs", and the outcomes in which there are fewer.
std::string pairs_text(const Comparison& comparison, std::size_t which) {
    std::size_t most = 0;
    for (const ComparedOutcome& outcome : comparison.outcomes)
        most = std::max(most, outcome.contrasts[which].difference.pairs);
    std::string text = fmt::format("{} pair{} of runs", most, most == 1 ? "" : "s");
    std::vector<std::string> fewer;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const std::size_t pairs = outcome.contrasts[which].difference.pairs;
        if (pairs < most) fewer.push_back(fmt::format("{} {}", label_of(outcome.metric), pairs));
    }
    if (!fewer.empty())
        text += fmt::format("; fewer where a run has no value: {}", fmt::join(fewer, ", "));
    return text;
}

/// One arm against the reference: a line for each outcome.
std::string contrast_table(const Comparison& comparison, std::size_t which, std::size_t width,
                           Colour colour) {
    const std::string& first = comparison.outcomes.front().contrasts[which].first;
    TextTable table;
    table.header = {"mean (sd)",
                    first,
                    comparison.reference,
                    "difference",
                    percent_of_confidence(comparison) + " interval   ",
                    "d",
                    "pairing"};
    std::vector<bool> stressed;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        table.rows.push_back(contrast_row(outcome, outcome.contrasts[which], comparison));
        stressed.push_back(outcome.contrasts[which].difference.interval.excludes(0.0));
    }
    std::string text = "\n" +
                       wrapped(fmt::format("{} (first) - {} (second), {}", first,
                                           comparison.reference, pairs_text(comparison, which)),
                               width) +
                       "\n";
    append(text, lines_of(table, width), stressed, colour);
    return text;
}

std::string single_arm_table(const Comparison& comparison, std::size_t width, Colour colour) {
    TextTable table;
    table.header = {"", "mean (sd)", percent_of_confidence(comparison) + " interval", "runs"};
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const Summary& arm = outcome.arms.front();
        const Teller tell(outcome, arm.interval.half_width());
        table.rows.push_back({tell.label(), tell.mean_and_sd(arm), tell.interval(arm.interval),
                              fmt::format("{}", arm.count)});
    }
    std::string text = "\n";
    append(text, lines_of(table, width), std::vector<bool>(table.rows.size(), false), colour);
    return text;
}

std::string equivalence_lines(const Comparison& comparison, std::size_t width) {
    std::string text;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        for (const Contrast& contrast : outcome.contrasts) {
            if (!contrast.equivalence) continue;
            const Teller tell(outcome, contrast.difference.interval.half_width());
            text +=
                wrapped(fmt::format("Equivalence of {} and {} in {} within {}: {} (two "
                                    "one-sided t tests, p = {:.2g}).",
                                    contrast.first, comparison.reference, label_of(outcome.metric),
                                    tell.margin(contrast.equivalence->margin),
                                    contrast.equivalence->shown ? "shown" : "not shown",
                                    contrast.equivalence->p),
                        width, 2);
        }
    }
    return text.empty() ? text : "\n" + text;
}

std::string reading_help(const Comparison& comparison, std::size_t width) {
    const std::string percent = percent_of_confidence(comparison);
    const auto count = static_cast<double>(comparison.contrast_count());
    std::string text = "\n";
    text +=
        wrapped(fmt::format("Difference = first - second, the same random events in both arms. The "
                            "{} interval (Student t over the pairs) is that of the mean "
                            "difference; differences of percentages are in percentage points.",
                            percent),
                width);
    text +=
        wrapped("d = difference / typical sd of the two arms (Cohen's d_av; 0.2 small, 0.8 large, "
                "by custom). pairing = share of the variance of the difference that the paired "
                "worlds took away.",
                width);
    text += wrapped(
        fmt::format("{} differences are compared: by chance alone about {:.1f} of their "
                    "intervals would exclude 0. * excludes 0; ** still does when all "
                    "intervals are widened to hold together at {} (Bonferroni).",
                    comparison.contrast_count(), count * (1.0 - comparison.confidence), percent),
        width);
    return text;
}

std::string heading(const Comparison& comparison, std::size_t width) {
    std::string text = comparison.title.empty() ? "" : wrapped(comparison.title, width);
    std::string size = fmt::format("{}: {} arm{} x {} replicate{}", comparison.file,
                                   comparison.arms.size(), comparison.arms.size() == 1 ? "" : "s",
                                   comparison.replicates, comparison.replicates == 1 ? "" : "s");
    if (comparison.points > 1)
        size += fmt::format(" x {} design points, taken together", comparison.points);
    text += wrapped(fmt::format("{}; {} of {} runs done", size, comparison.done, comparison.runs()),
                    width);
    for (const std::string& warning : comparison.warnings)
        text += wrapped("Warning: " + warning, width, 2);
    return text;
}

}

std::string comparison_table(const Comparison& comparison, std::size_t width, Colour colour) {
    std::string text = heading(comparison, width);
    if (comparison.outcomes.empty()) return text;
    if (comparison.arms.size() == 1) return text + single_arm_table(comparison, width, colour);
    for (std::size_t which = 0; which < comparison.outcomes.front().contrasts.size(); ++which)
        text += contrast_table(comparison, which, width, colour);
    text += equivalence_lines(comparison, width);
    return text + reading_help(comparison, width);
}

}
