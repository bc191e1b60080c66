#pragma once

#include "sim/parameter.hpp"

namespace cercle::scenarios {

/// The parameters of the networks: read from files or generated, all under `network.`.
const sim::ParameterTable& network_parameters();

}
