// A study gives the same bytes however it is cut into lanes, threads and batches.
#include "scenarios/study.hpp"

#include <array>
#include <atomic>
#include <bit>
#include <chrono>
#include <map>
#include <set>
#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace cercle::scenarios {
namespace {

Study study_of(const std::string& text, std::vector<std::string> overrides = {}) {
    return Study(read_scenario(
        {.name = "t.toml", .text = text, .folder = ".", .overrides = std::move(overrides)}));
}

const std::string small = R"(
cercle = 1
seed = 11
replicates = 20
[time]
years = 2
[network.colleague]
generator = "complete"
nodes = 5
[[arm]]
name = "scop"
governance.regime = "cooperative"
pricing.rule = "fair"
[[arm]]
name = "conventional"
)";

const std::string office = R"(
cercle = 1
seed = 12
replicates = 5
[time]
years = 1
[network.colleague]
generator = "office"
[[arm]]
name = "scop"
governance.regime = "cooperative"
[[arm]]
name = "rewired"
switch.rewiring = true
rewiring.homophily = 2.0
)";

/// Everything recorded of a run, as bytes (NaN included), by arm and replicate.
using Bytes = std::string;
using Runs = std::map<std::pair<std::size_t, std::size_t>, Bytes>;

template <class T> void append(Bytes& bytes, const T& value) {
    const auto raw = std::bit_cast<std::array<char, sizeof(T)>>(value);
    bytes.append(raw.data(), raw.size());
}

void take_apart(Runs& runs, sim::Record record) {
    for (std::size_t lane = 0; lane < record.batch.lanes; ++lane) {
        Bytes bytes;
        for (std::size_t metric = 0; metric < record.series_count; ++metric) {
            for (std::size_t time = 0; time < record.times; ++time) {
                append(bytes, record.at(metric, lane, time));
            }
        }
        for (std::size_t which = 0; which < record.outcome_count; ++which) {
            append(bytes, record.outcome(which, lane));
        }
        runs[{record.batch.arm, record.batch.first_replicate + lane}] = std::move(bytes);
    }
}

Runs run_all(const Study& study, std::size_t lanes, std::size_t threads) {
    Runs runs;
    const auto sink = [&](const sim::Record& record) {
        EXPECT_EQ(record.status, sim::RunStatus::done) << record.failure;
        take_apart(runs, record);
    };
    execute(study, study.batches(lanes), {.threads = threads}, sink, [](const Tally&) {});
    return runs;
}

TEST(Study, gives_the_same_bytes_for_any_lanes_and_threads) {
    const Study study = study_of(small);
    const Runs reference = run_all(study, 1, 1);
    ASSERT_EQ(reference.size(), 40U);
    ASSERT_GT(reference.begin()->second.size(), 20U * 25 * 4);

    for (const auto& [lanes, threads] : std::vector<std::pair<std::size_t, std::size_t>>{
             {1, 2}, {4, 1}, {4, 3}, {16, 1}, {16, 2}, {16, 7}, {3, 3}, {16, 3}}) {
        EXPECT_EQ(run_all(study, lanes, threads), reference)
            << lanes << " lanes on " << threads << " threads";
    }
}

TEST(Study, of_an_office_with_moving_ties_gives_the_same_bytes_too) {
    const Study study = study_of(office);
    const Runs reference = run_all(study, 1, 1);

    EXPECT_EQ(run_all(study, 4, 2), reference);
    EXPECT_EQ(run_all(study, 16, 3), reference);
}

TEST(Study, shares_its_batches_among_threads) {
    using namespace std::chrono_literals;
    const Study study = study_of(small);
    std::set<std::thread::id> at_work;
    // Results are handed over by whoever is free: a pause lets a second thread be free, even on a
    // busy machine within half a minute.
    const auto end = std::chrono::steady_clock::now() + 30s;
    while (at_work.size() < 2 && std::chrono::steady_clock::now() < end) {
        const auto sink = [&](const sim::Record&) {
            at_work.insert(std::this_thread::get_id());
            std::this_thread::sleep_for(1ms);
        };
        execute(study, study.batches(1), {.threads = 2}, sink, [](const Tally&) {});
    }

    EXPECT_EQ(at_work.size(), 2U);
}

TEST(Study, differs_between_replicates_and_seeds) {
    const Runs runs = run_all(study_of(small), 4, 1);
    const Runs reseeded = run_all(study_of(small, {"seed=13"}), 4, 1);
    std::set<Bytes> distinct;
    for (const auto& [run, bytes] : runs) {
        distinct.insert(bytes);
        EXPECT_NE(bytes, reseeded.at(run));
    }

    EXPECT_EQ(distinct.size(), runs.size()) << "no two runs are the same";
}

