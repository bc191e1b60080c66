#pragma once

#include <cstdint>

#include "models/draws.hpp"
#include "sim/world.hpp"

namespace cercle::models {

/// True with this probability, to 32 bits: never at 0, always at 1.
inline bool occurs(std::uint32_t word, double probability) {
    return static_cast<double>(word) < probability * 0x1p32;
}

/// Uniform in (0, 1) with 32 bits.
inline double uniform_of(std::uint32_t word) { return (static_cast<double>(word) + 0.5) * 0x1p-32; }

/// Words in sequence for one lane's step: addressed by seed, replicate, step and decision.
inline sim::Stream stream_of(const sim::World& world, std::size_t lane, std::uint32_t step,
                             sim::Draw draw) {
    const std::uint64_t replicate = world.source.first_replicate + lane;
    return {world.source.seed, draw, replicate << 32 | step};
}

}
