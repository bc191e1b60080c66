// Defaults < presets (of the top, the arm, the command line) < values (of the same three).
#include <gtest/gtest.h>

#include "tests/scenarios/small_vocabulary.hpp"

namespace cercle::scenarios {
namespace {

const std::string head = "cercle = 1\nseed = 7\n";

double weight(const Scenario& scenario) {
    return scenario.arms.at(0).settings.number("contagion.colleague.weight");
}
double voice(const Scenario& scenario, std::size_t arm = 0) {
    return scenario.arms.at(arm).settings.number("firm.voice");
}
std::string regime(const Scenario& scenario, std::size_t arm = 0) {
    return scenario.arms.at(arm).settings.text("firm.regime");
}

TEST(Precedence, a_preset_wins_over_defaults_and_a_value_over_a_preset) {
    EXPECT_EQ(weight(read_small(head)), 0.15);
    EXPECT_EQ(weight(read_small(head + "preset = \"quick\"")), 0.5);
    EXPECT_EQ(weight(read_small(head + "preset = \"quick\"\ncontagion.colleague.weight = 0.1")),
              0.1);
}

TEST(Precedence, a_value_of_the_file_wins_over_the_preset_of_an_arm) {
    const Scenario scenario = read_small(
        head + "contagion.colleague.weight = 0.1\n[[arm]]\nname = \"a\"\npreset = \"quick\"");

    EXPECT_EQ(weight(scenario), 0.1);
}

TEST(Precedence, the_command_line_wins_over_the_arm) {
    const std::string text =
        head + "[[arm]]\nname = \"a\"\ncontagion.colleague.weight = 0.4\npreset = \"quick\"";

    EXPECT_EQ(weight(read_small(text)), 0.4);
    EXPECT_EQ(weight(read_small(text, {"contagion.colleague.weight=0.9"})), 0.9);
    EXPECT_EQ(weight(read_small(
                  text, {"contagion.colleague.weight=0.9", "contagion.colleague.weight=80 %"})),
              0.8);
}

TEST(Precedence, of_several_presets_the_last_wins) {
    const Scenario scenario = read_small(head + "preset = [\"quick\", \"members\"]");

    EXPECT_EQ(weight(scenario), 0.5);
    EXPECT_EQ(voice(scenario), 0.6);
    EXPECT_EQ(voice(read_small(head + "preset = [\"members\", \"quick\"]")), 0.8);
    EXPECT_EQ(scenario.arms[0].settings.number("firm.wage"), 2100.0);
}

TEST(Precedence, a_choice_that_stands_for_a_preset_is_that_preset) {
    const Scenario chosen = read_small(head + "firm.regime = \"cooperative\"");
    const Scenario named = read_small(head + "preset = \"members\"");

    EXPECT_EQ(regime(chosen), "cooperative");
    EXPECT_EQ(voice(chosen), 0.6);
    EXPECT_EQ(chosen.arms[0].settings, named.arms[0].settings);
}

TEST(Precedence, a_preset_named_wins_over_one_that_a_choice_stands_for_wherever_they_stand) {
    const std::string choice = "firm.regime = \"cooperative\"\n";
    const std::string preset = "preset = \"quick\"\n";
    EXPECT_EQ(voice(read_small(head + choice + preset)), 0.8);
    EXPECT_EQ(voice(read_small(head + preset + choice)), 0.8);

    // Tables come sorted by key, so a choice after "preset" needs a look at the sheet itself.
    const Vocabulary vocabulary = small_vocabulary();
    Sheet sheet{.presets = {{vocabulary.preset("quick"), {}}}, .settings = {}};
    add_setting(sheet, {"firm.regime", std::string("cooperative"), {}}, vocabulary);
    EXPECT_EQ(sheet.presets.front().preset->name, "members");
    EXPECT_EQ(sheet.presets.back().preset->name, "quick");
}

TEST(Precedence, an_arm_may_choose_another_regime_than_the_file) {
    const std::string arms = "[[arm]]\nname = \"a\"\n[[arm]]\nname = \"b\"\n";
    const Scenario by_choice = read_small(head + "firm.regime = \"cooperative\"\n" + arms +
                                          "firm.regime = \"conventional\"");
    const Scenario by_preset =
        read_small(head + "firm.regime = \"cooperative\"\n" + arms + "preset = \"capital\"");

    for (const Scenario& scenario : {by_choice, by_preset}) {
        EXPECT_EQ(regime(scenario, 0), "cooperative");
        EXPECT_EQ(voice(scenario, 0), 0.6);
        EXPECT_EQ(regime(scenario, 1), "conventional");
        EXPECT_EQ(voice(scenario, 1), 0.3);
    }
}

TEST(Precedence, a_value_written_out_wins_over_what_a_choice_brings) {
    const Scenario scenario = read_small(head + "[firm]\nvoice = 0.9\nregime = \"cooperative\"\n");

    EXPECT_EQ(voice(scenario), 0.9);
    EXPECT_EQ(regime(scenario), "cooperative");
}

TEST(Precedence, a_choice_on_the_command_line_is_a_preset_for_every_arm) {
    const Scenario scenario = read_small(
        head + "[[arm]]\nname = \"a\"\nfirm.regime = \"conventional\"\n[[arm]]\nname = \"b\"\n",
        {"firm.regime=cooperative"});

    EXPECT_EQ(regime(scenario, 0), "cooperative");
    EXPECT_EQ(voice(scenario, 0), 0.6);
    EXPECT_EQ(voice(scenario, 1), 0.6);
}

TEST(Precedence, the_command_line_may_set_the_head) {
    const Scenario scenario =
        read_small("cercle = 1\nseed = 7\nreplicates = 3",
                   {"seed=18446744073709551615", "replicates=5", "title=true story"});

    EXPECT_EQ(scenario.seed, 18446744073709551615u);
    EXPECT_EQ(scenario.replicates, 5u);
    EXPECT_EQ(scenario.title, "true story");
}

TEST(Precedence, values_of_the_command_line_need_no_quotes) {
    const Scenario scenario = read_small(
        head, {"ties.file=a b.csv", "time.years=6 months", "contagion.colleague.rule = voter",
               "firm.split=[0.5, \"50 %\"]", "switch.contagion=false", "preset=quick"});

    const sim::Settings& settings = scenario.arms.at(0).settings;
    EXPECT_EQ(settings.text("ties.file"), "a b.csv");
    EXPECT_EQ(settings.number("time.years"), 0.5);
    EXPECT_EQ(settings.text("contagion.colleague.rule"), "voter");
    EXPECT_EQ(settings.numbers("firm.split"), (std::vector<double>{0.5, 0.5}));
    EXPECT_FALSE(settings.flag("switch.contagion"));
    EXPECT_EQ(weight(scenario), 0.5);
}

TEST(Precedence, a_text_on_the_command_line_stays_a_text_whatever_it_looks_like) {
    EXPECT_EQ(read_small(head, {"ties.file=12"}).arms[0].settings.text("ties.file"), "12");
    EXPECT_EQ(read_small(head, {"ties.file=true"}).arms[0].settings.text("ties.file"), "true");
    EXPECT_EQ(read_small(head, {"ties.file=\"q\""}).arms[0].settings.text("ties.file"), "q");
    EXPECT_EQ(read_small(head, {"ties.file="}).arms[0].settings.text("ties.file"), "");
    EXPECT_EQ(read_small(head, {"ties.file=a=b.csv"}).arms[0].settings.text("ties.file"),
              "a=b.csv");
}

}
}
