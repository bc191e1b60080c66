#pragma once

#include <string>
#include <vector>

namespace cercle::apps {

/// Prints a CSV row for every run that these result files are for: where it stands, its status,
/// what run --resume does with it, and why.
void print_runs(const std::vector<std::string>& files);

}
