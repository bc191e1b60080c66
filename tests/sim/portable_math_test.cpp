#include "sim/portable_math.hpp"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace cercle::sim {
namespace {

/// Numbers from `low` to `high` in steps no wider than `step`.
std::vector<float> range(float low, float high, float step) {
    std::vector<float> numbers;
    for (float x = low; x <= high; x += step) numbers.push_back(x);
    numbers.push_back(high);
    return numbers;
}

/// Positive normal numbers over all exponents, and densely about 1.
std::vector<float> positive_numbers() {
    std::vector<float> numbers;
    for (float x = std::numeric_limits<float>::min(); x < 1e38F; x *= 1.0007F) numbers.push_back(x);
    for (float x = 0.9F; x < 1.1F; x += 1e-6F) numbers.push_back(x);
    return numbers;
}

double relative_error(float value, double exact) {
    return std::abs(static_cast<double>(value) - exact) / std::abs(exact);
}

TEST(PortableExp, is_right_to_2e7_over_its_whole_range) {
    for (const float x : range(-87.0F, 88.0F, 0.0007F)) {
        ASSERT_LT(relative_error(exp(x), std::exp(static_cast<double>(x))), 2e-7) << x;
    }
    EXPECT_EQ(exp(0.0F), 1.0F);
}

TEST(PortableExp, holds_arguments_to_its_range) {
    EXPECT_EQ(exp(-1000.0F), exp(-87.0F));
    EXPECT_EQ(exp(1000.0F), exp(88.0F));
    EXPECT_GT(exp(-87.0F), 0.0F);
    EXPECT_LT(exp(88.0F), std::numeric_limits<float>::infinity());
}

TEST(PortableLog, is_right_to_2e7_for_every_normal_number) {
    EXPECT_EQ(log(1.0F), 0.0F);
    for (const float x : positive_numbers()) {
        if (x == 1.0F) continue;
        ASSERT_LT(relative_error(log(x), std::log(static_cast<double>(x))), 2e-7) << x;
    }
}

TEST(PortableLog, is_right_to_1e15_in_double_precision) {
    EXPECT_EQ(log(1.0), 0.0);
    for (double x = 1e-300; x < 1e300; x *= 1.00071) {
        ASSERT_LT(std::abs(log(x) / std::log(x) - 1.0), 1e-15) << x;
    }
    for (double x = 0.9; x < 1.1; x += 1e-6) {
        if (x == 1.0) continue;
        ASSERT_LT(std::abs(log(x) / std::log(x) - 1.0), 1e-15) << x;
    }
    EXPECT_NEAR(log(0x1p-53), -53.0 * std::log(2.0), 1e-14);
}

TEST(PortableLogistic, is_right_to_3e7_and_stays_in_the_unit_interval) {
    for (const float x : range(-86.0F, 100.0F, 0.0007F)) {
        const float value = logistic(x);
        ASSERT_LT(relative_error(value, 1.0 / (1.0 + std::exp(-static_cast<double>(x)))), 3e-7)
            << x;
        ASSERT_LE(value, 1.0F);
    }
    EXPECT_EQ(logistic(0.0F), 0.5F);
    EXPECT_GE(logistic(-1e9F), 0.0F);
}

TEST(PortableTanh, is_off_by_2e7_at_most) {
    for (const float x : range(-60.0F, 60.0F, 0.0003F)) {
        ASSERT_NEAR(static_cast<double>(tanh(x)), std::tanh(static_cast<double>(x)), 2e-7) << x;
    }
    EXPECT_EQ(tanh(0.0F), 0.0F);
    EXPECT_LE(tanh(1e9F), 1.0F);
    EXPECT_GE(tanh(-1e9F), -1.0F);
}

using Function = float (*)(float);

/// One call at a time: no vector.
[[gnu::noinline]] float once(Function function, float x) { return function(x); }

template <float (*function)(float)>
[[gnu::noinline]] void over_array(const float* in, float* out, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) out[i] = function(in[i]);
}

template <float (*function)(float)> void expect_same_bits(const std::vector<float>& numbers) {
    std::vector<float> together(numbers.size());
    over_array<function>(numbers.data(), together.data(), numbers.size());

    for (std::size_t i = 0; i < numbers.size(); ++i) {
        ASSERT_EQ(std::bit_cast<std::uint32_t>(together[i]),
                  std::bit_cast<std::uint32_t>(once(function, numbers[i])))
            << numbers[i];
    }
}

TEST(PortableMath, gives_the_same_bits_in_a_vector_and_alone) {
    const auto both_signs = range(-90.0F, 90.0F, 0.0131F);

    expect_same_bits<exp>(both_signs);
    expect_same_bits<logistic>(both_signs);
    expect_same_bits<tanh>(both_signs);
    expect_same_bits<log>(positive_numbers());
    expect_same_bits<erf_inverse_over_argument>(range(0.0F, 22.0F, 0.0017F));
}

}
}
