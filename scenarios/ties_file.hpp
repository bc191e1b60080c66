#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "sim/csv.hpp"

namespace cercle::scenarios {

/// A tie as ties.csv tells of it.
struct FileTie {
    std::size_t line = 0;
    std::string from;
    std::string to;
    std::string kind;
    double weight = 1.0;
    std::string start_date; ///< ISO 8601, so that texts compare as dates; "" when not told
    std::string end_date;
};

/// The ties of one file. Ties with mistakes are left out.
struct TiesFile {
    std::string file;
    std::vector<FileTie> ties;
    std::size_t rows = 0; ///< below the header, right or wrong
};

/// What a file of ties may hold.
struct TieKinds {
    std::string usual = "colleague";     ///< of ties without a kind
    std::vector<std::string> asked = {}; ///< accepted beside the known kinds
};

/// Reads ties.csv: from_id, to_id, and as far as there kind, weight, start_date, end_date. Notes
/// rows that name nobody or one person twice, unknown kinds, weights that are no positive number
/// and dates that are none. Known kinds: colleague, manager, account, client_client, and as other
/// ties among employees advice, friendship, trust, help.
TiesFile read_ties(const sim::TextFile& file, const TieKinds& kinds, sim::FileProblems& problems);
/// The same of a table that was read.
TiesFile ties_in(const sim::CsvTable& table, const TieKinds& kinds, sim::FileProblems& problems);

/// The columns with a meaning.
const std::vector<std::string>& ties_columns();

/// Whether a text is a calendar date written 2026-11-22.
bool is_date(const std::string& text);

}
