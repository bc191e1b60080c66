// What a scenario that runs a law alone is refused for.
#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "scenarios/study.hpp"
#include "sim/error.hpp"
#include "tests/scenarios/ring_of_four.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;

/// The message a scenario is refused with, when read or when its study is made; "" when it is not.
std::string refusal(const std::string& text, std::vector<std::string> overrides = {},
                    const fs::path& folder = ".") {
    try {
        const Study study(read_scenario(
            {.name = "s.toml", .text = text, .folder = folder, .overrides = std::move(overrides)}));
    } catch (const sim::UserError& error) {
        return error.what();
    }
    return {};
}

void expect_in(const std::string& message, const std::vector<std::string>& fragments) {
    for (const std::string& fragment : fragments) {
        EXPECT_NE(message.find(fragment), std::string::npos) << fragment << "\nin\n" << message;
    }
}

TEST(LaboratoryRefusals, tell_of_a_parameter_that_was_not_given) {
    EXPECT_EQ(refusal(ring_of_four("sis", sis)), "");
    expect_in(refusal(ring_of_four("sis", "initial.share = 0.5\ncontagion.sis.recovery = 1\n")),
              {"contagion.sis.transmission is missing", "it has no default"});
}

TEST(LaboratoryRefusals, tell_of_rates_and_probabilities_out_of_range) {
    expect_in(refusal(ring_of_four("sis", sis), {"contagion.sis.recovery=-1"}),
              {"contagion.sis.recovery = -1", "is not >= 0"});
    expect_in(refusal(ring_of_four("cascade",
                                   "initial.share = 0.5\ncontagion.cascade.probability = 1.5\n")),
              {"contagion.cascade.probability = 1.5 is outside [0, 1]"});
}

TEST(LaboratoryRefusals, tell_the_largest_step_for_rates_that_are_too_fast) {
    expect_in(refusal(ring_of_four("sis", sis), {"contagion.sis.recovery=4"}),
              {"contagion.sis.recovery = 4", "a probability of 4", "time.step to at most 0.25",
               "clock = \"continuous\""});
    EXPECT_EQ(refusal(ring_of_four("sis", sis),
                      {"contagion.sis.recovery=4", "contagion.sis.clock=continuous"}),
              "");
    EXPECT_EQ(refusal(ring_of_four("sis", sis), {"contagion.sis.recovery=4", "time.step=0.25"}),
              "");
}

TEST(LaboratoryRefusals, tell_of_a_start_that_is_missing_or_given_twice) {
    const std::string rates = "[contagion.sis]\ntransmission = 0.2\nrecovery = 0.1\n";

    expect_in(refusal(ring_of_four("sis", rates)), {"initial is missing", "initial.nodes"});
    expect_in(refusal(ring_of_four("sis", sis), {"initial.nodes=[\"1\"]"}),
              {"initial.share and initial.nodes are given together"});
    expect_in(refusal(ring_of_four("sis", rates), {"initial.share=0.1"}),
              {"initial.share: 0.1 of 4 nodes is less than one", "set it to 0.25 or more"});
}

TEST(LaboratoryRefusals, tell_of_nodes_that_are_not_there_with_the_nearest) {
    const std::string rates = "[contagion.sis]\ntransmission = 0.2\nrecovery = 0.1\n";

    expect_in(
        refusal(ring_of_four("sis", rates), {"initial.nodes=[\"33\", \"1\"]"}),
        {"initial.nodes: there is no node \"33\" (the graph has 4 nodes)", "did you mean 3?"});
}

TEST(LaboratoryRefusals, tell_of_a_law_that_is_not_there_and_of_two_at_once) {
    expect_in(refusal(ring_of_four("siss", sis)), {"is not one of", "did you mean contagion.sis?"});
    expect_in(refusal(ring_of_four("sis", sis), {R"(laws=["contagion.sis", "contagion.sir"])"}),
              {"laws names 2 laws"});
}

