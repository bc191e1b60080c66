#include "sim/parameter.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::sim {
namespace {

TEST(Range, holds_its_bounds_unless_they_are_open) {
    EXPECT_TRUE(fraction.holds(0.0));
    EXPECT_TRUE(fraction.holds(1.0));
    EXPECT_FALSE(fraction.holds(1.0000001));
    EXPECT_FALSE(positive.holds(0.0));
    EXPECT_TRUE(positive.holds(1e-300));
    EXPECT_FALSE((Range{.high = 1.0, .high_open = true}).holds(1.0));
}

TEST(Range, refuses_what_is_not_a_number) {
    EXPECT_FALSE(any_number.holds(std::nan("")));
    EXPECT_TRUE(any_number.holds(1e308));
}

TEST(Range, of_whole_numbers_refuses_others) {
    EXPECT_TRUE(whole(1).holds(3.0));
    EXPECT_FALSE(whole(1).holds(3.5));
    EXPECT_FALSE(whole(1).holds(0.0));
}

TEST(Range, says_itself_in_words) {
    EXPECT_EQ(fraction.text(), "[0, 1]");
    EXPECT_EQ(positive.text(), "> 0");
    EXPECT_EQ(non_negative.text(), ">= 0");
    EXPECT_EQ(any_number.text(), "any number");
    EXPECT_EQ(whole(1).text(), "a whole number >= 1");
    EXPECT_EQ(whole(1, 9).text(), "a whole number in [1, 9]");
    EXPECT_EQ((Range{.low = 0.0, .high = 1.0, .high_open = true}).text(), "[0, 1)");
}

const ParameterTable table = {
    {"speed", 2.0, "m/s", non_negative, "assumed", "speed"},
    {"on", true, "", {}, "", "whether it is on"},
    {"rule", "fair", "", {}, "", "which rule", {"fair", "market"}},
};

TEST(Settings, start_at_the_defaults) {
    const Settings settings(table);

    EXPECT_EQ(settings.number("speed"), 2.0);
    EXPECT_EQ(settings.real("speed"), 2.0F);
    EXPECT_EQ(settings.count("speed"), 2U);
    EXPECT_TRUE(settings.flag("on"));
    EXPECT_EQ(settings.text("rule"), "fair");
    EXPECT_FALSE(settings.has("sped"));
}

TEST(Settings, are_a_value) {
    Settings settings(table);
    const Settings before = settings;

    settings.set("speed", 3.0);

    EXPECT_EQ(settings.number("speed"), 3.0);
    EXPECT_EQ(before.number("speed"), 2.0);
    EXPECT_NE(settings, before);
}

TEST(Settings, take_new_paths_in_order_and_leave_copies_alone) {
    Settings settings(table);
    const Settings before = settings;

    settings.set("mass", 5.0);
    settings.set("zeal", 7.0);
    settings.set("air", 1.0);

    EXPECT_EQ(settings.paths(),
              (std::vector<std::string>{"air", "mass", "on", "rule", "speed", "zeal"}));
    EXPECT_EQ(settings.number("air"), 1.0);
    EXPECT_EQ(settings.number("mass"), 5.0);
    EXPECT_EQ(settings.number("zeal"), 7.0);
    EXPECT_EQ(settings.number("speed"), 2.0);
    EXPECT_EQ(settings.text("rule"), "fair");
    EXPECT_FALSE(before.has("mass"));
    EXPECT_NE(settings, before);
}

TEST(Settings, asked_for_what_is_not_there_or_of_another_type_is_our_mistake) {
    Settings settings(table);
    settings.set("speed", 2.5);

    EXPECT_THROW(settings.number("sped"), LogicError);
    EXPECT_THROW(settings.number("on"), LogicError);
    EXPECT_THROW(settings.text("speed"), LogicError);
    EXPECT_THROW(settings.count("speed"), LogicError);
}

TEST(Value, is_written_as_a_scenario_file_writes_it) {
    EXPECT_EQ(to_text(0.15), "0.15");
    EXPECT_EQ(to_text(true), "true");
    EXPECT_EQ(to_text(Value("fair")), "\"fair\"");
    EXPECT_EQ(to_text(Value(std::vector<double>{1, 2.5})), "[1, 2.5]");
    EXPECT_EQ(to_text(Value(std::vector<std::string>{"a", "b"})), "[\"a\", \"b\"]");
}

}
}
