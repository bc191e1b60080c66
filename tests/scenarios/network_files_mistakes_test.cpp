#include <sstream>
#include <vector>

#include <gmock/gmock.h>

#include "tests/scenarios/office_files.hpp"

namespace cercle::scenarios {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

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

TEST_F(NetworkFiles, mistakes_are_told_file_by_file_and_line_by_line) {
    write("people.csv", "person_id\na\nb\nb\n");
    write("ties.csv", "from_id,to_id,weight\na,zed,1\na,b\na,a,1\nb,a,1\na,b,2\nb,zed,none\n");

    std::vector<std::string> places;
    std::istringstream told(message());
    for (std::string line; std::getline(told, line);) {
        const std::size_t name = line.find(".csv:");
        places.push_back(
            line.substr(line.rfind('/', name) + 1, name + 7 - line.rfind('/', name) - 1));
    }

    EXPECT_THAT(places, ElementsAre("ties.csv:2:", "ties.csv:3:", "ties.csv:4:", "ties.csv:6:",
                                    "ties.csv:7:", "people.csv:4:"));
}

TEST_F(NetworkFiles, the_first_mistakes_of_a_file_are_those_that_are_printed) {
    std::string text = "from_id,to_id\na,b\nb,c\nc,a\nb,a\n"; // line 5 is found last
    for (int i = 0; i < 30; ++i) text += "a,a\n";
    write("ties.csv", text);

    EXPECT_THAT(message(), StartsWith((folder_ / "ties.csv").string() + ":5: "));
    EXPECT_THAT(message(), HasSubstr("... and 11 more problems"));
}

TEST_F(NetworkFiles, a_weight_beyond_all_measure_is_not_called_too_small) {
    write("ties.csv", "from_id,to_id,weight\na,b,1e31\n");

    EXPECT_THAT(message(), HasSubstr("weight = 1e31 is above 1e+30"));
}

}
}
