#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "analysis/inference/survey.hpp"
#include "sim/csv.hpp"

namespace cercle::analysis {

/// Reads the rows of one file of a survey field by field, noting what is wrong with them.
class SurveyRows {
public:
    SurveyRows(sim::CsvTable table, const scenarios::People& people, sim::FileProblems& problems)
        : table_(std::move(table)), people_(people), problems_(problems) {}

    std::size_t rows() const { return table_.rows(); }
    std::size_t line(std::size_t row) const { return table_.line(row); }
    bool has(std::string_view column) const { return table_.column(column).has_value(); }
    /// Whether these columns are there, and none of the `known` is misspelt.
    bool has_columns(std::span<const std::string> wanted, std::span<const std::string> known);

    /// "" where there is no such column.
    std::string text(std::size_t row, std::string_view column) const;
    /// Nothing where the field is empty or no number; the latter is a problem.
    std::optional<double> number(std::size_t row, std::string_view column);
    std::optional<Day> day(std::size_t row, std::string_view column);
    /// Place of the field among `choices`; of an empty field `usual`.
    std::optional<std::size_t> choice(std::size_t row, std::string_view column,
                                      std::span<const std::string> choices, std::size_t usual);
    /// Nobody when the id is not known, which is told once for the file by `tell_unknown`.
    std::optional<PersonIndex> person(std::size_t row, std::string_view column);
    void problem(std::size_t row, const std::string& sentence) {
        problems_.add(table_.file(), table_.line(row), sentence);
    }
    void problem_on(std::size_t line, const std::string& sentence) {
        problems_.add(table_.file(), line, sentence);
    }
    /// Notes how many rows name people that are not known, at the line of the first.
    void tell_unknown();

private:
    sim::CsvTable table_;
    const scenarios::People& people_;
    sim::FileProblems& problems_;
    std::map<std::string, std::size_t, std::less<>> unknown_; ///< id: rows
    std::string first_unknown_;
    std::size_t first_unknown_row_ = 0;
};

/// The rows of a file of the folder; nothing when it is not there or lacks columns.
std::optional<SurveyRows> survey_rows(const Survey& survey, const std::string& name,
                                      std::span<const std::string> wanted,
                                      sim::FileProblems& problems);

}
