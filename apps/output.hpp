#pragma once

#include <filesystem>
#include <string_view>

namespace cercle::apps {

/// What happens to a file that is already there.
enum class Existing { refuse, overwrite };

/// What is written, in the words of messages.
struct OutputKind {
    std::string_view what = "results";
    std::string_view needs = "HDF5 needs a file";
    std::string_view example = "results.h5";
};

/// Throws UserError unless a file can be written at `path`, whose folder may be missing, but not
/// the one above it. Leaves nothing behind.
void check_output_file(const std::filesystem::path& path, Existing existing,
                       const OutputKind& kind = {});

/// The same for what is told of a survey, whose own files are never written, and no file that is no
/// result is replaced.
void check_output_of_survey(const std::filesystem::path& path, Existing existing,
                            const std::filesystem::path& survey);

/// Makes the folder a file goes to, when it is not there yet.
void make_folder_of(const std::filesystem::path& path);

}
