#pragma once

#include "models/founding.hpp"
#include "scenarios/networks.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// The layout of an arm's world: the office read or drawn, positions to grow into, teams made
/// neighbours, clients of the market and who serves them at the start. Drawn from `network.seed`
/// alone, so arms with the same `network.*` parameters share it. Throws UserError for bad files.
models::Layout layout_of(const sim::Settings& settings, const sim::TextFolder& folder);

}
