#pragma once

#include <string>
#include <vector>

#include "apps/study_output.hpp"
#include "scenarios/study.hpp"
#include "sim/results_file.hpp"
#include "sim/study_parts.hpp"

namespace cercle::apps {

/// All that the bits of a run depend on.
std::string origin_of(const scenarios::Study& study, const sim::ResultsHead& head);

/// Says how many runs are kept, run again and left, and which checkpoints those go on from.
void tell_what_is_kept(const RunWish& wish, const sim::Standing& before,
                       const std::vector<sim::Batch>& left, const std::string& origin);

}
