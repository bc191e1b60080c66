#include "analysis/inference/survey.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "sim/error.hpp"
#include "tests/inference/survey_folder.hpp"

namespace cercle::analysis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

/// Forty people asked four times, three months apart.
class SurveyWaves : public SurveyFolder {
protected:
    SurveyWaves() {
        std::string people = "person_id\n";
        for (int i = 0; i < 40; ++i) people += fmt::format("p{}\n", i);
        write("people.csv", people);
    }
    /// Answers of which `date` tells the date, by person and wave; the first is on line 2.
    template <class Date> void answer(Date date, const std::string& more = "") const {
        std::string waves = "person_id,date,score\n";
        for (int wave = 0; wave < 4; ++wave) {
            for (int i = 0; i < 40; ++i) {
                waves += fmt::format("p{},{},{}\n", i, date(i, wave), (i + wave) % 5);
            }
        }
        write("waves.csv", waves + more);
    }
    static std::string usual(int wave, int day) {
        return fmt::format("2024-{:02}-{:02}", 3 * wave + 1, day);
    }
};

TEST_F(SurveyWaves, have_one_date_for_everybody) {
    answer([](int, int wave) { return usual(wave, 15); });
    EXPECT_EQ(refusal(), "accepted");

    answer([](int i, int wave) { return usual(wave, 15 + i % 7); });
    const std::string own_dates = refusal();
    answer([](int i, int wave) { return usual(wave, i % 2 == 0 ? 15 : 17); });
    const std::string halves = refusal();
    answer([](int i, int wave) { return usual(wave, i % 2 == 0 ? 14 : 28); });
    const std::string sites = refusal();

    EXPECT_THAT(sites, HasSubstr("of 40 people have 2 dates from 2024-01-14 to 2024-01-28"));
    EXPECT_THAT(own_dates, HasSubstr("waves.csv:2: answers to score of 40 people have 7 dates from "
                                     "2024-01-15 to 2024-01-21; 3 more stretches are like that"));
    EXPECT_THAT(own_dates,
                HasSubstr("or say in survey.toml: wave = \"month\" or wave = \"quarter\""));
    EXPECT_EQ(std::ranges::count(own_dates, '\n'), 0);
    EXPECT_THAT(halves, HasSubstr("have 2 dates from 2024-01-15 to 2024-01-17"));
}

TEST_F(SurveyWaves, of_clients_each_asked_on_a_day_of_their_own_are_refused) {
    answer([](int i, int wave) {
        const auto day = day_of("2024-01-01") + std::chrono::days(9 * i + 2 * wave);
        return date_text(day);
    });

    EXPECT_THAT(refusal(), HasSubstr("answers to score of 40 people have"));
}

TEST_F(SurveyWaves, may_be_days_apart_where_the_same_people_answer_each_time) {
    answer([](int, int wave) { return usual(0, 15 + wave); });

    EXPECT_EQ(refusal(), "accepted");
}

TEST_F(SurveyWaves, may_have_other_dates_for_clients) {
    std::string people = "person_id,kind\n", waves = "person_id,date,score\n";
    for (int i = 0; i < 40; ++i) {
        people += fmt::format("p{},{}\n", i, i < 20 ? "employee" : "client");
        waves += fmt::format("p{},2024-01-{},3\n", i, i < 20 ? 15 : 18);
    }
    write("people.csv", people);
    write("waves.csv", waves);

    EXPECT_EQ(refusal(), "accepted");
}

TEST_F(SurveyWaves, do_not_have_a_mistyped_date) {
    answer([](int i, int wave) { return i == 7 && wave == 0 ? "2024-01-16" : usual(wave, 15); });
    const std::string day = refusal();
    answer([](int i, int wave) { return i == 7 && wave == 0 ? "2024-05-15" : usual(wave, 15); });
    const std::string month = refusal();
    answer([](int i, int wave) { return i == 7 && wave == 0 ? "2042-01-15" : usual(wave, 15); });
    const std::string year = refusal();

    EXPECT_THAT(day, HasSubstr("waves.csv:9: only 1 person answered score on 2024-01-16 (line 9), "
                               "and 39 on 2024-01-15"));
    EXPECT_THAT(month, HasSubstr("waves.csv:9: only 1 person answered score on 2024-05-15 (line "
                                 "9), and 40 on 2024-04-15"));
    EXPECT_THAT(year, HasSubstr("waves.csv:9: only 1 person answered score on 2042-01-15 (line 9), "
                                "and 40 on another day; is 2042-01-15 a mistyped date?"));
}

TEST_F(SurveyWaves, of_few_people_far_from_others_are_waves) {
    answer([](int, int wave) { return usual(wave, 15); },
           "p1,2025-01-15,2\np2,2025-01-15,2\np3,2025-01-15,2\np4,2025-01-15,2\np5,2025-01-15,2\n");

    EXPECT_EQ(refusal(), "accepted");
}

TEST_F(SurveyWaves, are_gathered_by_month_or_quarter_where_survey_toml_says_so) {
    answer([](int i, int wave) { return usual(wave, 2 + i % 27); });
    write("survey.toml", "wave = \"month\"\n");
    const Survey by_month = read_survey(folder_);
    write("survey.toml", "wave = \"quarter\"\n");
    const Survey by_quarter = read_survey(folder_);

    for (const Survey& survey : {by_month, by_quarter}) {
        ASSERT_EQ(survey.scores.size(), 160U);
        for (std::size_t i = 0; i < survey.scores.size(); ++i) {
            EXPECT_EQ(date_text(survey.scores[i].date), usual(static_cast<int>(i) / 40, 2));
        }
    }
    write("survey.toml", "wave = \"week\"\n");
    EXPECT_THAT(refusal(), HasSubstr("survey.toml:1:8: wave = \"week\" is not one of \"day\""));
}

TEST_F(SurveyWaves, that_are_gathered_hold_one_answer_of_each) {
    answer([](int i, int wave) { return usual(wave, 2 + i % 20); }, "p3,2024-01-28,1\n");
    write("survey.toml", "wave = \"month\"\n");

    EXPECT_THAT(refusal(),
                HasSubstr("waves.csv:162: a second score of one person for score in the month of "
                          "2024-01-02, which survey.toml makes one wave (the first is on line 5)"));
}

TEST_F(SurveyWaves, are_of_a_survey_s_time_as_all_dates_are) {
    answer([](int i, int wave) { return i == 7 && wave < 2 ? "0001-01-01" : usual(wave, 15); });
    write("ties.csv", "from_id,to_id,end_date\np1,p2,9999-12-31\np2,p3,2024-05-01\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("waves.csv:9: date = \"0001-01-01\" is no date of a survey "
                                "(1970-01-01 to 2100-01-01); 1 more is like that; mend it"));
    EXPECT_THAT(told, HasSubstr("ties.csv:2: end_date = \"9999-12-31\" is no date of a survey"));
    EXPECT_THAT(told, HasSubstr("or leave the field empty"));
    EXPECT_THAT(told, Not(HasSubstr("ties.csv:3")));
}

}
}
