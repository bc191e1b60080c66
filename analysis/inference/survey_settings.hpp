#pragma once

#include <filesystem>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "sim/csv.hpp"

namespace cercle::analysis {

/// Fewest people whose mean is told, unless survey.toml asks for more.
inline constexpr std::size_t fewest_in_group = 5;

/// The ends of an instrument's scale; NaN where survey.toml does not tell it.
struct ScaleSetting {
    std::size_t line = 0; ///< of survey.toml
    double min = std::numeric_limits<double>::quiet_NaN();
    double max = std::numeric_limits<double>::quiet_NaN();
};

/// What survey.toml says of the CSV files beside it: what is unusual about them.
struct SurveySettings {
    std::string file; ///< "" when there is none
    /// Of each file ("people"): the name of a column here, and its name in the file.
    std::map<std::string, std::map<std::string, std::string>> columns;
    std::map<std::string, ScaleSetting> scales; ///< of instruments
    std::string dates = "YYYY-MM-DD";
    bool decimal_comma = false;
    std::size_t fewest_told = fewest_in_group; ///< people whose mean is told; never below five
};

/// Names of columns Cercle knows in a file of a survey: "people", "ties", "waves", ...
const std::vector<std::string>& known_columns(const std::string& file);

/// Reads survey.toml of a folder, if it is there. Throws UserError with all its problems.
SurveySettings read_survey_settings(const std::filesystem::path& folder);

/// Reads a CSV file of a survey ("people.csv") as if it had the usual names of columns, dates and
/// decimal points. What the settings do not fit is a problem, and its rows are left out.
sim::CsvTable read_survey_table(const std::filesystem::path& path, const SurveySettings& settings,
                                sim::FileProblems& problems);

}
