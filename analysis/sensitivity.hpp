#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "analysis/experiment.hpp"
#include "analysis/statistics.hpp"

namespace cercle::analysis {

struct Estimate {
    double value = not_known;
    Interval interval = {}; ///< unknown where a method gives none
};

/// One number of each row: "first", "mu_star", "prcc".
struct Measure {
    std::string name;
    std::string header;   ///< as people write it: "mu*"
    bool in_unit = false; ///< of the outcome; else a plain number
    std::vector<Estimate> rows = {};
};

/// What a method says of one outcome, a row for each factor or, of oat, for each level.
struct Findings {
    std::vector<std::string> rows;
    std::vector<Measure> measures = {};
    std::size_t decisive = 0; ///< which measure says how far the study has come
    std::size_t blocks = 0;   ///< what an interval is over: base rows, trajectories or points
    std::size_t left_out = 0; ///< blocks with a point that has no finished run
};

/// First-order and total Sobol indices, the estimators of Saltelli et al. (2010) and Jansen (1999),
/// with intervals from `resamples` bootstrap samples of base rows (percentiles).
Findings sobol_indices(const Experiment& experiment, const OutcomeAtPoints& outcome,
                       double confidence);

/// Mean, mean size and spread of elementary effects (Morris 1991; Campolongo et al. 2007), each
/// the change of the outcome over the whole range of the factor; Student t over trajectories.
Findings elementary_effects(const Experiment& experiment, const OutcomeAtPoints& outcome,
                            double confidence);

/// Partial rank correlations of each factor and the outcome, the others held (Iman & Conover 1979),
/// with Fisher's interval; unknown for a nominal factor, which has no rank.
Findings rank_correlations(const Experiment& experiment, const OutcomeAtPoints& outcome,
                           double confidence);

/// What each level of a factor changes against the first point; Student t over replicates.
Findings single_effects(const Experiment& experiment, const OutcomeAtPoints& outcome,
                        double confidence);

/// How much of what varies is chance between replicates, not parameters; unknown with one
/// replicate.
struct Noise {
    double of_run = not_known;  ///< share of the variance of a single run
    double of_mean = not_known; ///< of the variance of the mean of a point's replicates; 1 where
                                ///< points differ no more than chance alone makes them
};

/// Separates replicates from parameters: one-way for a run; for the mean, what replicates share at
/// all points (they have the same random events) is taken out first, as it moves no index.
Noise replicate_noise(const Experiment& experiment, const OutcomeAtPoints& outcome);

/// Whether the intervals are narrow enough, and how large the study would have to be.
struct Convergence {
    std::string row;           ///< the widest
    std::string measure;       ///< of which it is; of saltelli any of the two, else the decisive
    double widest = not_known; ///< half-width; of Morris as a share of the largest mu*
    double wanted = not_known;
    std::size_t next = 0;            ///< base rows, trajectories or points; 0 when there are enough
    std::size_t next_replicates = 0; ///< so that chance makes at most a tenth; 0 when there are
    bool only_chance = false; ///< nothing but chance is seen: no number of replicates is known

    bool reached() const { return widest <= wanted && next_replicates == 0 && !only_chance; }
};

/// What an analysis says of one outcome.
struct Sensitivity {
    OutcomeAtPoints outcome;
    Summary over_points; ///< of the means of points
    Findings findings;
    Noise noise;
    Convergence convergence; ///< unknown for oat
};

struct SensitivityOptions {
    double confidence = 0.95;
    double precision = not_known; ///< half-width asked of intervals; unknown: 0.05, or 0.1 of
                                  ///< Morris' effects and rank correlations
};

/// Analyses every outcome by the method of the experiment. Throws UserError when none of them has
/// enough finished blocks.
std::vector<Sensitivity> sensitivities(const Experiment& experiment,
                                       const SensitivityOptions& options);

/// How far a measure is known, and the size that would bring it to the precision wanted.
Convergence convergence_of(const Experiment& experiment, const Findings& findings,
                           const Noise& noise, double wanted);

/// One table for each outcome, of at most `width` columns, and how to read it.
std::string sensitivity_text(const Experiment& experiment, const std::vector<Sensitivity>& all,
                             const SensitivityOptions& options, std::size_t width);

nlohmann::ordered_json sensitivity_json(const Experiment& experiment,
                                        const std::vector<Sensitivity>& all,
                                        const SensitivityOptions& options);

}
