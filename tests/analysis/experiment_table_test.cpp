#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "analysis/experiment.hpp"
#include "sim/error.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::analysis {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ExperimentTable : public testing::Test {
protected:
    Experiment read(const std::string& text, const TableOptions& options = {}) {
        std::ofstream(folder_ / "x.csv") << text;
        return read_experiment_table(folder_ / "x.csv", options);
    }
    /// What is said of a table that is refused, without the folder.
    std::string refusal(const std::string& text, const TableOptions& options = {}) {
        try {
            read(text, options);
        } catch (const sim::UserError& error) {
            std::string message = error.what();
            const std::string folder = folder_.path().string() + "/";
            for (std::size_t at; (at = message.find(folder)) != std::string::npos;)
                message.erase(at, folder.size());
            return message;
        }
        return "read without a complaint";
    }
    sim::ScratchFolder folder_{"experiment_table"};
};

const std::string two_factors = "a,b,y\n0,0,1\n1,1,2\n1,0,3\n0,1,4\n"; // A, B, AB1, AB2

TEST_F(ExperimentTable, takes_the_last_column_for_the_outcome_unless_told) {
    const Experiment unasked = read(two_factors);
    const Experiment asked = read("a,b,y\n1,0,1\n2,0,2\n", {.outcomes = {"a"}});
    EXPECT_EQ(asked.factors.at(1).name, "y");
    const Experiment named = read("id,a,b,y,z\n7,0,0,1,5\n8,1,1,2,6\n9,1,0,3,7\n6,0,1,4,8\n",
                                  {.outcomes = {"y", "z"}, .factors = {"a", "b"}});

    EXPECT_EQ(unasked.method, "saltelli");
    EXPECT_THAT(unasked.outcomes.at(0).values, ElementsAre(1, 2, 3, 4));
    EXPECT_EQ(named.outcomes.at(1).metric.name, "z");
    EXPECT_THAT(named.matrix, ElementsAre(0, 0, 1, 1, 1, 0, 0, 1));
}

TEST_F(ExperimentTable, knows_its_method_by_the_order_of_its_rows) {
    EXPECT_EQ(read("a,b,y\n0,0,1\n1,0,2\n1,1,3\n0,1,1\n0,0,2\n1,0,3\n").method, "morris");
    EXPECT_EQ(read("a,b,y\n5,5,1\n6,5,2\n7,5,3\n5,6,1\n5,7,2\n").method, "oat");
    EXPECT_EQ(read("a,y\n1,5\n2,6\n3,7\n4,9\n").method, "prcc");
    EXPECT_EQ(read("a,b,y\n1,5,1\n2,4,1\n3,7,2\n5,1,2\n9,9,3\n").method, "prcc");
}

TEST_F(ExperimentTable, takes_an_empty_outcome_for_a_failed_run) {
    const Experiment experiment = read("a,b,y\n0,0,1\n1,1,\n1,0,3\n0,1,4\n");

    EXPECT_EQ(experiment.failed, 1U);
    EXPECT_EQ(experiment.done, 3U);
}

TEST_F(ExperimentTable, is_refused_with_row_and_column_of_every_mistake) {
    EXPECT_EQ(refusal("a,b,y\n0,nan,1\n1,,x\n"),
              "x.csv:2: b = \"nan\" is not a number\n"
              "x.csv:3: b is empty (a number is wanted)\n"
              "x.csv:3: y = \"x\" is not a number; leave the field of a failed run empty");
    EXPECT_EQ(refusal(two_factors, {.outcomes = {"yy"}}),
              "x.csv:1: there is no column yy (the header has a, b, y); did you mean y?");
    EXPECT_THAT(refusal(two_factors, {.factors = {"a", "c"}}), HasSubstr("no column c"));
    EXPECT_THAT(refusal(two_factors, {.outcomes = {"y"}, .factors = {"a", "y"}}),
                HasSubstr("column y is both factor and outcome"));
    EXPECT_THAT(refusal("y\n1\n"), HasSubstr("there is no column of a factor"));
    EXPECT_THAT(refusal("a,y\n"), HasSubstr("has no row below its header"));
}

TEST_F(ExperimentTable, is_refused_when_its_rows_do_not_fit_the_method) {
    EXPECT_THAT(refusal("a,y\n1,2\n2,3\n1,2\n", {.method = "saltelli"}),
                HasSubstr("saltelli with one factor"));
    EXPECT_THAT(refusal("a,b,y\n0,0,1\n1,1,2\n1,0,3\n", {.method = "saltelli"}),
                HasSubstr("3 rows are no multiple of 4"));
    EXPECT_THAT(refusal("a,b,y\n0,0,1\n1,1,2\n1,0,3\n1,1,4\n", {.method = "saltelli"}),
                HasSubstr("x.csv:5: is not the mixture"));
    EXPECT_THAT(refusal("a,b,y\n0,0,1\n1,1,2\n1,0,3\n0,1,4\n", {.method = "morris"}),
                HasSubstr("4 rows are no multiple of 3"));
    EXPECT_THAT(refusal("a,b,y\n0,0,1\n1,0,2\n0,0,3\n", {.method = "morris"}),
                HasSubstr("x.csv:4: is no step of morris"));
    EXPECT_THAT(refusal("a,b,y\n0,0,1\n1,1,2\n", {.method = "oat"}),
                HasSubstr("x.csv:3: differs from the base"));
    EXPECT_THAT(refusal("a,b,y\n0,0,1\n1,1,2\n", {.method = "prcc"}), HasSubstr("2 points"));
    EXPECT_THAT(refusal("a,b,y\n0,3,1\n1,3,2\n2,3,1\n4,3,2\n5,3,1\n", {.method = "prcc"}),
                HasSubstr("factor b has the same value at every point"));
}

}
}
