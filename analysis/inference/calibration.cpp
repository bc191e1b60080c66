#include "analysis/inference/calibration.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>

namespace cercle::analysis {
namespace {

/// One simulated panel of one world, and what the rule said about one channel.
struct Outcome {
    bool significant = false;
    bool evidence = false;
    double lag_effect = not_known;
    double handover_effect = not_known;
    double shock_effect = not_known;
};

/// A calibration that has no objection: the rule is what is measured.
const Calibration& faultless() {
    static const Calibration calibration{
        .nulls = {{.world = "null", .panels = fewest_panels, .significant = 0.0, .evidence = 0.0}},
        .powers = {{.weight = 0.25, .panels = 1, .significant = 1.0, .evidence = 1.0}}};
    return calibration;
}

Outcome outcome_of(const Survey& survey, const Panels& panels, const Channel& channel,
                   const TestOptions& tests) {
    const Evidence evidence = evidence_of(survey, panels, channel, tests, Tests::confirmatory);
    const Verdict verdict = decide(evidence, &faultless());
    Outcome outcome{.significant = verdict.level >= Level::compatible,
                    .evidence = verdict.level >= Level::evidence,
                    .lag_effect = evidence.lag.jackknife};
    if (evidence.handovers) outcome.handover_effect = evidence.handovers->effect;
    if (evidence.shock && evidence.shock->first_stage >= strong_first_stage) {
        outcome.shock_effect = evidence.shock->effect;
    }
    return outcome;
}

/// The survey with simulated answers in the place of its own, where T6 reads them.
Survey answered(const Survey& survey, const Panels& panels) {
    Survey result = survey;
    for (Score& score : result.scores) {
        const auto& panel = survey.is_client(score.person) ? panels.clients : panels.employees;
        if (!panel || panel->instrument != score.instrument) continue;
        const auto wave = std::ranges::lower_bound(panel->waves, score.date);
        score.value = panel->y(score.person, wave - panel->waves.begin());
    }
    return result;
}

/// A world to simulate and the channels to look at in it.
struct Task {
    SurveyWorld world;
    std::vector<std::size_t> channels;
    bool contagion = false;
};

/// Runs every task `options.panels` times; results by task, channel of the task, panel.
class Simulations {
public:
    Simulations(const Survey& survey, const Panels& panels, const std::vector<Channel>& channels,
                const CalibrationOptions& options)
        : survey_(survey), frame_(survey, panels),
          law_(options.law ? *options.law : fitted_law(survey, panels)), channels_(channels),
          options_(options) {}

    const SurveyLaw& law() const { return law_; }

    std::vector<std::vector<std::vector<Outcome>>> run(const std::vector<Task>& tasks) const {
        std::vector<std::vector<std::vector<Outcome>>> results;
        for (const Task& task : tasks) {
            results.emplace_back(task.channels.size(), std::vector<Outcome>(options_.panels));
        }
        const std::size_t total = tasks.size() * options_.panels;
        std::atomic<std::size_t> done = 0;
        in_parallel(total, options_.threads, [&](std::size_t number) {
            const std::size_t which = number / options_.panels;
            const std::size_t panel = number % options_.panels;
            const Task& task = tasks[which];
            const Panels simulated = answers_in(task.world, static_cast<std::uint32_t>(number));
            const TestOptions tests{.permutations = options_.permutations,
                                    .seed = options_.seed + 1 + number,
                                    .threads = 1,
                                    .stop_above = 0.1};
            const bool shock = outside_shock(survey_).has_value();
            const std::optional<Survey> told =
                shock ? std::optional(answered(survey_, simulated)) : std::nullopt;
            for (std::size_t c = 0; c < task.channels.size(); ++c) {
                results[which][c][panel] = outcome_of(told ? *told : survey_, simulated,
                                                      channels_[task.channels[c]], tests);
            }
            options_.progress(++done, total);
        });
        return results;
    }

private:
    /// As answers that were given are looked at: standardised.
    Panels answers_in(const SurveyWorld& world, std::uint32_t number) const {
        Panels panels = frame_.simulate(world, law_, options_.seed, number);
        if (panels.employees) standardise(*panels.employees, survey_);
        if (panels.clients) standardise(*panels.clients, survey_);
        return panels;
    }

