#pragma once

#include <cstdint>
#include <vector>

#include "analysis/inference/permutations.hpp"
#include "analysis/inference/transmission.hpp"
#include "analysis/statistics.hpp"

namespace cercle::analysis {

/// How permutation tests of the battery are run.
struct TestOptions {
    std::size_t permutations = 999;
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    /// Stop a test once its p is above this: 1 never stops. Calibration needs no exact large p.
    double stop_above = 1.0;
};

/// Do people who are tied resemble each other? Mean answers over all waves.
struct ResemblanceTest {
    std::size_t people = 0; ///< with an answer and contacts who answered
    double moran = not_known;
    double p = not_known;        ///< rearranged among everybody of a kind
    double p_inside = not_known; ///< rearranged inside teams
};
ResemblanceTest test_resemblance(const Transmission& data, const TestOptions& options);

/// Do contacts' answers tell the next answer, beyond people's own level and what their team shares
/// at the time? Effects of person and of team x wave.
struct LagTest {
    std::size_t steps = 0;  ///< answers that follow one, with contacts who answered before
    std::size_t people = 0; ///< they come from
    std::size_t teams = 0;
    double months = not_known;    ///< from contacts' answers to people's, median
    double effect = not_known;    ///< sd per sd of contacts, from wave to wave
    double jackknife = not_known; ///< the same with half-panel jackknife (Dhaene and Jochmans 2015)
    double se = not_known;        ///< clustered by team; by person where there are under ten teams
    Interval interval;            ///< 95 %, Student t with clusters - 1, about the jackknife
    double p = not_known;         ///< one-sided, people rearranged inside teams
    double simultaneity = not_known;   ///< T3: correlation of residuals along ties, same wave
    double simultaneity_p = not_known; ///< two-sided
};
LagTest test_lag(const Transmission& data, const TestOptions& options);

/// Whether rearranging people inside their teams changes anybody's contacts.
bool is_rearrangeable(const Transmission& data);

}
