#include <bit>
#include <cmath>
#include <vector>

#include <boost/math/distributions/normal.hpp>
#include <gtest/gtest.h>

#include "sim/error.hpp"
#include "sim/random.hpp"

namespace cercle::sim {
namespace {

constexpr auto draw = static_cast<Draw>(1);

/// The normal number of a word by Boost, in double precision.
double exact_normal(std::uint32_t word) {
    const auto number = std::bit_cast<std::int32_t>(word);
    const std::int64_t size = number < 0 ? -(static_cast<std::int64_t>(number) + 1) : number;
    const double tail = (2147483647.0 - static_cast<double>(size) + 0.5) / 2147483648.0;
    const boost::math::normal_distribution<double> standard;
    const double magnitude = quantile(complement(standard, tail / 2.0));
    return number < 0 ? -magnitude : magnitude;
}

/// Words over the whole range, denser at the ends, in rising order as signed numbers.
std::vector<std::uint32_t> words_in_order() {
    std::vector<std::uint32_t> positive;
    for (std::int64_t step = 1; step < (1LL << 31); step += 1 + step / 64) {
        positive.push_back(static_cast<std::uint32_t>(0x80000000LL - step));
    }
    std::vector<std::uint32_t> all;
    for (const std::uint32_t word : positive) all.push_back(~word);
    for (auto word = positive.rbegin(); word != positive.rend(); ++word) all.push_back(*word);
    return all;
}

TEST(Normal, is_the_quantile_of_its_word) {
    for (const std::uint32_t word : words_in_order()) {
        const double exact = exact_normal(word);
        const double bound = std::abs(exact) < 5.0 ? 1.2e-6 : 3e-3;

        ASSERT_NEAR(static_cast<double>(normal(word)), exact, bound) << word;
    }
}

TEST(Normal, rises_with_the_word) {
    float before = -100.0F;
    for (const std::uint32_t word : words_in_order()) {
        const float now = normal(word);
        EXPECT_GE(now, before) << word;
        before = now;
    }
}

TEST(Normal, is_symmetric_and_bounded) {
    for (const std::uint32_t word : words_in_order()) EXPECT_EQ(normal(~word), -normal(word));
    EXPECT_LT(normal(0x7fffffffU), 6.5F);
    EXPECT_GT(normal(0x7fffffffU), 6.0F);
}

struct Moments {
    double mean, variance;
};

Moments moments_of_normals(std::size_t count, double shift, double scale) {
    Stream stream(2026, draw, 0);
    double sum = 0.0;
    double squares = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
        const double z = shift + scale * stream.normal();
        sum += z;
        squares += z * z;
    }
    const auto n = static_cast<double>(count);
    return {sum / n, squares / n};
}

// H0: mean 0, mean square 1. z = mean sqrt(n), and (mean square - 1) sqrt(n / 2). n = 2^20,
// alpha = 1e-3 each, |z| < 3.29 (normal quantile). Twins: mean .01, deviation 1.005.
TEST(Normal, has_mean_zero_and_variance_one) {
    constexpr std::size_t n = 1 << 20;
    const auto z_of_mean = [](const Moments& m) { return m.mean * std::sqrt(double{n}); };
    const auto z_of_variance = [](const Moments& m) {
        return (m.variance - 1.0) * std::sqrt(double{n} / 2.0);
    };

    EXPECT_LT(std::abs(z_of_mean(moments_of_normals(n, 0.0, 1.0))), 3.29);
    EXPECT_LT(std::abs(z_of_variance(moments_of_normals(n, 0.0, 1.0))), 3.29);
    EXPECT_GT(std::abs(z_of_mean(moments_of_normals(n, 0.01, 1.0))), 3.29);
    EXPECT_GT(std::abs(z_of_variance(moments_of_normals(n, 0.0, 1.005))), 3.29);
}

TEST(Uniform, lies_in_the_open_interval) {
    EXPECT_GT(uniform(0), 0.0F);
    EXPECT_LT(uniform(0xffffffffU), 1.0F);
    EXPECT_FLOAT_EQ(uniform(0x80000000U), 0.5F);
}

TEST(Uniform, is_symmetric_about_one_half) {
    Stream stream(1, draw, 1);
    for (int i = 0; i < 10000; ++i) {
        const std::uint32_t word = stream();
        EXPECT_EQ(uniform(word), 1.0F - uniform(~word));
    }
}

TEST(Chance, is_certain_at_one_and_never_at_zero) {
    for (const std::uint32_t word : {0U, 1U, 0x80000000U, 0xffffffffU}) {
        EXPECT_TRUE(chance(word, 1.0F)) << word;
        EXPECT_FALSE(chance(word, 0.0F)) << word;
        EXPECT_TRUE(chance(word, 2.0F)) << word;
        EXPECT_FALSE(chance(word, -1.0F)) << word;
    }
}

TEST(Pick, cuts_the_words_into_equal_parts) {
    for (const std::uint32_t n : {1U, 2U, 3U, 7U, 92U, 1000003U}) {
        EXPECT_EQ(pick(0, n), 0U);
        EXPECT_EQ(pick(0xffffffffU, n), n - 1);
        for (std::uint32_t i = 1; i < std::min(n, 100U); ++i) {
            // The first word of part i is 2^32 i / n, rounded up.
            const auto first =
                static_cast<std::uint32_t>(((static_cast<std::uint64_t>(i) << 32) + n - 1) / n);
            EXPECT_EQ(pick(first, n), i);
            EXPECT_EQ(pick(first - 1, n), i - 1);
        }
    }
}

/// Chi-square of counts against equal frequencies.
double chi_square(const std::vector<std::size_t>& counts) {
    double total = 0.0;
    for (const std::size_t count : counts) total += static_cast<double>(count);
    const double each = total / static_cast<double>(counts.size());
    double sum = 0.0;
    for (const std::size_t count : counts) {
        const double off = static_cast<double>(count) - each;
        sum += off * off / each;
    }
    return sum;
}

// H0: seven values equally frequent. Chi-square, 6 degrees of freedom, n = 70 000, alpha = 1e-3,
// critical value 22.46 (tables). Twin: the remainder of eight equally frequent values by seven.
TEST(StreamBelow, is_uniform) {
    Stream stream(5, draw, 3);
    std::vector<std::size_t> fair(7), folded(7);
    for (int i = 0; i < 70000; ++i) {
        ++fair[stream.below(7)];
        ++folded[stream.below(8) % 7];
    }

    EXPECT_LT(chi_square(fair), 22.46);
    EXPECT_GT(chi_square(folded), 22.46);
}

// H0: P(below(3 2^62) < 2^62) = 1/3. Two-sided z, n = 10 000, alpha = 1e-3, |z| < 3.29. Twin: the
// plain remainder, for which the probability is 1/2.
TEST(StreamBelow, is_unbiased_where_the_remainder_is_not) {
    constexpr std::uint64_t third = 1ULL << 62;
    Stream stream(5, draw, 4);
    double exact = 0.0;
    double plain = 0.0;
    for (int i = 0; i < 10000; ++i) {
        exact += stream.below(3 * third) < third ? 1.0 : 0.0;
        const std::uint64_t bits = static_cast<std::uint64_t>(stream()) << 32 | stream();
        plain += bits % (3 * third) < third ? 1.0 : 0.0;
    }
    const auto z = [](double hits) {
        return (hits - 10000.0 / 3.0) / std::sqrt(10000.0 * 2.0 / 9.0);
    };

    EXPECT_LT(std::abs(z(exact)), 3.29);
    EXPECT_GT(std::abs(z(plain)), 3.29);
}

TEST(StreamBelow, asks_for_at_least_one_choice) {
    Stream stream(5, draw, 4);

    EXPECT_EQ(stream.below(1), 0U);
    EXPECT_THROW(stream.below(0), LogicError);
}

TEST(StreamUniform, fills_53_bits_below_one) {
    Stream stream(5, draw, 5);
    bool low_bits = false;
    for (int i = 0; i < 1000; ++i) {
        const double u = stream.uniform();
        EXPECT_GE(u, 0.0);
        EXPECT_LT(u, 1.0);
        low_bits = low_bits || std::fmod(u * 0x1p32, 1.0) != 0.0;
    }
    EXPECT_TRUE(low_bits);
}

}
}
