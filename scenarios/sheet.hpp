#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/document.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/vocabulary.hpp"

namespace cercle::scenarios {

/// A checked value of one parameter and where it was given.
struct Setting {
    std::string path;
    sim::Value value;
    Place place;
};

/// A preset that was chosen, by name or by the choice that stands for it.
struct ChosenPreset {
    const Preset* preset = nullptr;
    Place place;
};

/// What one part of the input sets: the top of the file, an arm, or the command line.
struct Sheet {
    std::vector<ChosenPreset> presets;
    std::vector<Setting> settings;
};

/// What reading a sheet needs to know besides its table.
struct SheetContext {
    const Vocabulary& vocabulary;
    /// Keys at the top of the table that are no parameters and are read elsewhere.
    std::vector<std::string> own_keys;
    /// Whether values that all arms share may be set here.
    bool may_set_shared = true;
};

/// Reads every parameter and preset of a table.
Sheet read_sheet(const Table& table, const SheetContext& context, ProblemList& problems);

/// Adds one value to a sheet, as a preset where its choice stands for one.
void add_setting(Sheet& sheet, Setting setting, const Vocabulary& vocabulary);

/// Adds the presets a `preset` key names.
void add_presets(Sheet& sheet, const Node& node, const Vocabulary& vocabulary,
                 ProblemList& problems);

/// Reports presets of one sheet that stand for different choices of the same parameter.
void check_choices(const Sheet& sheet, ProblemList& problems);

/// A value for a parameter; none, and a problem, when it does not fit.
std::optional<sim::Value> read_value(const sim::Parameter& parameter, const Node& node,
                                     ProblemList& problems);

}
