#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "analysis/inference/verdict.hpp"
#include "analysis/language.hpp"

namespace cercle::analysis {

/// Usable hand-overs with which T4 would find a moderate contagion four times in five, rounded up
/// to two figures: the error of its effect, here taken from its interval, shrinks with the root of
/// their number, and one-sided .05 under Holm over two tests asks for 1.96 of it. Nothing where the
/// effect of w = .25 was not simulated, or is none.
std::optional<std::size_t> handovers_needed(const Evidence& evidence,
                                            const Calibration* calibration);

/// What would tell more at least cost, given what the files hold already.
std::string next_step(const Verdict& verdict, const Evidence& evidence,
                      const Calibration* calibration, Language language);

}
