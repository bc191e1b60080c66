#pragma once

#include <cstddef>

#include <CLI/CLI.hpp>

namespace cercle::apps {

inline constexpr std::size_t most_lanes = 16;
inline constexpr std::size_t most_threads = 1024;
/// Runs, replicates and design points are numbered below it.
inline constexpr std::size_t most_runs = 1'000'000'000;

/// Accepts a whole number in [low, high], and says so where it is none.
CLI::Validator whole_number(std::size_t low, std::size_t high);

/// Accepts what fits a seed; by itself an option of 64 bits would take -1 for 2^64 - 1.
CLI::Validator seed_number();

/// Accepts a number in [low, high]; nan is none.
CLI::Validator number_between(double low, double high);

}
