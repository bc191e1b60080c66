#include "scenarios/reader.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/small_vocabulary.hpp"

namespace cercle::scenarios {
namespace {

const std::string head = "cercle = 1\nseed = 7\n";

TEST(Reader, a_file_with_version_and_seed_is_one_default_arm_with_every_default) {
    const Scenario scenario = read_small(head);

    EXPECT_EQ(scenario.title, "");
    EXPECT_EQ(scenario.seed, 7u);
    EXPECT_EQ(scenario.replicates, 1u);
    EXPECT_EQ(scenario.given, head);
    EXPECT_EQ(scenario.folder.path(), ".");
    ASSERT_EQ(scenario.arms.size(), 1u);
    EXPECT_EQ(scenario.arms[0].name, "default");
    EXPECT_EQ(scenario.arms[0].settings, sim::Settings(small_table()));
}

TEST(Reader, values_of_every_kind_are_read) {
    const Scenario scenario = read_small(R"(cercle = 1
title = "All kinds"
seed = 7
replicates = 20
laws = ["sis", "voter"]
contagion.colleague = { weight = 1, rule = "voter" }
[firm]
quits = "12 %/year"
split = [0.25, "75 %"]
team_size = 5
[switch]
contagion = false
[ties]
file = "a b.csv"
[time]
years = "6 months"
)");

    EXPECT_EQ(scenario.title, "All kinds");
    EXPECT_EQ(scenario.replicates, 20u);
    const sim::Settings& settings = scenario.arms.at(0).settings;
    EXPECT_EQ(settings.texts("laws"), (std::vector<std::string>{"sis", "voter"}));
    EXPECT_EQ(settings.number("contagion.colleague.weight"), 1.0);
    EXPECT_EQ(settings.text("contagion.colleague.rule"), "voter");
    EXPECT_DOUBLE_EQ(settings.number("firm.quits"), 0.01);
    EXPECT_EQ(settings.numbers("firm.split"), (std::vector<double>{0.25, 0.75}));
    EXPECT_EQ(settings.count("firm.team_size"), 5u);
    EXPECT_FALSE(settings.flag("switch.contagion"));
    EXPECT_EQ(settings.text("ties.file"), "a b.csv");
    EXPECT_EQ(settings.number("time.years"), 0.5);
    EXPECT_EQ(settings.number("contagion.client.weight"), 0.05);
}

TEST(Reader, an_arm_sets_its_own_values_dotted_or_nested_over_those_of_the_file) {
    const Scenario scenario = read_small(head + R"(
contagion.colleague.weight = 0.2
contagion.client.weight = 0.3
[[arm]]
name = "dotted"
contagion.colleague.weight = 0.4
[[arm]]
name = "nested"
[arm.contagion.colleague]
weight = 0.6
[[arm]]
name = "plain"
)");

    ASSERT_EQ(scenario.arms.size(), 3u);
    EXPECT_EQ(scenario.arms[0].name, "dotted");
    EXPECT_EQ(scenario.arms[0].settings.number("contagion.colleague.weight"), 0.4);
    EXPECT_EQ(scenario.arms[1].settings.number("contagion.colleague.weight"), 0.6);
    EXPECT_EQ(scenario.arms[2].settings.number("contagion.colleague.weight"), 0.2);
    for (const Arm& arm : scenario.arms) {
        EXPECT_EQ(arm.settings.number("contagion.client.weight"), 0.3);
    }
}

TEST(Reader, a_seed_may_use_all_64_bits) {
    EXPECT_EQ(read_small("cercle = 1\nseed = 9223372036854775807").seed, 9223372036854775807u);
    EXPECT_EQ(read_small("cercle = 1\nseed = \"18446744073709551615\"").seed,
              18446744073709551615u);
    EXPECT_EQ(read_small("cercle = 1\nseed = 0").seed, 0u);
}

TEST(Reader, a_design_of_none_is_accepted) {
    EXPECT_EQ(refusal(head + "[design]\nmethod = \"none\"\n"), "");
    EXPECT_EQ(refusal(head + "[design]\n"), "");
}

TEST(Reader, empty_tables_and_windows_line_ends_are_accepted) {
    EXPECT_EQ(refusal("cercle = 1\r\nseed = 7\r\n[firm]\r\n[contagion]\r\n"), "");
}

TEST(Reader, an_unreadable_file_is_the_user_s_mistake) {
    const auto message = [](const std::string& path) {
        try {
            load_scenario_file(path, {});
        } catch (const sim::UserError& error) {
            return std::string(error.what());
        }
        return std::string();
    };

    EXPECT_EQ(message("/no/such/file.toml"), "/no/such/file.toml: no such scenario file");
    EXPECT_EQ(message("/"), "/: is a folder, not a scenario file");
}

}
}
