#pragma once

#include "models/laboratory/founding.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// The layout of an arm in the laboratory: its graph read or drawn, and the states, opinions and
/// traits that are given node by node. Throws UserError with all the problems of its files, and for
/// a graph on which the law cannot run.
models::LaboratoryLayout laboratory_layout(const models::LaboratoryLaw& law,
                                           const sim::Settings& settings,
                                           const sim::TextFolder& folder);

}
