#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "analysis/inference/survey_world.hpp"
#include "analysis/inference/verdict.hpp"

namespace cercle::analysis {

struct CalibrationOptions {
    std::size_t panels = 200;       ///< of each world
    std::size_t permutations = 199; ///< .05 and Holm's .025 are steps of p
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    std::vector<double> weights{0.1, 0.25, 0.5};
    bool with_nulls = true;
    std::optional<SurveyLaw> law = {}; ///< none: fitted to the answers
    /// Told how many of how many panels are done.
    std::function<void(std::size_t, std::size_t)> progress = [](std::size_t, std::size_t) {};
};

/// Worlds without contagion: null, homophily, shocks, both, hidden shocks. What was fitted, but no
/// weaker than a trait of r = .8 and shocks of 5 %: a test that nothing strains is not tested.
std::vector<SurveyWorld> null_worlds(const SurveyLaw& law);
/// Contacts who do their clients good or ill by themselves.
SurveyWorld contact_effects_world();
/// Of a channel between employees and clients: strong contagion the other way.
SurveyWorld reverse_world(const Channel& channel);

/// Contagion in one channel, with the homophily and the team shocks of the law.
SurveyWorld contagion_world(const SurveyLaw& law, const std::string& channel, double weight);

/// How often the whole decision rule speaks up in simulated worlds on the survey's own network,
/// calendar and missing answers; one for each channel, in their order.
std::vector<Calibration> calibrate(const Survey& survey, const Panels& panels,
                                   const std::vector<Channel>& channels,
                                   const CalibrationOptions& options);

}
