#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "analysis/inference/battery_report.hpp"
#include "analysis/inference/privacy.hpp"
#include "sim/new_file.hpp"

namespace cercle::analysis {

/// What a verdict file holds beside the report.
struct VerdictFile {
    std::filesystem::path place;
    sim::NewFile::Existing existing = sim::NewFile::Existing::refuse;
    Language language = Language::english;
    std::map<std::string, std::string> attributes; ///< version, commit, command line, ...
};

/// Writes the report as HDF5 by the netCDF-4 data model: a row for each channel, the whole report
/// as JSON, and the means of teams that may be told. No id of a person or team is in it.
void write_verdict(const VerdictFile& file, const BatteryReport& report, const GroupTable& teams);

}
