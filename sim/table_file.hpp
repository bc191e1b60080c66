#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sim/new_file.hpp"
#include "sim/record.hpp"

namespace cercle::sim {

/// A column of a table: numbers or texts.
struct FileColumn {
    Metric what;
    std::vector<double> numbers = {}; ///< NaN where missing
    std::vector<std::string> texts = {};
};

/// Columns of one length over rows that have names.
struct FileTable {
    FileColumn rows; ///< texts
    std::vector<FileColumn> columns;
};

/// Tables in one group of an HDF5 file that netCDF readers open.
struct TableFile {
    std::string group;
    std::map<std::string, std::string> attributes; ///< of the file
    std::vector<FileTable> tables;
};

/// Writes the file whole or not at all. Throws UserError when it exists and may not be replaced, or
/// is no result file; RuntimeFailure when it cannot be written.
void write_tables(const std::filesystem::path& path, const TableFile& content,
                  NewFile::Existing existing);

}
