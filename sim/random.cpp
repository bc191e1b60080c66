#include "sim/random.hpp"

#include <algorithm>

#include <Random123/threefry.h>

#include "sim/error.hpp"

namespace cercle::sim {

namespace {

constexpr std::uint32_t run_domain = 0x72756eU;    // "run": draws of a run
constexpr std::uint32_t stream_domain = 0x647261U; // "dra": draws in sequence
constexpr std::uint32_t width = 16;                // blocks encrypted side by side

/// Threefry4x32-20.
inline r123::Threefry4x32::ctr_type block(const std::array<std::uint32_t, 4>& counter,
                                          const std::array<std::uint32_t, 4>& key) {
    return r123::Threefry4x32()({{counter[0], counter[1], counter[2], counter[3]}},
                                {{key[0], key[1], key[2], key[3]}});
}

/// One address: what the blocks of a call share, as the generator's key and counter want it.
struct Address {
    Source source;
    std::uint32_t step;
    std::uint32_t draw;

    std::array<std::uint32_t, 4> counter(std::uint32_t quad) const { return {quad, step, draw, 0}; }
    std::array<std::uint32_t, 4> key(std::uint32_t lane) const {
        return {static_cast<std::uint32_t>(source.seed),
                static_cast<std::uint32_t>(source.seed >> 32), source.first_replicate + lane,
                run_domain};
    }
};

/// Sixteen blocks at a time, so that the compiler encrypts them in vectors: of one lane and sixteen
/// quads of entities, or of sixteen lanes and one quad.
using Blocks = std::uint32_t[4][width];

void fill_one_lane(const Address& at, std::uint32_t first, std::uint32_t count,
                   std::uint32_t* out) {
    for (std::uint32_t done = 0; done < count; done += 4 * width) {
        Blocks blocks;
        for (std::uint32_t i = 0; i < width; ++i) {
            const auto result = block(at.counter((first + done) / 4 + i), at.key(0));
            for (std::size_t word = 0; word < 4; ++word) blocks[word][i] = result[word];
        }
        const std::uint32_t left = std::min(count - done, 4 * width);
        for (std::uint32_t entity = 0; entity < left; ++entity) {
            out[done + entity] = blocks[entity % 4][entity / 4];
        }
    }
}

void fill_lanes(const Address& at, std::uint32_t first, std::uint32_t count, std::uint32_t* out) {
    const std::uint32_t lanes = at.source.lanes;
    for (std::uint32_t quad = 0; quad < count; quad += 4) {
        for (std::uint32_t lane = 0; lane < lanes; lane += width) {
            Blocks blocks;
            for (std::uint32_t i = 0; i < width; ++i) {
                const auto result = block(at.counter((first + quad) / 4), at.key(lane + i));
                for (std::size_t word = 0; word < 4; ++word) blocks[word][i] = result[word];
            }
            const std::uint32_t entities = std::min(count - quad, 4U);
            const std::uint32_t used = std::min(lanes - lane, width);
            for (std::uint32_t entity = 0; entity < entities; ++entity) {
                std::uint32_t* row = out + (quad + entity) * lanes + lane;
                if (used == width) { // a copy of known length needs no loop
                    std::copy_n(blocks[entity], width, row);
                } else {
                    std::copy_n(blocks[entity], used, row);
                }
            }
        }
    }
}

}

std::array<std::uint32_t, 4> words(const Source& source, std::uint32_t lane, std::uint32_t quad,
                                   std::uint32_t step, Draw draw) {
    const Address at{source, step, static_cast<std::uint32_t>(draw)};
    const auto result = block(at.counter(quad), at.key(lane));
    return {result[0], result[1], result[2], result[3]};
}

void fill_words(const Source& source, std::uint32_t step, Draw draw, std::uint32_t first,
                std::uint32_t count, std::uint32_t* out) {
    expects(first % 4 == 0, "fill_words: a block of entities starts at a multiple of four");
    const Address at{source, step, static_cast<std::uint32_t>(draw)};
    if (source.lanes == 1) {
        fill_one_lane(at, first, count, out);
    } else {
        fill_lanes(at, first, count, out);
    }
}

Stream::Stream(std::uint64_t seed, Draw draw, std::uint64_t entity)
    : seed_(seed), draw_(static_cast<std::uint32_t>(draw)), entity_(entity) {}

void Stream::refill() {
    const auto encrypted = [this](std::uint64_t number) {
        return block({static_cast<std::uint32_t>(entity_),
                      static_cast<std::uint32_t>(entity_ >> 32), draw_,
                      static_cast<std::uint32_t>(number)},
                     {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32),
                      static_cast<std::uint32_t>(number >> 32), stream_domain});
    };
    used_ = 0;
    if (block_ == 0) { // many streams are asked for a word or two
        std::ranges::copy(encrypted(block_++), words_.begin());
        filled_ = 4;
        return;
    }
    Blocks blocks;
    for (std::uint32_t i = 0; i < width; ++i) {
        const auto result = encrypted(block_ + i);
        for (std::size_t word = 0; word < 4; ++word) blocks[word][i] = result[word];
    }
    block_ += width;
    filled_ = 4 * width;
    for (std::uint32_t i = 0; i < filled_; ++i) words_[i] = blocks[i % 4][i / 4];
}

std::uint64_t Stream::below(std::uint64_t n) {
    expects(n > 0, "Stream::below: a choice among at least one");
    const std::uint64_t excess = (std::numeric_limits<std::uint64_t>::max() % n + 1) % n;
    while (true) {
        const std::uint64_t high = (*this)();
        const std::uint64_t bits = high << 32 | (*this)();
        if (bits <= std::numeric_limits<std::uint64_t>::max() - excess) return bits % n;
    }
}

double Stream::normal() { return static_cast<double>(sim::normal((*this)())); }

}
