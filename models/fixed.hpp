#pragma once

#include <cstdint>

namespace cercle::models {

/// Totals over people are kept in whole steps of 2^-20, so that they do not depend on the order in
/// which people are added up. Good for 8e12 people of size 1.
inline constexpr float fixed_one = 1048576.0F;

inline std::int64_t to_fixed(float value) {
    return static_cast<std::int64_t>(value * fixed_one + (value < 0.0F ? -0.5F : 0.5F));
}
inline double from_fixed(std::int64_t total) { return static_cast<double>(total) * 0x1p-20; }

}
