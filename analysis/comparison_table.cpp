#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/compare.hpp"
#include "analysis/comparison_notes.hpp"
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
    const Standing standing = contrast.standing();
    return standing == Standing::shown ? "**" : standing == Standing::alone ? "* " : "  ";
}

std::string percent(double share) {
    return number_text(100.0 * share, 0) + (std::isnan(share) ? "" : "%");
}

std::vector<std::string> contrast_row(const ComparedOutcome& outcome, const Contrast& contrast) {
    const PairedDifference& difference = contrast.difference;
    const Teller tell(outcome, difference.interval.half_width());
    return {tell.label(),
            tell.mean_and_sd(difference.first),
            tell.mean_and_sd(difference.second),
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

std::string contrast_heading(const Comparison& comparison, std::size_t which, std::size_t width) {
    const std::size_t pairs = comparison.finished_pairs[which];
    std::string base = pairs == 0 ? "no pair of runs is finished in both arms"
                                  : counted(pairs, "pair") + " of runs";
    if (pairs > 0 && comparison.points > 1)
        base += " in " + counted(comparison.paired_replicates[which], "replicate");
    const std::string& first = comparison.outcomes.front().contrasts[which].first;
    const std::string text =
        fmt::format("difference: {} - {} ({})", first, comparison.reference, base);
    return fmt::format("\n{}", wrapped(text, width));
}

/// One arm against the reference: a line for each outcome, with the pairs it rests on where these
/// are not all.
std::string contrast_table(const Comparison& comparison, std::size_t which, std::size_t width,
                           Colour colour) {
    std::string text = contrast_heading(comparison, which, width);
    if (comparison.finished_pairs[which] == 0) return text;
    const bool tell_pairs = !rests_on_all_pairs(comparison, which);
    TextTable table;
    table.header = {
        "mean (sd)",  comparison.outcomes.front().contrasts[which].first, comparison.reference,
        "difference", percent_of_confidence(comparison) + " interval   ", "d",
        "pairing"};
    if (tell_pairs) table.header.emplace_back("pairs");
    std::vector<bool> stressed;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        const Contrast& contrast = outcome.contrasts[which];
        table.rows.push_back(contrast_row(outcome, contrast));
        if (tell_pairs) table.rows.back().push_back(fmt::format("{}", contrast.run_pairs));
        stressed.push_back(contrast.difference.interval.excludes(0.0));
    }
    text += "\n";
    append(text, lines_of(table, width), stressed, colour);
    return text;
}

std::string single_arm_table(const Comparison& comparison, std::size_t width, Colour colour) {
    TextTable table;
    table.header = {"", "mean (sd)", percent_of_confidence(comparison) + " interval",
                    comparison.points > 1 ? "replicates" : "runs"};
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

std::string verdict_text(const Equivalence& equivalence) {
    if (std::isnan(equivalence.p)) return "not to be told from fewer than two pairs";
    return fmt::format("{} (two one-sided t tests, p = {:.2g})",
                       equivalence.shown ? "shown" : "not shown", equivalence.p);
}

std::string equivalence_lines(const Comparison& comparison, std::size_t width) {
    std::string text;
    for (const ComparedOutcome& outcome : comparison.outcomes) {
        for (const Contrast& contrast : outcome.contrasts) {
            if (!contrast.equivalence) continue;
            const Teller tell(outcome, contrast.difference.interval.half_width());
            text +=
                wrapped(fmt::format("Equivalence of {} and {} in {} within {}: {}.", contrast.first,
                                    comparison.reference, label_of(outcome.metric),
                                    tell.margin(contrast.equivalence->margin),
                                    verdict_text(*contrast.equivalence)),
                        width, 2);
        }
    }
    return text.empty() ? text : "\n" + text;
}

std::string heading(const Comparison& comparison, std::size_t width) {
    std::string text = comparison.title.empty() ? "" : wrapped(comparison.title, width);
    std::string size =
        fmt::format("{}: {} x {}", comparison.file, counted(comparison.arms.size(), "arm"),
                    counted(comparison.replicates, "replicate"));
    if (comparison.points > 1)
        size += fmt::format(" x {} design points, taken together", comparison.points);
    text += wrapped(
        fmt::format("{}; {} of {} done", size, comparison.done, counted(comparison.runs(), "run")),
        width);
    const std::string died = firms_that_died(comparison, Language::english);
    if (!died.empty()) text += wrapped(died, width);
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
    return text + reading_help(comparison, width) + differing_parameters(comparison, width);
}

}
