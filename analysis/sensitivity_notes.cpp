#include "analysis/sensitivity_notes.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {

namespace {

/// What a method calls that over which its intervals are taken.
std::string blocks_text(const Experiment& experiment, std::size_t count) {
    return counted(count, experiment.method == "saltelli" ? "base row"
                          : experiment.method == "morris" ? "trajectory"
                                                          : "point");
}

std::string blocks_of(const Experiment& experiment, std::size_t count) {
    if (experiment.method == "morris" && count != 1) return fmt::format("{} trajectories", count);
    return blocks_text(experiment, count);
}

std::string percent(double share) {
    if (share > 0.0 && share < 0.01) return "less than 1 %";
    return fmt::format("{:.0f} %", 100.0 * share);
}

std::string chance_text(const Experiment& experiment, const Noise& noise) {
    if (experiment.method == "oat") return "";
    if (experiment.replicates == 1 && experiment.lines.empty()) {
        return "With one replicate, chance is not told from parameters; take two or more.";
    }
    if (std::isnan(noise.of_mean)) return "";
    return fmt::format(
        "Chance between replicates makes {} of the variance of a run and {} of that of the mean "
        "of {}, which is what is analysed.",
        percent(noise.of_run), percent(noise.of_mean), counted(experiment.replicates, "replicate"));
}

std::string verdict(const Experiment& experiment, const Convergence& convergence,
                    std::size_t blocks) {
    if (experiment.method == "oat") return "";
    if (std::isnan(convergence.widest)) {
        return fmt::format("Not converged: {} give no interval.", blocks_of(experiment, blocks));
    }
    const std::string of = experiment.method == "morris" ? " of the largest mu*" : "";
    const bool narrow = convergence.widest <= convergence.wanted;
    const std::string wide = fmt::format("the widest interval ({}) is +-{:.3f}{}, {} than the "
                                         "+-{:g} asked",
                                         convergence.row, convergence.widest, of,
                                         narrow ? "no wider" : "wider", convergence.wanted);
    if (convergence.reached()) return fmt::format("Converged: {}.", wide);
    std::string text = fmt::format("Not converged: {}", wide);
    const std::size_t replicates = convergence.next_replicates;
    if (replicates > 0) text += ", and chance makes more than a tenth";
    text += fmt::format(". Next: {}", blocks_of(experiment, narrow ? blocks : convergence.next));
    if (!narrow) text += fmt::format(" (now {})", blocks);
    return text + (replicates > 0 ? fmt::format(" x {}.", counted(replicates, "replicate")) : ".");
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

std::string meaning(const Experiment& experiment) {
    if (experiment.method == "saltelli") {
        return "first = share of the variance over the ranges of all factors that would go if this "
               "factor were known; total = share that would stay if all others were. total - first "
               "is what it does together with others (+ in the bar). Bootstrap percentiles over "
               "base rows.";
    }
    if (experiment.method == "morris") {
        return "mu* = mean size, mu = mean, sigma = standard deviation of the change of the "
               "outcome when a factor alone moves, over its whole range, from many starting "
               "points. mu* near 0: it does not matter. sigma as large as mu*: what it does "
               "depends "
               "on the others or bends. Student t over trajectories.";
    }
    if (experiment.method == "oat") {
        return "effect = outcome - that of the base, in which nothing is changed; the interval is "
               "Student t over replicates with the same random events. Effects around one base say "
               "nothing of interactions (methods morris and saltelli do).";
    }
    return "PRCC = correlation of the ranks of a factor and of the outcome, the other factors "
           "held: "
           "1 or -1 where the outcome always rises or falls with it. 0 also where it rises and "
           "falls again: PRCC sees monotone effects only. Fisher's interval.";
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

std::string nothing_to_tell(const Experiment& experiment, const Sensitivity& sensitivity) {
    const Findings& findings = sensitivity.findings;
    if (findings.blocks < 2) {
        return fmt::format("Nothing to tell: {} of {} are complete.", findings.blocks,
                           blocks_of(experiment, findings.blocks + findings.left_out));
    }
    if (!(sensitivity.over_points.sd > 0.0)) {
        return "Nothing to tell: it is the same at every point, so no factor matters to it.";
    }
    return "";
}

std::string remarks_on(const Experiment& experiment, const Sensitivity& sensitivity,
                       std::size_t width) {
    const Findings& findings = sensitivity.findings;
    std::string text;
    if (experiment.method == "saltelli") {
        double sum = 0.0;
        for (const Estimate& row : findings.measures[0].rows) sum += row.value;
        text += wrapped(fmt::format("First-order indices add up to {:.2f}; what is missing to 1 is "
                                    "interactions and the error of the estimates.",
                                    sum),
                        width);
    }
    if (findings.left_out > 0) {
        text += wrapped(fmt::format("Left out: {} of {} with a point that has no finished run.",
                                    findings.left_out,
                                    blocks_of(experiment, findings.blocks + findings.left_out)),
                        width);
    }
    for (const std::string& sentence :
         {chance_text(experiment, sensitivity.noise),
          verdict(experiment, sensitivity.convergence, findings.blocks)}) {
        if (!sentence.empty()) text += wrapped(sentence, width);
    }
    return text;
}

std::string how_to_read(const Experiment& experiment, const std::vector<Sensitivity>& all,
                        std::size_t width) {
    std::string text = wrapped(meaning(experiment), width);
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
