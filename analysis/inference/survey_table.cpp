#include <algorithm>

#include <fmt/format.h>

#include "analysis/inference/survey_settings.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

const std::vector<std::string> date_columns{"date", "start_date", "end_date"};
const std::string earliest_date = "1970-01-01", latest_date = "2100-01-01";
/// Columns of numbers that have a meaning, of all files but people.csv.
const std::vector<std::string> number_columns{"score",   "scale_min", "scale_max",
                                              "n_items", "weight",    "value"};
/// Columns whose words may look like numbers with a comma.
const std::vector<std::string> word_columns{"person_id", "from_id", "to_id",      "client_id",
                                            "old_id",    "new_id",  "team",       "site",
                                            "segment",   "role",    "instrument", "name"};

bool is_among(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

/// Columns without which a file tells nothing.
const std::vector<std::string>& needed_columns(const std::string& file) {
    static const std::map<std::string, std::vector<std::string>> needed{
        {"people", {"person_id"}},
        {"ties", {"from_id", "to_id"}},
        {"waves", {"person_id", "date", "score"}},
        {"events", {"person_id", "date", "event"}},
        {"handovers", {"client_id", "date", "old_id", "new_id"}},
        {"covariates", {"person_id", "date", "name", "value"}}};
    return needed.at(file);
}

/// "; 3 more are like that"; "" where there is but one.
std::string and_others(std::size_t count) {
    if (count < 2) return "";
    return fmt::format("; {} more {} like that", count - 1, count == 2 ? "is" : "are");
}

/// Dates of one column that are not written as they should be, or are of no survey's time.
class WrongDates {
public:
    WrongDates(const SurveySettings& settings, std::string column)
        : settings_(settings), column_(std::move(column)), fitting_(date_forms()) {}

    bool is_wrong(const std::string& field, std::size_t line) {
        if (field.empty()) return false;
        ++dates_;
        const std::string usual = usual_date(field, settings_.dates);
        if (!usual.empty()) return is_far(usual, field, line);
        std::erase_if(fitting_, [&](const auto& form) { return usual_date(field, form).empty(); });
        if (++count_ == 1) {
            first_ = field;
            line_ = line;
        }
        return true;
    }
    /// One problem for the column, at the first, with what would mend all of them.
    void tell(const std::string& file, sim::FileProblems& problems) const {
        if (far_ > 0) {
            problems.add(file, far_line_,
                         fmt::format("{} = \"{}\" is no date of a survey ({} to {}){}; mend it{}",
                                     column_, far_first_, earliest_date, latest_date,
                                     and_others(far_),
                                     column_ == "date" ? ""
                                                       : ", or leave the field empty where it is "
                                                         "not known or lies ahead"));
        }
        if (count_ == 0) return;
        problems.add(file, line_,
                     fmt::format("{} = \"{}\" is not a date written {}{}{}; {}", column_, first_,
                                 settings_.dates,
                                 settings_.file.empty() ? "" : " (as " + settings_.file + " says)",
                                 and_others(count_), advice()));
    }

private:
    bool is_far(const std::string& usual, const std::string& field, std::size_t line) {
        if (earliest_date <= usual && usual <= latest_date) return false; // texts order as dates do
        if (++far_ == 1) {
            far_first_ = field;
            far_line_ = line;
        }
        return true;
    }
    std::string advice() const {
        if (count_ < dates_) return "write all dates of the folder in one form";
        if (fitting_.empty()) {
            return fmt::format("write {}, or say in survey.toml how all are written: dates = one "
                               "of \"{}\"",
                               settings_.dates, fmt::join(date_forms(), "\", \""));
        }
        return fmt::format("if all dates of the folder are written so, say it in survey.toml: "
                           "dates = \"{}\"",
                           fmt::join(fitting_, "\" or \""));
    }

    const SurveySettings& settings_;
    std::string column_;
    std::vector<std::string> fitting_; ///< forms that all wrong dates have
    std::size_t dates_ = 0, count_ = 0;
    std::string first_;
    std::size_t line_ = 0;
    std::size_t far_ = 0; ///< dates of no survey's time
    std::string far_first_;
    std::size_t far_line_ = 0;
};

/// Puts one file of a survey into its usual form.
class Translation {
public:
    Translation(const sim::CsvTable& table, const SurveySettings& settings,
                sim::FileProblems& problems, bool of_people)
        : table_(table), settings_(settings), problems_(problems), columns_(table.columns()),
          of_people_(of_people) {}

    sim::CsvTable table(const std::map<std::string, std::string>& names) {
        for (const auto& [usual, given] : names) rename(usual, given);
        sim::CsvTable result(table_.file(), columns_);
        std::vector<WrongDates> wrong;
        for (std::size_t k = 0; k < columns_.size(); ++k) {
            wrong.emplace_back(settings_, columns_[k]);
            has_commas_.push_back(settings_.decimal_comma || tell_commas(k));
        }
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            std::vector<std::string> fields;
            bool is_right = true;
            for (std::size_t k = 0; k < columns_.size(); ++k) {
                fields.push_back(table_.cell(row, k));
                if (!is_date_column(columns_[k])) {
                    translate(fields.back(), k);
                } else if (wrong[k].is_wrong(fields.back(), table_.line(row))) {
                    is_right = false;
                } else if (!fields.back().empty()) {
                    fields.back() = usual_date(fields.back(), settings_.dates);
                }
            }
            if (is_right || of_people_) result.add(table_.line(row), std::move(fields));
        }
        for (const WrongDates& column : wrong) column.tell(table_.file(), problems_);
        return result;
    }

private:
    /// Dates of people are used by nothing: they are looked at where survey.toml says their form.
    bool is_date_column(const std::string& column) const {
        return is_among(date_columns, column) &&
               (!of_people_ || settings_.dates != date_forms().front());
    }
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
    static std::string with_point(std::string field) {
        std::ranges::replace(field, ',', '.');
        return field;
    }
    /// Whether decimal commas are the habit of a column of numbers; told once, and then read. One
    /// or two are slips, told where they are.
    bool tell_commas(std::size_t column) const {
        constexpr std::size_t slips = 2;
        if (of_people_ || !is_among(number_columns, columns_[column])) return false;
        std::size_t count = 0, first = 0;
        for (std::size_t row = 0; row < table_.rows(); ++row) {
            const std::string& field = table_.cell(row, column);
            if (field.find(',') == std::string::npos || !sim::number_in(with_point(field)))
                continue;
            if (++count == 1) first = row;
        }
        if (count <= slips) return false;
        problems_.add(table_.file(), table_.line(first),
                      fmt::format("{} = \"{}\" has a decimal comma{}; if numbers of the folder are "
                                  "written so, say it in survey.toml: decimal = \",\"",
                                  columns_[column], table_.cell(first, column), and_others(count)));
        return true;
    }
    /// Makes a field what it would be in the usual form; a weight that is not told is 1.
    void translate(std::string& field, std::size_t column) const {
        if (!of_people_ && columns_[column] == "weight" && field.empty()) field = "1";
        if (!has_commas_[column] || is_among(word_columns, columns_[column])) return;
        std::string usual = with_point(field);
        if (sim::number_in(usual)) field = std::move(usual);
    }

    const sim::CsvTable& table_;
    const SurveySettings& settings_;
    sim::FileProblems& problems_;
    std::vector<std::string> columns_;
    std::vector<bool> has_commas_; ///< of each of them
    bool of_people_; ///< whose rows stay: everybody else's would name people who are not there
};

