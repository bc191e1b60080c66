#pragma once

#include <nlohmann/json.hpp>

#include "analysis/report/page.hpp"
#include "analysis/report/words.hpp"

namespace cercle::analysis {

/// A number of a stored report; NaN where it is not known.
double number_in(const nlohmann::ordered_json& json, const char* key);

/// How often the tests of a channel speak up in worlds without contagion on its network.
ReportFigure size_figure(const nlohmann::ordered_json& channel, const ReportWords& words);

/// How often contagion of each strength is found, and the smallest that surely is four times in five.
ReportFigure power_figure(const nlohmann::ordered_json& channel, const ReportWords& words);

}
