#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "sim/record.hpp"
#include "sim/results_file.hpp"

namespace cercle::sim {

/// One of the equal parts into which a study is cut for processes that know nothing of each other.
struct Shard {
    std::size_t number = 1; ///< from 1 to count
    std::size_t count = 1;
    bool operator==(const Shard&) const = default;
};

/// "shard 2 of 4", as a part of a study calls itself.
std::string shard_text(const Shard& shard);
/// The shard that such a text names; number 0 when it names none.
Shard shard_named(const std::string& text);

/// A file of the study that goes to `output`, beside it: "st.WORD.h5".
std::filesystem::path beside(const std::filesystem::path& output, const std::string& word);
/// Such files whose word is `word` and numbers ("rank-1", "checkpoint-0-0-16-4"), in alphabetic
/// order.
std::vector<std::filesystem::path> files_beside(const std::filesystem::path& output,
                                                const std::string& word,
                                                const std::string& extension);
/// Such files that a process was killed over before they were whole (see NewFile).
std::vector<std::filesystem::path> unfinished_beside(const std::filesystem::path& output,
                                                     const std::string& word,
                                                     const std::string& extension);

/// Where a shard of the study that goes to `output` is kept: "st.shard-2-of-4.h5".
std::filesystem::path shard_path(const std::filesystem::path& output, const Shard& shard);
/// Where rank `rank` of several keeps its runs until they are taken over: "st.rank-1.h5".
std::filesystem::path rank_path(const std::filesystem::path& output, std::size_t rank);
/// The files that ranks left beside `output`, in alphabetic order.
std::vector<std::filesystem::path> rank_files(const std::filesystem::path& output);

/// The runs of `batches` for which `wanted` (asked run by run) says yes. A batch with unwanted runs
/// is cut; order is kept.
std::vector<Batch> only(const std::vector<Batch>& batches,
                        const std::function<bool(const Batch& run)>& wanted);

/// The runs of `batches` in a shard. Shards take turns over points and blocks of replicates and
/// hold all arms of each, so that one alone is balanced; which runs they hold does not depend on
/// how the runs are cut into batches.
std::vector<Batch> runs_of_shard(const std::vector<Batch>& batches, const ResultsHead& head,
                                 const Shard& shard);

/// What is done with runs that failed when a study goes on.
enum class Failed { keep, again };

/// The runs of `batches` that are still to do, by the status of every run of the study.
std::vector<Batch> still_to_run(const std::vector<Batch>& batches, const ResultsHead& head,
                                std::span<const RunStatus> status, Failed failed);

/// How far runs are.
struct Standing {
    std::size_t done = 0;
    std::size_t failed = 0;
    std::size_t pending = 0;
    std::size_t total() const { return done + failed + pending; }
    bool operator==(const Standing&) const = default;
};

Standing standing_of(const std::vector<Batch>& batches, const ResultsHead& head,
                     std::span<const RunStatus> status);

}
