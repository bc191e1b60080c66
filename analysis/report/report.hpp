#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "analysis/report/page.hpp"

namespace cercle::analysis {

/// What result files of any kind say, as one page: studies, claims and verdicts on surveys, in the
/// order given. Throws UserError for a file that is missing, foreign, newer or cut short, or holds
/// nothing finished. Arms are set against `reference`, or the last where it is empty.
ReportPage report_of(const std::vector<std::filesystem::path>& files, Language language,
                     const std::string& reference = {});

}
