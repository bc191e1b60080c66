#include "analysis/experiment.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/statistics.hpp"
#include "analysis/stored_scenario.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {

using sim::RunStatus;

namespace {

std::size_t place_in(const std::vector<std::string>& names, const std::string& name,
                     const std::string& asked, const char* what) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
        throw sim::UserError(fmt::format("{}: there is no such {} (there is: {}){}", asked, what,
                                         fmt::join(names, ", "), sim::did_you_mean(name, names)));
    }
    return static_cast<std::size_t>(found - names.begin());
}

/// A world, or the difference of two, that is analysed.
struct Subject {
    std::string name;
    std::size_t arm;
    std::optional<std::size_t> less = {};
};

std::vector<Subject> subjects_of(const sim::ResultsHead& head, const ExperimentOptions& options) {
    if (!options.contrast.empty()) {
        const std::string asked = "--contrast \"" + options.contrast + "\"";
        const std::size_t minus = options.contrast.find(" - ");
        if (minus == std::string::npos) {
            throw sim::UserError(asked + ": is not the difference of two arms (write \"" +
                                 head.arms.front() + " - " + head.arms.back() + "\")");
        }
        return {{options.contrast,
                 place_in(head.arms, options.contrast.substr(0, minus), asked, "arm"),
                 place_in(head.arms, options.contrast.substr(minus + 3), asked, "arm")}};
    }
    std::vector<Subject> subjects;
    for (const std::string& name : options.arms.empty() ? head.arms : options.arms) {
        subjects.push_back({name, place_in(head.arms, name, "--arm " + name, "arm")});
    }
    return subjects;
}

/// Those asked for; else those of the main comparison, or all where there are none of them.
std::vector<sim::Metric> metrics_of(const sim::ResultsHead& head,
                                    const ExperimentOptions& options) {
    std::vector<std::string> known;
    for (const sim::Metric& metric : head.outcomes) known.push_back(metric.name);
    std::vector<sim::Metric> metrics;
    for (const std::string& name : options.outcomes) {
        metrics.push_back(head.outcomes[place_in(known, name, "--outcome " + name, "outcome")]);
    }
    if (!metrics.empty()) return metrics;
    for (const char* name : {"engagement_employee", "engagement_client", "nps"}) {
        const auto main = std::ranges::find(head.outcomes, name, &sim::Metric::name);
        if (main != head.outcomes.end()) metrics.push_back(*main);
    }
    return metrics.empty() ? head.outcomes : metrics;
}

/// The factors of the scenario, with the ranges that were met where the design gives none.
std::vector<scenarios::Factor> factors_of(const scenarios::Scenario& scenario,
                                          const sim::ResultsHead& head) {
    std::vector<scenarios::Factor> factors = scenario.design.factors;
    const std::string& method = scenario.design.method.name;
    if (method != "list" && method != "table") return factors;
    for (std::size_t which = 0; which < factors.size(); ++which) {
        const auto& levels = factors[which].levels;
        if (levels.empty() || !std::holds_alternative<double>(levels.front())) continue;
        scenarios::Factor range{.name = factors[which].name, .paths = factors[which].paths};
        range.low = range.high = head.design[which];
        for (std::size_t i = which; i < head.design.size(); i += factors.size()) {
            range.low = std::min(range.low, head.design[i]);
            range.high = std::max(range.high, head.design[i]);
        }
        factors[which] = range;
    }
    return factors;
}

/// How the points of a result file are analysed.
std::string method_for(const std::string& source, const std::string& design,
                       const std::string& wanted) {
    if (!wanted.empty()) return wanted;
    const bool asks_nothing =
        design == "grid" || design == "zip" || design == "list" || design == "table";
    if (asks_nothing) {
        throw sim::UserError(fmt::format(
            "{}: [design] method = \"{}\" asks no question of its own (saltelli, morris, oat, "
            "random, lhs, sobol and toggles do); add --method prcc for rank correlations, or "
            "compare points: cercle compare {} --point 0",
            source, design, source));
    }
    return design;
}