TEST(Study, keeps_a_replicate_when_more_are_asked_for) {
    const Runs few = run_all(study_of(small), 16, 1);
    const Runs more = run_all(study_of(small, {"replicates=30"}), 16, 1);

    for (const auto& [run, bytes] : few) EXPECT_EQ(bytes, more.at(run));
    EXPECT_EQ(more.size(), 60U);
}

TEST(Study, pairs_its_arms) {
    const std::string twins = R"(
cercle = 1
seed = 11
replicates = 4
[time]
years = 2
[network.colleague]
generator = "complete"
nodes = 5
[[arm]]
name = "one"
[[arm]]
name = "same"
)";
    const Runs runs = run_all(study_of(twins), 4, 1);

    for (std::size_t i = 0; i < 4; ++i) EXPECT_EQ((runs.at({0, i})), (runs.at({1, i})));
}

TEST(Batches, cover_every_run_once_with_arms_taking_turns) {
    const Study study = study_of(small);
    const auto batches = study.batches(16);

    EXPECT_EQ(batches, (std::vector<sim::Batch>{
                           {0, 0, 0, 16}, {1, 0, 0, 16}, {0, 0, 16, 4}, {1, 0, 16, 4}}));
}

// Of 64 points in eight rows, any eight that are run one after the other lie in at least five rows and columns.
TEST(Batches, of_a_grid_are_balanced_over_it_wherever_they_are_broken_off) {
    const Study study = study_of(small + R"(
[design]
method = "grid"
[[factor]]
path = "contagion.colleague.weight"
range = [0.0, 0.35]
levels = 8
[[factor]]
path = "contagion.client.weight"
range = [0.0, 0.35]
levels = 8
)");
    const auto batches = study.batches(20);
    std::set<std::size_t> all;
    for (std::size_t from = 0; from + 16 <= batches.size(); from += 2) {
        std::set<std::size_t> rows, columns;
        for (std::size_t i = from; i < from + 16; ++i) {
            rows.insert(batches[i].point / 8);
            columns.insert(batches[i].point % 8);
            all.insert(batches[i].point);
        }

        EXPECT_GE(rows.size(), 5U) << from;
        EXPECT_GE(columns.size(), 5U) << from;
    }
    EXPECT_EQ(all.size(), 64U);
}

TEST(Execute, stops_when_told_and_says_so) {
    const Study study = study_of(small);
    std::atomic<bool> stop = false;
    std::size_t seen = 0;
    const Tally tally = execute(
        study, study.batches(1), {.threads = 1, .stop = &stop},
        [&](const sim::Record&) { stop = ++seen == 3; }, [](const Tally&) {});

    EXPECT_TRUE(tally.stopped);
    EXPECT_EQ(tally.total, 40U);
    EXPECT_EQ(tally.done, seen);
    EXPECT_LT(seen, 10U);
}

TEST(Execute, counts_what_is_done) {
    const Study study = study_of(small);
    std::vector<std::size_t> told;
    const Tally tally = execute(
        study, study.batches(16), {.threads = 2}, [](const sim::Record&) {},
        [&](const Tally& now) { told.push_back(now.done); });

    EXPECT_EQ(told, (std::vector<std::size_t>{16, 32, 36, 40}));
    EXPECT_EQ(tally.done, 40U);
    EXPECT_FALSE(tally.stopped);
}

TEST(Head, describes_the_runs) {
    const sim::ResultsHead head = study_of(small).head();

    EXPECT_EQ(head.arms, (std::vector<std::string>{"scop", "conventional"}));
    EXPECT_EQ(head.replicates, 20U);
    EXPECT_EQ(head.times.size(), 25U);
    EXPECT_EQ(head.times.back(), 24.0);
    EXPECT_EQ(head.run_seeds.size(), 40U);
    EXPECT_EQ(head.run_seeds[0], head.run_seeds[20]) << "arms share the chance of a replicate";
    EXPECT_EQ(std::set<std::uint64_t>(head.run_seeds.begin(), head.run_seeds.end()).size(), 20U);
}

TEST(StudyNetworks, are_kept_of_every_arm_that_stands_on_others) {
    const auto names = [](const Study& study) {
        std::vector<std::string> list;
        for (const auto& table : study.networks()) {
            list.push_back(table.name + " " + std::to_string(table.nodes));
        }
        return list;
    };

    EXPECT_EQ(names(study_of(small)), (std::vector<std::string>{"colleague 8", "client 150"}));
    EXPECT_EQ(names(study_of(small + "network.colleague.nodes = 3\n")),
              (std::vector<std::string>{"colleague 8", "client 150", "colleague_conventional 5",
                                        "client_conventional 90"}));
}

}
}
