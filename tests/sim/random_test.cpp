// The oracle is Threefry written again from its paper (Salmon et al. 2011), serial and plain.
#include "sim/random.hpp"

#include <array>
#include <bit>
#include <vector>

#include <gtest/gtest.h>

#include "sim/error.hpp"

namespace cercle::sim {
namespace {

using Words = std::array<std::uint32_t, 4>;

Words threefry_20(Words x, const Words& key) {
    constexpr int turns[8][2] = {{10, 26}, {11, 21}, {13, 27}, {23, 5},
                                 {6, 20},  {17, 11}, {25, 10}, {18, 20}};
    const std::array<std::uint32_t, 5> keys = {key[0], key[1], key[2], key[3],
                                               0x1BD11BDAU ^ key[0] ^ key[1] ^ key[2] ^ key[3]};
    for (std::size_t i = 0; i < 4; ++i) x[i] += keys[i];
    for (std::uint32_t round = 0; round < 20; ++round) {
        const std::size_t a = round % 2 == 0 ? 1 : 3;
        const std::size_t b = round % 2 == 0 ? 3 : 1;
        x[0] += x[a];
        x[a] = std::rotl(x[a], turns[round % 8][0]) ^ x[0];
        x[2] += x[b];
        x[b] = std::rotl(x[b], turns[round % 8][1]) ^ x[2];
        if (round % 4 != 3) continue;
        const std::uint32_t injection = round / 4 + 1;
        for (std::size_t i = 0; i < 4; ++i) x[i] += keys[(injection + i) % 5];
        x[3] += injection;
    }
    return x;
}

/// The word of an entity and replicate, by the address that random.hpp promises.
std::uint32_t expected(const Source& source, std::uint32_t replicate, std::uint32_t entity,
                       std::uint32_t step, std::uint32_t draw) {
    const auto low = static_cast<std::uint32_t>(source.seed);
    const auto high = static_cast<std::uint32_t>(source.seed >> 32);
    return threefry_20({entity / 4, step, draw, 0}, {low, high, replicate, 0x72756e})[entity % 4];
}

constexpr std::uint64_t seed = 0x123456789abcdef0ULL;
constexpr auto draw = static_cast<Draw>(40);

TEST(ThreefryOracle, gives_the_published_answers) {
    EXPECT_EQ(threefry_20({0, 0, 0, 0}, {0, 0, 0, 0}),
              (Words{0x9c6ca96a, 0xe17eae66, 0xfc10ecd4, 0x5256a7d8}));
    EXPECT_EQ(threefry_20({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                          {0xa4093822, 0x299f31d0, 0x082efa98, 0xec4e6c89}),
              (Words{0x59cd1dbb, 0xb8879579, 0x86b5d00c, 0xac8b6d84}));
}

TEST(FillWords, gives_each_entity_and_lane_the_word_of_its_address) {
    for (const std::uint32_t lanes : {1U, 3U, 4U, 16U}) {
        const Source source{.seed = seed, .first_replicate = 7, .lanes = lanes};
        constexpr std::uint32_t first = 8, count = 150;
        std::vector<std::uint32_t> out(count * lanes + 1, 0xdeadU);

        fill_words(source, 5, draw, first, count, out.data());

        for (std::uint32_t i = 0; i < count; ++i) {
            for (std::uint32_t lane = 0; lane < lanes; ++lane) {
                ASSERT_EQ(out[i * lanes + lane], expected(source, 7 + lane, first + i, 5, 40))
                    << "entity " << first + i << " lane " << lane << " of " << lanes;
            }
        }
        EXPECT_EQ(out.back(), 0xdeadU) << "wrote beyond its end";
    }
}

TEST(FillWords, does_not_depend_on_how_entities_are_cut_into_blocks) {
    for (const std::uint32_t lanes : {1U, 5U, 16U}) {
        const Source source{.seed = seed, .first_replicate = 0, .lanes = lanes};
        std::vector<std::uint32_t> whole(203 * lanes), cut(203 * lanes);
        fill_words(source, 9, draw, 0, 203, whole.data());

        for (const std::uint32_t block : {4U, 20U, 64U}) {
            for (std::uint32_t first = 0; first < 203; first += block) {
                fill_words(source, 9, draw, first, std::min(block, 203 - first),
                           cut.data() + first * lanes);
            }
            EXPECT_EQ(cut, whole) << "blocks of " << block;
        }
    }
}

TEST(FillWords, gives_a_replicate_the_same_words_whatever_lanes_it_is_grouped_in) {
    const auto word_of_replicate_12 = [](std::uint32_t first, std::uint32_t lanes) {
        std::vector<std::uint32_t> out(40 * lanes);
        fill_words({.seed = seed, .first_replicate = first, .lanes = lanes}, 3, draw, 0, 40,
                   out.data());
        std::vector<std::uint32_t> mine;
        for (std::uint32_t i = 0; i < 40; ++i) mine.push_back(out[i * lanes + 12 - first]);
        return mine;
    };

    const auto alone = word_of_replicate_12(12, 1);

    EXPECT_EQ(word_of_replicate_12(12, 4), alone);
    EXPECT_EQ(word_of_replicate_12(0, 16), alone);
    EXPECT_EQ(word_of_replicate_12(11, 3), alone);
    EXPECT_NE(word_of_replicate_12(12, 1), [&] {
        std::vector<std::uint32_t> other(40);
        fill_words({.seed = seed, .first_replicate = 13, .lanes = 1}, 3, draw, 0, 40, other.data());
        return other;
    }());
}

TEST(FillWords, is_what_words_gives_one_by_one) {
    const Source source{.seed = seed, .first_replicate = 2, .lanes = 4};
    std::vector<std::uint32_t> out(64 * 4);
    fill_words(source, 11, draw, 0, 64, out.data());

    for (std::uint32_t entity = 0; entity < 64; ++entity) {
        for (std::uint32_t lane = 0; lane < 4; ++lane) {
            EXPECT_EQ(words(source, lane, entity / 4, 11, draw)[entity % 4],
                      out[entity * 4 + lane]);
        }
    }
}

TEST(FillWords, refuses_a_block_that_starts_inside_a_group_of_four) {
    std::uint32_t out[8];

    EXPECT_THROW(fill_words({.seed = 1}, 0, draw, 2, 4, out), LogicError);
}

TEST(Addresses, differ_by_seed_replicate_step_draw_and_entity) {
    const Source source{.seed = seed, .first_replicate = 1, .lanes = 1};
    const Words here = words(source, 0, 3, 5, draw);

    EXPECT_NE(words({.seed = seed + 1, .first_replicate = 1}, 0, 3, 5, draw), here);
    EXPECT_NE(words({.seed = seed + (1ULL << 32), .first_replicate = 1}, 0, 3, 5, draw), here);
    EXPECT_NE(words(source, 1, 3, 5, draw), here);
    EXPECT_NE(words(source, 0, 4, 5, draw), here);
    EXPECT_NE(words(source, 0, 3, 6, draw), here);
    EXPECT_NE(words(source, 0, 3, 5, static_cast<Draw>(41)), here);
}

TEST(Stream, is_threefry_in_sequence_apart_from_the_draws_of_runs) {
    Stream stream(seed, draw, 0x1'0000'0007ULL);
    const Words key = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), 0,
                       0x647261};

    for (std::uint32_t block = 0; block < 40; ++block) { // beyond what is encrypted ahead
        for (const std::uint32_t word : threefry_20({7, 1, 40, block}, key)) {
            ASSERT_EQ(stream(), word) << block;
        }
    }
}

}
}
