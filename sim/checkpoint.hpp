#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/record.hpp"
#include "sim/run.hpp"

namespace cercle::sim {

/// Where the runs of a batch, of the study that goes to `output`, are kept in mid-course:
/// "st.checkpoint-1-0-16-8.h5.bin" (arm, point, first replicate, lanes).
std::filesystem::path checkpoint_path(const std::filesystem::path& output, const Batch& batch);

/// The runs that a file so named is of; nothing for another name.
std::optional<Batch> batch_of_checkpoint(const std::filesystem::path& path);

/// Whether a checkpoint was written to its end, by any program, and no byte has changed since (by
/// its checksum, CRC-64 of ECMA-182).
bool is_whole_checkpoint(const std::filesystem::path& path);

/// The same, and by a program and for a scenario from which this `origin` can go on.
bool is_checkpoint_of(const std::filesystem::path& path, const std::string& origin);

/// The checkpoints beside `output`, in alphabetic order.
std::vector<std::filesystem::path> checkpoint_files(const std::filesystem::path& output);

/// Removes the checkpoints beside `output`, and those that a killed process left half written.
void remove_checkpoints(const std::filesystem::path& output);

/// Keeps a run as it stands, in place of what was kept before. `origin` is all that the bits of the
/// run depend on (scenario, program). Throws UserError or RuntimeFailure when the file cannot be
/// written; the one before is then still there.
void write_checkpoint(const std::filesystem::path& path, const RunState& state,
                      const std::string& origin);

/// The run as it was kept, told from `fresh`, the same run at its beginning. Nothing when there is
/// no such file, when it has another origin, or is damaged: the run then starts anew.
std::optional<RunState> read_checkpoint(const std::filesystem::path& path, RunState fresh,
                                        const std::string& origin);

}
