// What must hold of every parameter of the program, so that files and messages can rely on it.
#include <algorithm>
#include <filesystem>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "scenarios/scenario.hpp"
#include "scenarios/units.hpp"
#include "scenarios/vocabulary.hpp"
#include "sim/error.hpp"
#include "tests/scenarios/same_scenario.hpp"

namespace cercle::scenarios {
namespace {

TEST(ProgramVocabulary, has_each_path_once_and_no_path_inside_another) {
    std::set<std::string> paths;
    for (const sim::Parameter& parameter : all_parameters()) {
        EXPECT_TRUE(paths.insert(parameter.path).second) << parameter.path << " is there twice";
        EXPECT_FALSE(program_vocabulary().is_table(parameter.path)) << parameter.path;
    }
}

TEST(ProgramVocabulary, says_what_each_parameter_means_and_where_its_default_is_from) {
    for (const sim::Parameter& parameter : all_parameters()) {
        EXPECT_NE(parameter.meaning, "") << parameter.path;
        if (std::holds_alternative<double>(parameter.fallback)) {
            EXPECT_NE(parameter.source, "") << parameter.path;
            EXPECT_NE(parameter.unit, "") << parameter.path;
        }
    }
}

TEST(ProgramVocabulary, has_defaults_that_are_allowed) {
    for (const sim::Parameter& parameter : all_parameters()) {
        if (const double* number = std::get_if<double>(&parameter.fallback)) {
            EXPECT_TRUE(parameter.range.holds(*number)) << parameter.path;
        }
        const std::string* text = std::get_if<std::string>(&parameter.fallback);
        if (text && !parameter.choices.empty()) {
            EXPECT_TRUE(std::ranges::find(parameter.choices, *text) != parameter.choices.end())
                << parameter.path;
        }
    }
}

TEST(ProgramVocabulary, reads_every_unit_it_shows) {
    for (const sim::Parameter& parameter : all_parameters()) {
        if (!std::holds_alternative<double>(parameter.fallback)) continue;
        const auto read = in_unit("2.5 " + parameter.unit, parameter.unit);

        ASSERT_TRUE(std::holds_alternative<double>(read))
            << parameter.path << " " << parameter.unit;
        EXPECT_EQ(std::get<double>(read), 2.5) << parameter.path;
    }
}

TEST(ProgramVocabulary, accepts_the_template_and_the_smallest_file) {
    const auto read = [](const std::string& text) {
        return read_scenario({.name = "t.toml", .text = text, .folder = "."});
    };

    EXPECT_NO_THROW(read("cercle = 1\nseed = 1\n"));
    EXPECT_NO_THROW(read(scenario_template()));
    EXPECT_EQ(read(scenario_template()).arms.size(), 2u);
}

TEST(ProgramVocabulary, is_all_in_the_template) {
    const std::string text = fmt::format("\n{}", scenario_template());

    for (const sim::Parameter& parameter : all_parameters()) {
        const bool is_set = parameter.path == "time.burn_in"; // arms start equal, as in the demo
        const std::string line =
            fmt::format("\n{}{} = ", is_set ? "" : "# ", leaf_of(parameter.path));
        EXPECT_NE(text.find(line), std::string::npos) << parameter.path;
    }
}

TEST(ProgramVocabulary, the_template_stays_valid_with_every_default_uncommented) {
    std::string text = scenario_template();
    const std::size_t first = text.find("# laws = ");
    ASSERT_NE(first, std::string::npos);
    for (std::size_t at = first; at != std::string::npos; at = text.find("\n# ", at)) {
        if (text.compare(at, 12, "\n# The world") == 0) break;
        text.erase(text[at] == '\n' ? at + 1 : at, 2);
    }
    const std::string arms = "\n[[arm]]\nname = \"x\"\n";
    text = text.substr(0, text.find("\n# The worlds")) + arms;

    const Scenario scenario = read_scenario({.name = "t.toml", .text = text, .folder = "."});

    sim::Settings expected(all_parameters());
    expected.set("time.burn_in", 0.0);
    EXPECT_EQ(scenario.arms.at(0).settings, expected);
}

TEST(ProgramVocabulary, the_template_compares_the_firms_of_the_demo) {
    const auto demo = read_scenario(
        load_scenario_file(CERCLE_SOURCE_DIR "/scenarios/scop_vs_conventional.toml", {}));
    const auto from_template =
        read_scenario({.name = "t.toml", .text = scenario_template(), .folder = "."});

    for (std::size_t arm = 0; arm < 2; ++arm)
        EXPECT_EQ(from_template.arms[arm].settings, demo.arms[arm].settings);
}

TEST(ShippedScenarios, are_valid_and_survive_being_resolved) {
    namespace fs = std::filesystem;
    for (const auto& entry : fs::recursive_directory_iterator(CERCLE_SOURCE_DIR "/scenarios")) {
        const bool is_preset = entry.path().parent_path().filename() == "presets";
        if (entry.path().extension() != ".toml" || is_preset) continue;
        SCOPED_TRACE(entry.path().string());
        const Scenario scenario = read_scenario(load_scenario_file(entry.path(), {}));

        const Scenario again = read_scenario(
            {.name = "resolved", .text = resolved_text(scenario), .folder = scenario.folder.path()});

        expect_same_runs(scenario, again);
    }
}

}
}
