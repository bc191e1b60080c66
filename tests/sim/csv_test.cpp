#include "sim/csv.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::sim {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> row(const CsvTable& table, std::size_t which) {
    std::vector<std::string> fields;
    for (std::size_t c = 0; c < table.columns().size(); ++c) {
        fields.push_back(table.cell(which, c));
    }
    return fields;
}

CsvTable good(std::string_view text) {
    FileProblems problems;
    CsvTable table = parse_csv("t.csv", text, problems);
    EXPECT_EQ(problems.text(), "");
    return table;
}

std::string problems_of(std::string_view text) {
    FileProblems problems;
    parse_csv("t.csv", text, problems);
    return problems.text();
}

TEST(Csv, a_plain_file_is_a_table_whose_rows_know_their_lines) {
    const CsvTable table = good("a,b\n1,2\n\n3,4");

    EXPECT_THAT(table.columns(), ElementsAre("a", "b"));
    ASSERT_EQ(table.rows(), 2u);
    EXPECT_THAT(row(table, 0), ElementsAre("1", "2"));
    EXPECT_THAT(row(table, 1), ElementsAre("3", "4"));
    EXPECT_EQ(table.line(0), 2u);
    EXPECT_EQ(table.line(1), 4u);
    EXPECT_EQ(table.column("b"), 1u);
    EXPECT_FALSE(table.column("B").has_value());
}

TEST(Csv, the_separator_is_what_the_header_has_more_of) {
    EXPECT_THAT(row(good("a;b;\"c,d,e,f\"\n1;2,5;3\n"), 0), ElementsAre("1", "2,5", "3"));
    EXPECT_THAT(good("a;b;\"c,d,e,f\"\n").columns(), ElementsAre("a", "b", "c,d,e,f"));
    EXPECT_THAT(row(good("a,b\n1;2,3\n"), 0), ElementsAre("1;2", "3"));
}

TEST(Csv, quotes_protect_separators_line_ends_and_quotes) {
    const CsvTable table =
        good("a,b\r\n\"x, y\",\"two\r\nlines\"\r\n\"say \"\"hi\"\"\",\" z \"\r\n");

    ASSERT_EQ(table.rows(), 2u);
    EXPECT_THAT(row(table, 0), ElementsAre("x, y", "two\r\nlines"));
    EXPECT_THAT(row(table, 1), ElementsAre("say \"hi\"", " z "));
    EXPECT_EQ(table.line(1), 4u);
}

TEST(Csv, byte_order_mark_and_blanks_are_no_content) {
    const CsvTable table = good("\xEF\xBB\xBF"
                                "id , name\n 1 , \xC3\x89mile \n,\n");

    EXPECT_THAT(table.columns(), ElementsAre("id", "name"));
    EXPECT_THAT(row(table, 0), ElementsAre("1", "\xC3\x89mile"));
    EXPECT_THAT(row(table, 1), ElementsAre("", ""));
}

TEST(Csv, a_row_of_another_length_is_a_problem_with_its_line) {
    const std::string told = problems_of("a,b\n1,2\n3\n4,5,6\n");

    EXPECT_THAT(told, HasSubstr("t.csv:3: 1 field (the header has 2)"));
    EXPECT_THAT(told, HasSubstr("t.csv:4: 3 fields (the header has 2)"));
}

TEST(Csv, many_rows_of_one_wrong_length_are_told_once) {
    const std::string told = problems_of("a,b\n1,5,2\n1,6,2\n1\n2,5,3\n2,6,3\n");

    EXPECT_THAT(told, HasSubstr("t.csv:2: 3 fields (the header has 2); 3 more rows are like that; "
                                "decimal commas need ; between fields"));
    EXPECT_THAT(told, HasSubstr("t.csv:4: 1 field (the header has 2)"));
    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 1);
}

TEST(Csv, tabs_between_fields_and_lines_that_end_in_cr_alone_are_named_once) {
    EXPECT_EQ(problems_of("a\tb\n1\t2\n1\t3,5\n"),
              "t.csv:1: the header is separated by tabs; separate with , or ;");
    EXPECT_THAT(problems_of("a,b\r1,2\r3,4\r"), HasSubstr("t.csv: has lines that end in CR alone"));
    EXPECT_EQ(problems_of("a,b\r1,2\r").find('\n'), std::string::npos);
}

