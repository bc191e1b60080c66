#include "scenarios/network_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/network_parameters.hpp"
#include "sim/error.hpp"
#include "sim/graph_measures.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A folder of small files, and what the reader says of them.
class NetworkFiles : public testing::Test {
protected:
    void SetUp() override {
        const auto* info = testing::UnitTest::GetInstance()->current_test_info();
        folder_ = fs::path(testing::TempDir()) / (std::string("cercle_files_") + info->name());
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    fs::path write(const std::string& name, const std::string& text) {
        std::ofstream(folder_ / name, std::ios::binary) << text;
        return folder_ / name;
    }
    OfficeFiles files() const { return {.ties = folder_ / "ties.csv"}; }
    std::string message(const OfficeFiles& files) const {
        try {
            read_office(files);
        } catch (const sim::UserError& error) {
            return error.what();
        }
        return {};
    }
    std::string message() const { return message(files()); }

    fs::path folder_;
};

const std::string four_people = "person_id,kind,team,is_manager\n"
                                "ann,employee,A,1\nbob,employee,A,0\ncid,employee,B,\n"
                                "dot,client,,\n";

TEST_F(NetworkFiles, people_and_ties_become_an_office) {
    write("people.csv", four_people);
    write("ties.csv", "from_id;to_id;kind;weight\nbob;ann;colleague;2.5\nann;cid;;1\n"
                      "dot;cid;account;4\n");

    const OfficeData data = read_office(files());

    EXPECT_THAT(data.employee_ids, ElementsAre("ann", "bob", "cid"));
    EXPECT_THAT(data.client_ids, ElementsAre("dot"));
    EXPECT_EQ(data.office.employees, 3u);
    EXPECT_THAT(data.office.team_names, ElementsAre("A", "B"));
    EXPECT_THAT(data.office.team, ElementsAre(0, 0, 1));
    EXPECT_THAT(data.office.is_manager, ElementsAre(1, 0, 0));
    EXPECT_THAT(data.office.colleague, ElementsAre(sim::Tie{0, 1, 2.5F}, sim::Tie{0, 2, 1.0F}));
    EXPECT_FALSE(data.office.colleague_directed);
    EXPECT_EQ(data.office.clients, 1u);
    EXPECT_THAT(data.office.accounts, ElementsAre(Account{2, 0, 4.0F}));
}

TEST_F(NetworkFiles, without_people_the_ties_name_them) {
    write("ties.csv", "from_id,to_id,kind\n7,3,colleague\n3,9,colleague\n3,k1,account\n");

    const OfficeData data = read_office(files());

    EXPECT_THAT(data.employee_ids, ElementsAre("7", "3", "9"));
    EXPECT_THAT(data.client_ids, ElementsAre("k1"));
    EXPECT_THAT(data.office.team_names, ElementsAre("none"));
}

TEST_F(NetworkFiles, managers_are_those_reported_to_where_people_do_not_tell) {
    write("ties.csv", "from_id,to_id,kind\na,b,colleague\nb,c,colleague\na,c,manager\n");

    EXPECT_THAT(read_office(files()).office.is_manager, ElementsAre(0, 0, 1));
}

TEST_F(NetworkFiles, all_mistakes_of_all_files_are_told_at_once_with_their_lines) {
    write("people.csv", "person_id,kind,is_manager\na,employee,1\nb,emploee,0\na,employee,0\n"
                        "k,client,maybe\n");
    write("ties.csv", "from_id,to_id,kind,weight\na,a,colleague,1\na,b,colleague,0\n"
                      "a,b,collegue,1\nb,zed,colleague,1\nzed,a,colleague,nan\na,k,colleague,1\n"
                      "a,b\na,b,colleague,-1\na,b,account,2\nzed,a,colleague,2\n");

    const std::string told = message();

    EXPECT_THAT(told, HasSubstr("people.csv:3: unknown kind of person \"emploee\" (did you mean "
                                "employee?)"));
    EXPECT_THAT(told, HasSubstr("people.csv:4: person a is there twice (first on line 2)"));
    EXPECT_THAT(told, HasSubstr("people.csv:5: is_manager = \"maybe\""));
    EXPECT_THAT(told, HasSubstr("ties.csv:2: a has a tie with themselves"));
    EXPECT_THAT(told, HasSubstr("ties.csv:3: weight = 0 is not above 0"));
    EXPECT_THAT(told, HasSubstr("ties.csv:4: unknown kind of tie \"collegue\" (did you mean "
                                "colleague?)"));
    EXPECT_THAT(told, HasSubstr("ties.csv:5: person zed is not in "));
    EXPECT_THAT(told, HasSubstr("(named in 2 ties)"));
    EXPECT_THAT(told, HasSubstr("ties.csv:6: weight = \"nan\" is not a number"));
    EXPECT_THAT(told, HasSubstr("ties.csv:7: a tie of kind colleague joins two employees (a is an "
                                "employee, k is a client)"));
    EXPECT_THAT(told, HasSubstr("ties.csv:8: 2 fields (the header has 4)"));
    EXPECT_THAT(told, HasSubstr("ties.csv:9: weight = -1 is not above 0"));
    EXPECT_THAT(told,
                HasSubstr("ties.csv:10: a tie of kind account joins an employee and a client"));
}

TEST_F(NetworkFiles, a_pair_that_is_named_twice_is_refused_or_merged_as_asked) {
    write("ties.csv", "from_id,to_id,weight\na,b,1\nb,c,2\nb,a,5\na,b,3\n");
    const auto weight = [&](Duplicates duplicates, Direction direction) {
        OfficeFiles how = files();
        how.duplicates = duplicates;
        how.direction = direction;
        return read_office(how).office.colleague[0].weight;
    };

    const std::string told = message();

    EXPECT_THAT(told, HasSubstr("ties.csv:4: tie b - a is there twice (weight 5 here, 1 on line 2, "
                                "from the other end) leave one, or set"));
    EXPECT_THAT(told,
                HasSubstr("ties.csv:5: tie a - b is there twice (weight 3 here, 1 on line 2)"));
    EXPECT_THAT(told, HasSubstr("network.colleague.duplicates"));
    EXPECT_EQ(weight(Duplicates::sum, Direction::undirected), 9.0F);
    EXPECT_EQ(weight(Duplicates::mean, Direction::undirected), 3.0F);
    EXPECT_EQ(weight(Duplicates::max, Direction::undirected), 5.0F);
    EXPECT_EQ(weight(Duplicates::sum, Direction::directed), 4.0F);
}

TEST_F(NetworkFiles, many_pairs_named_from_both_ends_make_a_directed_network) {
    std::string mutual = "from_id,to_id\n";
    for (int i = 0; i < 10; ++i) {
        mutual += std::to_string(i) + "," + std::to_string(i + 1) + "\n";
        mutual += std::to_string(i + 1) + "," + std::to_string(i) + "\n";
    }
    write("ties.csv", mutual);

    EXPECT_TRUE(read_office(files()).office.colleague_directed);

    std::string rare = mutual;
    for (int i = 0; i < 200; ++i) rare += "x" + std::to_string(i) + ",y" + std::to_string(i) + "\n";
    write("ties.csv", rare);

    EXPECT_THAT(message(), HasSubstr("from the other end"));
}

TEST_F(NetworkFiles, files_without_content_are_told_as_such) {
    write("ties.csv", "");
    EXPECT_THAT(message(), HasSubstr("ties.csv: is empty"));

    write("ties.csv", "from_id,to_id,kind,weight\n");
    EXPECT_THAT(message(), HasSubstr("ties.csv: has no ties"));
    EXPECT_THAT(message(), HasSubstr("network.colleague.generator = \"none\""));

    write("ties.csv", "from,to,weight\na,b,1\n");
    EXPECT_THAT(message(), HasSubstr("there is no column from_id"));

    write("ties.csv", "from_id,to_id,kind\na,b,advice\n");
    EXPECT_THAT(message(), HasSubstr("has no ties of kind colleague (it has 1 advice)"));

    EXPECT_THAT(message({.ties = folder_ / "tiess.csv"}), HasSubstr("(did you mean ties.csv?)"));
}

TEST_F(NetworkFiles, at_most_twenty_mistakes_are_printed) {
    std::string text = "from_id,to_id\n";
    for (int i = 0; i < 30; ++i) text += "a,a\n";
    write("ties.csv", text);

    EXPECT_THAT(message(), HasSubstr("... and 10 more problems"));
}

TEST_F(NetworkFiles, only_ties_in_force_count) {
    write("ties.csv", "from_id,to_id,start_date,end_date\na,b,2020-01-01,2020-12-31\n"
                      "a,c,2020-01-01,\na,b,2021-01-01,2021-12-31\nb,c,2021-01-01,2021-06-30\n");
    const auto ties_on = [&](const std::string& date) {
        OfficeFiles how = files();
        how.date = date;
        return read_office(how).office.colleague.size();
    };

    EXPECT_EQ(ties_on(""), 3u);
    EXPECT_EQ(ties_on("2020-06-01"), 2u);
    EXPECT_EQ(ties_on("2021-12-01"), 2u);
    OfficeFiles before = files();
    before.date = "2019-01-01";
    EXPECT_THAT(message(before), HasSubstr("no tie is in force on 2019-01-01"));
    write("ties.csv", "from_id,to_id,start_date\na,b,01/02/2020\nb,c,2020-02-30\n");
    EXPECT_THAT(message(), HasSubstr("start_date = \"01/02/2020\" is not a date"));
    EXPECT_THAT(message(), HasSubstr("start_date = \"2020-02-30\" is not a date"));
}

TEST_F(NetworkFiles, accounts_may_stand_in_a_file_of_their_own) {
    write("people.csv", "person_id,team\na,A\nb,A\n");
    write("ties.csv", "from_id,to_id\na,b\n");
    OfficeFiles how = files();
    how.service = write("accounts.csv", "from_id,to_id,weight\na,k1,3\nb,k2,1\na,k2,2\n");

    const OfficeData data = read_office(how);

    EXPECT_THAT(data.client_ids, ElementsAre("k1", "k2"));
    EXPECT_THAT(data.office.accounts,
                ElementsAre(Account{0, 0, 3.0F}, Account{0, 1, 2.0F}, Account{1, 1, 1.0F}));

    how.service = write("accounts.csv", "from_id,to_id,weight\nzed,k1,3\n");
    EXPECT_THAT(message(how), HasSubstr("accounts.csv:2: person zed is not in"));
}

/// The measured offices, which may not be part of the project.
class MeasuredOffice : public testing::Test {
protected:
    void SetUp() override {
        if (!fs::is_directory(CERCLE_SHARED_DATA)) {
            GTEST_SKIP() << "the measured offices are not there: " << CERCLE_SHARED_DATA;
        }
    }
    static OfficeFiles files(const std::string& name) {
        return {.ties = fs::path(CERCLE_SHARED_DATA) / name / "ties.csv"};
    }
    static sim::Graph graph(const OfficeNetwork& office) {
        return sim::Graph(office.employees, office.colleague, !office.colleague_directed);
    }
};

TEST_F(MeasuredOffice, the_french_office_has_its_published_figures) {
    const OfficeNetwork office = read_office(files("office_france")).office;

    const sim::GraphMeasures measures = sim::measure(graph(office));

    EXPECT_EQ(office.employees, 92u);
    EXPECT_EQ(office.team_names.size(), 5u);
    EXPECT_EQ(measures.ties, 755u);
    EXPECT_NEAR(measures.degree.mean, 16.41, 0.005);
    EXPECT_NEAR(measures.degree.cv, 0.46, 0.005);
    EXPECT_EQ(measures.degree.max, 44.0);
    EXPECT_NEAR(measures.strength.mean, 213.6, 0.05);
    EXPECT_NEAR(measures.strength.cv, 0.91, 0.005);
    EXPECT_EQ(measures.weight.median, 3.0);
    EXPECT_EQ(measures.weight.ninety_percent, 29.0);
    EXPECT_EQ(measures.weight.max, 737.0);
    EXPECT_NEAR(measures.weight.log_mean, 1.360, 0.0005);
    EXPECT_NEAR(measures.weight.log_sd, 1.388, 0.0005);
    EXPECT_NEAR(measures.transitivity, 0.368, 0.0005);
    EXPECT_NEAR(measures.mean_path, 1.96, 0.005);
    EXPECT_NEAR(sim::assortativity_by(graph(office), office.team), 0.517, 0.0005);
    EXPECT_NEAR(sim::modularity(graph(office), office.team, sim::Weighting::unweighted), 0.373,
                0.0005);
    EXPECT_NEAR(sim::modularity(graph(office), office.team, sim::Weighting::weighted), 0.557,
                0.0005);
}

TEST_F(MeasuredOffice, the_hungarian_units_are_directed_and_have_their_managers) {
    OfficeFiles how = files("office_hungary");
    std::string told;
    try {
        read_office(how);
    } catch (const sim::UserError& error) {
        told = error.what();
    }
    how.duplicates = Duplicates::mean;

    const OfficeNetwork office = read_office(how).office;

    // 74 answers are given twice with different weights; the reader does not choose by itself.
    EXPECT_THAT(told, HasSubstr("... and 54 more problems"));
    EXPECT_TRUE(office.colleague_directed);
    EXPECT_EQ(office.employees, 223u);
    EXPECT_EQ(office.team_names.size(), 9u);
    EXPECT_EQ(office.colleague.size(), 2447u);
    EXPECT_NEAR(sim::measure(graph(office)).reciprocity, 1912.0 / 2447.0, 1e-12);
    EXPECT_GE(std::ranges::count(office.is_manager, 1), 9);
}

TEST_F(MeasuredOffice, patients_of_the_hospital_are_the_clients_of_its_staff) {
    const OfficeNetwork office = read_office(files("hospital_lyon")).office;

    EXPECT_EQ(office.employees, 46u);
    EXPECT_EQ(office.clients, 29u);
    EXPECT_EQ(office.colleague.size(), 553u);
    EXPECT_EQ(office.accounts.size(), 573u);
    EXPECT_EQ(office.client_ties.size(), 13u);
    EXPECT_FALSE(office.colleague_directed);
    EXPECT_LT(std::ranges::max(office.accounts, {}, &Account::employee).employee, 46u);
    EXPECT_EQ(std::ranges::max(office.accounts, {}, &Account::client).client, 28u);
}

TEST_F(MeasuredOffice, the_managers_have_directed_ties_of_several_kinds) {
    OfficeFiles how = files("managers_krackhardt");
    const OfficeNetwork friends = read_office(how).office;
    how.kind = "advice";
    const OfficeNetwork advisers = read_office(how).office;

    EXPECT_EQ(friends.employees, 21u);
    EXPECT_TRUE(friends.colleague_directed);
    EXPECT_EQ(friends.colleague.size(), 102u);
    EXPECT_EQ(advisers.colleague.size(), 190u);
    EXPECT_EQ(std::ranges::count(friends.is_manager, 1), 5);
    EXPECT_EQ(friends.is_manager[6], 1); // the president
}

TEST_F(MeasuredOffice, karate_has_the_eigenvalue_of_the_oracle_and_two_factions) {
    const OfficeNetwork club = read_office(files("karate")).office;

    EXPECT_EQ(club.employees, 34u);
    EXPECT_EQ(club.team_names.size(), 2u);
    EXPECT_NEAR(sim::largest_eigenvalue(graph(club)), 6.7256977276, 1e-10);
}

TEST_F(MeasuredOffice, the_last_wave_of_the_pupils_is_taken) {
    EXPECT_EQ(read_office(files("s50")).office.colleague.size(), 122u);
}

}
}
