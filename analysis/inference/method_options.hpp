#pragma once

#include <string>
#include <vector>

#include "analysis/inference/question.hpp"

namespace cercle::analysis {

/// Options of one question that belong to some methods only: "--wave", "--layer", ...
std::vector<std::string> options_of_methods();

/// Throws UserError, with the methods that take it, for an option that was given and that the
/// method would not look at, or a layer that it does not read. An unknown method passes.
void expect_options(const std::string& method, const std::vector<std::string>& given,
                    const Question& question);

}
