#pragma once

#include <cmath>
#include <optional>

#include <nlohmann/json.hpp>

namespace cercle::analysis {

/// A number as JSON has it: null where there is none (not a number, infinite).
inline nlohmann::ordered_json json_number(double value) {
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

inline nlohmann::ordered_json json_number(const std::optional<double>& value) {
    return value ? json_number(*value) : nlohmann::ordered_json(nullptr);
}

}
