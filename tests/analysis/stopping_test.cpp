#include "analysis/stopping.hpp"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/small_study.hpp"

namespace cercle::analysis {
namespace {

using testing::ElementsAre;

TEST(Looks, begin_at_32_grow_by_a_quarter_in_whole_batches_and_end_with_the_last_replicate) {
    EXPECT_THAT(looks(200), ElementsAre(32, 48, 64, 80, 112, 144, 192, 200));
    EXPECT_THAT(looks(32), ElementsAre(32));
    EXPECT_THAT(looks(5), ElementsAre(5));
}

TEST(Looks, cut_batches_at_their_replicate_whatever_the_lanes) {
    for (const std::size_t lanes : {1U, 3U, 5U, 16U}) {
        std::vector<sim::Batch> batches;
        for (std::size_t first = 0; first < 100; first += lanes) {
            batches.push_back({0, 0, first, std::min<std::size_t>(lanes, 100 - first)});
        }

        std::vector<int> runs(100, 0);
        std::size_t from = 0;
        for (const std::size_t look : looks(100)) {
            for (const sim::Batch& batch : within(batches, from, look)) {
                EXPECT_GE(batch.first_replicate, from);
                EXPECT_LE(batch.first_replicate + batch.lanes, look);
                for (std::size_t lane = 0; lane < batch.lanes; ++lane)
                    ++runs[batch.first_replicate + lane];
            }
            from = look;
        }

        EXPECT_THAT(runs, testing::Each(1)) << lanes;
    }
}

/// Two arms, one point, four replicates: (1, 3, 5, 100) and (0, 1, 2, 3).
class WidestInterval : public testing::Test {
protected:
    sim::ResultsReader file(sim::RunStatus last) {
        sim::ResultsHead head;
        head.arms = {"a", "b"};
        head.replicates = 4;
        head.outcomes = {{"y", "1", "what comes out"}};
        head.run_seeds.assign(8, 1);
        sim::ResultsWriter writer(folder_ / "s.h5", head, {},
                                  sim::ResultsWriter::Existing::overwrite);
        const double values[2][4] = {{1, 3, 5, 100}, {0, 1, 2, 3}};
        for (std::size_t arm = 0; arm < 2; ++arm) {
            for (std::size_t replicate = 0; replicate < 4; ++replicate) {
                sim::Record record{.batch = {arm, 0, replicate, 1},
                                   .series = {},
                                   .outcomes = {values[arm][replicate]},
                                   .failure = {}};
                if (replicate == 1) record.status = last;
                writer.write(record);
            }
        }
        return sim::ResultsReader(folder_ / "s.h5");
    }
    sim::ScratchFolder folder_{"stopping"};
};

// Differences 1, 2, 3: sd 1, t of two degrees of freedom 4.302653, over the root of 3.
TEST_F(WidestInterval, is_that_of_pairs_among_the_first_replicates_only) {
    const scenarios::Stopping contrast{"y", 1.0, "a", "b"};
    const auto results = file(sim::RunStatus::done);

    EXPECT_NEAR(widest_interval(results, contrast, 3), 4.302652729696142 / std::sqrt(3.0), 1e-9);
    EXPECT_GT(widest_interval(results, contrast, 4), 50.0);
}

TEST_F(WidestInterval, is_that_of_the_widest_arm_without_a_contrast) {
    const scenarios::Stopping alone{"y", 1.0};
    const auto results = file(sim::RunStatus::done);

    EXPECT_NEAR(widest_interval(results, alone, 3), 2.0 * 4.302652729696142 / std::sqrt(3.0), 1e-9);
}

TEST_F(WidestInterval, leaves_out_failed_runs_and_is_unknown_with_fewer_than_two) {
    const scenarios::Stopping contrast{"y", 1.0, "a", "b"};
    const auto results = file(sim::RunStatus::failed);

    EXPECT_NEAR(widest_interval(results, contrast, 3), 12.706204736432102 * 1.0, 1e-9); // 1, 3
    EXPECT_TRUE(std::isnan(widest_interval(results, contrast, 2)));
}

}
}
