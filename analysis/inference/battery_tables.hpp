#pragma once

#include "analysis/inference/battery.hpp"
#include "analysis/inference/local_words.hpp"
#include "analysis/inference/verdict.hpp"
#include "analysis/text_table.hpp"

namespace cercle::analysis {

/// What the tests of a channel say: one row for each that was made.
TextTable tests_of(const Evidence& evidence, const LocalWords& words);

/// How often the rule speaks up in each simulated world.
TextTable worlds_of(const Calibration& calibration, const LocalWords& words);

}
