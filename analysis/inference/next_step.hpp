#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "analysis/inference/verdict.hpp"
#include "analysis/language.hpp"

namespace cercle::analysis {

/// Usable hand-overs with which a moderate contagion (w = .25) would be found (V5) four times in
/// five, rounded up to two figures: how often it is found with those there are was measured on this
/// network, and errors shrink with the root of their number. Nothing without that measurement.
std::optional<std::size_t> handovers_needed(const Evidence& evidence,
                                            const Calibration* calibration);

/// What would tell more at least cost, given what the files hold already.
std::string next_step(const Verdict& verdict, const Evidence& evidence,
                      const Calibration* calibration, Language language);

}
