#include "scenarios/presets.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "scenarios/vocabulary.hpp"
#include "sim/error.hpp"
#include "tests/scenarios/small_vocabulary.hpp"

namespace cercle::scenarios {
namespace {

std::string mistake_in(std::string_view text) {
    const PresetFile files[] = {{"p", text}};
    try {
        read_presets(files, small_table());
    } catch (const sim::LogicError& error) {
        return error.what();
    }
    return {};
}

TEST(Presets, are_built_into_the_program) {
    std::vector<std::string> names;
    for (const PresetFile& file : preset_files()) names.emplace_back(file.name);

    for (const std::string name : {"claims", "conventional", "evidence", "extractive", "scop"}) {
        EXPECT_TRUE(std::ranges::find(names, name) != names.end()) << name;
    }
}

TEST(Presets, of_the_program_are_read_without_a_mistake_and_have_a_title) {
    const std::vector<Preset> presets = program_vocabulary().presets;

    const auto regimes = std::ranges::count(presets, "governance.regime", &Preset::chosen_by);
    const auto of_rivals = std::ranges::count(presets, "rival.regime", &Preset::chosen_by);
    EXPECT_EQ(regimes, 3);
    EXPECT_EQ(of_rivals, regimes);
    EXPECT_EQ(presets.size(), preset_files().size() + static_cast<std::size_t>(of_rivals));
    for (const Preset& preset : presets) EXPECT_NE(preset.title, "") << preset.name;
}

TEST(Presets, of_the_program_are_each_a_valid_scenario) {
    for (const Preset& preset : program_vocabulary().presets) {
        const std::string text = "cercle = 1\nseed = 1\npreset = \"" + preset.name + "\"\n";

        EXPECT_NO_THROW(read_scenario({.name = preset.name, .text = text, .folder = "."}))
            << preset.name;
    }
}

TEST(Presets, evidence_is_the_defaults) {
    EXPECT_TRUE(program_vocabulary().preset("evidence")->values.empty());
}

TEST(Presets, of_regimes_are_what_choosing_the_regime_means) {
    const auto settings = [](const std::string& line) {
        const std::string text = "cercle = 1\nseed = 1\n" + line + "\n";
        return read_scenario({.name = "s.toml", .text = text, .folder = "."}).arms.at(0).settings;
    };
    const std::vector<std::pair<std::string, std::string>> same{
        {"scop", "cooperative"}, {"conventional", "conventional"}, {"extractive", "extractive"}};
    for (const auto& [preset, regime] : same) {
        const sim::Settings chosen = settings("governance.regime = \"" + regime + "\"");

        EXPECT_EQ(chosen, settings("preset = \"" + preset + "\""));
        EXPECT_EQ(chosen.text("governance.regime"), regime);
    }
    EXPECT_NE(settings("preset = \"scop\"").number("governance.voice"),
              settings("preset = \"extractive\"").number("governance.voice"));
}

TEST(Presets, hold_values_brought_to_the_unit_of_their_parameter) {
    const std::vector<Preset> presets = read_presets(small_preset_files, small_table());

    ASSERT_EQ(presets.size(), 3u);
    EXPECT_EQ(presets[1].name, "members");
    EXPECT_EQ(presets[1].title, "Votes by head");
    EXPECT_EQ(presets[1].choice(), sim::Value(std::string("cooperative")));
    const std::pair<std::string, sim::Value> wage{"firm.wage", 2100.0};
    EXPECT_TRUE(std::ranges::find(presets[1].values, wage) != presets[1].values.end());
}

TEST(Presets, a_mistake_in_one_is_ours_and_told_with_its_place) {
    EXPECT_EQ(mistake_in("title = \"x\"\n[firm]\nvoice = 0.5\n"), "");
    EXPECT_EQ(mistake_in("[firm]\nvioce = 0.5\n"),
              "presets/p.toml:2:1: unknown parameter firm.vioce (did you mean voice?)\n"
              "    vioce = 0.5\n"
              "    ^");
    EXPECT_EQ(mistake_in("chosen_by = \"firm.regime\"\n"),
              "presets/p.toml: chosen_by = firm.regime is not set");
    EXPECT_EQ(mistake_in("time.years = 3\n"),
              "presets/p.toml:1:6: time.years cannot differ between arms (they are compared month "
              "by month) set it at the top of the file\n"
              "    time.years = 3\n"
              "         ^");
}

}
}
