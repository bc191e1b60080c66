#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

/// Elementary functions that the compiler vectorises, made of additions, multiplications, divisions
/// and integer operations only: the same bits in a vector, in its scalar tail and on every IEEE 754
/// machine, which the C library does not promise. In single precision, where nothing else is said:
/// relative error below 2e-7 for exp and log, 3e-7 for logistic; absolute error of tanh below 2e-7
/// (tests/sim/portable_math_test.cpp).
namespace cercle::sim {

/// e^x; arguments are held to [-87, 88].
inline float exp(float x) {
    x = x < -87.0F ? -87.0F : x;
    x = x > 88.0F ? 88.0F : x;
    // Adding and taking away 1.5 * 2^23 rounds to the nearest whole number.
    const float n = (x * 1.44269504F + 12582912.0F) - 12582912.0F;
    const float r = (x - n * 0.693359375F) + n * 2.12194440e-4F;
    float p = 1.9875691500e-4F;
    p = p * r + 1.3981999507e-3F;
    p = p * r + 8.3334519073e-3F;
    p = p * r + 4.1665795894e-2F;
    p = p * r + 1.6666665459e-1F;
    p = p * r + 5.0000001201e-1F;
    const float mantissa = p * r * r + r + 1.0F;
    const float power = std::bit_cast<float>((static_cast<std::int32_t>(n) + 127) << 23);
    return mantissa * power;
}

/// Natural logarithm of a positive normal number.
inline float log(float x) {
    const auto bits = std::bit_cast<std::int32_t>(x);
    // Mantissa in [sqrt(1/2), sqrt(2)): subtract the bits of sqrt(1/2) before taking the exponent.
    const std::int32_t exponent = (bits - 0x3f3504f3) >> 23;
    const float m = std::bit_cast<float>(bits - (exponent << 23)) - 1.0F;
    float p = 7.0376836292e-2F;
    p = p * m - 1.1514610310e-1F;
    p = p * m + 1.1676998740e-1F;
    p = p * m - 1.2420140846e-1F;
    p = p * m + 1.4249322787e-1F;
    p = p * m - 1.6668057665e-1F;
    p = p * m + 2.0000714765e-1F;
    p = p * m - 2.4999993993e-1F;
    p = p * m + 3.3333331174e-1F;
    const float e = static_cast<float>(exponent);
    const float square = m * m;
    float y = p * m * square;
    y = y - 2.12194440e-4F * e;
    y = y - 0.5F * square;
    return (m + y) + 0.693359375F * e;
}

/// Natural logarithm of a positive normal number, in double precision; relative error below 1e-15.
/// log m = 2 artanh((m - 1) / (m + 1)), by its series up to the 21st power.
inline double log(double x) {
    const auto bits = std::bit_cast<std::int64_t>(x);
    // Mantissa in [sqrt(1/2), sqrt(2)), as for single precision.
    const std::int64_t exponent = (bits - 0x3fe6a09e667f3bcd) >> 52;
    const double m = std::bit_cast<double>(bits - (exponent << 52));
    const double s = (m - 1.0) / (m + 1.0);
    const double z = s * s;
    double p = 2.0 / 21.0;
    p = p * z + 2.0 / 19.0;
    p = p * z + 2.0 / 17.0;
    p = p * z + 2.0 / 15.0;
    p = p * z + 2.0 / 13.0;
    p = p * z + 2.0 / 11.0;
    p = p * z + 2.0 / 9.0;
    p = p * z + 2.0 / 7.0;
    p = p * z + 2.0 / 5.0;
    p = p * z + 2.0 / 3.0;
    const auto e = static_cast<double>(exponent);
    return e * 0x1.62e42fefa38p-1 + (e * 0x1.ef35793c7673p-45 + (s * z * p + 2.0 * s));
}

/// The logistic function 1 / (1 + e^-x), in [0, 1].
inline float logistic(float x) { return 1.0F / (1.0F + exp(-x)); }

inline float tanh(float x) { return 1.0F - 2.0F / (exp(2.0F * x) + 1.0F); }

/// erf^-1(x) / x as a function of w = -log(1 - x^2) (Giles 2010, "Approximating the erfinv
/// function").
inline float erf_inverse_over_argument(float w) {
    const float a = w - 2.5F;
    float centre = 2.81022636e-08F;
    centre = 3.43273939e-07F + centre * a;
    centre = -3.5233877e-06F + centre * a;
    centre = -4.39150654e-06F + centre * a;
    centre = 0.00021858087F + centre * a;
    centre = -0.00125372503F + centre * a;
    centre = -0.00417768164F + centre * a;
    centre = 0.246640727F + centre * a;
    centre = 1.50140941F + centre * a;
    const float b = std::sqrt(w) - 3.0F;
    float tail = -0.000200214257F;
    tail = 0.000100950558F + tail * b;
    tail = 0.00134934322F + tail * b;
    tail = -0.00367342844F + tail * b;
    tail = 0.00573950773F + tail * b;
    tail = -0.0076224613F + tail * b;
    tail = 0.00943887047F + tail * b;
    tail = 1.00167406F + tail * b;
    tail = 2.83297682F + tail * b;
    return w < 5.0F ? centre : tail;
}

}
