// Scenarios that run a law alone: what they may say, what they are refused for, and that their
// results are the same bits however they are cut.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include <unistd.h>

#include <gtest/gtest.h>

#include "models/laboratory/laws.hpp"
#include "scenarios/laboratory_vocabulary.hpp"
#include "scenarios/study.hpp"
#include "scenarios/units.hpp"
#include "sim/error.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;

TEST(LaboratoryVocabulary, says_what_each_parameter_means_and_where_it_is_from) {
    for (const sim::Parameter& row : laboratory_parameters()) {
        EXPECT_NE(row.meaning, "") << row.path;
        EXPECT_NE(row.source, "") << row.path;
        const double* number = std::get_if<double>(&row.fallback);
        if (!number) continue;
        EXPECT_NE(row.unit, "") << row.path;
        EXPECT_TRUE(!sim::has_default(row) || row.range.holds(*number)) << row.path;
        EXPECT_TRUE(std::holds_alternative<double>(in_unit("2.5 " + row.unit, row.unit)))
            << row.path;
    }
}

TEST(LaboratoryVocabulary, puts_the_parameters_of_each_law_in_the_table_of_its_name) {
    for (const models::LaboratoryLaw& law : models::laboratory_laws()) {
        for (const sim::Parameter& row : law.law.parameters) {
            EXPECT_TRUE(row.path.starts_with(law.law.name + ".")) << row.path;
        }
    }
}

/// A scenario of one law on a ring of four, with more lines put after the head.
std::string ring_of_four(const std::string& law, const std::string& more) {
    return "cercle = 1\nseed = 7\nlaws = [\"contagion." + law +
           "\"]\nnetwork.colleague.generator = \"ring\"\nnetwork.colleague.nodes = 4\n"
           "network.colleague.degree = 2\n" +
           more;
}

const std::string sis = "[initial]\nshare = 0.5\n[contagion.sis]\ntransmission = 0.2\n"
                        "recovery = 0.1\n";

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

/// Everything recorded of each run, by arm and replicate.
using Runs = std::map<std::pair<std::size_t, std::size_t>, std::vector<double>>;

Runs run_all(const Study& study, std::size_t lanes, std::size_t threads) {
    Runs runs;
    execute(
        study, study.batches(lanes), {.threads = threads},
        [&](sim::Record record) {
            EXPECT_EQ(record.failure, "");
            for (std::size_t lane = 0; lane < record.batch.lanes; ++lane) {
                auto& run = runs[{record.batch.arm, record.batch.first_replicate + lane}];
                const auto add = [&](double value) {
                    run.push_back(std::isnan(value) ? -1e300 : value);
                };
                for (std::size_t metric = 0; metric < record.series_count; ++metric) {
                    for (std::size_t time = 0; time < record.times; ++time) {
                        add(static_cast<double>(record.at(metric, lane, time)));
                    }
                }
                for (std::size_t which = 0; which < record.outcome_count; ++which) {
                    add(record.outcome(which, lane));
                }
                const std::size_t nodes = record.nodes.size() / record.batch.lanes;
                for (std::size_t node = 0; node < nodes; ++node) {
                    add(record.nodes[lane * nodes + node]);
                }
            }
        },
        [](const Tally&) {});
    return runs;
}

TEST(LaboratoryScenarios, give_the_same_bits_however_they_are_cut) {
    for (const auto& entry : fs::directory_iterator(CERCLE_SOURCE_DIR "/scenarios/laboratory")) {
        if (entry.path().extension() != ".toml") continue;
        SCOPED_TRACE(entry.path().filename().string());
        const Study study(read_scenario(load_scenario_file(entry.path(), {"replicates=5"})));

        const Runs one_by_one = run_all(study, 1, 1);

        EXPECT_EQ(run_all(study, 5, 2), one_by_one);
        EXPECT_EQ(run_all(study, 3, 1), one_by_one);
    }
}

TEST(LaboratoryScenarios, give_the_same_bits_when_replicates_come_to_rest_at_different_times) {
    const auto text = [](const std::string& law, const std::string& more) {
        return "replicates = 7\n" + ring_of_four(law, "time.years = 20\n" + more);
    };
    for (const std::string& scenario :
         {text("degroot", "initial.drawn = \"uniform\"\ncontagion.degroot.self_weight = 0.4\n"
                          "observe.agents = \"end\"\n"),
          text("voter", "initial.share = 0.5\nobserve.agents = \"end\"\n")}) {
        const Study study(read_scenario({.name = "s.toml", .text = scenario, .folder = "."}));

        EXPECT_EQ(run_all(study, 7, 1), run_all(study, 1, 1)) << scenario;
    }
}

TEST(LaboratoryScenarios, do_not_depend_on_the_graph_when_nothing_is_passed_on) {
    const auto run_on = [](const char* generator) {
        const std::string text = "contagion.sisa.transmission = 0\ninitial.share = 0.3\n"
                                 "contagion.sisa.spontaneous = 0.1\n"
                                 "contagion.sisa.recovery = 0.2\nobserve.agents = \"end\"\n";
        const std::string study = "replicates = 3\ntime.years = 1\n";
        return run_all(Study(read_scenario({.name = "s.toml",
                                            .text = "laws = [\"contagion.sisa\"]\ncercle = 1\n"
                                                    "seed = 3\n" +
                                                    study + text,
                                            .folder = ".",
                                            .overrides = {"network.colleague.nodes=40",
                                                          std::string("network.colleague."
                                                                      "generator=") +
                                                              generator}})),
                       3, 1);
    };

    EXPECT_EQ(run_on("complete"), run_on("none"));
    EXPECT_EQ(run_on("ring"), run_on("none"));
}

TEST(LaboratoryScenarios, name_their_clock_in_the_plan_and_in_the_results) {
    const auto clock_of = [](const std::string& clock) {
        const Study study(read_scenario({.name = "s.toml",
                                         .text = ring_of_four("sis", sis),
                                         .folder = ".",
                                         .overrides = {"contagion.sis.clock=" + clock}}));
        EXPECT_NE(study.plan_text(1, 1).find(clock + " clock"), std::string::npos);
        return study.head().text_attributes.at("clock");
    };

    EXPECT_EQ(clock_of("synchronous"), "synchronous clock: all nodes at once, every 1 month");
    EXPECT_EQ(clock_of("continuous"), "continuous clock: events at any moment, exact in law");
}

}
}
