#include "sim/parallel.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <mutex>
#include <numeric>
#include <set>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace cercle::sim {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t many = 100'003; ///< entities enough to be shared among threads

/// Runs `work` where this many threads may take part.
void on_threads(std::size_t threads, const std::function<void()>& work) {
    in_order({.count = 1,
              .threads = threads,
              .proceed = [] { return true; },
              .work = [&](std::size_t, std::size_t) { work(); },
              .commit = [](std::size_t, std::size_t) {}});
}

/// Waits until `done` or ten seconds have passed.
void wait_until(const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + 10s;
    while (!done() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(1ms);
}

class Threads {
public:
    void note() {
        const std::lock_guard lock(mutex_);
        seen_.insert(std::this_thread::get_id());
    }
    std::size_t count() {
        const std::lock_guard lock(mutex_);
        return seen_.size();
    }

private:
    std::mutex mutex_;
    std::set<std::thread::id> seen_;
};

TEST(ForEachBlock, visits_every_entity_once) {
    for (const std::size_t count : {0UL, 1UL, 63UL, 64UL, 65UL, 1000UL, many}) {
        std::vector<int> visits(count, 0);

        for_each_block(count, 1, [&](std::size_t first, std::size_t last) {
            EXPECT_EQ(first % block_entities, 0U);
            EXPECT_LE(last - first, block_entities);
            for (std::size_t i = first; i < last; ++i) ++visits[i];
        });

        EXPECT_TRUE(std::ranges::all_of(visits, [](int times) { return times == 1; })) << count;
    }
}

TEST(ForEachBlock, gives_the_same_answer_on_any_number_of_threads) {
    std::vector<float> before(many);
    std::iota(before.begin(), before.end(), 0.0F);
    const auto answer = [&](std::size_t threads) {
        std::vector<float> after(many);
        on_threads(threads, [&] {
            for_each_block(many, 1, [&](std::size_t first, std::size_t last) {
                for (std::size_t i = first; i < last; ++i) {
                    after[i] = 0.5F * before[i] + before[(i + 1) % many] / 3.0F;
                }
            });
        });
        return after;
    };

    const auto alone = answer(1);

    EXPECT_EQ(answer(2), alone);
    EXPECT_EQ(answer(3), alone);
    EXPECT_NE(alone, before);
}

TEST(ForEachBlock, shares_large_work_among_threads_and_keeps_small_work_together) {
    Threads large, small;
    on_threads(2, [&] {
        for_each_block(many, 1, [&](std::size_t, std::size_t) {
            large.note();
            wait_until([&] { return large.count() > 1; });
        });
        for_each_block(1000, 1, [&](std::size_t, std::size_t) { small.note(); });
    });

    EXPECT_EQ(large.count(), 2U);
    EXPECT_EQ(small.count(), 1U);
}

TEST(InOrder, commits_every_task_in_order_on_several_threads) {
    for (const std::size_t threads : {1UL, 2UL, 3UL, 7UL}) {
        Threads at_work;
        std::vector<std::size_t> committed;
        in_order({.count = 200,
                  .threads = threads,
                  .proceed = [] { return true; },
                  .work =
                      [&](std::size_t task, std::size_t) {
                          at_work.note();
                          wait_until([&] { return at_work.count() >= std::min(threads, 2UL); });
                          if (task % 5 == 0) std::this_thread::sleep_for(1ms);
                      },
                  .commit = [&](std::size_t task, std::size_t) { committed.push_back(task); }});

        std::vector<std::size_t> all(200);
        std::iota(all.begin(), all.end(), 0UL);
        EXPECT_EQ(committed, all) << threads;
        EXPECT_GE(at_work.count(), std::min(threads, 2UL));
    }
}

TEST(InOrder, lends_a_slot_to_one_task_at_a_time) {
    constexpr std::size_t threads = 3;
    std::vector<std::atomic<int>> holders(slots_for(threads));
    std::atomic<int> clashes = 0;
    std::vector<std::size_t> result(slots_for(threads));
    std::vector<std::size_t> committed;

    in_order({.count = 300,
              .threads = threads,
              .proceed = [] { return true; },
              .work =
                  [&](std::size_t task, std::size_t slot) {
                      ASSERT_LT(slot, slots_for(threads));
                      if (holders[slot].fetch_add(1) != 0) ++clashes;
                      result[slot] = task;
                  },
              .commit =
                  [&](std::size_t, std::size_t slot) {
                      committed.push_back(result[slot]);
                      holders[slot].fetch_sub(1);
                  }});

    EXPECT_EQ(clashes, 0);
    EXPECT_TRUE(std::ranges::is_sorted(committed));
    EXPECT_EQ(committed.size(), 300U);
}

TEST(InOrder, finishes_the_tasks_in_flight_and_leaves_the_rest_when_told_to_stop) {
    std::atomic<bool> stop = false;
    std::atomic<std::size_t> begun = 0;
    std::size_t committed = 0;
    in_order({.count = 1000,
              .threads = 2,
              .proceed = [&] { return !stop.load(); },
              .work = [&](std::size_t, std::size_t) { ++begun; },
              .commit =
                  [&](std::size_t, std::size_t) {
                      if (++committed == 10) stop = true;
                  }});

    EXPECT_EQ(committed, begun.load());
    EXPECT_GE(committed, 10U);
    EXPECT_LE(committed, 10U + slots_for(2));
}

}
}
