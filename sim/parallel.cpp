#include "sim/parallel.hpp"

#include <algorithm>

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/parallel_pipeline.h>
#include <oneapi/tbb/task_arena.h>

namespace cercle::sim {

namespace {

/// Below this many rows, sharing a process among threads costs more than it saves.
constexpr std::size_t rows_worth_sharing = 1 << 16;

}

void for_each_block(std::size_t count, std::size_t lanes,
                    Callback<void(std::size_t, std::size_t)> visit) {
    const std::size_t blocks = (count + block_entities - 1) / block_entities;
    const auto visit_block = [&](std::size_t block) {
        const std::size_t first = block * block_entities;
        visit(first, std::min(first + block_entities, count));
    };
    if (count * lanes < rows_worth_sharing) {
        for (std::size_t block = 0; block < blocks; ++block) visit_block(block);
        return;
    }
    oneapi::tbb::parallel_for(oneapi::tbb::blocked_range<std::size_t>(0, blocks, 8),
                              [&](const oneapi::tbb::blocked_range<std::size_t>& range) {
                                  for (std::size_t block = range.begin(); block < range.end();
                                       ++block) {
                                      visit_block(block);
                                  }
                              });
}

void in_order(const InOrder& tasks) {
    using oneapi::tbb::filter_mode;
    // More threads than processors are allowed, so that a replay can differ from any file.
    const oneapi::tbb::global_control allowed(oneapi::tbb::global_control::max_allowed_parallelism,
                                              tasks.threads);
    oneapi::tbb::task_arena arena(static_cast<int>(tasks.threads));
    const std::size_t slots = slots_for(tasks.threads);
    std::size_t next = 0;
    const auto source = [&](oneapi::tbb::flow_control& flow) -> std::size_t {
        if (next == tasks.count || !tasks.proceed()) {
            flow.stop();
            return 0;
        }
        return next++;
    };
    const auto work = [&](std::size_t task) {
        tasks.work(task, task % slots);
        return task;
    };
    const auto commit = [&](std::size_t task) { tasks.commit(task, task % slots); };
    arena.execute([&] {
        oneapi::tbb::parallel_pipeline(
            slots,
            oneapi::tbb::make_filter<void, std::size_t>(filter_mode::serial_in_order, source) &
                oneapi::tbb::make_filter<std::size_t, std::size_t>(filter_mode::parallel, work) &
                oneapi::tbb::make_filter<std::size_t, void>(filter_mode::serial_in_order, commit));
    });
}

}
