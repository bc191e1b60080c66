#pragma once

#include <array>
#include <cstdint>
#include <limits>

#include "sim/portable_math.hpp"

namespace cercle::sim {

/// What a random number decides. The list of every decision of the program is `models/draws.hpp`.
enum class Draw : std::uint32_t;

/// Who draws, and for which replicates: everything of an address but the step and the decision.
struct Source {
    std::uint64_t seed = 0;
    std::uint32_t first_replicate = 0; ///< of lane 0; lane l belongs to replicate first + l
    std::uint32_t lanes = 1;
    bool operator==(const Source&) const = default;
};

/// The four random words of address (seed, replicate, group of four entities, step, draw):
/// word w belongs to entity 4 * quad + w. Threefry4x32-20 (Salmon et al. 2011, Random123).
std::array<std::uint32_t, 4> words(const Source& source, std::uint32_t lane, std::uint32_t quad,
                                   std::uint32_t step, Draw draw);

/// Fills `out` with one word for each (entity, lane) of entities [first, first + count), row-major
/// by entity. `first` is a multiple of 4. The words do not depend on how entities are cut in blocks
/// nor on how replicates are grouped in lanes.
void fill_words(const Source& source, std::uint32_t step, Draw draw, std::uint32_t first,
                std::uint32_t count, std::uint32_t* out);

/// Words in sequence for work that needs an unknown number of them (drawing a network), addressed
/// by (seed, draw, entity). Satisfies std::uniform_random_bit_generator.
class Stream {
public:
    using result_type = std::uint32_t;
    Stream(std::uint64_t seed, Draw draw, std::uint64_t entity);
    static constexpr result_type min() { return 0; }
    static constexpr result_type max() { return std::numeric_limits<result_type>::max(); }
    result_type operator()() {
        if (used_ == filled_) refill();
        return words_[used_++];
    }
    /// Uniform in [0, 1) with 53 bits.
    double uniform() {
        const std::uint64_t high = (*this)();
        const std::uint64_t low = (*this)();
        return static_cast<double>((high << 21) | (low >> 11)) * 0x1p-53;
    }
    /// Uniform over 0 .. n - 1; n > 0. Exact (rejection).
    std::uint64_t below(std::uint64_t n);
    /// Standard normal.
    double normal();

private:
    void refill();

    std::uint64_t seed_;
    std::uint32_t draw_;
    std::uint64_t entity_;
    std::uint64_t block_ = 0; ///< next to encrypt: one at first, then sixteen at a time
    std::uint32_t used_ = 0;
    std::uint32_t filled_ = 0;
    std::array<std::uint32_t, 64> words_{};
};

/// Uniform in the open interval (0, 1) with 23 bits, as many as a float can hold and half a step:
/// (k + 1/2) / 2^23.
inline float uniform(std::uint32_t word) {
    return (static_cast<float>(static_cast<std::int32_t>(word >> 9)) + 0.5F) * 0x1p-23F;
}

/// True with this probability (a number outside [0, 1] counts as its nearest end).
inline bool chance(std::uint32_t word, float probability) { return uniform(word) < probability; }

/// 0 .. n - 1, each as likely as 32 bits allow.
inline std::uint32_t pick(std::uint32_t word, std::uint32_t n) {
    return static_cast<std::uint32_t>((static_cast<std::uint64_t>(word) * n) >> 32);
}

/// Standard normal by inversion of its distribution function (Giles 2010, single precision);
/// monotone in the word, so that paired worlds stay paired. Range +-6.3; off by less than 1.2e-6
/// where |z| < 5, by less than 3e-3 in the tails beyond, of one draw in two million.
inline float normal(std::uint32_t word) {
    const auto sign_and_size = static_cast<std::int32_t>(word);
    const std::int32_t size = sign_and_size < 0 ? ~sign_and_size : sign_and_size;
    // 1 - |2u - 1|, kept exact near 0, where the tails of the normal are.
    const float tail = (static_cast<float>(0x7fffffff - size) + 0.5F) * 0x1p-31F;
    const float w = -log(tail * (2.0F - tail));
    const float magnitude = erf_inverse_over_argument(w) * (1.0F - tail) * 1.41421356F;
    return sign_and_size < 0 ? -magnitude : magnitude;
}

}
