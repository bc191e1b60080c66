#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// A square table over departments, by row.
using DepartmentTable = std::vector<std::vector<std::size_t>>;

/// The measured figures of an office that the generator "office" draws networks from.
struct OfficeFigures {
    std::string title;
    std::string source; ///< who measured them and how
    std::vector<std::string> departments;
    std::vector<std::size_t> people; ///< head count of each department
    DepartmentTable ties;            ///< pairs of people who met, symmetric
    DepartmentTable contacts;        ///< how often they met, symmetric; at least the ties
    double degree_cv = 0.0;          ///< spread of the number of ties of a person, over its mean
    double strength_cv = 0.0;        ///< spread of the contacts of a person, over their mean
    double contact_log_sd = 0.0;     ///< spread of the logarithm of the contacts of a tie
    double transitivity = 0.0;       ///< global clustering, in [0, 1]
    bool operator==(const OfficeFigures&) const = default;
};

/// The figures built into the program: data/office_france.toml.
OfficeFigures built_in_office();

/// Reads a file of that format; throws UserError with all its problems.
OfficeFigures read_office_figures(const sim::TextFile& file);

/// The same office with another head count: departments keep their share of people and a person
/// the mean number of ties and contacts, as far as there are pairs for them.
OfficeFigures scaled(const OfficeFigures& office, std::size_t people);

}