TEST(LaboratoryRefusals, tell_where_a_parameter_belongs_that_has_no_place_here) {
    const std::string whole = "cercle = 1\nseed = 7\n";

    expect_in(refusal(ring_of_four("sis", sis), {"governance.regime=cooperative"}),
              {"unknown table governance", "it belongs to the whole model"});
    expect_in(refusal(ring_of_four("sis", sis), {"contagion.sir.recovery=1"}),
              {"unknown table contagion.sir", "it belongs to contagion.sir"});
    expect_in(refusal(whole + "[contagion.sis]\nrecovery = 1\n"),
              {"s.toml:3:", "unknown table contagion.sis", "laws = [\"contagion.sis\"]"});
    expect_in(refusal(whole + "[contagion.threshold]\nshare = 0.5\n"),
              {"unknown table contagion.threshold", "laws = [\"contagion.threshold\"]"});
    expect_in(refusal(whole + "initial.share = 0.5\n"), {"unknown table initial"});
    expect_in(refusal(ring_of_four("sis", "preset = \"scop\"\n" + sis)), {"preset"});
    EXPECT_EQ(refusal(whole + "contagion.threshold = 0.4\n"), "");
}

/// A folder with files of ties and nodes, gone at the end of the test.
class Folder {
public:
    Folder() : path_(fs::temp_directory_path() / ("cercle_lab_" + std::to_string(::getpid()))) {
        fs::create_directories(path_);
    }
    ~Folder() { fs::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name) << text;
    }
    const fs::path& path() const { return path_; }

private:
    fs::path path_;
};

const std::string with_file = "cercle = 1\nseed = 7\n[network.colleague]\nfile = \"ties.csv\"\n";

TEST(LaboratoryRefusals, tell_of_a_directed_graph_where_ties_go_both_ways) {
    const Folder folder;
    folder.write("ties.csv", "from_id,to_id\na,b\nb,c\n");
    const std::string text =
        "laws = [\"contagion.deffuant\"]\n" + with_file +
        "[contagion.deffuant]\nconfidence = 0.3\n[initial]\nvalues = [0, 1, 2]\n";

    EXPECT_EQ(refusal(text, {}, folder.path()), "");
    expect_in(
        refusal(text, {"network.colleague.direction=directed"}, folder.path()),
        {"contagion.deffuant: the graph is directed (both ends of a tie move)", "\"undirected\""});
}

TEST(LaboratoryRefusals, tell_of_an_isolated_node_that_has_nobody_to_average) {
    const Folder folder;
    folder.write("ties.csv", "from_id,to_id\na,b\n");
    folder.write("people.csv", "person_id,team\na,x\nb,x\nhermit,x\n");
    const std::string text = "laws = [\"contagion.degroot\"]\n" + with_file;

    expect_in(refusal(text, {}, folder.path()),
              {"contagion.degroot: 1 of 3 nodes have no ties: hermit"});
}

TEST(LaboratoryRefusals, tell_of_mistakes_in_a_file_of_nodes_line_by_line) {
    const Folder folder;
    folder.write("ties.csv", "from_id,to_id\nanna,ben\nben,carl\n");
    folder.write("start.csv", "id,value\nanna,1\nbenn,1\nanna,0\ncarl,7\nben,x\n");
    const std::string text = "laws = [\"contagion.sis\"]\n" + with_file +
                             "[initial]\nfile = \"start.csv\"\n[contagion.sis]\n"
                             "transmission = 0.2\nrecovery = 0.1\n";

    expect_in(refusal(text, {}, folder.path()),
              {"start.csv:3: there is no node \"benn\" (the graph has 3 nodes) (did you mean ben?)",
               "start.csv:4: node \"anna\" stands there twice", "start.csv:5: value = 7 is not",
               "start.csv:6: value = "});
    folder.write("start.csv", "id,value\nben,1\n");
    EXPECT_EQ(refusal(text, {}, folder.path()), "");
}

TEST(LaboratoryRefusals, tell_of_lists_that_do_not_fit_the_graph) {
    expect_in(refusal(ring_of_four("degroot", "initial.values = [1, 2, 3]\n")),
              {"initial.values: has 3 values, the graph 4 nodes"});
    expect_in(refusal(ring_of_four("degroot", "contagion.degroot.self_weights = [0.5]\n")),
              {"contagion.degroot.self_weights: has 1 values, the graph 4 nodes"});
}

}
}
