#include "analysis/inference/company_start.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "scenarios/scenario.hpp"
#include "scenarios/study.hpp"
#include "sim/error.hpp"
#include "tests/inference/survey_folder.hpp"

namespace cercle::analysis {
namespace {

double logit(double share) { return std::log(share / (1.0 - share)); }

class CompanyStart : public SurveyFolder {
protected:
    CompanyStart() {
        write("people.csv", "person_id,kind,team,is_manager\nann,employee,A,1\nbob,employee,A,0\n"
                            "cid,employee,B,1\ndee,employee,B,0\nzoe,client,,\n");
        write("ties.csv", "from_id,to_id,kind,start_date,end_date\nann,bob,colleague,,\n"
                          "bob,cid,colleague,,2020-03-01\ncid,dee,colleague,,\n"
                          "ann,zoe,account,,\n");
        write("waves.csv", "person_id,date,score,scale_min,scale_max,instrument\n"
                           "ann,2020-01-15,8,0,10,mood\nann,2020-04-15,8,0,10,mood\n"
                           "bob,2020-01-15,4,0,10,mood\nbob,2020-04-15,6,0,10,mood\n"
                           "cid,2020-01-15,3,0,10,mood\ncid,2020-04-15,2,0,10,mood\n");
    }
    std::string text_of(const std::string& name) const {
        std::ostringstream text;
        text << std::ifstream(folder_ / "out" / name).rdbuf();
        return text.str();
    }
    /// Writes the scenario, and says what stands on stdout.
    std::string written() const {
        std::filesystem::remove_all(folder_ / "out");
        std::filesystem::create_directory(folder_ / "out");
        std::string lines;
        for (const std::string& line :
             write_company_scenario(read_survey(folder_), folder_ / "out"))
            lines += line + "\n";
        return lines;
    }
    scenarios::Study study() const {
        return scenarios::Study(scenarios::read_scenario(
            scenarios::load_scenario_file((folder_ / "out" / "scenario.toml").string(), {}, {})));
    }
    /// What a run observed at month 0.
    static double at_start(const scenarios::Study& study, const std::string& name) {
        const auto head = study.head();
        const auto found = std::ranges::find(head.series, name, &sim::Metric::name);
        sim::Record record = study.run({0, 0, 0, 1});
        return record.at(static_cast<std::size_t>(found - head.series.begin()), 0, 0);
    }
};

// One-way analysis of variance by hand: three people, two answers each.
TEST_F(CompanyStart, shrinks_the_mean_answer_of_each_by_how_much_it_can_be_trusted) {
    const auto fitted = fit_set_points(read_survey(folder_), false);

    ASSERT_TRUE(fitted.has_value());
    const std::vector<double> own{logit(.8), 0.0, (logit(.3) + logit(.2)) / 2.0};
    const double mean = (own[0] + own[1] + own[2]) / 3.0;
    const double apart = (logit(.3) - logit(.2)) / 2.0;
    const double within = (2.0 * logit(.6) * logit(.6) + 2.0 * apart * apart) / 3.0;
    double of_people = 0.0;
    for (const double each : own) of_people += 2.0 * (each - mean) * (each - mean) / (3.0 - 1.0);
    const double between = (of_people - within) / 2.0;
    EXPECT_EQ(fitted->answered, 3U);
    EXPECT_NEAR(fitted->mean, mean, 1e-12);
    EXPECT_NEAR(fitted->sd, std::sqrt(between), 1e-12);
    EXPECT_NEAR(fitted->reliability, between / (between + within), 1e-12);
    const double trust = between / (between + within / 2.0);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR(logit(*fitted->set_point[i]), mean + trust * (own[i] - mean), 1e-9) << i;
    }
    EXPECT_FALSE(fitted->set_point[3].has_value()) << "dee did not answer";
    EXPECT_FALSE(fit_set_points(read_survey(folder_), true).has_value()) << "no client did";
}

TEST_F(CompanyStart, is_written_as_a_scenario_that_names_nobody_and_runs) {
    write("events.csv", "person_id,date,event\ndee,2020-02-01,quit\n");
    std::filesystem::create_directory(folder_ / "out");
    write_company_scenario(read_survey(folder_), folder_ / "out");

    const std::string people = text_of("people.csv");
    for (const char* name : {"ann", "bob", "cid", "dee", "zoe"}) {
        EXPECT_THAT(people + text_of("ties.csv"), ::testing::Not(::testing::HasSubstr(name)));
    }
    EXPECT_THAT(people, ::testing::ContainsRegex("e[123],employee,team [12],,,1,0.7"));
    EXPECT_THAT(people, ::testing::Not(::testing::HasSubstr("e4"))) << "dee has left";
    EXPECT_EQ(std::ranges::count(text_of("ties.csv"), '\n'), 3)
        << "a header, ann and bob, ann and zoe: others ended before the last answer";
    const scenarios::Scenario scenario = scenarios::read_scenario(
        scenarios::load_scenario_file((folder_ / "out" / "scenario.toml").string(), {}, {}));
    const sim::Record record = scenarios::Study(scenario).run({0, 0, 0, 1});
    EXPECT_EQ(record.status, sim::RunStatus::done);
}

TEST_F(CompanyStart, has_names_that_tell_nothing_of_the_order_of_the_roster) {
    std::string people = "person_id\n", ties = "from_id,to_id\n", waves = "person_id,date,score\n";
    for (int i = 0; i < 90; ++i) {
        people += fmt::format("p{}\n", i);
        ties += fmt::format("p{},p{}\n", i, (i + 1) % 90);
        waves += fmt::format("p{},2020-01-15,{}\n", i, i);
    }
    write("people.csv", people);
    write("ties.csv", ties);
    write("waves.csv", waves);

    const Survey survey = read_survey(folder_);
    const std::vector<PersonIndex> order = people_in_no_order(survey);
    write("waves.csv", waves + "p0,2021-01-15,3\n" + "p1,2021-01-15,2\n");
    const std::vector<PersonIndex> of_others = people_in_no_order(survey);

    std::size_t descents = 0, at_home = 0;
    for (PersonIndex i = 0; i < 90; ++i) {
        descents += i > 0 && order[i] < order[i - 1] ? 1 : 0;
        at_home += order[i] == i ? 1 : 0;
    }
    // Of 89 pairs a descent each with 1/2, standard deviation 2.7 (Eulerian numbers).
    EXPECT_GT(descents, 32U);
    EXPECT_LT(descents, 57U);
    EXPECT_LT(at_home, 9U) << "one is expected";
    EXPECT_TRUE(std::ranges::is_permutation(order, of_others));
    EXPECT_NE(order, of_others) << "the roster alone does not tell the order";
    write("waves.csv", waves);
    EXPECT_EQ(order, people_in_no_order(survey));
}

TEST_F(CompanyStart, has_as_many_positions_and_clients_as_the_roster_and_none_to_fill) {
    EXPECT_THAT(written(), ::testing::HasSubstr("people.csv: 4 employees, 1 client;"));

    const scenarios::Study whole = study();
    EXPECT_THAT(whole.plan_text(1, 1), ::testing::HasSubstr("4 positions (4 filled)"));
    EXPECT_THAT(whole.plan_text(1, 1), ::testing::HasSubstr("(1 served)"));
    EXPECT_EQ(at_start(whole, "employees"), 4.0);
    EXPECT_EQ(at_start(whole, "clients"), 1.0);
}

TEST_F(CompanyStart, leaves_out_clients_whom_nobody_serves_on_the_day_and_says_so) {
    write("people.csv", "person_id,kind,team\nann,employee,A\nbob,employee,A\ncid,employee,B\n"
                        "dee,employee,B\nzoe,client,\nyan,client,\n");

    EXPECT_THAT(written(), ::testing::HasSubstr("1 client without a contact on 2020-04-15"));

    EXPECT_EQ(at_start(study(), "clients"), 1.0);
}

TEST_F(CompanyStart, has_clients_with_whom_they_were_handed_over_to) {
    const auto set_point_of_contact = [&] {
        written();
        std::istringstream ties(text_of("ties.csv")), people(text_of("people.csv"));
        std::string line, contact;
        while (std::getline(ties, line)) {
            if (line.find(",account,") != std::string::npos) contact = line.substr(0, 3);
        }
        while (std::getline(people, line)) {
            if (line.starts_with(contact)) return std::stod(line.substr(line.rfind(',') + 1));
        }
        return 0.0;
    };
    const double of_ann = set_point_of_contact();
    write("handovers.csv", "client_id,date,old_id,new_id\nzoe,2020-02-01,ann,cid\n");
    const double of_cid = set_point_of_contact();

    EXPECT_GT(of_ann, 0.5);
    EXPECT_LT(of_cid, 0.5);
}

TEST_F(CompanyStart, says_plainly_what_of_its_clients_is_made_up) {
    write("ties.csv", "from_id,to_id\nann,bob\ncid,dee\n");
    const std::string dealt_out = written();
    EXPECT_EQ(at_start(study(), "clients"), 1.0);
    write("people.csv", "person_id\nann\nbob\ncid\ndee\n");
    const std::string invented = written();

    EXPECT_THAT(dealt_out,
                ::testing::HasSubstr("no account is in force on that day, so who serves whom"));
    EXPECT_THAT(invented, ::testing::HasSubstr("40 are made up, 10 for each employee"));
    EXPECT_THAT(text_of("scenario.toml"), ::testing::HasSubstr("# Made up: the survey names no"));
    EXPECT_EQ(at_start(study(), "clients"), 40.0);
}

TEST_F(CompanyStart, needs_answers_of_employees_and_their_ties) {
    write("ties.csv", "from_id,to_id,kind\nann,zoe,account\n");
    std::filesystem::create_directory(folder_ / "out");
    EXPECT_THROW(write_company_scenario(read_survey(folder_), folder_ / "out"), sim::UserError);
    EXPECT_TRUE(std::filesystem::is_empty(folder_ / "out")) << "nothing is left half written";
}

}
}
