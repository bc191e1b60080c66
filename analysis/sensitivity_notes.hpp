#pragma once

#include <string>
#include <vector>

#include "analysis/language.hpp"
#include "analysis/sensitivity.hpp"

namespace cercle::analysis {

/// What was asked, of which file, and how many of its runs are done.
std::string sensitivity_title(const Experiment& experiment, std::size_t width);

/// Why there is no table of an outcome; empty when there is one.
std::string nothing_to_tell(const Experiment& experiment, const Sensitivity& sensitivity,
                            Language language);

/// Below the table of an outcome: interactions, what is left out, chance, the verdict.
std::vector<std::string> remarks_on(const Experiment& experiment, const Sensitivity& sensitivity,
                                    Language language);

/// What the measures of the method mean.
std::string meaning_of(const Experiment& experiment, Language language);

/// What the numbers mean, once for all tables.
std::string how_to_read(const Experiment& experiment, const std::vector<Sensitivity>& all,
                        std::size_t width);

}
