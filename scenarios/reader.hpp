#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/document.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/sheet.hpp"
#include "scenarios/vocabulary.hpp"

namespace cercle::scenarios {

/// Reads a scenario in a vocabulary of one's own; the other read_scenario uses the program's.
Scenario read_scenario(const ScenarioSource& source, const Vocabulary& vocabulary);

/// Keys at the top of a scenario that are neither parameters nor presets.
const std::vector<std::string>& head_keys();

/// An arm as given: its name, where the name stands, and what it sets.
struct GivenArm {
    std::string name;
    Place place;
    Sheet sheet;
};

/// What the command line sets: keys of the head ("seed"), and parameters and presets.
struct Overrides {
    Table head;
    Sheet sheet;
};

/// Reads the format version, title, seed and replicates.
Scenario read_head(const Table& top, ProblemList& problems);

/// Reads when a study may stop before its last replicate, once its arms are known; none where
/// replicates is a number.
std::optional<Stopping> read_stopping(const Table& top, const Scenario& scenario,
                                      ProblemList& problems);

/// Reads [[arm]]; one arm named "default" when there is none.
std::vector<GivenArm> read_arms(const Table& top, const Vocabulary& vocabulary,
                                ProblemList& problems);

/// Reads [design] and [[factor]] and makes the points; a file of points is looked for in `folder`.
/// Under "toggles" the points are made by `complete_toggles`, when the arms are known.
Design read_design(const Table& top, const Vocabulary& vocabulary, const sim::TextFolder& folder,
                   ProblemList& problems);

/// Names a design.method may have.
const std::vector<std::string>& design_methods();

/// Tells of keys of [design] and [[factor]] that do nothing under its method: they belong to
/// others.
void refuse_idle_keys(const Table& top, ProblemList& problems);

/// What keeps the factors from making the points of a method: it wants a size, levels, as many
/// levels of each, or more than one factor.
void check_design(const DesignMethod& method, const std::vector<Factor>& factors, Place place,
                  ProblemList& problems);

/// Under toggles: the arms must be two, over the same people, and each mechanism one in which they
/// differ. What they differ in besides is one mechanism more, so that the shares add up.
void complete_toggles(Scenario& scenario, Place place, ProblemList& problems);

/// Reads [claim] of a scenario whose arms are read; none without that table.
std::optional<Claim> read_claim(const Table& top, const Scenario& scenario,
                                const Vocabulary& vocabulary, ProblemList& problems);

/// Reads every "path=value" of the command line.
Overrides read_overrides(const std::vector<std::string>& texts, const Vocabulary& vocabulary,
                         ProblemList& problems);

}
