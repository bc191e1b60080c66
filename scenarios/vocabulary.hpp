#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/presets.hpp"
#include "sim/error.hpp"
#include "sim/parameter.hpp"

namespace cercle::scenarios {

/// What a scenario file may say: its parameters, its presets, and what must hold between values.
struct Vocabulary {
    sim::ParameterTable parameters;
    std::vector<Preset> presets;
    std::function<sim::Problems(const sim::Settings&)> check;
    /// Why a path that is known elsewhere has no place here, to be put after "unknown ..."; "" for
    /// one that is known nowhere.
    std::function<std::string(std::string_view path)> explain = {};
    /// Tables of which all arms share the values, because results have one calendar.
    std::vector<std::string> shared_tables = {"laws", "observe", "time"};

    const sim::Parameter* parameter(std::string_view path) const;
    const Preset* preset(std::string_view name) const;
    /// The preset that a choice stands for, such as governance.regime = "cooperative".
    const Preset* preset_of_choice(std::string_view path, const sim::Value& value) const;
    bool is_table(std::string_view path) const;
    bool is_shared(std::string_view path) const;
    std::vector<std::string> preset_names() const;
};

/// "network.colleague" of "network.colleague.degree"; "" of a top name.
std::string_view table_of(std::string_view path);
/// "degree" of "network.colleague.degree".
std::string_view leaf_of(std::string_view path);

/// What an unknown key may have meant: the nearest name beside it, or the same or nearest name
/// elsewhere by its full path; nothing when none is near. `also` are names valid beside parameters.
std::string suggestion(const Vocabulary& vocabulary, std::string_view path,
                       std::span<const std::string> also);

/// The vocabulary of the whole model: all its parameters, the built-in presets, the checks of its
/// laws.
const Vocabulary& program_vocabulary();

/// The vocabulary of a scenario that names these laws in `laws`: that of the whole model when there
/// are none, else that of the laboratory.
Vocabulary vocabulary_of(const std::vector<std::string>& laws);

}
