#include "analysis/sensitivity.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include <fmt/format.h>

#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

Findings findings_of(const Experiment& experiment, const OutcomeAtPoints& outcome,
                     double confidence) {
    if (experiment.method == "saltelli") return sobol_indices(experiment, outcome, confidence);
    if (experiment.method == "morris") return elementary_effects(experiment, outcome, confidence);
    if (experiment.method == "oat") return single_effects(experiment, outcome, confidence);
    return rank_correlations(experiment, outcome, confidence);
}

/// Points of which every replicate is finished, one after the other.
std::vector<double> full_points(const Experiment& experiment, const OutcomeAtPoints& outcome) {
    std::vector<double> full;
    const std::size_t replicates = experiment.replicates;
    for (std::size_t first = 0; first < outcome.values.size(); first += replicates) {
        const auto point = std::span(outcome.values).subspan(first, replicates);
        if (std::ranges::any_of(point, [](double value) { return std::isnan(value); })) continue;
        full.insert(full.end(), point.begin(), point.end());
    }
    return full;
}

/// A size as the method likes it: powers of two for the sequence of Sobol, else two digits.
std::size_t round_up(const Experiment& experiment, double size) {
    size *= 1.0 - 1e-9; // what is a power of two but for rounding stays one
    if (!(size < 1e9)) return 1'000'000'000;
    if (experiment.method == "saltelli" || experiment.method == "sobol") {
        return std::bit_ceil(static_cast<std::size_t>(std::ceil(size)));
    }
    const double digit = std::pow(10.0, std::max(0.0, std::floor(std::log10(size)) - 1.0));
    return static_cast<std::size_t>(std::ceil(size / digit) * digit);
}

/// Notes the replicates with which chance makes a tenth of the variance of their mean, unless there
/// are enough, or no study could have so many.
void note_replicates(Convergence& convergence, const Experiment& experiment, const Noise& noise) {
    constexpr double most = 0.1;
    constexpr double most_replicates = 1e9;
    if (!(noise.of_mean > most)) return;
    const double to_parameters = noise.of_mean / (1.0 - noise.of_mean);
    const double wanted = (1.0 - 1e-9) * static_cast<double>(experiment.replicates) *
                          to_parameters * (1.0 - most) / most;
    convergence.only_chance = !(wanted < most_replicates);
    if (!convergence.only_chance)
        convergence.next_replicates = static_cast<std::size_t>(std::ceil(wanted));
}

/// Keeps the widest interval, in units of `unit`.
void note_widest(Convergence& convergence, const std::vector<std::string>& rows,
                 const Measure& measure, double unit) {
    for (std::size_t row = 0; row < measure.rows.size(); ++row) { // none before a block is whole
        const double width = measure.rows[row].interval.half_width() / unit;
        if (!std::isfinite(width) || width <= convergence.widest) continue;
        convergence.widest = width;
        convergence.row = rows[row];
        convergence.measure = measure.header;
    }
}

}

Noise replicate_noise(const Experiment& experiment, const OutcomeAtPoints& outcome) {
    const std::size_t replicates = experiment.replicates;
    const std::vector<double> runs = full_points(experiment, outcome);
    const std::size_t points = runs.size() / replicates;
    if (replicates < 2 || points < 2) return {};
    const auto n = static_cast<double>(points);
    const auto m = static_cast<double>(replicates);
    std::vector<double> of_point(points, 0.0);
    std::vector<double> of_replicate(replicates, 0.0);
    for (std::size_t run = 0; run < runs.size(); ++run) {
        of_point[run / replicates] += runs[run] / m;
        of_replicate[run % replicates] += runs[run] / n;
    }
    const Summary means = summarise(of_point, 0.5);
    double within = 0.0;
    double rest = 0.0;
    for (std::size_t run = 0; run < runs.size(); ++run) {
        const double from_point = runs[run] - of_point[run / replicates];
        const double shared = of_replicate[run % replicates] - means.mean;
        within += from_point * from_point / (n * (m - 1.0));
        rest += (from_point - shared) * (from_point - shared) / ((n - 1.0) * (m - 1.0));
    }
    const double between = means.sd * means.sd;
    const double parameters = std::max(0.0, between - rest / m);
    if (!(within + parameters > 0.0) || !(between > 0.0)) return {};
    return {within / (within + parameters), rest / m / (rest / m + parameters)};
}

Convergence convergence_of(const Experiment& experiment, const Findings& findings,
                           const Noise& noise, double wanted) {
    Convergence convergence{.row = "", .wanted = wanted};
    if (experiment.method == "oat") return convergence;
    note_replicates(convergence, experiment, noise);
    const Measure& decisive = findings.measures[findings.decisive];
    double unit = 1.0;
    if (experiment.method == "morris") {
        unit = 0.0;
        for (const Estimate& estimate : decisive.rows) unit = std::max(unit, estimate.value);
    }
    for (const Measure& measure : findings.measures) {
        const bool counts = experiment.method == "saltelli" || &measure == &decisive;
        if (counts) note_widest(convergence, findings.rows, measure, unit);
    }
    if (std::isnan(convergence.widest)) return convergence;
    const double ratio = convergence.widest / wanted;
    const auto blocks = static_cast<double>(findings.blocks);
    convergence.next = ratio > 1.0 ? round_up(experiment, blocks * ratio * ratio) : 0;
    return convergence;
}

std::vector<Sensitivity> sensitivities(const Experiment& experiment,
                                       const SensitivityOptions& options) {
    double wanted = options.precision;
    if (std::isnan(wanted)) wanted = experiment.method == "saltelli" ? 0.05 : 0.1;
    std::vector<Sensitivity> all;
    std::size_t most_blocks = 0;
    for (const OutcomeAtPoints& outcome : experiment.outcomes) {
        Findings findings = findings_of(experiment, outcome, options.confidence);
        most_blocks = std::max(most_blocks, findings.blocks);
        const Noise noise = replicate_noise(experiment, outcome);
        const Convergence convergence = convergence_of(experiment, findings, noise, wanted);
        all.push_back({.outcome = outcome,
                       .over_points = summarise(point_means(experiment, outcome), 0.5),
                       .findings = std::move(findings),
                       .noise = noise,
                       .convergence = convergence});
    }
    if (most_blocks < 2) {
        throw sim::UserError(fmt::format(
            "{}: too few points have a value ({} runs done, {} failed, {} to do; an outcome is not "
            "defined after the death of a firm): {} takes two complete {} at least",
            experiment.source, experiment.done, experiment.failed, experiment.pending,
            experiment.method,
            experiment.method == "saltelli" ? "base rows"
            : experiment.method == "morris" ? "trajectories"
                                            : "points"));
    }
    return all;
}

}
