#include "apps/simulated_panels.hpp"

#include <algorithm>
#include <thread>

#include <spdlog/spdlog.h>

namespace cercle::apps {

std::size_t threads_or_all(std::size_t asked) {
    return asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
}

std::function<void(std::size_t, std::size_t)> told_by_tenths(const std::string& what) {
    return [what](std::size_t done, std::size_t total) {
        const std::size_t tenth = std::max<std::size_t>(total / 10, 1);
        if (done % tenth == 0 || done == total) spdlog::info("{} of {} {}", done, total, what);
    };
}

}
