#include "apps/record_keeping.hpp"

#include <utility>

#include "sim/checkpoint.hpp"

namespace cercle::apps {
namespace {

namespace fs = std::filesystem;

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
    : writer_(writer), output_(std::move(output)), checkpoints_(checkpoints), failures_(failures) {}

void RecordKeeping::keep(const sim::Record& record) {
    using namespace std::chrono_literals;
    waiting_.push_back(record);
    const auto now = std::chrono::steady_clock::now();
    const bool quick = now - came_ < 50ms;
    came_ = now;
    if (checkpoints_ || !quick || now - written_ > 100ms) write();
    if (checkpoints_) remove_checkpoints_of(output_, record.batch);
    ended_ += record.batch.lanes;
    if (record.status == sim::RunStatus::failed)
        failures_.push_back({record.batch, record.failure});
}

void RecordKeeping::write() {
    writer_.write(waiting_);
    waiting_.clear();
    written_ = std::chrono::steady_clock::now();
}

}
