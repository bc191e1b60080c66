#pragma once

#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analysis/inference/power.hpp"
#include "analysis/language.hpp"
#include "sim/table_file.hpp"

namespace cercle::analysis {

/// A table of what surveys would find, of at most `width` columns, and how to read it.
std::string power_text(const std::vector<PlannedPower>& powers, Language language,
                       std::size_t width);
nlohmann::ordered_json power_json(const std::vector<PlannedPower>& powers);
/// The same as columns of a file, a row for each plan.
sim::FileTable power_table(const std::vector<PlannedPower>& powers);

}
