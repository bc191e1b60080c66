#pragma once

#include <cstddef>
#include <filesystem>

namespace cercle::sim {

/// Runs that were taken over from another file.
struct Taken {
    std::size_t done = 0;
    std::size_t failed = 0;
};

/// Copies every run that ended in the result file `from` and is not done in the result file `into`
/// of the same study. Memory is bounded, whatever the number of runs; the status of runs is written
/// after their data, so that a sudden death leaves a valid file and the call can be repeated.
Taken take_over(const std::filesystem::path& into, const std::filesystem::path& from);

}
