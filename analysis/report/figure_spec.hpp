#pragma once

#include <string_view>

#include <nlohmann/json.hpp>

namespace cercle::analysis {

/// The Vega-Lite design `figures/NAME.vl.json` with every text "$key" replaced by the value of that
/// key. A key of the design without a value, or the other way round, is a LogicError.
nlohmann::ordered_json figure_spec(std::string_view name, const nlohmann::ordered_json& values);

/// Colours and dashes that tell series apart, also for the colour-blind and in black and white.
/// Source of the colours: Okabe & Ito 2008, as page/style.css has them for light and dark pages.
nlohmann::ordered_json colours_of(std::size_t series);
nlohmann::ordered_json dashes_of(std::size_t series);

/// A number with the six digits a drawing needs; null when not known.
nlohmann::ordered_json drawn(double number);

}
