#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <vector>

#include "apps/execution.hpp"
#include "sim/record.hpp"
#include "sim/results_file.hpp"

namespace cercle::apps {

/// Writes records as they come. Those of quick runs wait for each other, up to a tenth of a second:
/// one by one, writing takes a twelfth of the time of runs of 5 ms.
class RecordKeeping {
public:
    /// With `checkpoints`, those of the study that goes to `output` are removed as soon as their
    /// runs are in the file. Runs that failed are added to `failures`.
    RecordKeeping(sim::ResultsWriter& writer, std::filesystem::path output, bool checkpoints,
                  std::vector<Failure>& failures);

    void keep(const sim::Record& record);
    /// Writes what is held back.
    void write();
    std::size_t ended() const { return ended_; } ///< runs

private:
    sim::ResultsWriter& writer_;
    std::filesystem::path output_;
    bool checkpoints_;
    std::vector<Failure>& failures_;
    std::vector<sim::Record> waiting_;
    std::chrono::steady_clock::time_point came_, written_;
    std::size_t ended_ = 0;
};

}
