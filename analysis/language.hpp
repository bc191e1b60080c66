#pragma once

#include <cstdint>

namespace cercle::analysis {

/// The languages in which people are told results.
enum class Language : std::uint8_t { english, french };

}
