#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/file_problems.hpp"
#include "sim/text_file.hpp"

namespace cercle::sim {

/// A table of text with named columns, as a CSV file holds it. Every row knows its line.
class CsvTable {
public:
    CsvTable(std::string file, std::vector<std::string> columns)
        : file_(std::move(file)), columns_(std::move(columns)) {}

    const std::string& file() const { return file_; }
    const std::vector<std::string>& columns() const { return columns_; }
    std::size_t rows() const { return lines_.size(); }
    /// Line of the file a row starts on, from 1.
    std::size_t line(std::size_t row) const { return lines_[row]; }
    const std::string& cell(std::size_t row, std::size_t column) const {
        return cells_[row * columns_.size() + column];
    }
    std::optional<std::size_t> column(std::string_view name) const;

    /// Adds a row of as many fields as there are columns.
    void add(std::size_t line, std::vector<std::string> fields);

private:
    std::string file_;
    std::vector<std::string> columns_;
    std::vector<std::size_t> lines_;
    std::vector<std::string> cells_;
};

/// Reads CSV (RFC 4180): UTF-8 with or without byte order mark, LF or CRLF, `,` or `;` (whichever
/// the header has more of), fields in double quotes may hold separators, line ends and doubled
/// quotes. Blanks around unquoted fields are dropped, empty lines skipped. Mistakes go to
/// `problems`: not UTF-8, lines that end in CR alone, tabs between fields, no header, a column
/// without a name or twice, rows with more or fewer fields (many alike are told once), an open
/// quote. Rows with mistakes are left out.
CsvTable parse_csv(const std::string& file, std::string_view text, FileProblems& problems);

/// The same from a file; `what` names its purpose in messages ("file of ties").
CsvTable read_csv(const TextFile& file, std::string_view what, FileProblems& problems);

/// Whether all these columns are there; a missing one is a problem that names the nearest one, and
/// ends with the advice where there is any.
bool has_columns(const CsvTable& table, std::span<const std::string> names, FileProblems& problems,
                 std::string_view advice = "");

/// Adds a problem for each column that is none of the known ones but nearly the name of one that is
/// missing: a misspelt column would be left out in silence. Other columns are the user's own.
void refuse_misspelt(const CsvTable& table, std::span<const std::string> known,
                     FileProblems& problems);

/// The finite number a field holds and nothing else, whatever the locale.
std::optional<double> number_in(std::string_view field);

/// What is wrong with a field that holds no number: `weight = "0,5" is not a number (decimal
/// comma); write 0.5`.
std::string not_a_number(std::string_view column, std::string_view field);

}
