// A run that was broken off at a checkpoint ends with the bits of one that was not.
#include <atomic>
#include <cstring>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "scenarios/study.hpp"
#include "sim/checkpoint.hpp"

namespace cercle::scenarios {
namespace {

namespace fs = std::filesystem;

/// People come and go, ties move, places are taken by new firms.
const std::string company = R"(
cercle = 1
seed = 11
replicates = 4
[time]
years = 4
burn_in = 6
[network.colleague]
generator = "small_world"
nodes = 20
degree = 4
[switch]
rewiring = true
[firm]
efficiency_sd = 0.35
[market]
firms = 2
entry = 1
)";

const std::string laboratory = R"(
cercle = 1
seed = 12
replicates = 4
laws = ["contagion.sis"]
[network.colleague]
generator = "random"
nodes = 60
degree = 6
[contagion.sis]
transmission = 0.1
recovery = 0.2
[initial]
share = 0.3
[time]
years = 3
[observe]
agents = "end"
)";

class Checkpoint : public testing::TestWithParam<std::string> {
protected:
    Checkpoint() { fs::remove(path()); }
    ~Checkpoint() override { fs::remove(path()); }

    fs::path path() const { return sim::checkpoint_path(options_.output, batch_); }
    sim::Record broken_off() {
        stop_ = true;
        const sim::Record record = study_.run(batch_, &options_);
        stop_ = false;
        return record;
    }
    static void expect_same(const sim::Record& one, const sim::Record& other) {
        ASSERT_EQ(one.series.size(), other.series.size());
        EXPECT_EQ(std::memcmp(one.series.data(), other.series.data(), one.series.size() * 4), 0);
        ASSERT_EQ(one.outcomes.size(), other.outcomes.size());
        EXPECT_EQ(std::memcmp(one.outcomes.data(), other.outcomes.data(), one.outcomes.size() * 8),
                  0);
        EXPECT_EQ(one.nodes, other.nodes);
    }

    Study study_{
        read_scenario({.name = "t.toml", .text = GetParam(), .folder = ".", .overrides = {}})};
    sim::Batch batch_{.arm = 0, .point = 0, .first_replicate = 2, .lanes = 1};
    std::atomic<bool> stop_ = false;
    CheckpointOptions options_{
        .output = fs::path(testing::TempDir()) /
                  (std::string(testing::UnitTest::GetInstance()->current_test_info()->name())
                       .substr(0, 12) +
                   std::to_string(GetParam().size()) + ".h5"),
        .every = 5.0,
        .origin = "this study",
        .stop = &stop_};
};

TEST_P(Checkpoint, of_a_run_leads_to_the_same_bits_however_often_it_is_broken_off) {
    const sim::Record whole = study_.run(batch_);

    int times = 0;
    while (broken_off().status == sim::RunStatus::pending) {
        ASSERT_TRUE(fs::exists(path()));
        ASSERT_LT(++times, 1000);
        if (times == 3) break;
    }
    const sim::Record rest = study_.run(batch_, &options_);

    EXPECT_EQ(times, 3);
    EXPECT_EQ(rest.status, sim::RunStatus::done);
    expect_same(rest, whole);
}

TEST_P(Checkpoint, that_cannot_be_written_leaves_the_run_to_be_run_again) {
    options_.output = fs::path(testing::TempDir()) / "there is no such folder" / "a.h5";
    std::size_t kept = 0;

    EXPECT_THROW(execute(
                     study_, {batch_}, {.threads = 1, .checkpoints = &options_},
                     [&](const sim::Record&) { ++kept; }, [](const Tally&) {}),
                 sim::RuntimeFailure);

    EXPECT_EQ(kept, 0U) << "nothing is told to have failed";
}

TEST_P(Checkpoint, is_where_the_run_goes_on) {
    broken_off();
    const auto first = fs::last_write_time(path());
    std::string bytes(fs::file_size(path()), '\0');
    std::ifstream(path(), std::ios::binary)
        .read(bytes.data(), static_cast<std::streamsize>(bytes.size()));

    broken_off();

    std::string later(fs::file_size(path()), '\0');
    std::ifstream(path(), std::ios::binary)
        .read(later.data(), static_cast<std::streamsize>(later.size()));
    EXPECT_NE(later, bytes) << "five months later";
    EXPECT_GE(fs::last_write_time(path()), first);
}

TEST_P(Checkpoint, that_is_damaged_or_foreign_is_not_gone_on_from) {
    const sim::Record whole = study_.run(batch_);
    broken_off();
    fs::resize_file(path(), fs::file_size(path()) - 3);
    expect_same(study_.run(batch_, &options_), whole);

    broken_off();
    options_.origin = "another study";
    expect_same(study_.run(batch_, &options_), whole);

    std::ofstream(path()) << "cercle checkpoint 1, or so";
    expect_same(study_.run(batch_, &options_), whole);
}

INSTANTIATE_TEST_SUITE_P(Runs, Checkpoint, testing::Values(company, laboratory),
                         [](const auto& each) {
                             return each.param == company ? "company" : "laboratory";
                         });

TEST(Checkpoints, lie_beside_the_study_one_for_each_batch) {
    EXPECT_EQ(sim::checkpoint_path("results/st.h5", {1, 0, 16, 8}).string(),
              "results/st.checkpoint-1-0-16-8.h5.bin");
}

}
}
