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

/// What simulated surveys assume where the answers do not tell it; shares of a variance of 1.
struct SurveyAssumptions {
    double reliability_employees = 0.85; ///< of an answer; assumed
    double reliability_clients = 0.70;   ///< assumed
    /// Variance that a team shares for a time: a middling ICC (LeBreton and Senter 2008).
    double team_shocks = 0.10;
    double shock_memory = 0.8;  ///< of such a shock, a month; assumed
    double shared_shocks = 0.7; ///< its correlation with that of the clients served; assumed
    double homophily = 0.25;    ///< of own levels, a trait that ties follow; assumed
};

/// What survey.toml says of the CSV files beside it: what is unusual about them.
struct SurveySettings {
    std::string file; ///< "" when there is none
    /// Of each file ("people"): the name of a column here, and its name in the file.
    std::map<std::string, std::map<std::string, std::string>> columns;
    std::map<std::string, ScaleSetting> scales; ///< of instruments
    std::string dates = "YYYY-MM-DD";
    bool decimal_comma = false;
    std::string wave = "day"; ///< or month, quarter: the answers of one are one wave
    SurveyAssumptions assumed = {};
    std::size_t fewest_told = fewest_in_group; ///< people whose mean is told; never below five
};

/// Names of columns Cercle knows in a file of a survey: "people", "ties", "waves", ...
const std::vector<std::string>& known_columns(const std::string& file);

/// Forms in which survey.toml may say that dates are written; the usual one first.
const std::vector<std::string>& date_forms();
/// 2026-11-22 of a date written in a form such as DD/MM/YYYY; "" when it is none.
std::string usual_date(const std::string& field, const std::string& form);

/// Reads survey.toml of a folder, if it is there. Throws UserError with all its problems.
SurveySettings read_survey_settings(const std::filesystem::path& folder);

/// Reads a CSV file of a survey ("people.csv") as if it had the usual names of columns, dates and
/// decimal points. What the settings do not fit is a problem, and its rows are left out; a table
/// without columns where some that it needs are missing, or where it holds no row and should.
sim::CsvTable read_survey_table(const std::filesystem::path& path, const SurveySettings& settings,
                                sim::FileProblems& problems);

}
