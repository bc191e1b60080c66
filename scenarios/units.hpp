#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace cercle::scenarios {

/// Why a text is no quantity in a unit.
struct UnitMistake {
    std::string problem; ///< to be read after `path = "text" `: "is not in a unit of month"
    std::string advice;  ///< what to write instead, or ""
    enum class Kind { no_quantity, wrong_unit } kind = Kind::wrong_unit;
};

/// A number with a unit as a scenario writes it, brought to the unit of a parameter:
///     in_unit("5 %/year", "1/month") is 0.05 / 12,  in_unit("0.5 years", "month") is 6.
/// A year is 12 months of 365.25 / 12 days of 24 hours. A percentage per year is a rate (a hazard)
/// and stays one: it is not turned into a probability, and is refused where a probability is
/// wanted. A text without unit is already in the parameter's unit.
std::variant<double, UnitMistake> in_unit(std::string_view text, const std::string& unit);

}