/// Whether a file holds only a header where rows are what it is for; then a problem.
bool is_only_header(const sim::CsvTable& table, const std::string& file,
                    sim::FileProblems& problems) {
    static const std::map<std::string, std::string> needed_rows{
        {"ties", "no ties (a row for each is wanted: from_id, to_id, and kind where it is not "
                 "colleague)"},
        {"waves", "no answers (a row for each person and wave is wanted: person_id, date, score)"}};
    if (table.rows() > 0 || !needed_rows.contains(file)) return false;
    problems.add(table.file(), 0,
                 fmt::format("holds a header and {}; add them, or leave the file out",
                             needed_rows.at(file)));
    return true;
}

}

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

sim::CsvTable read_survey_table(const std::filesystem::path& path, const SurveySettings& settings,
                                sim::FileProblems& problems) {
    const std::string file = path.stem().string();
    const std::size_t problems_before = problems.count();
    const sim::CsvTable given = sim::read_csv(path, "file of a survey", problems);
    if (given.columns().empty()) return given;
    if (problems.count() == problems_before && is_only_header(given, file, problems)) {
        return {given.file(), {}};
    }
    const auto names = settings.columns.find(file);
    sim::CsvTable table =
        Translation(given, settings, problems, file == "people")
            .table(names == settings.columns.end() ? std::map<std::string, std::string>{}
                                                   : names->second);
    const std::vector<std::string>& needed = needed_columns(file);
    const std::string advice =
        fmt::format(" (rename it, or say in survey.toml which it is: [columns.{}])", file);
    return sim::has_columns(table, needed, problems, advice) ? table
                                                             : sim::CsvTable(given.file(), {});
}

}