/// Counts runs and reads what came out of those that are done. Replicates that a rule of stopping
/// spared are not part of the experiment.
void read_outcomes(Experiment& experiment, const sim::ResultsReader& results,
                   const std::vector<sim::Metric>& metrics, const std::vector<Subject>& subjects) {
    const sim::ResultsHead& head = results.head();
    const std::vector<RunStatus> status = results.status();
    for (std::size_t run = 0; run < status.size(); ++run) {
        if (run % head.replicates >= experiment.replicates) continue;
        ++(status[run] == RunStatus::done     ? experiment.done
           : status[run] == RunStatus::failed ? experiment.failed
                                              : experiment.pending);
    }
    for (const sim::Metric& metric : metrics) {
        const std::vector<double> all = results.outcome(metric.name);
        const auto value = [&](std::size_t arm, std::size_t point, std::size_t replicate) {
            const std::size_t run = (arm * head.points + point) * head.replicates + replicate;
            return status[run] == RunStatus::done ? all[run] : not_known;
        };
        for (const Subject& subject : subjects) {
            OutcomeAtPoints outcome{.arm = subject.name, .metric = metric, .values = {}};
            for (std::size_t run = 0; run < head.points * experiment.replicates; ++run) {
                const std::size_t point = run / experiment.replicates;
                const std::size_t replicate = run % experiment.replicates;
                outcome.values.push_back(
                    value(subject.arm, point, replicate) -
                    (subject.less ? value(*subject.less, point, replicate) : 0.0));
            }
            experiment.outcomes.push_back(std::move(outcome));
        }
    }
}

}

bool Experiment::agree(std::size_t one, std::size_t other, std::size_t factor) const {
    const double first = entry(one, factor);
    const double second = entry(other, factor);
    return first == second || (std::isnan(first) && std::isnan(second));
}

std::string Experiment::place(std::size_t point) const {
    if (lines.empty()) return fmt::format("{}: point {}", source, point);
    return fmt::format("{}:{}", source, lines[point]);
}

double share_of(const scenarios::Factor& factor, double entry) {
    if (factor.is_range()) {
        if (factor.logarithmic)
            return std::log(entry / factor.low) / std::log(factor.high / factor.low);
        return (entry - factor.low) / (factor.high - factor.low);
    }
    if (factor.levels.size() < 2) return 0.0;
    double place = entry;
    if (std::holds_alternative<double>(factor.levels.front())) {
        const auto found = std::ranges::find(factor.levels, sim::Value(entry));
        place = static_cast<double>(found - factor.levels.begin());
    }
    return place / static_cast<double>(factor.levels.size() - 1);
}

std::vector<double> point_means(const Experiment& experiment, const OutcomeAtPoints& outcome) {
    std::vector<double> means;
    const std::size_t replicates = experiment.replicates;
    for (std::size_t first = 0; first < outcome.values.size(); first += replicates) {
        means.push_back(summarise(std::span(outcome.values).subspan(first, replicates), 0.5).mean);
    }
    return means;
}

Experiment read_experiment(const sim::ResultsReader& results, const ExperimentOptions& options) {
    const sim::ResultsHead& head = results.head();
    const std::string source = results.path().string();
    const scenarios::Scenario scenario = stored_scenario(results);
    if (head.factors.empty()) {
        throw sim::UserError(fmt::format(
            "{}: was made without a [design] (there is nothing to analyse: no parameter varies); "
            "see scenarios/studies/assumptions.toml, and scenarios/attribution.toml for what makes "
            "the "
            "difference between two arms",
            source));
    }
    Experiment experiment{.source = source,
                          .method = method_for(source, scenario.design.method.name, options.method),
                          .factors = factors_of(scenario, head),
                          .matrix = head.design,
                          .replicates = sim::replicates_run(head)};
    const std::vector<sim::Metric> metrics = metrics_of(head, options);
    read_outcomes(experiment, results, metrics, subjects_of(head, options));
    for (const sim::Metric& metric : head.outcomes) {
        if (std::ranges::find(metrics, metric) == metrics.end())
            experiment.unasked.push_back(metric.name);
    }
    const std::string problem = misfit(experiment, experiment.method);
    if (!problem.empty()) throw sim::UserError(problem);
    return experiment;
}

}
