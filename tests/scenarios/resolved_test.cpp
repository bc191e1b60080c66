#include "scenarios/resolved.hpp"

#include <gtest/gtest.h>

#include "tests/scenarios/same_scenario.hpp"
#include "tests/scenarios/small_vocabulary.hpp"

namespace cercle::scenarios {
namespace {

const std::string two_arms = R"(cercle = 1
title = "Quotes \" and \\, é, \u0001, \u007F and \n"
seed = 7
replicates = 20
contagion.colleague.weight = 0.1
laws = ["sis"]
[firm]
quits = "5 %/year"
split = [0.25, 0.25, 0.5]
[[arm]]
name = "co \"op\""
firm.regime = "cooperative"
[[arm]]
name = "conventional"
firm.team_size = 3
ties.file = "a\tb.csv"
)";

TEST(ResolvedText, keeps_when_a_study_has_enough_replicates) {
    const Vocabulary vocabulary = small_vocabulary();
    const Scenario scenario = read_small(
        "cercle = 1\nseed = 7\nreplicates = { max = 2000, until = \"ci(engagement.employee) < "
        "0.005\", contrast = \"a - b\" }\n[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\n");

    const Scenario again = read_small(resolved_text(scenario, vocabulary));

    EXPECT_EQ(scenario.replicates, 2000U);
    EXPECT_EQ(scenario.stopping, (Stopping{"engagement_employee", 0.005, "a", "b"}));
    EXPECT_EQ(again.stopping, scenario.stopping);
}

TEST(ResolvedText, reads_back_as_the_same_scenario) {
    const Vocabulary vocabulary = small_vocabulary();
    for (const std::string& text : {two_arms, std::string("cercle = 1\nseed = 7\n"),
                                    std::string("cercle = 1\nseed = \"18446744073709551615\"\n")}) {
        const Scenario scenario = read_small(text, {"firm.voice=1e-7"});

        const Scenario again = read_small(resolved_text(scenario, vocabulary));

        expect_same_runs(scenario, again);
        EXPECT_EQ(resolved_text(again, vocabulary), resolved_text(scenario, vocabulary));
    }
}

TEST(ResolvedText, keeps_numbers_to_the_last_bit) {
    const Vocabulary vocabulary = small_vocabulary();
    for (const double number : {0.1, 1.0 / 3.0, 5e-324, 0.1 + 0.2}) {
        Scenario scenario = read_small("cercle = 1\nseed = 7\n");
        scenario.arms[0].settings.set("firm.voice", number);

        const Scenario again = read_small(resolved_text(scenario, vocabulary));

        EXPECT_EQ(again.arms[0].settings.number("firm.voice"), number);
    }
}

TEST(ResolvedText, names_every_parameter_once_at_the_top_or_in_each_arm) {
    const Scenario scenario = read_small(R"(cercle = 1
title = "Two"
seed = 7
[[arm]]
name = "a"
firm.regime = "cooperative"
[[arm]]
name = "b"
)");

    EXPECT_EQ(resolved_text(scenario, small_vocabulary()), R"(cercle = 1
title = "Two"
seed = 7
replicates = 1
laws = []

[contagion.client]
weight = 0.05

[contagion.colleague]
rule = "linear"
weight = 0.15

[firm]
quits = 0.01  # 1/month
split = [0.5, 0.5]
team_size = 8

[switch]
contagion = true

[ties]
file = ""

[time]
years = 10  # year

[[arm]]
name = "a"
firm.regime = "cooperative"
firm.voice = 0.6
firm.wage = 2100  # EUR/month

[[arm]]
name = "b"
firm.regime = "conventional"
firm.voice = 0.45
firm.wage = 2000  # EUR/month
)");
}

TEST(ResolvedText, of_unlike_arms_brings_no_preset_back_in) {
    // Arm b has conventional's default values, which differ from those of its preset.
    const Scenario scenario = read_small("cercle = 1\nseed = 7\n[[arm]]\nname = \"b\"\n");

    const Scenario again = read_small(resolved_text(scenario, small_vocabulary()));

    EXPECT_EQ(again.arms[0].settings.number("firm.voice"), 0.45);
}

}
}
