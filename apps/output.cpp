#include "apps/output.hpp"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "sim/error.hpp"
#include "sim/new_file.hpp"

namespace cercle::apps {
namespace fs = std::filesystem;
namespace {

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// The folder of `path`, or the one above when it is still to be made. One is made, never more: two
/// missing folders are more likely a slip of the pen than a wish.
fs::path existing_folder(const fs::path& path) {
    const fs::path folder = folder_of(path);
    std::error_code ignored;
    if (fs::exists(folder, ignored)) return folder;
    const fs::path above = folder_of(folder);
    if (fs::exists(above, ignored)) return above;
    throw sim::UserError(fmt::format("{}: there is no folder {} (only a single missing folder is "
                                     "made) make it first: mkdir -p {}",
                                     path.string(), above.string(), folder.string()));
}

/// Asks the file system itself by making a file and removing it: access rights alone do not tell
/// about read-only mounts, and mean nothing to root.
void check_folder(const fs::path& folder, const fs::path& path) {
    const fs::path trial = folder / fmt::format(".cercle-{}", getpid());
    const int file = open(trial.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) {
        throw sim::UserError(fmt::format("{}: cannot be written ({}: {}) choose another -o",
                                         path.string(), folder.string(), std::strerror(errno)));
    }
    close(file);
    unlink(trial.c_str());
}

}

void check_output_file(const fs::path& path, Existing existing, const OutputKind& kind) {
    const std::string name = path.string();
    if (name == "-") {
        throw sim::UserError(
            fmt::format("-o -: {} cannot go to stdout ({}) name a file", kind.what, kind.needs));
    }
    std::error_code ignored;
    if (!path.has_filename() || fs::is_directory(path, ignored)) {
        throw sim::UserError(fmt::format("{}: is a folder ({} go to one file) "
                                         "name a file in it, such as {}",
                                         name, kind.what, (path / kind.example).string()));
    }
    if (existing == Existing::refuse && fs::exists(path, ignored)) {
        throw sim::UserError(fmt::format("{}: exists already ({} are not overwritten unasked) "
                                         "add --overwrite or choose another -o",
                                         name, kind.what));
    }
    const fs::path folder = existing_folder(path);
    if (!fs::is_directory(folder, ignored)) {
        throw sim::UserError(fmt::format("{}: cannot be written ({} is not a folder) "
                                         "choose another -o",
                                         name, folder.string()));
    }
    check_folder(folder, path);
}

void check_output_of_survey(const fs::path& path, Existing existing, const fs::path& survey) {
    std::error_code ignored;
    const bool of_survey = fs::equivalent(folder_of(path), survey, ignored) &&
                           (path.extension() == ".csv" || path.extension() == ".toml");
    if (of_survey) {
        throw sim::UserError(fmt::format("-o {}: is a file of the survey (results do not take "
                                         "its place); name another, such as {}",
                                         path.string(), (survey / "results.h5").string()));
    }
    check_output_file(path, existing);
    if (existing == Existing::overwrite) sim::check_replaceable(path);
}

void make_folder_of(const fs::path& path) {
    std::error_code error;
    fs::create_directories(folder_of(path), error);
    if (error) {
        throw sim::RuntimeFailure(fmt::format("{}: the folder cannot be made ({})",
                                              folder_of(path).string(), error.message()));
    }
}

}
