#pragma once

#include <filesystem>
#include <vector>

#include "sim/hdf5.hpp"
#include "sim/results_file.hpp"

namespace cercle::sim {

/// How result files are opened: other processes may read a file that one is writing, and no raw
/// data is held back in memory.
Hdf5Handle results_access();

/// Makes an empty file. The path must not exist.
Hdf5Handle create_results(const std::filesystem::path& path);

/// Makes a result file of a study of which no run has been done. The path must not exist.
void lay_out_results(const std::filesystem::path& path, const ResultsHead& head,
                     const std::vector<NetworkTable>& networks);

}
