#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "sim/results_file.hpp"

namespace cercle::analysis {

struct ExportOptions {
    std::filesystem::path folder; ///< made when it is not there
    enum class Existing { refuse, overwrite } existing = Existing::refuse;
    double confidence = 0.95; ///< of the intervals in summary.csv
};

struct ExportedFile {
    std::filesystem::path path;
    std::size_t rows = 0; ///< without headers
};

/// Writes a result file as tidy CSV (RFC 4180, UTF-8): runs.csv, series.csv, nodes.csv
/// when values of nodes were kept, summary.csv, design.csv when the study has factors,
/// behaviorspace.csv, and columns.csv, which explains every column of the others. Numbers are the
/// shortest text that reads back to the same bits; a missing one is empty. Memory is bounded by a
/// batch of runs. Throws UserError when one of the files is there and may not be overwritten.
std::vector<ExportedFile> export_results(const sim::ResultsReader& results,
                                         const ExportOptions& options);

}
