#include "scenarios/scenario_parameters.hpp"

#include <gtest/gtest.h>

namespace cercle::scenarios {
namespace {

struct Change {
    std::string path;
    sim::Value value;
};

/// What the calendar is refused with after some changes to its defaults.
std::vector<std::string> refusals(const std::vector<Change>& changes) {
    sim::Settings settings(scenario_parameters());
    for (const Change& change : changes) settings.set(change.path, change.value);
    sim::Problems problems;
    check_calendar(settings, problems);
    std::vector<std::string> sentences;
    for (const sim::Problem& problem : problems) sentences.push_back(problem.sentence);
    return sentences;
}

TEST(Calendar, the_default_is_accepted) { EXPECT_TRUE(refusals({}).empty()); }

TEST(Calendar, a_step_is_a_month_a_half_or_a_quarter) {
    EXPECT_TRUE(refusals({{"time.step", 0.5}}).empty());
    EXPECT_TRUE(refusals({{"time.step", 0.25}}).empty());
    EXPECT_EQ(
        refusals({{"time.step", 0.3}}),
        (std::vector<std::string>{"time.step = 0.3 is not 1, 0.5 or 0.25 month (the steps the "
                                  "laws are tested with)"}));
}

TEST(Calendar, every_length_is_a_whole_number_of_steps) {
    EXPECT_TRUE(refusals({{"time.burn_in", 0.5}, {"time.step", 0.5}}).empty());
    EXPECT_TRUE(refusals({{"time.years", 1.0 / 12.0}}).empty());
    EXPECT_EQ(refusals({{"time.burn_in", 0.5}}).size(), 1u);
    EXPECT_EQ(refusals({{"time.years", 0.3}, {"observe.every", 2.5}, {"observe.window", 0.1}}),
              (std::vector<std::string>{
                  "time.years = 0.3 is not a whole number of steps (of 1 month) change it or "
                  "time.step",
                  "observe.every = 2.5 is not a whole number of steps (of 1 month) change it or "
                  "time.step",
                  "observe.window = 0.1 is not a whole number of steps (of 1 month) change it or "
                  "time.step"}));
}

TEST(Calendar, rows_cannot_be_further_apart_than_the_run_is_long) {
    EXPECT_TRUE(refusals({{"time.years", 1.0}, {"observe.every", 12.0}}).empty());
    EXPECT_EQ(refusals({{"time.years", 1.0}, {"observe.every", 24.0}}).size(), 1u);
}

}
}
