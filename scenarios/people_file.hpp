#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/csv.hpp"

namespace cercle::scenarios {

enum class PersonKind : std::uint8_t { employee, client };

/// A person as people.csv tells of them.
struct Person {
    std::string id;
    PersonKind kind = PersonKind::employee;
    std::string team = {};
    std::string site = {};
    std::string segment = {};
    bool is_manager = false;
    /// Engagement the person tends to, in (0, 1); none: drawn like those who come later.
    std::optional<double> set_point = {};
};

/// Everybody of a file, in its order, and where each id stands in the list.
struct People {
    std::string file; ///< "" when the people are those named by ties
    std::vector<Person> list;
    std::map<std::string, std::size_t, std::less<>> place;
    bool tells_managers = false; ///< the file has a column is_manager
    bool is_whole = true;        ///< every row of the file could be read
};

/// Reads people.csv: person_id, and as far as there kind, team, site, segment, is_manager,
/// set_point.
People read_people(const sim::TextFile& file, sim::FileProblems& problems);
/// The same of a table that was read.
People people_in(const sim::CsvTable& table, sim::FileProblems& problems);

/// The columns with a meaning.
const std::vector<std::string>& people_columns();

}
