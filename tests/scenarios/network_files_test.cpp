#include <gmock/gmock.h>

#include "tests/scenarios/office_files.hpp"

namespace cercle::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

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
                                "from the other end); leave one, or set"));
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

}
}
