#pragma once

#include <optional>
#include <string>

#include "scenarios/design.hpp"
#include "scenarios/document.hpp"
#include "scenarios/problems.hpp"
#include "scenarios/sheet.hpp"
#include "scenarios/vocabulary.hpp"

namespace cercle::scenarios {

/// What reading a factor needs to know of its design.
struct FactorContext {
    const Vocabulary& vocabulary;
    std::string method;
    bool wants_values = true; ///< a range or levels; not where rows give them, or arms do
};

/// Reads one [[factor]]; none, and problems, when it does not fit.
std::optional<Factor> read_factor(const Node& node, const FactorContext& context,
                                  ProblemList& problems);

/// The parameter a path names, if it may vary within a study.
const sim::Parameter* factor_parameter(const Node& path, const FactorContext& context,
                                       ProblemList& problems);

}
