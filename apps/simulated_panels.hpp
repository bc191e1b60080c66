#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace cercle::apps {

/// The threads asked for; all processors for 0.
std::size_t threads_or_all(std::size_t asked);

/// Tells on stderr when another tenth of the simulated work is done. Safe from any thread.
std::function<void(std::size_t, std::size_t)> told_by_tenths(const std::string& what);

}
