#include "analysis/inference/survey.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include <fmt/format.h>

#include "analysis/inference/survey_parts.hpp"
#include "sim/csv.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string> file_names{"people.csv", "ties.csv",      "waves.csv",
                                          "events.csv", "handovers.csv", "covariates.csv"};

/// Notes files whose names are nearly those of files that are missing.
void refuse_misspelt_files(const fs::path& folder, sim::FileProblems& problems) {
    std::vector<std::string> missing;
    for (const std::string& name : file_names) {
        if (!fs::exists(folder / name)) missing.push_back(name);
    }
    std::set<fs::path> there; // in the order of names, whatever the file system's
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".csv") there.insert(entry.path());
    }
    for (const fs::path& path : there) {
        const std::string name = path.filename().string();
        if (std::ranges::find(file_names, name) != file_names.end()) continue;
        const std::string meant = sim::did_you_mean(name, missing);
        if (!meant.empty()) problems.add(path.string(), 0, "is not a file of a survey" + meant);
    }
}

}

void read_number_columns(Survey& survey, sim::FileProblems& problems) {
    if (!problems.empty()) return; // rows and people do not stand side by side
    const sim::CsvTable table =
        read_survey_table(survey.folder / "people.csv", survey.settings, problems);
    for (std::size_t column = 0; column < table.columns().size(); ++column) {
        if (table.columns()[column] == "person_id") continue;
        NumberColumn numbers{.name = table.columns()[column], .values = {}};
        bool any = false;
        for (std::size_t row = 0; row < table.rows(); ++row) {
            const std::string& field = table.cell(row, column);
            const auto number = sim::number_in(field);
            if (!number && !field.empty()) break;
            any = any || number;
            if (number && std::fabs(*number) > largest_number) {
                problems.add(table.file(), table.line(row),
                             fmt::format("{} = {} is further from 0 than {} (numbers are summed)",
                                         numbers.name, field, largest_number));
            }
            numbers.values.push_back(number.value_or(std::numeric_limits<double>::quiet_NaN()));
        }
        if (any && numbers.values.size() == survey.size()) {
            survey.columns.push_back(std::move(numbers));
        }
    }
}

Survey read_survey(const fs::path& folder) {
    std::error_code ignored;
    if (!fs::is_directory(folder, ignored)) {
        throw sim::UserError(fmt::format(
            "{}: is not a folder (a survey is a folder with people.csv, ties.csv and waves.csv)",
            folder.string()));
    }
    sim::FileProblems problems;
    refuse_misspelt_files(folder, problems);
    problems.throw_if_any();
    Survey survey;
    survey.folder = folder;
    survey.settings = read_survey_settings(folder);
    const sim::CsvTable people =
        read_survey_table(folder / "people.csv", survey.settings, problems);
    const bool people_are_whole = problems.empty();
    survey.people = scenarios::people_in(people, problems);
    survey.people.is_whole = people_are_whole;
    read_number_columns(survey, problems);
    read_survey_ties(survey, problems);
    read_scores(survey, problems);
    read_events(survey, problems);
    read_handovers(survey, problems);
    read_covariates(survey, problems);
    problems.throw_if_any();
    return survey;
}

}
