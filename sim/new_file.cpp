#include "sim/new_file.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <random>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/hdf5.hpp"
#include "sim/results_layout.hpp"

namespace cercle::sim {

namespace {

[[noreturn]] void refuse_existing(const std::filesystem::path& place) {
    throw UserError(
        fmt::format("{}: exists already (nothing is overwritten unasked); choose "
                    "another name or ask for it with --overwrite where the command takes it",
                    place.string()));
}

std::filesystem::path folder_of(const std::filesystem::path& place) {
    return place.has_parent_path() ? place.parent_path() : std::filesystem::path(".");
}

void check_folder(const std::filesystem::path& place) {
    const std::filesystem::path folder = folder_of(place);
    std::error_code ignored;
    if (!std::filesystem::is_directory(folder, ignored)) {
        throw UserError(fmt::format("{}: the folder {} does not exist; make it first (mkdir -p {})",
                                    place.string(), folder.string(), folder.string()));
    }
    if (access(folder.c_str(), W_OK | X_OK) != 0) {
        throw UserError(fmt::format("{}: the folder {} cannot be written ({}); choose another",
                                    place.string(), folder.string(), std::strerror(errno)));
    }
}

/// False when the file system cannot rename without replacing.
bool moved_without_replacing(const std::filesystem::path& from, const std::filesystem::path& to) {
    if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return true;
    if (errno == EEXIST) refuse_existing(to);
    return false;
}

}

bool is_hdf5(const std::filesystem::path& place) {
    std::string signature(8, '\0');
    std::ifstream(place, std::ios::binary).read(signature.data(), 8);
    return signature == "\x89HDF\r\n\x1a\n";
}

namespace {

/// Whether it is a whole HDF5 file that no command of ours made; one that cannot be opened may be
/// what a crash left of ours.
bool is_of_others(const std::filesystem::path& place) {
    prepare_hdf5();
    try {
        const Hdf5Handle file(H5Fopen(place.c_str(), H5F_ACC_RDONLY, results_access()), H5Fclose,
                              "open the file");
        return !has_attribute(file, "filetype") || !is_text_attribute(file, "filetype") ||
               !text_attribute(file, "filetype").starts_with("cercle-");
    } catch (const RuntimeFailure&) {
        return false;
    }
}

}

void check_replaceable(const std::filesystem::path& place) {
    if (!std::filesystem::is_regular_file(place) || std::filesystem::is_empty(place)) return;
    if (is_hdf5(place) && !is_of_others(place)) return;
    throw UserError(fmt::format("{}: is no result file (only those are overwritten); choose "
                                "another name or remove it first",
                                place.string()));
}

NewFile::NewFile(std::filesystem::path place, Existing existing)
    : place_(std::move(place)), existing_(existing) {
    std::error_code ignored;
    const auto status = std::filesystem::status(place_, ignored);
    if (!place_.has_filename() || std::filesystem::is_directory(status)) {
        throw UserError(fmt::format("{}: is a folder (a file name is needed); add a name, as in {}",
                                    place_.string(), (place_ / "results.h5").string()));
    }
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        throw UserError(fmt::format("{}: is no regular file (results need one); choose another "
                                    "name",
                                    place_.string()));
    }
    if (existing_ == Existing::refuse && std::filesystem::exists(status)) refuse_existing(place_);
    check_folder(place_);
    // A process killed earlier may have left one of the same number (of 1, in a container).
    temporary_ =
        folder_of(place_) / fmt::format(".{}.{}-{:x}.part", place_.filename().string(),
                                        static_cast<long>(getpid()), std::random_device{}());
}

NewFile::~NewFile() {
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
}

void NewFile::keep() {
    if (existing_ == Existing::refuse) {
        if (moved_without_replacing(temporary_, place_)) return;
        if (std::filesystem::exists(place_)) refuse_existing(place_);
    }
    std::error_code failure;
    std::filesystem::rename(temporary_, place_, failure);
    if (failure) {
        throw RuntimeFailure(
            fmt::format("{}: cannot be put in place ({})", place_.string(), failure.message()));
    }
}

FileLock::FileLock(const std::filesystem::path& path, off_t first, off_t count)
    : descriptor_(open(path.c_str(), O_RDWR | O_CLOEXEC)) {
    if (descriptor_ < 0) {
        throw UserError(
            fmt::format("{}: cannot be written ({})", path.string(), std::strerror(errno)));
    }
    struct flock bytes {};
    bytes.l_type = F_WRLCK;
    bytes.l_whence = SEEK_SET;
    bytes.l_start = first;
    bytes.l_len = count;
    // Locks of this kind belong to the open file, so that a reader of ours closing it keeps them.
    if (fcntl(descriptor_, F_OFD_SETLK, &bytes) == 0) return;
    // A file system without locks (ENOLCK) is no reason not to write.
    if (errno != EAGAIN && errno != EACCES) return;
    close(descriptor_);
    throw UserError(
        fmt::format("{}: another process is writing it; wait until it has ended", path.string()));
}

FileLock::~FileLock() { close(descriptor_); }

namespace {
/// The byte that stands for a study; far behind what any file holds.
constexpr off_t byte_of_study = off_t{1} << 62;
}

WriterLock::WriterLock(const std::filesystem::path& path) : FileLock(path, 0, byte_of_study) {}

StudyLock::StudyLock(const std::filesystem::path& path) : FileLock(path, byte_of_study, 1) {}

}
