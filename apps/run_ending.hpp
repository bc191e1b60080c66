#pragma once

#include "apps/execution.hpp"

namespace cercle::apps {

/// How a study ended as JSON, for stdout.
std::string ending_json(const RunWish& wish, const Ending& ending);

/// Tells on stderr how a study ended; gives the exit code.
int tell_ending(const RunWish& wish, const Ending& ending);

}
