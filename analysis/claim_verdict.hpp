#pragma once

#include <span>
#include <string>
#include <vector>

#include "analysis/statistics.hpp"

namespace cercle::analysis {

/// What the model says of a claim.
enum class Verdict {
    follows,      ///< as given and wherever the assumed values lie
    assumed,      ///< as given, but not at every end of the assumed values
    does_not,     ///< as given, the effect is too small or goes the other way
    not_testable, ///< the model has nothing to say
    undecided     ///< too few replicates to tell
};

/// The verdicts, in the order in which they are counted.
inline constexpr Verdict verdicts[] = {Verdict::follows, Verdict::assumed, Verdict::does_not,
                                       Verdict::not_testable, Verdict::undecided};

/// What an interval says of an effect that is claimed to be at least so large.
enum class Reading {
    holds,     ///< all of it lies beyond the smallest effect that matters
    too_small, ///< all of it lies short of that effect
    opposite,  ///< too small, and all of it on the other side of zero
    none,      ///< at an end: next to nothing is left of the effect as given
    open       ///< the smallest effect that matters lies within it
};

/// The claimed direction and size of an effect.
struct Claimed {
    bool rises = true;
    double smallest = 0.0; ///< > 0, in the unit of the effect
};

Reading read_effect(const Interval& effect, const Claimed& claimed);

/// Whether all of an effect lies within a hundredth of what it is as given.
bool is_next_to_nothing(const Interval& effect, double as_given);

/// The verdict on a claim from its effect as given (first) and at the ends of what it assumes.
Verdict verdict_of(std::span<const Reading> readings);

/// Replicates at which the interval, which shrinks with their root, would no longer hold the
/// smallest effect that matters; 0 when it does not already, or never would.
std::size_t replicates_needed(const Summary& effect, const Claimed& claimed);

}
