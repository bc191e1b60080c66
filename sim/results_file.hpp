#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/graph.hpp"
#include "sim/record.hpp"

namespace cercle::sim {

inline constexpr int results_format_version = 1;
/// A reason why a run failed is kept up to this many bytes.
inline constexpr std::size_t failure_length = 160;
/// Room for what is known only at the end of a study, as JSON, in bytes.
inline constexpr std::size_t ending_length = 16384;
/// Root attributes in which two parts of one study must agree, where both have them.
inline constexpr std::string_view identity_attributes[] = {
    "scenario_resolved", "input_digest", "process_plan", "version", "commit", "build"};

/// Everything about a study that is known before its first run: the shape and head of its file.
struct ResultsHead {
    std::vector<std::string> arms;
    std::vector<std::string> factors; ///< paths; empty without a design
    std::vector<double> design;       ///< (point, factor), row-major; points x factors values
    std::size_t points = 1;
    std::size_t replicates = 1;
    std::vector<double> times;            ///< months since the start of the measured period
    std::vector<Metric> series;           ///< one dataset each in group "series"
    std::vector<Metric> outcomes;         ///< one dataset each in the root group
    std::vector<Metric> node_values;      ///< what is kept of every node at the end: none or one
    std::size_t nodes = 0;                ///< nodes it is kept of
    std::vector<std::uint64_t> run_seeds; ///< (arm, point, replicate)
    std::map<std::string, std::string>
        text_attributes; ///< scenario, plan, commit, command line, ...
    std::map<std::string, double> number_attributes;
    std::string part; ///< "shard 1 of 4", "rank 2": which runs of the study; empty for all
    bool operator==(const ResultsHead&) const = default;
};

/// Replicates of each point that a study has: all, or fewer where its rule said they are enough.
std::size_t replicates_run(const ResultsHead& head);

/// What keeps two heads from belonging to one study, one sentence each; empty when nothing does.
/// Which part of it they are does not matter.
std::vector<std::string> differences(const ResultsHead& stored, const ResultsHead& wanted);

/// The tie table of one network of the study, as group "network" stores it.
struct NetworkTable {
    std::string name; ///< "colleague", "client"
    std::vector<Tie> ties;
    std::size_t nodes = 0;
    std::vector<std::string> labels; ///< of each node; may be empty
    std::string label_meaning = "team of each node";
};

/// Writes a result file run by run. The file is valid at any moment, also of a sudden death: all of
/// it is laid out before it gets its name, afterwards only raw data is overwritten, and a batch's
/// status is written after its data. One thread at a time.
class ResultsWriter {
public:
    enum class Existing { refuse, overwrite, resume, resume_anyway };
    /// Throws UserError when the file exists (refuse), is no result or another study or part
    /// (resume; resume_anyway takes a study of the same shape and seeds for the same);
    /// RuntimeFailure when it cannot be written. With `overwrite` the old file stays until the new
    /// one is laid out.
    ResultsWriter(const std::filesystem::path& path, const ResultsHead& head,
                  const std::vector<NetworkTable>& networks, Existing existing);
    ~ResultsWriter();
    ResultsWriter(const ResultsWriter&) = delete;
    ResultsWriter& operator=(const ResultsWriter&) = delete;

    void write(const Record& record) { write(std::span(&record, 1)); }
    /// Several at once, in any order: those that stand side by side in the file go in one piece.
    void write(std::span<const Record> records);
    /// Keeps what is known only at the end (timers, end status); adds to what was kept before.
    /// It is raw data (dataset "ending"), so that the file stays valid whenever the process dies.
    void annotate(const std::map<std::string, std::string>& text_attributes,
                  const std::map<std::string, double>& number_attributes);

private:
    struct Files;
    std::unique_ptr<Files> files_;
};

/// Neighbouring design points of one arm.
struct PointBlock {
    std::size_t arm = 0;
    std::size_t first_point = 0;
    std::size_t points = 1;
};

/// Reads a result file; throws UserError for a file that is foreign, truncated or newer.
class ResultsReader {
public:
    explicit ResultsReader(const std::filesystem::path& path);
    ~ResultsReader();
    ResultsReader(const ResultsReader&) = delete;
    ResultsReader& operator=(const ResultsReader&) = delete;

    const std::filesystem::path& path() const;
    /// As written, with what was annotated at the end among the attributes.
    const ResultsHead& head() const;
    /// Status of every run, (arm, point, replicate).
    std::vector<RunStatus> status() const;
    /// One outcome of every run, (arm, point, replicate); NaN where missing.
    std::vector<double> outcome(const std::string& name) const;
    /// The same of one batch of runs.
    std::vector<double> outcome(const std::string& name, const Batch& batch) const;
    /// The same of all runs of some design points of an arm, (point, replicate).
    std::vector<double> outcome(const std::string& name, const PointBlock& block) const;
    /// One series of one batch of runs, (replicate, time).
    std::vector<float> series(const std::string& name, const Batch& batch) const;
    /// One series of all runs of some design points of an arm, (point, replicate, time).
    std::vector<float> series(const std::string& name, const PointBlock& block) const;
    /// What every node held at the end of the runs of one batch, (replicate, node).
    std::vector<double> nodes(const Batch& batch) const;
    std::vector<double> nodes(const PointBlock& block) const;
    std::string failure(std::size_t arm, std::size_t point, std::size_t replicate) const;
    std::vector<NetworkTable> networks() const;

private:
    struct Files;
    std::unique_ptr<Files> files_;
};

}
