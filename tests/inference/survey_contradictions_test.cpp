#include <algorithm>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "analysis/inference/survey.hpp"
#include "sim/error.hpp"
#include "tests/inference/survey_folder.hpp"

namespace cercle::analysis {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class SurveyContradictions : public SurveyFolder {
protected:
    SurveyContradictions() {
        write("people.csv", "person_id,kind\nann,employee\nbob,employee\ncid,employee\n"
                            "dee,employee\nzoe,client\nyan,client\n");
        write("ties.csv", "from_id,to_id,kind,weight\nann,bob,colleague,\nann,zoe,account,2\n"
                          "bob,cid,colleague,\n");
    }
    std::string of_handovers(const std::string& rows) const {
        write("handovers.csv", "client_id,date,old_id,new_id\n" + rows);
        return refusal();
    }
    std::string of_waves(const std::string& text) const {
        write("waves.csv", text);
        return refusal();
    }
};

TEST_F(SurveyContradictions, among_handovers_are_told_with_both_lines) {
    EXPECT_THAT(of_handovers("zoe,2020-06-01,ann,bob\nzoe,2020-06-01,ann,cid\n"),
                HasSubstr("handovers.csv:3: this client is handed over on line 2 too"));
    EXPECT_THAT(of_handovers("zoe,2020-06-01,ann,bob\nzoe,2020-06-01,ann,bob\n"),
                HasSubstr("handovers.csv:3: the same hand-over as on line 2"));
    EXPECT_THAT(of_handovers("zoe,2020-08-01,dee,cid\nzoe,2020-06-01,ann,bob\n"),
                HasSubstr("handovers.csv:2: old_id is not who got this client on line 3"));
    EXPECT_EQ(of_handovers("zoe,2020-08-01,bob,cid\nzoe,2020-06-01,ann,bob\n"), "accepted");
}

TEST_F(SurveyContradictions, between_handovers_and_accounts_are_told_where_there_are_accounts) {
    EXPECT_THAT(of_handovers("zoe,2020-06-01,dee,bob\n"),
                HasSubstr("handovers.csv:2: ties.csv has accounts of this client, none of them"));
    EXPECT_EQ(of_handovers("yan,2020-06-01,dee,bob\n"), "accepted") << "no account is known";
    EXPECT_EQ(of_handovers("zoe,2020-06-01,dee,ann\n"), "accepted") << "the account of today";
    EXPECT_EQ(of_handovers("zoe,2020-06-01,dee,cid\nzoe,2020-08-01,cid,ann\n"), "accepted");
}

TEST_F(SurveyContradictions, of_events_are_told) {
    write("events.csv", "person_id,date,event\nann,2020-01-01,churn\nzoe,2020-01-01,quit\n"
                        "bob,2020-01-01,quit\nbob,2020-03-01,quit\ncid,2020-01-01,absence\n"
                        "cid,2020-02-01,absence\ncid,2020-01-01,absence\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("events.csv:2: an employee churns"));
    EXPECT_THAT(told, HasSubstr("events.csv:3: a client quits"));
    EXPECT_THAT(told, HasSubstr("events.csv:5: a second quit of one person (the first is on line "
                                "4)"));
    EXPECT_THAT(told, Not(HasSubstr("events.csv:7"))) << "people are absent more than once";
    EXPECT_THAT(told, HasSubstr("events.csv:8: the same event as on line 6"));
}

TEST_F(SurveyContradictions, between_waves_and_survey_toml_are_told_once_with_both_places) {
    write("survey.toml", "dates = \"YYYY-MM-DD\"\n[scale.mood]\nmin = 1\nmax = 5\n");

    const std::string told = of_waves("person_id,date,score,scale_min,scale_max,instrument\n"
                                      "ann,2020-01-15,4,0,5,mood\nbob,2020-01-15,3,0,5,mood\n");

    EXPECT_THAT(told,
                HasSubstr("waves.csv:2: scale_min = 0 contradicts min = 1 of [scale.mood] ("));
    EXPECT_THAT(told, HasSubstr("survey.toml:2); 1 more is like that, on line 3; leave one"));
    EXPECT_EQ(std::ranges::count(told, '\n'), 0);
    EXPECT_EQ(of_waves("person_id,date,score,scale_min,instrument\nann,2020-01-15,4,1,mood\n"),
              "accepted");
}

TEST_F(SurveyContradictions, of_a_score_and_what_scores_are_need_a_scale) {
    EXPECT_THAT(of_waves("person_id,date,score\nann,2020-01-15,4\nbob,2020-01-15,-1e308\n"),
                HasSubstr("waves.csv:3: score = -1e+308 of score is further from 0 than 1000000; "
                          "mend it, or give scale_min and scale_max"));
    EXPECT_EQ(of_waves("person_id,date,score,scale_min,scale_max\nann,2020-01-15,2e6,0,1e7\n"),
              "accepted");
    EXPECT_THAT(of_waves("person_id,date,score,scale_min,scale_max\nann,2020-01-15,2e6,0,1e308\n"),
                HasSubstr("are more than 1e+30 apart"));
}

TEST_F(SurveyContradictions, of_a_whole_column_with_the_decimal_point_are_told_once) {
    const std::string told = of_waves("person_id;date;score\nann;2020-01-15;4,5\n"
                                      "bob;2020-01-15;3,5\ncid;2020-01-15;2,5\n");

    EXPECT_THAT(told, HasSubstr("waves.csv:2: score = \"4,5\" has a decimal comma; 2 more are like "
                                "that; if numbers of the folder are written so, say it in "
                                "survey.toml: decimal = \",\""));
    EXPECT_EQ(std::ranges::count(told, '\n'), 0);
}

TEST_F(SurveyContradictions, do_not_come_from_rows_that_were_lost) {
    write("people.csv", "person_id,kind\nann,employee\n\"bob,employee\ncid,employee\ndee,employee\n"
                        "zoe,client\n");

    const std::string told = of_waves("person_id,date,score\nbob,2020-01-15,4\n");

    EXPECT_THAT(told, HasSubstr("people.csv:3: a quote is opened and never closed"));
    EXPECT_EQ(std::ranges::count(told, '\n'), 0) << told;
}

TEST_F(SurveyContradictions, are_no_weights_left_empty) {
    const Survey survey = read_survey(folder_);

    EXPECT_EQ(survey.ties[0].weight, 1.0);
    EXPECT_EQ(survey.ties[1].weight, 2.0);
}

}
}
