#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/parameter.hpp"

namespace cercle::scenarios {

/// A text in both languages of its readers.
struct Bilingual {
    std::string en;
    std::string fr;

    bool empty() const { return en.empty(); }
};

/// The difference of two arms in one outcome; the level of the first arm where `off` is empty.
struct ArmDifference {
    std::string outcome;
    std::string on;
    std::string off;
};

/// A parameter without a measured value that a claim rests on, and the ends between which its value
/// may well lie.
struct Assumption {
    std::string path;
    sim::Value low;
    sim::Value high;
    Bilingual why; ///< the ends are these; empty where they follow the rule of docs/claims.md
};

/// What a value rests on that no study measured.
enum class Footing {
    assumed,            ///< nothing
    measured_direction, ///< a study that tells its direction or form
    fitted              ///< a pattern of the whole model
};

/// As the source of the parameter says.
Footing footing_of(const sim::Parameter& parameter);

/// A sentence of the source articles, and the contrast that would bear it out: the table [claim] of
/// a scenario, whose arms differ in nothing but the claim's mechanism.
struct Claim {
    std::string id;    ///< "C14"
    Bilingual name;    ///< a few words
    Bilingual text;    ///< what is claimed
    Bilingual test;    ///< what is compared: "with ... rather than ..."
    Bilingual limit;   ///< why the model cannot say; empty for a claim that it can test
    Bilingual measure; ///< what the effect is; empty: the outcome

    ArmDifference judged;                 ///< the effect
    std::optional<ArmDifference> against; ///< taken off the effect: what happens anyway
    std::optional<ArmDifference> per;     ///< what the effect is divided by
    /// What `against` is divided by before it is taken off: `per` then divides the first contrast
    /// alone.
    std::optional<ArmDifference> against_per;
    bool rises = true;                  ///< whether the claimed effect is above zero
    double smallest = 0.0;              ///< effect that matters, in the unit of the effect
    Bilingual because;                  ///< why no smaller one does
    std::vector<std::string> mechanism; ///< the paths in which arms differ
    std::vector<Assumption> assumes;
    /// Values at which the mechanism does nothing, though the arms still differ.
    std::vector<std::pair<std::string, sim::Value>> null_world;

    bool is_testable() const { return limit.empty(); }
};

}
