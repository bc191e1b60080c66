#include "analysis/inference/survey.hpp"

#include <algorithm>

#include <gmock/gmock.h>

#include "sim/error.hpp"
#include "tests/inference/survey_folder.hpp"

namespace cercle::analysis {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

class Surveys : public SurveyFolder {
protected:
    Surveys() {
        write("people.csv", "person_id,kind,team,age\nann,employee,A,31\nbob,employee,A,\n"
                            "cid,employee,B,52\nzoe,client,,\n");
        write("ties.csv", "from_id,to_id,kind,weight,start_date,end_date\n"
                          "ann,bob,colleague,2,,\nann,zoe,account,1,2020-01-01,2020-12-31\n"
                          "zoe,bob,account,1,2021-01-01,\n");
        write("waves.csv", "person_id,date,score,scale_min,scale_max,instrument,responded\n"
                           "ann,2020-01-15,4,1,5,mood,1\nbob,2020-01-15,,1,5,mood,0\n"
                           "zoe,2020-01-15,9,0,10,nps,1\n");
    }
};

TEST_F(Surveys, hold_what_the_files_tell) {
    const Survey survey = read_survey(folder_);

    EXPECT_EQ(survey.size(), 4U);
    ASSERT_EQ(survey.ties.size(), 3U);
    EXPECT_EQ(survey.ties[2].from, 1U) << "an account goes from the employee to the client";
    EXPECT_TRUE(survey.ties[1].in_force(Day(std::chrono::year(2020) / 12 / 31)));
    EXPECT_FALSE(survey.ties[1].in_force(Day(std::chrono::year(2021) / 1 / 1)));
    ASSERT_EQ(survey.scores.size(), 2U);
    EXPECT_EQ(survey.scores[0].value, 4.0);
    EXPECT_EQ(survey.unanswered, 1U);
    ASSERT_EQ(survey.columns.size(), 1U);
    EXPECT_EQ(survey.columns[0].values[2], 52.0);
    EXPECT_EQ(date_text(survey.scores[0].date), "2020-01-15");
}

TEST_F(Surveys, tell_hand_overs_by_accounts_that_follow_each_other) {
    const Survey survey = read_survey(folder_);

    ASSERT_EQ(survey.handovers.size(), 1U);
    EXPECT_TRUE(survey.derived_handovers);
    EXPECT_EQ(survey.handovers[0].old_contact, 0U);
    EXPECT_EQ(survey.handovers[0].new_contact, 1U);
}

TEST_F(Surveys, may_have_a_byte_order_mark_semicolons_and_quoted_line_ends) {
    write("people.csv", "\xEF\xBB\xBFperson_id;kind;team\r\nann;employee;\"A\nfirst floor\"\r\n"
                        "bob;employee;B\r\ncid;employee;\r\nzoe;client;\r\n");

    const Survey survey = read_survey(folder_);

    EXPECT_EQ(survey.people.list[0].team, "A\nfirst floor");
}

TEST_F(Surveys, name_what_is_wrong_all_at_once_with_file_and_line) {
    write("people.csv", "person_id,kind\nann,employee\nann,employee\nbob,employe\n");
    write("ties.csv", "from_id,to_id\nann,bbo\nann,eve\nbob,bbo\n");
    write("waves.csv", "person_id,date,score,scale_min,scale_max\nann,2020-01-15,7,1,5\n"
                       "bob,15/01/2020,3,1,5\nann,2020-02-15,\"3,5\",1,5\nann,2020-03-15,2,0,5\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("people.csv:3: person ann is there twice"));
    EXPECT_THAT(told, HasSubstr("people.csv:4: unknown kind of person \"employe\""));
    EXPECT_THAT(told, HasSubstr("ties.csv:2: 3 ties go to people who are not in"));
    EXPECT_THAT(told, HasSubstr("(bbo here is the first of 2) (did you mean bob?)"));
    EXPECT_THAT(told, HasSubstr("waves.csv:2: score = 7 is outside the scale of score (1 to 5)"));
    EXPECT_THAT(told, HasSubstr("waves.csv:3: date = \"15/01/2020\" is not a date"));
    EXPECT_THAT(told, HasSubstr("waves.csv:4: score = \"3,5\" is not a number (decimal comma)"));
    EXPECT_THAT(told, HasSubstr("waves.csv:5: scale_min = 0 differs from other rows of score"));
}

TEST_F(Surveys, tell_dates_of_another_form_once_and_where_it_can_be_said) {
    write("waves.csv", "person_id,date,score\nann,31/12/2020,4\nbob,31/12/2020,3\n");
    const std::string slashes = refusal();
    write("waves.csv", "person_id,date,score\nann,01/02/2020,4\nbob,03/04/2020,3\n");
    const std::string either = refusal();
    write("waves.csv", "person_id,date,score\nann,01/02/2020,4\nbob,2020-04-03,3\n");
    const std::string mixed = refusal();

    EXPECT_THAT(slashes,
                HasSubstr("waves.csv:2: date = \"31/12/2020\" is not a date written "
                          "YYYY-MM-DD; 1 more is like that; if all dates of the folder are "
                          "written so, say it in survey.toml: dates = \"DD/MM/YYYY\""));
    EXPECT_THAT(slashes, Not(HasSubstr("waves.csv:3")));
    EXPECT_THAT(either, HasSubstr("dates = \"DD/MM/YYYY\" or \"MM/DD/YYYY\""));
    EXPECT_THAT(mixed, HasSubstr("write all dates of the folder in one form"));
}

TEST_F(Surveys, tell_what_a_file_with_only_a_header_lacks) {
    write("ties.csv", "from_id,to_id,kind\n");
    write("waves.csv", "person_id,date,score\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("ties.csv: holds a header and no ties"));
    EXPECT_THAT(told, HasSubstr("waves.csv: holds a header and no answers"));
    EXPECT_THAT(told, Not(HasSubstr("network.")));
}

TEST_F(Surveys, tell_a_wrong_scale_once_for_its_instrument) {
    std::string low = "person_id,date,score,scale_min,scale_max,instrument\n";
    std::string swapped = low;
    for (int month = 1; month <= 9; ++month) {
        low += "ann,2020-0" + std::to_string(month) + "-15," + std::to_string(month * 10) +
               ",1,5,mood\n";
        swapped += "ann,2020-0" + std::to_string(month) + "-15,3,5,1,mood\n";
    }
    write("waves.csv", low);
    const std::string told = refusal();
    write("waves.csv", swapped);
    const std::string turned = refusal();

    EXPECT_THAT(told, HasSubstr("waves.csv:2: score = 10 is outside the scale of mood (1 to 5); 8 "
                                "more are like that, the next on lines 3, 4, 5; scores of mood run "
                                "from 10 to 90: if that is another scale"));
    EXPECT_EQ(std::ranges::count(told, '\n'), 0);
    EXPECT_THAT(turned, HasSubstr("waves.csv:2: scale_min = 5 is not below scale_max = 1 (are they "
                                  "swapped?)"));
    EXPECT_EQ(std::ranges::count(turned, '\n'), 0);
}

TEST_F(Surveys, name_the_column_that_begins_like_a_missing_one_and_where_to_say_so) {
    write("ties.csv", "from,to\nann,bob\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("there is no column from_id (the header has from, to); did you "
                                "mean from? (rename it, or say in survey.toml which it is: "
                                "[columns.ties])"));
    EXPECT_THAT(told, HasSubstr("there is no column to_id"));
}

TEST_F(Surveys, tell_an_open_quote_where_it_opened_before_what_it_swallowed) {
    write("people.csv", "person_id,kind\nann,employee\n\"bob,employee\ncid,employee\n"
                        "\"zoe\",client\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("people.csv:3: a quote is opened and not closed on its line"));
    EXPECT_LT(told.find("people.csv:3"), told.find("ties.csv"));
    EXPECT_THAT(told, Not(HasSubstr("zoe"))) << "the rows after it are read";
}

TEST_F(Surveys, refuse_accounts_of_one_pair_that_overlap) {
    write("ties.csv", "from_id,to_id,kind,start_date,end_date\nann,zoe,account,2020-01-01,\n"
                      "ann,zoe,account,2021-01-01,\n");

    EXPECT_THAT(refusal(), HasSubstr("ties.csv:3: the account of these two overlaps with line 2"));
}

TEST_F(Surveys, refuse_two_contacts_of_a_client_at_once_of_whom_none_is_the_main_one) {
    write("ties.csv", "from_id,to_id,kind,start_date,end_date\nann,bob,colleague,,\n"
                      "ann,zoe,account,2020-01-01,2020-12-31\nzoe,bob,account,2020-12-01,\n");

    const std::string dated = refusal();
    write("ties.csv", "from_id,to_id,kind,start_date\nann,zoe,account,\nbob,zoe,account,\n"
                      "cid,zoe,account,2020-01-01\n");
    const std::string half_dated = refusal();

    EXPECT_THAT(dated,
                HasSubstr("ties.csv:4: the client of this account has another contact at the "
                          "same time, on line 3"));
    EXPECT_THAT(half_dated, HasSubstr("ties.csv:4: the client of this account"));
    EXPECT_THAT(half_dated,
                HasSubstr("on line 2, with the same weight (nobody is the main contact; "
                          "1 more is like that)"));
    for (const std::string& told : {dated, half_dated}) {
        EXPECT_THAT(told, Not(AnyOf(HasSubstr("zoe"), HasSubstr("ann"), HasSubstr("bob"))));
    }
}

TEST_F(Surveys, share_clients_among_contacts_without_dates_and_say_how_many) {
    write("ties.csv", "from_id,to_id,kind\nann,zoe,account\nbob,zoe,account\n");

    const Survey survey = read_survey(folder_);

    EXPECT_EQ(shared_clients(survey), 1U);
    EXPECT_TRUE(survey.handovers.empty());
}

TEST_F(Surveys, take_the_weightiest_contact_for_the_main_one) {
    // cid helps all the time; ann hands over to bob.
    write("ties.csv", "from_id,to_id,kind,weight,start_date,end_date\n"
                      "cid,zoe,account,1,,\nann,zoe,account,3,2020-01-01,2020-12-31\n"
                      "bob,zoe,account,3,2020-12-31,\n");

    const Survey survey = read_survey(folder_);

    ASSERT_EQ(survey.handovers.size(), 1U);
    EXPECT_EQ(survey.handovers[0].old_contact, 0U);
    EXPECT_EQ(survey.handovers[0].new_contact, 1U);
}

TEST_F(Surveys, tell_how_many_ties_overlap) {
    write("ties.csv", "from_id,to_id\nann,bob\nbob,cid\nbob,cid\nann,bob\nann,bob\n");

    EXPECT_THAT(refusal(),
                HasSubstr("ties.csv:4: the tie of these two overlaps with line 3 (both are "
                          "in force on the same day; 2 more overlap with others)"));
}

TEST_F(Surveys, refuse_two_scores_of_one_day_and_answers_of_who_gave_none) {
    write("waves.csv", "person_id,date,score,responded\nann,2020-01-15,4,1\nann,2020-01-15,3,1\n"
                       "bob,2020-01-15,3,0\n");

    const std::string told = refusal();

    EXPECT_THAT(told, HasSubstr("waves.csv:3: a second score of one person for score on 2020-01-15 "
                                "(the first is on line 2)"));
    EXPECT_THAT(told, HasSubstr("waves.csv:4: a score of someone who did not respond"));
}

TEST_F(Surveys, name_the_nearest_column_and_file) {
    write("waves.csv", "person_id,date,scoer\nann,2020-01-15,4\n");

    EXPECT_THAT(refusal(), HasSubstr("did you mean scoer?"));

    std::filesystem::rename(folder_ / "waves.csv", folder_ / "wave.csv");

    EXPECT_THAT(refusal(), HasSubstr("wave.csv: is not a file of a survey (did you mean "
                                     "waves.csv?)"));
}

TEST_F(Surveys, name_the_line_of_a_letter_in_latin_1) {
    write("people.csv", "person_id,kind\nann,employee\nbob,employee\nzo\xE9,client\n");

    EXPECT_THAT(refusal(), HasSubstr("people.csv:4: byte 0xE9 is not UTF-8"));
}

TEST_F(Surveys, read_hand_overs_events_and_covariates_where_they_are) {
    write("handovers.csv", "client_id,date,old_id,new_id,reason\nzoe,2020-06-01,ann,cid,leave\n");
    write("events.csv", "person_id,date,event\nzoe,2020-09-01,churn\n");
    write("covariates.csv", "person_id,date,name,value,exogenous\nann,,bonus,3,1\n");

    const Survey survey = read_survey(folder_);

    ASSERT_EQ(survey.handovers.size(), 1U);
    EXPECT_EQ(survey.handovers[0].reason, HandoverReason::leave);
    EXPECT_FALSE(survey.derived_handovers);
    EXPECT_EQ(survey.events[0].event, "churn");
    EXPECT_TRUE(survey.exogenous[0]);

    write("handovers.csv", "client_id,date,old_id,new_id,reason\nann,2020-06-01,ann,cid,leavee\n");

    EXPECT_THAT(refusal(),
                HasSubstr("handovers.csv:2: reason = \"leavee\" is unknown (did you mean "
                          "leave?)"));
}

TEST_F(Surveys, are_folders) {
    EXPECT_THROW(read_survey(folder_ / "people.csv"), sim::UserError);
    std::filesystem::remove(folder_ / "people.csv");
    EXPECT_THAT(refusal(), Not(HasSubstr("accepted")));
}

TEST(MeasuredSurveys, are_read_as_they_are) {
    const std::filesystem::path shared = CERCLE_SHARED_DATA;
    if (!std::filesystem::exists(shared / "s50")) GTEST_SKIP() << "no measured data here";

    const Survey pupils = read_survey(shared / "s50");
    const Survey hospital = read_survey(shared / "hospital_lyon");

    EXPECT_EQ(pupils.scores.size(), 300U);
    EXPECT_EQ(pupils.ties.size(), 351U);
    EXPECT_EQ(hospital.size(), 75U);
}

}
}
