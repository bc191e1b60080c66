#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/inference/battery.hpp"

namespace cercle::analysis {

/// One-sided level of the confirmatory tests, over those of a channel (Holm).
inline constexpr double battery_alpha = 0.05;

/// Share of contagions found that is held to be enough.
inline constexpr double good_power = 0.80;

/// How often the decision rule speaks up in worlds of one kind, on the firm's own data.
struct WorldRate {
    std::string world; ///< null, homophily, shocks, homophily and shocks, hidden shocks, contact
                       ///< effects, reverse contagion
    std::size_t panels = 0;
    double significant = not_known; ///< share with a confirmatory test significant after Holm (V4
                                    ///< or more)
    double evidence = not_known;    ///< share that is found: called evidence (V5 or V6)
};

/// The same in worlds with contagion, and what the tests then find.
struct PowerPoint {
    double weight = 0.0; ///< share of contacts in what pulls people, w
    std::size_t panels = 0;
    double significant = not_known; ///< as in WorldRate
    double evidence = not_known;
    double lag_effect = not_known;      ///< mean of T2
    double handover_effect = not_known; ///< mean of T4
    double shock_effect = not_known;    ///< mean of T6
};

/// Size and power of the rule for one channel, measured on its own network.
struct Calibration {
    std::vector<WorldRate> nulls;
    std::vector<PowerPoint> powers; ///< by weight

    /// Simulated panels of each world without contagion.
    std::size_t panels() const;
    /// Largest share (of evidence, or significant) in all of them but hidden shocks, which the rule
    /// need not withstand.
    double size(double WorldRate::*share = &WorldRate::evidence) const;
    /// Power at a moderate contagion, w = .25.
    const PowerPoint* moderate() const;
    /// Smallest weight at which a share is four in five (between the points by a straight line);
    /// NaN when at the strongest it is not.
    double detectable_weight(double PowerPoint::*share) const;
};

enum class Level : std::uint8_t {
    not_testable,
    inconclusive,
    no_evidence,
    resemblance_only,
    compatible,
    evidence,
    strong_evidence
};

/// First-stage F below which the instrument of T6 is too weak to be used (Staiger and Stock 1997).
inline constexpr double strong_first_stage = 10.0;

/// Panels of each world without contagion from which on a rule counts as calibrated: none wrong
/// among 100 bounds how often it errs by 3 % (exact, one-sided .05).
inline constexpr std::size_t fewest_panels = 100;

/// Why a significant test is no evidence yet.
enum class Guard : std::uint8_t {
    lag_alone,      ///< only T2 speaks
    simultaneity,   ///< T3 rejects
    balance,        ///< clients differed before the hand-over
    size,           ///< the rule errs too often on this network
    not_calibrated, ///< how often it errs was not measured
};

/// Why nothing can be asked.
enum class Obstacle : std::uint8_t {
    none,
    few_people, ///< whose answers would be told
    one_wave,
    two_waves, ///< T2 compares people with themselves, and takes their answer before into account
    few_linked,
    few_in_a_row, ///< no one has answers in three waves in a row
    complete_teams,
    no_answers,
    all_alike, ///< everybody gives one answer, always
    unchanging ///< nobody ever gives another answer than before
};

/// Wiring (Diagnostics) below which T2 has nothing to go by. Measured on twelve teams of eight: .59
/// where they have half their ties, .07 two ties short of complete, .03 one tie short; errors of
/// T2 are then twice and three times those at .59.
inline constexpr double least_wiring = 0.06;
inline constexpr double good_wiring = 0.20; ///< below, it is said that there is little

struct Significance {
    std::string test; ///< "T2", "T4", "T6"
    double p = not_known;
    double holm = not_known; ///< adjusted for the tests of the channel
    /// Whether the effect that is told points the way that the p is of.
    bool agrees = true;
    bool rejects() const { return holm <= battery_alpha && agrees; }
    /// Significant, and yet it does not count.
    bool is_opposed() const { return holm <= battery_alpha && !agrees; }
};

struct Verdict {
    Level level = Level::not_testable;
    Obstacle obstacle = Obstacle::none;
    std::vector<Guard> guards;
    std::vector<Significance> tests;
    std::string by; ///< the test whose effect is told
    double effect = not_known;
    Interval interval;
    double months = not_known; ///< until the effect
};

/// Whether T3 tells anything: over more than a quarter contagion itself makes contacts move
/// together.
bool simultaneity_informs(const Evidence& evidence);

/// Whether evidence (V5) can be had in a channel: clients were handed over, or an outside shock is
/// strong enough. Elsewhere the most is a significant test (V4).
bool evidence_possible(const Evidence& evidence);

/// How strong a cause nobody recorded must be, as a risk ratio with contact and person both, to
/// explain an effect away (VanderWeele and Ding 2017; RR = exp(.91 d) for standardised effects).
struct EValue {
    double effect = not_known;
    double limit = not_known; ///< of the end of the interval next to nothing; 1 if it holds nothing
};
EValue e_value(double effect, const Interval& interval);

/// p adjusted for several tests (Holm 1979), in their order.
std::vector<double> holm(const std::vector<double>& p);

Verdict decide(const Evidence& evidence, const Calibration* calibration);

}
