#include "models/catalogue.hpp"
namespace cercle::models {
std::span<const Law> laws() { return {}; }
const sim::ParameterTable& parameters() { static const sim::ParameterTable none; return none; }
sim::Problems check(const sim::Settings&) { return {}; }
}
