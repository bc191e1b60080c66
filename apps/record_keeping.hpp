#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <filesystem>
#include <mutex>
#include <thread>
#include <vector>

#include "apps/execution.hpp"
#include "sim/record.hpp"
#include "sim/results_file.hpp"

namespace cercle::apps {

/// Writes records as they come. Those of quick runs wait for each other, for a tenth of a second
/// and no longer, whatever comes or does not come behind them: one by one, writing takes a twelfth
/// of the time of runs of 5 ms.
class RecordKeeping {
public:
    /// With `checkpoints`, those of the study that goes to `output` are removed as soon as their
    /// runs are in the file. Runs that failed are added to `failures`.
    RecordKeeping(sim::ResultsWriter& writer, std::filesystem::path output, bool checkpoints,
                  std::vector<Failure>& failures);
    ~RecordKeeping();

    void keep(const sim::Record& record);
    /// Writes what is held back.
    void write();
    /// Runs; asked by any thread.
    std::size_t ended() const { return ended_.load(std::memory_order_relaxed); }

private:
    void write_what_waits();
    void watch(const std::stop_token& stop);

    sim::ResultsWriter& writer_;
    std::filesystem::path output_;
    bool checkpoints_;
    std::vector<Failure>& failures_;
    std::atomic<std::size_t> ended_ = 0;
    std::mutex mutex_; ///< of what follows
    std::vector<sim::Record> waiting_;
    std::chrono::steady_clock::time_point came_, written_;
    std::exception_ptr failure_; ///< of the watch, told by the next call
    std::condition_variable_any at_end_;
    std::jthread watch_; ///< last: it sees all that is above
};

}
