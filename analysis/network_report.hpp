#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/network_files.hpp"
#include "scenarios/networks.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::analysis {

/// How ties follow a property of people.
struct Mixing {
    std::string by; ///< a column of people.csv: "team"
    std::vector<std::string> groups;
    std::vector<std::size_t> sizes;
    double assortativity = 0.0;        ///< by group (Newman 2003)
    double number_assortativity = 0.0; ///< correlation, where every value is a number; else NaN
    double modularity = 0.0;
    double weighted_modularity = 0.0;
};

/// What a network looks like.
struct NetworkReport {
    std::string source; ///< file or generator
    std::size_t teams = 0;
    std::size_t managers = 0;
    std::size_t clients = 0;
    std::size_t accounts = 0;
    std::size_t client_ties = 0;
    sim::GraphMeasures measures;
    std::optional<Mixing> mixing;
};

/// Describes an office read from files; `by` names a column of its people.csv, empty for the teams
/// where there are several. Throws UserError with the problems of the files.
NetworkReport network_report(const scenarios::OfficeFiles& files, const std::string& by);

/// Describes an office already read or drawn, by its teams.
NetworkReport network_report(const scenarios::OfficeNetwork& office, const std::string& source);

/// Describes a graph of which nothing else is known.
NetworkReport network_report(const sim::Graph& graph, const std::string& source);

/// At most 100 columns wide; ends with a newline.
std::string network_report_text(const NetworkReport& report);

/// The same numbers as JSON; what is not defined is null.
std::string network_report_json(const NetworkReport& report);

/// Writes an office as `ties` and a people.csv beside it, readable as network.colleague.file.
/// Throws UserError when one of them is there already, RuntimeFailure when they cannot be written.
void write_network(const scenarios::OfficeNetwork& office, const std::filesystem::path& ties);

}
