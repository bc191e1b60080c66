#include <algorithm>

#include <fmt/format.h>

#include "analysis/inference/survey_settings.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

const std::vector<std::string> date_columns{"date", "start_date", "end_date"};
/// Columns whose words may look like numbers with a comma.
const std::vector<std::string> word_columns{"person_id", "from_id", "to_id",      "client_id",
                                            "old_id",    "new_id",  "team",       "site",
                                            "segment",   "role",    "instrument", "name"};

bool is_among(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

/// 2026-11-22 of a date written in a form such as DD/MM/YYYY; "" when it is none.
std::string usual_date(const std::string& field, const std::string& form) {
    if (field.size() != form.size()) return "";
    std::string year, month, day;
    for (std::size_t i = 0; i < form.size(); ++i) {
        if (form[i] == 'Y')
            year += field[i];
        else if (form[i] == 'M')
            month += field[i];
        else if (form[i] == 'D')
            day += field[i];
        else if (form[i] != field[i])
            return "";
    }
    const std::string date = year + "-" + month + "-" + day;
    return scenarios::is_date(date) ? date : "";
}

/// Puts one file of a survey into its usual form.
class Translation {
public:
    Translation(const sim::CsvTable& table, const SurveySettings& settings,
                sim::FileProblems& problems)
        : table_(table), settings_(settings), problems_(problems), columns_(table.columns()) {}

    sim::CsvTable table(const std::map<std::string, std::string>& names) {
        for (const auto& [usual, given] : names) rename(usual, given);
        sim::CsvTable result(table_.file(), columns_);
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            std::vector<std::string> fields;
            for (std::size_t k = 0; k < columns_.size(); ++k) {
                fields.push_back(table_.cell(row, k));
                translate(fields.back(), columns_[k], row);
            }
            result.add(table_.line(row), std::move(fields));
        }
        return result;
    }

private:
    void rename(const std::string& usual, const std::string& given) {
        const auto place = table_.column(given);
        if (!place) {
            problems_.add(table_.file(), 1,
                          fmt::format("there is no column {}, which {} takes for {}{} (the header "
                                      "has {})",
                                      given, settings_.file, usual,
                                      sim::did_you_mean(given, table_.columns()),
                                      fmt::join(table_.columns(), ", ")));
        } else if (usual != given && table_.column(usual)) {
            problems_.add(table_.file(), 1,
                          fmt::format("there is a column {}, and {} takes {} for it; leave one of "
                                      "them out",
                                      usual, settings_.file, given));
        } else {
            columns_[*place] = usual;
        }
    }
    void translate(std::string& field, const std::string& column, std::size_t row) {
        if (field.empty()) return;
        if (is_among(date_columns, column)) {
            const std::string date = usual_date(field, settings_.dates);
            if (date.empty()) {
                problems_.add(table_.file(), table_.line(row),
                              fmt::format("{} = \"{}\" is not a date written {} (as {} says)",
                                          column, field, settings_.dates, settings_.file));
            }
            field = date;
        } else if (settings_.decimal_comma && !is_among(word_columns, column)) {
            std::string with_point = field;
            std::ranges::replace(with_point, ',', '.');
            if (sim::number_in(with_point)) field = with_point;
        }
    }

    const sim::CsvTable& table_;
    const SurveySettings& settings_;
    sim::FileProblems& problems_;
    std::vector<std::string> columns_;
};

}

sim::CsvTable read_survey_table(const std::filesystem::path& path, const SurveySettings& settings,
                                sim::FileProblems& problems) {
    sim::CsvTable table = sim::read_csv(path, "file of a survey", problems);
    const auto names = settings.columns.find(path.stem().string());
    const bool as_usual = names == settings.columns.end() && settings.dates == "YYYY-MM-DD" &&
                          !settings.decimal_comma;
    if (as_usual || table.columns().empty()) return table;
    return Translation(table, settings, problems)
        .table(names == settings.columns.end() ? std::map<std::string, std::string>{}
                                               : names->second);
}

}