TEST(Csv, open_and_interrupted_quotes_are_problems_where_they_start) {
    EXPECT_THAT(problems_of("a,b\n1,2\n\"3,4\n5,6\n"), HasSubstr("t.csv:3: a quote is opened"));
    EXPECT_THAT(problems_of("a,b\n\"1\"x,2\n3,4\n"), HasSubstr("t.csv:2: text after"));
}

TEST(Csv, another_encoding_is_named) {
    EXPECT_THAT(problems_of("id,name\n1,\xC9mile\n"), HasSubstr("t.csv:2: byte 0xC9 is not UTF-8"));
    EXPECT_THAT(problems_of("id,name\n1,\xC9mile\n"), HasSubstr("Latin-1"));
    EXPECT_THAT(problems_of("\xFF\xFEi\0d\0"), HasSubstr("UTF-16"));
    EXPECT_THAT(problems_of(std::string_view("a,b\n\0,1\n", 8)),
                HasSubstr("t.csv:2: holds a zero"));
}

TEST(Csv, an_empty_file_and_a_bad_header_are_problems) {
    EXPECT_THAT(problems_of(""), HasSubstr("t.csv: is empty"));
    EXPECT_THAT(problems_of("\n\n"), HasSubstr("t.csv: is empty"));
    EXPECT_THAT(problems_of("a,b,a\n"), HasSubstr("column a is there twice (columns 1 and 3)"));
    EXPECT_THAT(problems_of("a,,b\n"), HasSubstr("column 2 of the header has no name"));
    EXPECT_EQ(problems_of("a,b\n"), "");
}

TEST(Csv, a_missing_column_names_the_nearest) {
    FileProblems problems;
    const CsvTable table = parse_csv("t.csv", "from_id,to_di,weight\n", problems);

    EXPECT_FALSE(has_columns(table, std::vector<std::string>{"from_id", "to_id"}, problems));
    EXPECT_TRUE(has_columns(table, std::vector<std::string>{"weight"}, problems));
    EXPECT_THAT(problems.text(), HasSubstr("; did you mean to_di?"));
}

TEST(Csv, numbers_are_finite_and_whole_fields) {
    EXPECT_EQ(number_in("1.5"), 1.5);
    EXPECT_EQ(number_in("+2e3"), 2000.0);
    EXPECT_EQ(number_in("-0.25"), -0.25);
    for (const char* field : {"", "x", "1x", "nan", "inf", "1,5", "1e999", "0x10", "--1"}) {
        EXPECT_FALSE(number_in(field).has_value()) << field;
    }
    EXPECT_THAT(not_a_number("weight", "0,5"), HasSubstr("(decimal comma); write 0.5"));
}

TEST(Csv, many_problems_are_cut_at_twenty_and_counted) {
    std::string text = "a,b\n";
    for (int i = 0; i < 25; ++i) text += "\"1\"x,2\n";

    const std::string told = problems_of(text);

    EXPECT_EQ(std::count(told.begin(), told.end(), '\n'), 20);
    EXPECT_THAT(told, HasSubstr("t.csv:21: "));
    EXPECT_THAT(told, HasSubstr("... and 5 more problems"));
}

TEST(Csv, a_missing_file_names_the_nearest_beside_it) {
    const auto folder = std::filesystem::path(testing::TempDir()) / "cercle_csv_test";
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "ties.csv") << "a,b\n1,2\n";
    FileProblems problems;
    const auto message_for = [&](const std::filesystem::path& path) -> std::string {
        try {
            read_csv(path, "file of ties", problems);
        } catch (const UserError& error) {
            return error.what();
        }
        return "";
    };

    EXPECT_EQ(message_for(folder / "ties.csv"), "");
    EXPECT_THAT(message_for(folder / "tise.csv"), HasSubstr("(did you mean ties.csv?)"));
    EXPECT_THAT(message_for(folder / "nowhere" / "ties.csv"), HasSubstr("there is no folder"));
    EXPECT_THAT(message_for(folder), HasSubstr("is a folder"));
}

}
}
