#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/networks.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// Whether a tie among colleagues points: from is influenced by to.
enum class Direction : std::uint8_t {
    automatic, ///< directed when ten pairs and a tenth of all are named from both ends
    undirected,
    directed
};

/// What becomes of a pair that is named twice.
enum class Duplicates : std::uint8_t { refuse, sum, mean, max };

/// The files of an office and how to read them.
struct OfficeFiles {
    sim::TextFile ties;
    sim::TextFile people = {};      ///< empty: people.csv beside the ties, if it is there
    sim::TextFile service = {};     ///< empty: accounts are those among the ties
    std::string kind = "colleague"; ///< of the ties that colleagues influence each other by
    Direction direction = Direction::automatic;
    Duplicates duplicates = Duplicates::refuse;
    std::string date = {}; ///< ties in force on that day; empty: on the last day any tie starts
};

/// An office as its files tell of it, with the ids of its people in the order of its numbers.
struct OfficeData {
    std::vector<std::string> employee_ids;
    std::vector<std::string> client_ids;
    sim::TextFile people_file; ///< empty when there was none
    OfficeNetwork office;      ///< managers of teams without one are not chosen yet
};

/// Reads an office. Throws UserError with all the problems of its files.
OfficeData read_office(const OfficeFiles& files);

/// The same by the `network.*` parameters, as far as they are among the settings; relative paths
/// start in `folder`.
OfficeData office_data(const sim::Settings& settings, const sim::TextFolder& folder);
OfficeNetwork office_from_files(const sim::Settings& settings, const sim::TextFolder& folder);

}
