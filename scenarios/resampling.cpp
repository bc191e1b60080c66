#include "scenarios/resampling.hpp"

#include "models/draws.hpp"

namespace cercle::scenarios {

sim::Stream resample_stream(std::uint64_t resample) { return {0, sim::Draw::resample, resample}; }

}
