#include "apps/record_keeping.hpp"

#include <algorithm>
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "tests/sim/small_study.hpp"

namespace cercle::apps {
namespace {

using namespace std::chrono_literals;

class RecordKeepingTest : public testing::Test {
protected:
    long done() const {
        return std::ranges::count(sim::ResultsReader(file).status(), sim::RunStatus::done);
    }

    sim::ScratchFolder folder{"record_keeping"};
    std::filesystem::path file = folder / "a.h5";
    sim::ResultsHead head = sim::small_head();
    sim::ResultsWriter writer{file, head, {}, sim::ResultsWriter::Existing::refuse};
    std::vector<Failure> failures;
};

// Runs that ended together, behind which nothing comes for long: the next one may take hours.
TEST_F(RecordKeepingTest, writes_what_waits_though_nothing_comes_behind_it) {
    RecordKeeping keeping(writer, file, false, failures);

    keeping.keep(sim::telling_record(head, {0, 0, 0, 1}));
    keeping.keep(sim::telling_record(head, {0, 1, 0, 1}));
    keeping.keep(sim::telling_record(head, {1, 0, 0, 1}));
    for (int tenth = 0; tenth < 100 && done() < 3; ++tenth) std::this_thread::sleep_for(100ms);

    EXPECT_EQ(done(), 3);
    EXPECT_EQ(keeping.ended(), 3U);
}

TEST_F(RecordKeepingTest, counts_runs_and_keeps_the_reasons_of_failures) {
    RecordKeeping keeping(writer, file, false, failures);
    sim::Record failed;
    failed.batch = {1, 1, 0, 2};
    failed.status = sim::RunStatus::failed;
    failed.failure = "no luck";

    keeping.keep(sim::telling_record(head, {0, 0, 0, 4}));
    keeping.keep(failed);
    keeping.write();

    EXPECT_EQ(keeping.ended(), 6U);
    EXPECT_EQ(done(), 4);
    ASSERT_EQ(failures.size(), 1U);
    EXPECT_EQ(failures[0].reason, "no luck");
}

}
}
