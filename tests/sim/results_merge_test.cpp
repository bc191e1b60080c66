#include "sim/results_merge.hpp"

#include <cmath>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "tests/sim/small_study.hpp"

namespace cercle::sim {
namespace {

using Existing = ResultsWriter::Existing;

std::string bytes_of(const std::filesystem::path& path) {
    std::ostringstream bytes;
    bytes << std::ifstream(path, std::ios::binary).rdbuf();
    return bytes.str();
}

Record failed_record(const Batch& batch, const std::string& why) {
    Record record{.batch = batch, .series = {}, .outcomes = {}, .failure = why};
    record.status = RunStatus::failed;
    return record;
}

/// Writes the runs of a part; a record tells where it belongs.
void write_part(const std::filesystem::path& path, ResultsHead head, const std::string& part,
                const std::vector<Batch>& batches) {
    head.part = part;
    ResultsWriter writer(path, head, small_networks(), Existing::refuse);
    for (const Batch& batch : batches) writer.write(telling_record(head, batch));
}

}

TEST(TakeOver, of_all_parts_gives_the_bytes_of_one_file) {
    const ScratchFolder folder("merge");
    const ResultsHead head = small_head(8, 3);
    std::vector<Batch> mine, theirs, all;
    for (std::size_t arm = 0; arm < 2; ++arm) {
        for (std::size_t point = 0; point < 3; ++point) {
            mine.push_back({arm, point, 0, 3});
            theirs.push_back({arm, point, 3, 5});
            all.push_back({arm, point, 0, 8});
        }
    }
    write_part(folder / "whole.h5", head, "", all);
    write_part(folder / "a.h5", head, "shard 1 of 2", mine);
    write_part(folder / "b.h5", head, "shard 2 of 2", theirs);
    write_part(folder / "merged.h5", head, "", {});

    const Taken first = take_over(folder / "merged.h5", folder / "a.h5");
    const Taken second = take_over(folder / "merged.h5", folder / "b.h5");

    EXPECT_EQ(first.done, 18U);
    EXPECT_EQ(second.done, 30U);
    EXPECT_EQ(bytes_of(folder / "merged.h5"), bytes_of(folder / "whole.h5"));
}

TEST(TakeOver, leaves_what_is_done_and_can_be_repeated) {
    const ScratchFolder folder("repeat");
    const ResultsHead head = small_head(4, 1);
    write_part(folder / "a.h5", head, "rank 1", {{0, 0, 0, 2}});
    write_part(folder / "all.h5", head, "", {{0, 0, 1, 1}});

    EXPECT_EQ(take_over(folder / "all.h5", folder / "a.h5").done, 1U);
    const std::string once = bytes_of(folder / "all.h5");
    EXPECT_EQ(take_over(folder / "all.h5", folder / "a.h5").done, 0U);

    EXPECT_EQ(bytes_of(folder / "all.h5"), once);
}

TEST(TakeOver, brings_reasons_and_replaces_failures) {
    const ScratchFolder folder("failures");
    const ResultsHead head = small_head(4, 1);
    write_part(folder / "all.h5", head, "", {});
    {
        ResultsWriter all(folder / "all.h5", head, {}, Existing::resume);
        all.write(failed_record({0, 0, 1, 1}, "first"));
        all.write(failed_record({0, 0, 3, 1}, "stays"));
    }
    write_part(folder / "a.h5", head, "rank 1", {{0, 0, 1, 1}});
    {
        ResultsHead part = head;
        part.part = "rank 1";
        ResultsWriter(folder / "a.h5", part, {}, Existing::resume)
            .write(failed_record({1, 0, 0, 1}, "second"));
    }

    const Taken taken = take_over(folder / "all.h5", folder / "a.h5");

    const ResultsReader all(folder / "all.h5");
    EXPECT_EQ(taken.done, 1U);
    EXPECT_EQ(taken.failed, 1U);
    EXPECT_EQ(all.failure(0, 0, 1), "");
    EXPECT_EQ(all.failure(0, 0, 3), "stays");
    EXPECT_EQ(all.failure(1, 0, 0), "second");
    EXPECT_EQ(all.status()[1], RunStatus::done);
    EXPECT_TRUE(std::isnan(all.outcome("churn")[0]));
}

TEST(Parts, keep_their_name_and_are_not_resumed_as_another) {
    const ScratchFolder folder("part");
    ResultsHead head = small_head();
    write_part(folder / "a.h5", head, "shard 1 of 2", {});
    head.part = "shard 2 of 2";

    EXPECT_EQ(ResultsReader(folder / "a.h5").head().part, "shard 1 of 2");
    EXPECT_THROW(ResultsWriter(folder / "a.h5", head, {}, Existing::resume), UserError);
    EXPECT_THROW(ResultsWriter(folder / "a.h5", head, {}, Existing::resume_anyway), UserError);
}

TEST(Resume, anyway_mixes_numbers_but_not_shapes) {
    const ScratchFolder folder("anyway");
    ResultsHead other = small_head();
    write_part(folder / "a.h5", small_head(), "", {});
    other.text_attributes["scenario_resolved"] = "seed = 1 # and something else\n";

    EXPECT_THROW(ResultsWriter(folder / "a.h5", other, {}, Existing::resume), UserError);
    EXPECT_NO_THROW(ResultsWriter(folder / "a.h5", other, {}, Existing::resume_anyway));
    other.run_seeds[0] ^= 1U;
    EXPECT_THROW(ResultsWriter(folder / "a.h5", other, {}, Existing::resume_anyway), UserError);
}

}
