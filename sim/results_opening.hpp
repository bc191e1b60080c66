#pragma once

#include <filesystem>
#include <string_view>

#include <fmt/format.h>

#include "sim/error.hpp"
#include "sim/hdf5.hpp"

namespace cercle::sim {

/// Throws UserError "<path>: <why>".
[[noreturn]] void refuse_file(const std::filesystem::path& path, std::string_view why);

/// Opens a file of results; throws UserError for one that is missing, foreign, empty or cut short.
Hdf5Handle open_for_reading(const std::filesystem::path& path);

/// Anything that cannot be read in a file that is there is the fault of the file.
template <class Work> auto blaming(const std::filesystem::path& path, const Work& work) {
    try {
        return work();
    } catch (const RuntimeFailure& failure) {
        refuse_file(path, fmt::format("is a damaged result file ({}); take another copy or run the "
                                      "study again",
                                      failure.what()));
    }
}

}
