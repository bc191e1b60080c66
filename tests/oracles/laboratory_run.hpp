#pragma once

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/study.hpp"
#include "sim/error.hpp"

namespace cercle::oracles {

/// What the runs of a scenario of scenarios/laboratory left behind.
struct LaboratoryRun {
    using Samples = std::vector<double>; ///< one value for each replicate
    std::map<std::string, std::map<std::string, Samples>> outcomes; ///< (arm)(outcome)
    std::map<std::string, std::vector<Samples>> nodes;              ///< (arm)(node)

    const Samples& outcome(const std::string& name, const std::string& arm = "default") const {
        return outcomes.at(arm).at(name);
    }
    const Samples& node(std::size_t which, const std::string& arm = "default") const {
        return nodes.at(arm).at(which);
    }
    double value(std::size_t node, const std::string& arm = "default") const {
        return nodes.at(arm).at(node).at(0);
    }
};

/// Runs a scenario as `cercle run` does.
inline LaboratoryRun run_scenario(const scenarios::ScenarioSource& source) {
    const scenarios::Study study(scenarios::read_scenario(source));
    const sim::ResultsHead head = study.head();
    LaboratoryRun result;
    scenarios::execute(
        study, study.batches(16), {.threads = 1},
        [&](sim::Record record) {
            if (record.status == sim::RunStatus::failed) throw sim::LogicError(record.failure);
            const std::string& arm = head.arms[record.batch.arm];
            for (std::size_t which = 0; which < head.outcomes.size(); ++which) {
                auto& samples = result.outcomes[arm][head.outcomes[which].name];
                for (std::size_t lane = 0; lane < record.batch.lanes; ++lane) {
                    samples.push_back(record.outcome(which, lane));
                }
            }
            result.nodes[arm].resize(head.nodes);
            for (std::size_t row = 0; row < record.nodes.size(); ++row) {
                result.nodes[arm][row % head.nodes].push_back(record.nodes[row]);
            }
        },
        [](const scenarios::Tally&) {});
    return result;
}

/// A shipped scenario, with what --set would add.
inline scenarios::ScenarioSource laboratory_source(const std::string& name,
                                                   std::vector<std::string> overrides) {
    return scenarios::load_scenario_file(
        CERCLE_SOURCE_DIR "/scenarios/laboratory/" + name + ".toml", std::move(overrides));
}

inline LaboratoryRun run_laboratory(const std::string& name,
                                    std::vector<std::string> overrides = {}) {
    return run_scenario(laboratory_source(name, std::move(overrides)));
}

/// Runs what a shipped scenario says before its first arm, as one arm.
inline LaboratoryRun run_without_arms(const std::string& name, std::vector<std::string> overrides) {
    scenarios::ScenarioSource source = laboratory_source(name, std::move(overrides));
    source.text.resize(source.text.find("[[arm]]"));
    return run_scenario(source);
}

/// Mean of the samples that are known.
inline double mean_of(const std::vector<double>& samples) {
    double sum = 0.0;
    double count = 0.0;
    for (const double sample : samples) {
        if (std::isnan(sample)) continue;
        sum += sample;
        count += 1.0;
    }
    return sum / count;
}

inline double covariance(const std::vector<double>& one, const std::vector<double>& other) {
    const double mean_one = mean_of(one);
    const double mean_other = mean_of(other);
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t i = 0; i < one.size(); ++i) {
        if (std::isnan(one[i]) || std::isnan(other[i])) continue;
        sum += (one[i] - mean_one) * (other[i] - mean_other);
        count += 1.0;
    }
    return sum / (count - 1.0);
}

/// How many standard errors the mean of samples lies from its exact value.
inline double errors_of_mean(const std::vector<double>& samples, double exact) {
    double count = 0.0;
    for (const double sample : samples) count += std::isnan(sample) ? 0.0 : 1.0;
    return (mean_of(samples) - exact) / std::sqrt(covariance(samples, samples) / count);
}

/// The same of their standard deviation, whatever their distribution.
inline double errors_of_deviation(const std::vector<double>& samples, double exact) {
    const double mean = mean_of(samples);
    const double variance = covariance(samples, samples);
    double fourth = 0.0;
    double count = 0.0;
    for (const double sample : samples) {
        if (std::isnan(sample)) continue;
        fourth += std::pow(sample - mean, 4.0);
        count += 1.0;
    }
    const double kurtosis = fourth / count / (variance * variance);
    const double deviation = std::sqrt(variance);
    return (deviation - exact) / (deviation * std::sqrt((kurtosis - 1.0) / (4.0 * count)));
}

/// The same of a covariance of normal samples (of a variance, when both are the same).
inline double errors_of_covariance(const std::vector<double>& one, const std::vector<double>& other,
                                   double exact) {
    const double between = covariance(one, other);
    const double spread = covariance(one, one) * covariance(other, other) + between * between;
    return (between - exact) / std::sqrt(spread / static_cast<double>(one.size()));
}

}
