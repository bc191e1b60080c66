#include "apps/record_keeping.hpp"

#include <utility>

#include "sim/checkpoint.hpp"

namespace cercle::apps {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto longest_wait = 100ms;

/// Removes what was kept of runs that have ended.
void remove_checkpoints_of(const fs::path& output, const sim::Batch& ended) {
    fs::remove(sim::checkpoint_path(output, ended));
    for (std::size_t lane = 0; lane < ended.lanes; ++lane) {
        fs::remove(sim::checkpoint_path(output,
                                        {ended.arm, ended.point, ended.first_replicate + lane, 1}));
    }
}

}

RecordKeeping::RecordKeeping(sim::ResultsWriter& writer, fs::path output, bool checkpoints,
                             std::vector<Failure>& failures)
    : writer_(writer), output_(std::move(output)), checkpoints_(checkpoints), failures_(failures),
      watch_([this](const std::stop_token& stop) { watch(stop); }) {}

RecordKeeping::~RecordKeeping() = default; // ends and awaits the watch

void RecordKeeping::keep(const sim::Record& record) {
    const std::scoped_lock held(mutex_);
    waiting_.push_back(record);
    const auto now = std::chrono::steady_clock::now();
    const bool quick = now - came_ < 50ms;
    came_ = now;
    if (checkpoints_ || !quick || now - written_ > longest_wait) write_what_waits();
    if (checkpoints_) remove_checkpoints_of(output_, record.batch);
    ended_ += record.batch.lanes;
    if (record.status == sim::RunStatus::failed)
        failures_.push_back({record.batch, record.failure});
}

void RecordKeeping::write() {
    const std::scoped_lock held(mutex_);
    write_what_waits();
}

void RecordKeeping::write_what_waits() {
    if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
    writer_.write(waiting_);
    waiting_.clear();
    written_ = std::chrono::steady_clock::now();
}

/// Runs that ended together may be followed by one of hours: they are not left unwritten so long.
void RecordKeeping::watch(const std::stop_token& stop) {
    std::unique_lock held(mutex_);
    while (!at_end_.wait_for(held, stop, longest_wait, [&] { return stop.stop_requested(); })) {
        if (waiting_.empty() || std::chrono::steady_clock::now() - came_ < longest_wait) continue;
        try {
            write_what_waits();
        } catch (...) {
            failure_ = std::current_exception();
        }
    }
}

}
