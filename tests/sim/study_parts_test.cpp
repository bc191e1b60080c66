#include "sim/study_parts.hpp"

#include <algorithm>
#include <fstream>
#include <numeric>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/small_study.hpp"

namespace cercle::sim {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// All runs of a study of two arms in batches of `lanes`, arms taking turns.
std::vector<Batch> batches_of(const ResultsHead& head, std::size_t lanes) {
    std::vector<Batch> batches;
    for (std::size_t first = 0; first < head.replicates; first += lanes) {
        for (std::size_t point = 0; point < head.points; ++point) {
            for (std::size_t arm = 0; arm < head.arms.size(); ++arm)
                batches.push_back({arm, point, first, std::min(lanes, head.replicates - first)});
        }
    }
    return batches;
}

std::set<std::size_t> runs_in(const std::vector<Batch>& batches, const ResultsHead& head) {
    std::set<std::size_t> runs;
    for (const Batch& batch : batches) {
        for (std::size_t lane = 0; lane < batch.lanes; ++lane) {
            runs.insert((batch.arm * head.points + batch.point) * head.replicates +
                        batch.first_replicate + lane);
        }
    }
    return runs;
}

TEST(Shards, hold_every_run_once) {
    for (const std::size_t count : {1UL, 2UL, 3UL, 7UL, 100UL}) {
        const ResultsHead head = small_head(23, 5);
        std::multiset<std::size_t> all;

        for (std::size_t number = 1; number <= count; ++number) {
            const auto runs =
                runs_in(runs_of_shard(batches_of(head, 16), head, {number, count}), head);
            all.insert(runs.begin(), runs.end());
        }

        EXPECT_EQ(all.size(), 2U * 5U * 23U);
        EXPECT_EQ(std::set<std::size_t>(all.begin(), all.end()).size(), all.size());
    }
}

TEST(Shards, do_not_depend_on_how_runs_are_cut_into_batches) {
    const ResultsHead head = small_head(23, 5);

    const auto by_sixteen = runs_of_shard(batches_of(head, 16), head, {2, 3});
    const auto by_three = runs_of_shard(batches_of(head, 3), head, {2, 3});

    EXPECT_EQ(runs_in(by_sixteen, head), runs_in(by_three, head));
}

TEST(Shards, are_balanced_over_arms_and_points) {
    const ResultsHead head = small_head(64, 4);
    std::vector<std::size_t> of_arm(2), of_point(4);

    for (const Batch& batch : runs_of_shard(batches_of(head, 16), head, {1, 2})) {
        of_arm[batch.arm] += batch.lanes;
        of_point[batch.point] += batch.lanes;
    }

    EXPECT_THAT(of_arm, ElementsAre(128, 128));
    EXPECT_THAT(of_point, ElementsAre(64, 64, 64, 64));
}

TEST(Shards, of_a_study_of_few_runs_still_share_them) {
    const ResultsHead head = small_head(16, 1);

    for (std::size_t number = 1; number <= 4; ++number)
        EXPECT_EQ(runs_in(runs_of_shard(batches_of(head, 16), head, {number, 4}), head).size(), 8U);
}

TEST(Shards, are_known_by_their_text) {
    EXPECT_EQ(shard_text({2, 4}), "shard 2 of 4");
    EXPECT_EQ(shard_named("shard 2 of 4"), (Shard{2, 4}));
    EXPECT_EQ(shard_named("rank 2").number, 0U);
    EXPECT_EQ(shard_named("").number, 0U);
}

TEST(Shards, and_ranks_have_files_of_their_own_beside_the_study) {
    EXPECT_EQ(shard_path("results/st.h5", {2, 4}), "results/st.shard-2-of-4.h5");
    EXPECT_EQ(rank_path("st.h5", 3), "st.rank-3.h5");
}

TEST(RankFiles, are_found_beside_their_study) {
    const ScratchFolder folder("ranks");
    for (const char* name :
         {"st.h5", "st.rank-2.h5", "st.rank-1.h5", "st.rank-1.txt", "s.rank-1.h5"})
        std::ofstream(folder / name) << "x";

    EXPECT_THAT(rank_files(folder / "st.h5"),
                ElementsAre(folder / "st.rank-1.h5", folder / "st.rank-2.h5"));
    EXPECT_THAT(rank_files(folder / "none" / "st.h5"), IsEmpty());
}

TEST(StillToRun, cuts_batches_around_what_is_done) {
    const ResultsHead head = small_head(6, 1);
    std::vector<RunStatus> status(12, RunStatus::pending);
    status[2] = RunStatus::done;
    status[4] = RunStatus::failed;
    for (std::size_t run = 6; run < 12; ++run) status[run] = RunStatus::done;
    const std::vector<Batch> batches = {{0, 0, 0, 6}, {1, 0, 0, 6}};

    EXPECT_THAT(still_to_run(batches, head, status, Failed::keep),
                ElementsAre(Batch{0, 0, 0, 2}, Batch{0, 0, 3, 1}, Batch{0, 0, 5, 1}));
    EXPECT_THAT(still_to_run(batches, head, status, Failed::again),
                ElementsAre(Batch{0, 0, 0, 2}, Batch{0, 0, 3, 3}));
    EXPECT_EQ(standing_of(batches, head, status), (Standing{.done = 7, .failed = 1, .pending = 4}));
}

}
}
