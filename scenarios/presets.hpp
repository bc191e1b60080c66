#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/embedded_file.hpp"
#include "sim/parameter.hpp"

namespace cercle::scenarios {

/// A file of scenarios/presets, as built into the program.
using PresetFile = sim::EmbeddedFile;

/// A named set of parameter values.
struct Preset {
    std::string name;
    std::string title; ///< one sentence
    /// The parameter whose choice is the same as choosing this preset ("governance.regime"), or "".
    std::string chosen_by;
    std::vector<std::pair<std::string, sim::Value>> values;

    /// The value of `chosen_by` that stands for this preset; an empty text without one.
    sim::Value choice() const;
};

/// The presets built into the program, by name.
std::span<const PresetFile> preset_files();

/// Reads preset files. A mistake in one is ours, not the user's: LogicError with all of them.
std::vector<Preset> read_presets(std::span<const PresetFile> files,
                                 const sim::ParameterTable& parameters);

}
