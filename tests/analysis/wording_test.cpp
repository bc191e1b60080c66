#include "analysis/wording.hpp"

#include <limits>
#include <sstream>

#include <gtest/gtest.h>

#include "analysis/text_table.hpp"

namespace cercle::analysis {

TEST(NumberText, separates_thousands_and_keeps_decimals) {
    EXPECT_EQ(number_text(1234567.891, 2), "1,234,567.89");
    EXPECT_EQ(number_text(-1234.0, 0), "-1,234");
    EXPECT_EQ(number_text(999.0, 0), "999");
    EXPECT_EQ(number_text(123456.0, 0), "123,456");
}

TEST(NumberText, shows_no_negative_zero_and_no_nan) {
    EXPECT_EQ(number_text(-0.004, 2), "0.00");
    EXPECT_EQ(signed_text(0.004, 2), "0.00");
    EXPECT_EQ(signed_text(0.04, 1), "0.0");
    EXPECT_EQ(signed_text(2.0, 1), "+2.0");
    EXPECT_EQ(signed_text(-2.0, 1), "-2.0");
    EXPECT_EQ(number_text(std::numeric_limits<double>::quiet_NaN(), 1), "-");
}

TEST(Counted, has_an_s_unless_there_is_one) {
    EXPECT_EQ(counted(0, "pair"), "0 pairs");
    EXPECT_EQ(counted(1, "pair"), "1 pair");
    EXPECT_EQ(counted(2, "pair"), "2 pairs");
    EXPECT_EQ(is_or_are(1), "is");
    EXPECT_EQ(is_or_are(0), "are");
}

TEST(Decimals, show_one_digit_of_the_uncertainty) {
    EXPECT_EQ(decimals_for(0.73, 0), 1);
    EXPECT_EQ(decimals_for(0.0073, 1), 3);
    EXPECT_EQ(decimals_for(73.0, 0), 0);
    EXPECT_EQ(decimals_for(73.0, 1), 1);
    EXPECT_EQ(decimals_for(1e-9, 1), 4);
    EXPECT_EQ(decimals_for(0.0, 1), 1);
    EXPECT_EQ(decimals_for(std::numeric_limits<double>::quiet_NaN(), 3), 3);
}

TEST(Scale, makes_units_readable) {
    EXPECT_EQ(scale_of("fraction", 0.5).unit, "%");
    EXPECT_EQ(scale_of("fraction", 0.5).factor, 100.0);
    EXPECT_EQ(scale_of("1/year", 0.1).unit, "%/year");
    EXPECT_EQ(scale_of("EUR/month", 1200.0).unit, "EUR/month");
    EXPECT_EQ(scale_of("EUR", 2e6).unit, "thousand EUR");
    EXPECT_EQ(scale_of("EUR", 2e6).factor, 1e-3);
    EXPECT_EQ(scale_of("days/month", 1.0).unit, "days/month");
    EXPECT_EQ(scale_of("1", 1.0).unit, "");
    EXPECT_EQ(scale_of("kWh", 1.0).unit, "kWh");
}

TEST(Label, is_in_words) {
    EXPECT_EQ(label_of({"engagement_employee", "fraction", ""}), "Employee engagement");
    EXPECT_EQ(label_of({"some_new_thing", "1", ""}), "Some new thing");
}

TEST(TextTable, fits_the_width_it_is_given) {
    const TextTable table{
        {"what", "a name far too long to be shown", "b"},
        {{"Engagement of all employées of the firm", "1.5", "2"}, {"x", "3", "4"}}};

    for (const std::size_t width : {24U, 40U, 60U, 100U}) {
        for (const std::string& lines : lines_of(table, width)) {
            std::istringstream stream(lines);
            for (std::string line; std::getline(stream, line);)
                EXPECT_LE(text_width(line), width) << line;
        }
    }
    EXPECT_NE(lines_of(table, 100)[0].find("a name far too long to be shown"), std::string::npos);
    EXPECT_EQ(lines_of(table, 100)[2].find('\n'), std::string::npos);
    EXPECT_NE(lines_of(table, 40)[2].find("\n  employées"), std::string::npos);
}

TEST(TextTable, aligns_numbers_to_the_right) {
    const auto lines = lines_of({{"", "n"}, {{"é", "10"}, {"bb", "5"}}}, 40);

    EXPECT_EQ(lines[2], "é   10");
    EXPECT_EQ(lines[3], "bb   5");
}

TEST(Wrapped, breaks_at_spaces_and_indents_what_follows) {
    EXPECT_EQ(wrapped("one two three four", 9, 2), "one two\n  three\n  four\n");
    EXPECT_EQ(wrapped("short", 80), "short\n");
}

}
