#pragma once

#include <string>

#include "analysis/report/words.hpp"

namespace cercle::analysis {

/// Where a parameter's number comes from, as a page says it. In English as the table of parameters
/// has it; in French its kind (assumed, fitted, law, ...) and the works it cites.
std::string source_words(const std::string& source, const ReportWords& words);

/// The works that a source cites: "Felps et al. 2009", "Zhu et al. 2017".
std::vector<std::string> citations(const std::string& source);

/// A value of a parameter as a page shows it: six digits, decimals as the language has them, a file
/// without its folder.
std::string parameter_value(const std::string& value, const ReportWords& words);

/// A command line with the names of its files alone: folders tell who ran it and where.
std::string without_folders(const std::string& command);

/// A unit of a parameter: "1/month"; in French "1/mois".
std::string parameter_unit(std::string unit, const ReportWords& words);

}
