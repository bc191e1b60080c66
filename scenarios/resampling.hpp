#pragma once

#include <cstdint>

#include "sim/random.hpp"

namespace cercle::scenarios {

/// The random words of one bootstrap sample of an analysis; the same in every analysis, so that the
/// same file always gets the same intervals.
sim::Stream resample_stream(std::uint64_t resample);

}
