// Bad scenario files and the whole message each is refused with: tests/scenarios/refusals.txt.
#include <algorithm>
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/scenarios/small_vocabulary.hpp"

namespace cercle::scenarios {
namespace {

struct BadFile {
    std::string name;
    std::string text;
    std::string message;
};

void PrintTo(const BadFile& file, std::ostream* out) { *out << file.name; }

std::vector<BadFile> bad_files() {
    std::ifstream stream(CERCLE_SOURCE_DIR "/tests/scenarios/refusals.txt");
    std::vector<BadFile> files;
    bool in_message = false;
    for (std::string line; std::getline(stream, line);) {
        const bool starts_case = line.starts_with("=== ");
        if (starts_case) files.push_back({line.substr(4), "", ""});
        if (starts_case || line == "---") {
            in_message = !starts_case;
        } else if (!files.empty()) {
            std::string& part = in_message ? files.back().message : files.back().text;
            part += line + "\n";
        }
    }
    return files;
}

class Refusals : public testing::TestWithParam<BadFile> {};

TEST_P(Refusals, tell_the_problem_its_place_and_the_line) {
    EXPECT_EQ(refusal(GetParam().text) + "\n", GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(Files, Refusals, testing::ValuesIn(bad_files()),
                         [](const auto& file) { return file.param.name; });

TEST(RefusalCases, are_many_and_different) {
    std::set<std::string> names;
    for (const BadFile& file : bad_files()) names.insert(file.name);

    EXPECT_GE(names.size(), 70u);
    EXPECT_EQ(names.size(), bad_files().size());
}

TEST(RefusalOfAnyLineEnd, shows_the_line_without_it) {
    const std::string message = "s.toml:3:14: firm.voice = 2 is outside [0, 1] (say of employees)\n"
                                "    firm.voice = 2\n"
                                "                 ^";

    EXPECT_EQ(refusal("cercle = 1\r\nseed = 7\r\nfirm.voice = 2\r\n"), message);
    EXPECT_EQ(refusal("cercle = 1\nseed = 7\nfirm.voice = 2"), message);
}

TEST(RefusalOfALineWithTabs, keeps_them_before_the_caret) {
    EXPECT_EQ(refusal("cercle = 1\nseed = 7\n[firm]\n\tvoice\t=\t2\n"),
              "s.toml:4:10: firm.voice = 2 is outside [0, 1] (say of employees)\n"
              "    \tvoice\t=\t2\n"
              "    \t     \t \t^");
}

TEST(RefusalOfALineWithTabs, counts_a_letter_of_several_bytes_as_one) {
    const std::string message = refusal("cercle = 1\nseed = 7\nlaws = [\"é\",\t3]\n");

    EXPECT_NE(message.find("s.toml:3:14: laws[1] = 3 is not a text (laws run alone) put it in "
                           "quotes\n"
                           "    laws = [\"é\",\t3]\n"
                           "                \t^"),
              std::string::npos)
        << message;
}

TEST(RefusalOfDeepNesting, is_a_message_and_not_a_crash) {
    const std::string good = "cercle = 1\nseed = 7\n";
    std::string path = "firm";
    for (int i = 0; i < 20000; ++i) path += ".a";
    const std::string brackets(5000, '[');

    EXPECT_NE(refusal(good + path + " = 1\n").find("unknown table firm.a"), std::string::npos);
    EXPECT_NE(refusal(good, {path + "=1"}).find("unknown table firm.a"), std::string::npos);
    EXPECT_NE(refusal(good + "firm.split = " + brackets), "");
    EXPECT_NE(refusal(good, {"firm.split=" + brackets}), "");
}

TEST(RefusalOfOverrides, takes_no_second_key_in_a_value) {
    const std::string good = "cercle = 1\nseed = 7\n";

    EXPECT_EQ(refusal(good, {"firm.voice=0.5"}), "");
    EXPECT_NE(refusal(good, {"firm.voice=0.5\nb = 2"}), "");
}

TEST(RefusalOfAList, leaves_nothing_of_it) {
    const sim::ParameterTable table = small_table();
    const sim::Parameter& split = *std::ranges::find(table, "firm.split", &sim::Parameter::path);
    const Node node{.place = {}, .value = List{{{}, 0.5}, {{}, 7.0}}};
    ProblemList problems;

    EXPECT_EQ(read_value(split, node, problems), std::nullopt);
    EXPECT_FALSE(problems.empty());
}

TEST(RefusalOfOverrides, names_the_one_in_question) {
    const std::string good = "cercle = 1\nseed = 7\n";

    EXPECT_EQ(refusal(good, {"firm.voice=0.2", "firm.vioce=0.2"}),
              "--set 2: unknown parameter firm.vioce (did you mean voice?)\n"
              "    firm.vioce=0.2\n"
              "    ^");
    EXPECT_EQ(refusal(good, {"firm.voice=2"}),
              "--set 1: firm.voice = 2 is outside [0, 1] (say of employees)\n"
              "    firm.voice=2\n"
              "               ^");
    EXPECT_EQ(refusal(good, {"firm.voice"}), "--set 1: firm.voice is not of the form path=value\n"
                                             "    firm.voice\n"
                                             "    ^");
    EXPECT_EQ(refusal(good, {"=3"}), "--set 1: =3 is not of the form path=value\n"
                                     "    =3\n"
                                     "    ^");
    EXPECT_EQ(
        refusal(good, {"replicates=0"}),
        "--set 1: replicates = 0 is not a whole number in [1, 1000000000] (runs of each arm)\n"
        "    replicates=0\n"
        "               ^");
    EXPECT_EQ(refusal(good, {"firm.split=[1, 1]"}),
              "--set 1: firm.split: the shares do not add up to 1\n"
              "    firm.split=[1, 1]\n"
              "               ^");
}

TEST(RefusalOfOptions, names_the_option_and_not_a_set) {
    ScenarioSource source{.name = "s.toml", .text = "cercle = 1\nseed = 7\n", .folder = "."};
    source.overrides = {"firm.voice=2"};
    source.options = {{"--voices", "firm.voice=3"}, {"--replicates", "replicates=0"}};

    std::string message;
    try {
        read_scenario(source, small_vocabulary());
    } catch (const sim::UserError& error) {
        message = error.what();
    }

    EXPECT_EQ(message,
              "--set 1: firm.voice = 2 is outside [0, 1] (say of employees)\n"
              "    firm.voice=2\n"
              "               ^\n"
              "--voices: firm.voice = 3 is outside [0, 1] (say of employees)\n"
              "--replicates: replicates = 0 is not a whole number in [1, 1000000000] (runs of each "
              "arm)");
}

TEST(RefusalOfACount, asks_for_a_whole_number) {
    const std::string good = "cercle = 1\nseed = 7\n";
    const std::string name = "s.toml:3:18: firm.team_size = ";

    for (const std::string value : {"\"many\"", "\"5 %/year\""}) {
        EXPECT_TRUE(refusal(good + "firm.team_size = " + value)
                        .starts_with(name + value +
                                     " is not a whole number (employees in a team) "
                                     "write for instance 8\n"))
            << value;
    }
    EXPECT_TRUE(refusal(good + "firm.team_size = true")
                    .starts_with(name + "true is not a whole number (employees in a team)\n"));
    EXPECT_TRUE(refusal(good + "firm.team_size = \"12.5 %\"")
                    .starts_with(name + "\"12.5 %\" (that is 0.125) is not a whole number in"));
}

TEST(RefusalOfOverrides, comes_after_those_of_the_file) {
    const std::string message = refusal("cercle = 1\nseed = 7\nfirm.voice = 2\n", {"x=1"});

    EXPECT_LT(message.find("s.toml:3:14: "), message.find("--set 1: "));
    EXPECT_NE(message.find("--set 1: "), std::string::npos);
}

TEST(RefusalOfValuesTogether, waits_until_each_of_their_table_is_right) {
    const std::string text = "cercle = 1\nseed = 7\nfirm.split = [0.5, 0.25]\n";

    EXPECT_NE(refusal(text).find("add up"), std::string::npos);
    EXPECT_EQ(refusal(text + "firm.voice = 2\n").find("add up"), std::string::npos);
    EXPECT_NE(refusal(text + "time.years = 0\n").find("add up"), std::string::npos);
}

TEST(RefusalOfValuesTogether, points_at_the_preset_or_the_arm_that_brought_them) {
    Vocabulary vocabulary = small_vocabulary();
    vocabulary.check = [](const sim::Settings& settings) {
        sim::Problems problems;
        if (settings.number("firm.wage") > 2050.0) problems.push_back({"firm.wage", "too dear"});
        if (settings.number("firm.voice") == 0.45) problems.push_back({"firm.voice", "too mild"});
        return problems;
    };
    const ScenarioSource source{.name = "s.toml",
                                .text = "cercle = 1\nseed = 7\n[[arm]]\nname = \"a\"\npreset = "
                                        "\"members\"\n[[arm]]\nname = \"b\"\n",
                                .folder = "."};

    std::string message;
    try {
        read_scenario(source, vocabulary);
    } catch (const sim::UserError& error) {
        message = error.what();
    }

    EXPECT_EQ(message, "s.toml:5:10: arm a: firm.wage: too dear\n"
                       "    preset = \"members\"\n"
                       "             ^\n"
                       "s.toml:7:8: arm b: firm.voice: too mild\n"
                       "    name = \"b\"\n"
                       "           ^");
}

}
}
