#include "analysis/inference/survey_rows.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "scenarios/ties_file.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {

bool SurveyRows::has_columns(std::span<const std::string> wanted,
                             std::span<const std::string> known) {
    if (table_.columns().empty()) return false;
    sim::refuse_misspelt(table_, known, problems_);
    return sim::has_columns(table_, wanted, problems_);
}

std::string SurveyRows::text(std::size_t row, std::string_view column) const {
    const auto found = table_.column(column);
    return found ? table_.cell(row, *found) : std::string();
}

std::optional<double> SurveyRows::number(std::size_t row, std::string_view column) {
    const std::string field = text(row, column);
    if (field.empty()) return std::nullopt;
    const auto number = sim::number_in(field);
    if (!number) problem(row, sim::not_a_number(column, field));
    return number;
}

std::optional<Day> SurveyRows::day(std::size_t row, std::string_view column) {
    const std::string field = text(row, column);
    if (field.empty()) return std::nullopt;
    if (!scenarios::is_date(field)) {
        problem(row, fmt::format("{} = \"{}\" is not a date (all dates of the folder are written "
                                 "2026-11-22)",
                                 column, field));
        return std::nullopt;
    }
    return day_of(field);
}

std::optional<std::size_t> SurveyRows::choice(std::size_t row, std::string_view column,
                                              std::span<const std::string> choices,
                                              std::size_t usual) {
    const std::string field = text(row, column);
    if (field.empty()) return usual;
    const auto found = std::ranges::find(choices, field);
    if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
    problem(row, fmt::format("{} = \"{}\" is unknown{} (one of {})", column, field,
                             sim::did_you_mean(field, choices), fmt::join(choices, ", ")));
    return std::nullopt;
}

std::optional<PersonIndex> SurveyRows::person(std::size_t row, std::string_view column) {
    const std::string id = text(row, column);
    if (id.empty()) {
        problem(row, fmt::format("{} is empty (it names someone of people.csv)", column));
        return std::nullopt;
    }
    const auto found = people_.place.find(id);
    if (found != people_.place.end()) return static_cast<PersonIndex>(found->second);
    if (unknown_.empty()) {
        first_unknown_ = id;
        first_unknown_row_ = row;
    }
    ++unknown_[id];
    return std::nullopt;
}

void SurveyRows::tell_unknown() {
    // People whose rows were lost would be told as unknown, which is nobody's mistake here.
    if (unknown_.empty() || !people_.is_whole) return;
    std::size_t times = 0;
    for (const auto& [id, rows] : unknown_) times += rows;
    std::vector<std::string> ids;
    for (const scenarios::Person& person : people_.list) ids.push_back(person.id);
    problem(first_unknown_row_,
            fmt::format("{} {} not in {} and {} named {} ({} here is the first){}; add them or "
                        "leave these rows out",
                        unknown_.size(), unknown_.size() == 1 ? "person is" : "people are",
                        people_.file, unknown_.size() == 1 ? "is" : "are",
                        times == 1 ? "once" : fmt::format("{} times", times), first_unknown_,
                        sim::did_you_mean(first_unknown_, ids)));
}

std::optional<SurveyRows> survey_rows(const Survey& survey, const std::string& name,
                                      std::span<const std::string> wanted,
                                      sim::FileProblems& problems) {
    const std::filesystem::path path = survey.folder / name;
    if (!std::filesystem::exists(path) || survey.people.list.empty()) return std::nullopt;
    SurveyRows rows(read_survey_table(path, survey.settings, problems), survey.people, problems);
    if (!rows.has_columns(wanted, known_columns(path.stem().string()))) return std::nullopt;
    return rows;
}

Day day_of(const std::string& text) {
    const auto number = [&](std::size_t from, std::size_t count) {
        return std::stoi(text.substr(from, count));
    };
    return std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
}

std::string date_text(Day day) {
    const std::chrono::year_month_day date(day);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}
