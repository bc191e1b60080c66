#include "sim/results_opening.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "sim/results_layout.hpp"

namespace cercle::sim {

void refuse_file(const std::filesystem::path& path, std::string_view why) {
    throw UserError(fmt::format("{}: {}", path.string(), why));
}

namespace {

void check_signature(const std::filesystem::path& path) {
    std::error_code ignored;
    if (!std::filesystem::exists(path, ignored)) refuse_file(path, "there is no such file");
    if (std::filesystem::is_directory(path, ignored))
        refuse_file(path, "is a folder, not a result file");
    if (!std::filesystem::is_regular_file(path, ignored))
        refuse_file(path, "is no regular file, so no result file");
    std::ifstream file(path, std::ios::binary);
    if (!file) refuse_file(path, fmt::format("cannot be read ({})", std::strerror(errno)));
    std::string signature(8, '\0');
    file.read(signature.data(), 8);
    if (file.gcount() == 0) refuse_file(path, "is empty, not a result file");
    if (signature != "\x89HDF\r\n\x1a\n") {
        refuse_file(path,
                    "is no result file (not HDF5); results are made by: cercle run SCENARIO -o "
                    "OUT.h5");
    }
}

}

Hdf5Handle open_for_reading(const std::filesystem::path& path) {
    prepare_hdf5();
    check_signature(path);
    // Named, because closing it makes the library forget why the file did not open.
    const Hdf5Handle access = results_access();
    const hid_t id = H5Fopen(path.c_str(), H5F_ACC_RDONLY, access);
    if (id < 0) {
        refuse_file(path,
                    fmt::format("is cut short or damaged ({}); take another copy or run the study "
                                "again",
                                hdf5_reason()));
    }
    return {id, H5Fclose, "open the file"};
}

}
