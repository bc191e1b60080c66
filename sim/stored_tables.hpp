#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "sim/table_file.hpp"

namespace cercle::sim {

/// A file of tables as read: every column by its name.
struct StoredTables {
    std::map<std::string, std::string> attributes; ///< texts of the root
    std::map<std::string, FileColumn> columns;     ///< of the root and of its groups

    bool has(const std::string& column) const { return columns.contains(column); }
    /// Throws UserError when the file has no such column.
    const FileColumn& column(const std::string& name) const;
    std::filesystem::path path;
};

/// What a file says it is, its attribute filetype: "cercle-results", "cercle-claims",
/// "cercle-verdict"; "" when it says nothing. Throws UserError for a file that is missing, foreign
/// or cut short.
std::string filetype_of(const std::filesystem::path& path);

/// Reads the columns of texts and numbers of a file that write_tables, or another writer of ours,
/// made.
StoredTables read_tables(const std::filesystem::path& path);

}
