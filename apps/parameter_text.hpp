#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "sim/parameter.hpp"

namespace cercle::apps {

/// One block of lines a parameter: path and default, then unit and range, source, meaning.
std::string parameters_table(const sim::ParameterTable& table);

nlohmann::ordered_json parameters_json(const sim::ParameterTable& table);

/// What a parameter may be: its range or its choices; "" when anything goes.
std::string allowed_text(const sim::Parameter& parameter);

}
