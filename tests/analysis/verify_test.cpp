#include "analysis/verify.hpp"

#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using sim::RunStatus;
using Runs = std::vector<std::size_t>;

const std::vector<RunStatus> some_done = {RunStatus::done,    RunStatus::failed, RunStatus::done,
                                          RunStatus::pending, RunStatus::done,   RunStatus::done};

TEST(ChosenRuns, are_all_finished_ones_unless_told_otherwise) {
    EXPECT_EQ(chosen_runs(some_done, {}), (Runs{0, 2, 4, 5}));
}

TEST(ChosenRuns, of_a_sample_are_spread_over_the_file_ends_included) {
    ReplayOptions options;
    options.sample = 2;
    EXPECT_EQ(chosen_runs(some_done, options), (Runs{0, 5}));

    options.sample = 3;
    EXPECT_EQ(chosen_runs(some_done, options), (Runs{0, 2, 5}));

    options.sample = 1;
    EXPECT_EQ(chosen_runs(some_done, options), (Runs{0}));

    options.sample = 100;
    EXPECT_EQ(chosen_runs(some_done, options), (Runs{0, 2, 4, 5}));
}

TEST(ChosenRuns, named_twice_are_replayed_once_in_order) {
    ReplayOptions options;
    options.runs = {5, 2, 5};

    EXPECT_EQ(chosen_runs(some_done, options), (Runs{2, 5}));
}

TEST(ChosenRuns, refuse_a_run_that_is_not_there_failed_or_was_not_made) {
    for (const std::size_t run : {std::size_t{6}, std::size_t{1}, std::size_t{3}}) {
        ReplayOptions options;
        options.runs = {run};
        EXPECT_THROW(chosen_runs(some_done, options), sim::UserError) << run;
    }
}

TEST(ReplayBatches, hold_neighbours_of_one_arm_and_point) {
    const std::size_t replicates = 4;
    const std::size_t points = 2;

    const auto batches = replay_batches({0, 1, 3, 4, 15}, replicates, points, 2);

    const std::vector<ReplayBatch> expected = {
        {{.arm = 0, .point = 0, .first_replicate = 0, .lanes = 2}, {0, 1}},
        {{.arm = 0, .point = 0, .first_replicate = 2, .lanes = 2}, {3}},
        {{.arm = 0, .point = 1, .first_replicate = 0, .lanes = 2}, {4}},
        {{.arm = 1, .point = 1, .first_replicate = 2, .lanes = 2}, {15}},
    };
    EXPECT_EQ(batches, expected);
}

TEST(ReplayBatches, are_no_wider_than_the_replicates) {
    const auto batches = replay_batches({2}, 3, 1, 16);

    const std::vector<ReplayBatch> expected = {
        {{.arm = 0, .point = 0, .first_replicate = 0, .lanes = 3}, {2}}};
    EXPECT_EQ(batches, expected);
}

}
}
