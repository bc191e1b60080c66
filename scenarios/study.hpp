#pragma once

#include <atomic>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/scenario.hpp"
#include "sim/record.hpp"
#include "sim/results_file.hpp"

namespace cercle::scenarios {

/// How runs are kept in their course, so that a long one loses little when it is broken off.
struct CheckpointOptions {
    std::filesystem::path output; ///< the study's; checkpoints lie beside it
    double every = 0.0;           ///< months between them; 0: none are made
    std::string origin;           ///< what is written into them and expected of those found
    const std::atomic<bool>* stop = nullptr;
};

/// Engagement of everyone through one run, as its series are observed.
struct PeopleThroughTime {
    std::size_t positions = 0;
    std::size_t times = 0;
    std::vector<float> engagement; ///< (time, position), fraction; NaN while nobody is there
};

/// A scenario made ready to run: networks read or drawn, every arm's world laid out, runs numbered.
/// Runs = arms x design points x replicates.
class Study {
public:
    /// Reads the files the scenario names; throws UserError with all their problems.
    explicit Study(Scenario scenario);
    ~Study();
    Study(Study&&) noexcept;

    const Scenario& scenario() const;
    sim::ResultsHead head() const;
    /// The ties among colleagues and among clients; where arms stand on other networks than the
    /// first, theirs too, with the arm's name: "colleague_small".
    std::vector<sim::NetworkTable> networks() const;
    /// All runs cut into batches of at most `lanes` replicates, arms taking turns so that a partial
    /// study is balanced.
    std::vector<sim::Batch> batches(std::size_t lanes) const;
    /// Runs one batch. Depends on nothing but the scenario and the batch; safe from any thread.
    /// With `checkpoints` it goes on from one, if there is, and is kept in others; asked to stop it
    /// is broken off at the next (its record is pending).
    sim::Record run(const sim::Batch& batch, const CheckpointOptions* checkpoints = nullptr) const;
    /// Replays one run and keeps what everybody felt. Throws UserError for a law that runs alone.
    PeopleThroughTime people(const sim::Batch& one) const;
    /// Process order, number of runs, agents, memory, and what each of `shards` parts would take:
    /// what `cercle check` prints.
    std::string plan_text(std::size_t lanes, std::size_t threads, std::size_t shards = 1) const;
    /// Size of the result file, in bytes: what its runs take.
    double file_bytes() const;
    /// The ordered process plan alone, one line each.
    std::string process_text() const;

    struct Parts;

private:
    std::unique_ptr<Parts> parts_;
};

/// What is told while a study runs and when it ends.
struct Tally {
    std::size_t total = 0; ///< runs
    std::size_t done = 0;
    std::size_t failed = 0;
    double seconds = 0.0; ///< wall time so far
    bool stopped = false; ///< ended early because `stop` was set
};

struct ExecutionOptions {
    std::size_t threads = 1;
    const std::atomic<bool>* stop = nullptr; ///< finish the batches in flight, then return
    /// Place of the next batch to run, none when all are given out; asked by one thread at a time.
    /// Without it, one after the other.
    std::function<std::optional<std::size_t>()> claim = {};
    const CheckpointOptions* checkpoints = nullptr;
};

/// Runs the batches on `threads` threads. `sink` and `progress` are called by one thread at a time,
/// as batches finish; memory is bounded by the batches in flight. A batch that throws becomes a
/// failed record; one that was broken off at a checkpoint gives none.
Tally execute(const Study& study, const std::vector<sim::Batch>& batches,
              const ExecutionOptions& options, const std::function<void(const sim::Record&)>& sink,
              const std::function<void(const Tally&)>& progress);

}
