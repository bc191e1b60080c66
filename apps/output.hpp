#pragma once

#include <filesystem>

namespace cercle::apps {

/// What happens to a file that is already there.
enum class Existing { refuse, overwrite };

/// Throws UserError unless a file can be written at `path`, whose folder may be missing, but not
/// the one above it. Leaves nothing behind.
void check_output_file(const std::filesystem::path& path, Existing existing);

/// Makes the folder a file goes to, when it is not there yet.
void make_folder_of(const std::filesystem::path& path);

}