    const Survey& survey_;
    SurveyFrame frame_;
    SurveyLaw law_;
    const std::vector<Channel>& channels_;
    const CalibrationOptions& options_;
};

double share(const std::vector<Outcome>& outcomes, bool Outcome::*what) {
    const auto count =
        std::ranges::count_if(outcomes, [&](const Outcome& outcome) { return outcome.*what; });
    return static_cast<double>(count) / static_cast<double>(outcomes.size());
}

double mean(const std::vector<Outcome>& outcomes, double Outcome::*what) {
    double sum = 0.0, count = 0.0;
    for (const Outcome& outcome : outcomes) {
        if (std::isnan(outcome.*what)) continue;
        sum += outcome.*what;
        count += 1.0;
    }
    return count > 0.0 ? sum / count : not_known;
}

/// What was found in one world of a task.
void add_outcomes(Calibration& calibration, const Task& task,
                  const std::vector<Outcome>& outcomes) {
    const double significant = share(outcomes, &Outcome::significant);
    const double evidence = share(outcomes, &Outcome::evidence);
    if (!task.contagion) {
        calibration.nulls.push_back({task.world.name, outcomes.size(), significant, evidence});
        return;
    }
    calibration.powers.push_back({task.world.weight, outcomes.size(), significant, evidence,
                                  mean(outcomes, &Outcome::lag_effect),
                                  mean(outcomes, &Outcome::handover_effect),
                                  mean(outcomes, &Outcome::shock_effect)});
}

constexpr double strong_stress = 0.25; // of the variance

/// Worlds without contagion in a channel, and the channels each is put to.
std::vector<Task> null_tasks(const SurveyLaw& law, const std::vector<Channel>& channels) {
    std::vector<std::size_t> every, joining;
    for (std::size_t c = 0; c < channels.size(); ++c) {
        every.push_back(c);
        if (channels[c].joins_kinds()) joining.push_back(c);
    }
    std::vector<Task> tasks;
    for (const SurveyWorld& world : null_worlds(law)) tasks.push_back({world, every, false});
    if (!joining.empty()) tasks.push_back({contact_effects_world(), joining, false});
    for (const std::size_t c : joining) tasks.push_back({reverse_world(channels[c]), {c}, false});
    return tasks;
}

}

std::vector<SurveyWorld> null_worlds(const SurveyLaw& law) {
    constexpr double strong_trait = 0.64; // r(trait, level) = .8
    constexpr double some_shocks = 0.05;
    const double trait = std::max(law.trait_share, strong_trait);
    const std::array<double, 2> shocks{std::max(law.team_share[0], some_shocks),
                                       std::max(law.team_share[1], some_shocks)};
    return {{.name = "null"},
            {.name = "homophily", .homophily = trait},
            {.name = "shocks", .team_shocks = shocks},
            {.name = "homophily and shocks", .homophily = trait, .team_shocks = shocks},
            {.name = "hidden shocks", .hidden_shocks = strong_stress}};
}

SurveyWorld contact_effects_world() {
    return {.name = "contact effects", .contact_effects = strong_stress};
}

SurveyWorld reverse_world(const Channel& channel) {
    constexpr double strong_contagion = 0.5;
    return {.name = "reverse contagion",
            .channel = channel.receivers_are_clients ? "client_employee" : "employee_client",
            .weight = strong_contagion};
}

SurveyWorld contagion_world(const SurveyLaw& law, const std::string& channel, double weight) {
    return {.name = "contagion",
            .channel = channel,
            .weight = weight,
            .homophily = law.trait_share,
            .team_shocks = law.team_share};
}

std::vector<Calibration> calibrate(const Survey& survey, const Panels& panels,
                                   const std::vector<Channel>& channels,
                                   const CalibrationOptions& options) {
    const Simulations simulations(survey, panels, channels, options);
    std::vector<Task> tasks;
    if (options.with_nulls) tasks = null_tasks(simulations.law(), channels);
    for (std::size_t c = 0; c < channels.size(); ++c) {
        for (const double weight : options.weights) {
            tasks.push_back(
                {contagion_world(simulations.law(), channels[c].name, weight), {c}, true});
        }
    }
    const auto results = simulations.run(tasks);
    std::vector<Calibration> calibrations(channels.size());
    for (std::size_t t = 0; t < tasks.size(); ++t) {
        for (std::size_t k = 0; k < tasks[t].channels.size(); ++k) {
            add_outcomes(calibrations[tasks[t].channels[k]], tasks[t], results[t][k]);
        }
    }
    return calibrations;
}

}
