#include "scenarios/units.hpp"

#include <cmath>

#include <gtest/gtest.h>

namespace cercle::scenarios {
namespace {

double number(std::string_view text, const std::string& unit) {
    const std::variant<double, UnitMistake> read = in_unit(text, unit);
    const double* value = std::get_if<double>(&read);
    EXPECT_TRUE(value) << text << " in " << unit << ": " << std::get<UnitMistake>(read).problem;
    return value ? *value : 0.0;
}

std::string mistake(std::string_view text, const std::string& unit) {
    const std::variant<double, UnitMistake> read = in_unit(text, unit);
    const UnitMistake* found = std::get_if<UnitMistake>(&read);
    EXPECT_TRUE(found) << text << " in " << unit << " was read";
    return found ? found->problem + "|" + found->advice : std::string();
}

TEST(Units, a_number_without_unit_is_already_in_the_parameter_s_unit) {
    EXPECT_EQ(number("12", "month"), 12.0);
    EXPECT_EQ(number(" 1e-3 ", "1/month"), 0.001);
    EXPECT_EQ(number("+2.5", ""), 2.5);
    EXPECT_EQ(number("-4", "EUR"), -4.0);
}

TEST(Units, lengths_of_time_convert_exactly) {
    EXPECT_EQ(number("12 months", "month"), 12.0);
    EXPECT_EQ(number("12 months", "year"), 1.0);
    EXPECT_EQ(number("0.5 years", "month"), 6.0);
    EXPECT_EQ(number("1 year", "month"), 12.0);
    EXPECT_EQ(number("1 day", "hour"), 24.0);
    EXPECT_EQ(number("2 weeks", "day"), 14.0);
    EXPECT_EQ(number("365.25 days", "year"), 1.0);
}

TEST(Units, a_rate_per_year_is_a_twelfth_per_month_and_not_a_probability) {
    EXPECT_DOUBLE_EQ(number("5 %/year", "1/month"), 0.05 / 12.0);
    EXPECT_DOUBLE_EQ(number("5 % per year", "1/month"), 0.05 / 12.0);
    EXPECT_DOUBLE_EQ(number("0.05 /year", "1/month"), 0.05 / 12.0);
    EXPECT_DOUBLE_EQ(number("2 %/month", "1/year"), 0.24);
    // The probability over a month of this rate would be another number.
    EXPECT_NE(number("50 %/year", "1/month"), 1.0 - std::pow(0.5, 1.0 / 12.0));
}

TEST(Units, percentages_are_hundredths) {
    EXPECT_EQ(number("10 %", "1"), 0.1);
    EXPECT_EQ(number("10%", "1"), 0.1);
    EXPECT_EQ(number("2 days/month", "day/month"), 2.0);
}

TEST(Units, money_converts) {
    EXPECT_EQ(number("1200 EUR/month", "EUR/month"), 1200.0);
    EXPECT_EQ(number("14.4 kEUR/year", "EUR/month"), 1200.0);
    EXPECT_EQ(number("14.4 k€/year", "EUR/month"), 1200.0);
    EXPECT_EQ(number("3 €", "EUR"), 3.0);
    EXPECT_EQ(number("3 EUR/month per employee", "EUR/month/employee"), 3.0);
}

TEST(Units, a_parameter_s_own_words_may_be_written_in_singular_or_plural) {
    EXPECT_EQ(number("0.3 logit", "logit"), 0.3);
    EXPECT_EQ(number("0.3 logits", "logit"), 0.3);
    EXPECT_EQ(number("10 clients/employee", "client/employee"), 10.0);
    EXPECT_DOUBLE_EQ(number("1.2 logit/year", "logit/month"), 0.1);
}

TEST(Units, a_rate_is_refused_where_a_probability_is_wanted_and_the_other_way_round) {
    EXPECT_EQ(mistake("5 %/year", "1"),
              "is a rate, and a rate is not a probability or share|leave out the time");
    EXPECT_EQ(mistake("5 %", "1/month"),
              "is a share, and a share or probability is not a rate|say per what time: "
              "\"5 %/year\"");
}

TEST(Units, another_dimension_is_refused) {
    EXPECT_EQ(mistake("12 months", "EUR"), "is not in a unit of EUR|");
    EXPECT_EQ(mistake("12 months", "1"), "has a unit, but a pure number is wanted|");
    EXPECT_EQ(mistake("12 EUR/month", "EUR"), "is not in a unit of EUR|");
    // Days per month do not cancel to a share.
    EXPECT_EQ(mistake("2 days/month", "1"), "has a unit, but a pure number is wanted|");
    EXPECT_EQ(mistake("5 %", "day/month"), "is not in a unit of day/month|");
}

TEST(Units, an_unknown_unit_is_named_with_the_nearest_one) {
    EXPECT_EQ(mistake("12 mnoths", "month"), "has an unknown unit mnoths|(did you mean month?)");
    EXPECT_EQ(mistake("12 parsec", "month"), "has an unknown unit parsec|");
    EXPECT_EQ(mistake("3 logit", "month"), "has an unknown unit logit|");
    EXPECT_EQ(mistake("3 eur", "EUR"), "has an unknown unit eur|(did you mean EUR?)");
}

TEST(Units, what_is_no_number_is_not_a_quantity) {
    for (const std::string text :
         {"twelve", "", "months", "inf", "nan", "1e999", "0,5 month", "- 3 month"}) {
        EXPECT_EQ(mistake(text, "month"), "is not a quantity|write for instance \"0.5 month\"");
    }
}

TEST(Units, a_stroke_without_a_unit_is_refused) {
    EXPECT_EQ(mistake("5 %/", "1/month"), "has an unfinished unit %/|");
    EXPECT_EQ(mistake("5 //year", "1/month"), "has an unfinished unit //year|");
    EXPECT_EQ(mistake("5 per", "1"), "has an unfinished unit per|");
}

}
}
