#pragma once

#include <map>
#include <string>
#include <vector>

#include "analysis/claims.hpp"
#include "sim/table_file.hpp"

namespace cercle::analysis {

/// The results as the group `claims` of a file: a row for each claim, with what it takes to repeat
/// it, and a row for each effect where an assumed value lies at an end.
sim::TableFile claims_file(const std::vector<ClaimResult>& results,
                           const std::map<std::string, std::string>& attributes);

}
