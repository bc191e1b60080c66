#pragma once

#include <cstddef>
#include <string>

#include "analysis/inference/local_words.hpp"

namespace cercle::analysis {

/// How the table of `cercle power` is to be read, and how exact so many panels make it.
std::string power_explanation(std::size_t panels, const LocalWords& words);

}
