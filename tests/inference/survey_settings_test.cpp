#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "analysis/inference/battery_run.hpp"
#include "analysis/inference/survey.hpp"
#include "sim/error.hpp"
#include "tests/inference/survey_folder.hpp"

namespace cercle::analysis {
namespace {

using ::testing::HasSubstr;

/// A company's files as its own software writes them.
class SurveySettingsFile : public SurveyFolder {
protected:
    SurveySettingsFile() {
        write("people.csv", "Matricule;kind;Service;age\nann;employee;A;31,5\nbob;employee;A;40\n"
                            "zoe;client;;\n");
        write("ties.csv", "from_id;to_id;kind;weight;start_date\nann;bob;colleague;1,5;\n"
                          "ann;zoe;account;1;31/01/2020\n");
        write("waves.csv", "Matricule;Le;Note;instrument\nann;15/01/2020;4,5;mood\n"
                           "bob;15/01/2020;3;mood\nbob;15/04/2020;2;mood\n");
        write("survey.toml", settings);
    }

    const std::string settings = "dates = \"DD/MM/YYYY\"\ndecimal = \",\"\nprivacy = 8\n"
                                 "[columns.people]\nperson_id = \"Matricule\"\nteam = \"Service\"\n"
                                 "[columns.waves]\nperson_id = \"Matricule\"\ndate = \"Le\"\n"
                                 "score = \"Note\"\n[scale.mood]\nmin = 1\nmax = 5\n";
};

TEST_F(SurveySettingsFile, tells_columns_dates_decimals_scales_and_the_threshold) {
    const Survey survey = read_survey(folder_);

    EXPECT_EQ(survey.people.list[1].team, "A");
    EXPECT_EQ(survey.columns[0].values[0], 31.5);
    EXPECT_EQ(survey.ties[0].weight, 1.5);
    EXPECT_EQ(date_text(survey.ties[1].first), "2020-01-31");
    ASSERT_EQ(survey.scores.size(), 3U);
    EXPECT_EQ(survey.scores[0].value, 4.5);
    EXPECT_EQ(date_text(survey.scores[2].date), "2020-04-15");
    EXPECT_EQ(survey.instruments[0].scale_min, 1.0);
    EXPECT_EQ(survey.instruments[0].scale_max, 5.0);
    EXPECT_EQ(survey.settings.fewest_told, 8U);
}

TEST_F(SurveySettingsFile, names_all_its_mistakes_at_their_line_and_column) {
    write("survey.toml", "dattes = 1\ndates = \"DD/MM/YY\"\nprivacy = 4\ndecimal = 2\n"
                         "[columns.peple]\n[columns.waves]\nscor = \"Note\"\ndate = 3\n"
                         "person_id = \"A\"\nscore = \"A\"\n"
                         "[scale.mood]\nmin = 5\nmax = 1\nmid = 3\n[scale]\nnps = 1\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("survey.toml:1:1: unknown setting dattes (did you mean dates?)"));
    EXPECT_THAT(told, HasSubstr("survey.toml:2:9: dates = \"DD/MM/YY\" is not one of"));
    EXPECT_THAT(told, HasSubstr("survey.toml:3:11: privacy = 4 is below 5 (it may be raised"));
    EXPECT_THAT(told, HasSubstr("survey.toml:4:11: decimal = 2 is not one of \".\", \",\""));
    EXPECT_THAT(told, HasSubstr("unknown file peple (did you mean people?)"));
    EXPECT_THAT(told, HasSubstr("survey.toml:7:1: unknown column scor (did you mean score?)"));
    EXPECT_THAT(told, HasSubstr("survey.toml:8:8: date = 3 is not the name of a column"));
    EXPECT_THAT(told, HasSubstr("is not free (another name takes that column)"));
    EXPECT_THAT(told, HasSubstr("scale.mood: min = 5 is not below max = 1"));
    EXPECT_THAT(told, HasSubstr("survey.toml:14:1: unknown end of a scale mid (did you mean"));
    EXPECT_THAT(told, HasSubstr("survey.toml:16:7: nps = 1 is not a table"));

    write("survey.toml", "dates = DD/MM/YYYY\n");

    EXPECT_THAT(refusal(), HasSubstr("survey.toml:1:9: not valid TOML"));
}

TEST_F(SurveySettingsFile, tells_what_simulated_surveys_assume) {
    write("survey.toml", settings + "[assume]\nteam_shocks = 0.3\nhomophily = 0\n");

    const SurveyAssumptions assumed = read_survey(folder_).settings.assumed;

    EXPECT_EQ(assumed.team_shocks, 0.3);
    EXPECT_EQ(assumed.homophily, 0.0);
    EXPECT_EQ(assumed.shared_shocks, SurveyAssumptions{}.shared_shocks) << "the rest stays";
    write("survey.toml", "[assume]\nteam_shock = 0.3\nreliability_clients = 0.1\n"
                         "shared_shocks = \"all\"\n");
    EXPECT_THAT(refusal(), HasSubstr("survey.toml:2:1: unknown assumption team_shock (did you "
                                     "mean team_shocks?)"));
    EXPECT_THAT(refusal(), HasSubstr("reliability_clients = 0.1 is not a share from 0.3 to 0.95"));
    EXPECT_THAT(refusal(), HasSubstr("is not a share from 0 to 1"));
}

TEST_F(SurveySettingsFile, that_does_not_fit_the_files_is_told) {
    write("survey.toml", settings + "[scale.mod]\nmin = 0\n");
    write("people.csv", "Matricul;kind;Service;team\nann;employee;A;B\n");
    write("waves.csv",
          "Matricule;Le;Note;instrument\nann;2020-01-15;4;mood\nbob;15/01/2020;7;mood\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("people.csv:1: there is no column Matricule, which"));
    EXPECT_THAT(told, HasSubstr("takes for person_id (did you mean Matricul?)"));
    EXPECT_THAT(told, HasSubstr("people.csv:1: there is a column team, and"));

    write("people.csv", "Matricule;kind;Service\nann;employee;A\nbob;employee;A\nzoe;client;\n");

    const std::string then = refusal();

    EXPECT_THAT(then, HasSubstr("waves.csv:2: date = \"2020-01-15\" is not a date written "
                                "DD/MM/YYYY"));
    EXPECT_THAT(then, HasSubstr("waves.csv:3: score = 7 is outside the scale of mood (1 to 5)"));
    EXPECT_THAT(then,
                HasSubstr("scale.mod: waves.csv has no such instrument (did you mean mood?)"));
}

TEST_F(SurveySettingsFile, raises_the_number_of_people_below_which_nothing_is_told) {
    std::string people = "person_id,team\n";
    std::string waves = "person_id,date,score\n";
    for (int i = 0; i < 24; ++i) { // teams of seven, seven and ten
        people += fmt::format("p{},t{}\n", i, std::min(i / 7, 2));
        waves += fmt::format("p{},2020-01-15,{}\n", i, i % 5);
    }
    write("people.csv", people);
    write("waves.csv", waves);
    std::filesystem::remove(folder_ / "ties.csv");
    const auto told = [&](const std::string& text) {
        write("survey.toml", text);
        const GroupTable teams = team_means(read_survey(folder_));
        return std::ranges::count_if(teams.groups,
                                     [](const auto& team) { return team.at_least > 0; });
    };

    EXPECT_EQ(told(""), 3);
    EXPECT_EQ(told("privacy = 7\n"), 3);
    EXPECT_EQ(told("privacy = 8\n"), 1);
    EXPECT_EQ(told("privacy = 15\n"), 0);
}

}
}
