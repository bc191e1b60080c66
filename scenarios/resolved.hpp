#pragma once

#include <string>

#include "scenarios/scenario.hpp"
#include "scenarios/vocabulary.hpp"

namespace cercle::scenarios {

/// The scenario written out in a vocabulary of one's own; the other resolved_text uses the
/// program's.
std::string resolved_text(const Scenario& scenario, const Vocabulary& vocabulary);

/// A text as TOML writes it, in quotes.
std::string quoted(const std::string& text);

/// A value as TOML writes it.
std::string toml_text(const sim::Value& value);

/// Parameters in the order of a TOML file: by table, then by name, so that no table opens twice.
std::vector<const sim::Parameter*> in_file_order(const sim::ParameterTable& parameters);

}
