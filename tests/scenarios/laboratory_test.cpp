// Scenarios that run a law alone: what they may say, and that their results are the same bits
// however they are cut.
#include <cmath>
#include <filesystem>
#include <map>

#include <gtest/gtest.h>

#include "models/laboratory/laws.hpp"
#include "scenarios/laboratory_vocabulary.hpp"
#include "scenarios/study.hpp"
#include "scenarios/units.hpp"
#include "tests/scenarios/ring_of_four.hpp"

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
