#include "apps/interruption.hpp"

#include <cstdlib>
#include <ctime>

#include <spdlog/spdlog.h>

#include "apps/verb.hpp"

namespace cercle::apps {

Interruption::Interruption() {
    sigemptyset(&watched_);
    sigaddset(&watched_, SIGINT);
    sigaddset(&watched_, SIGTERM);
    sigaddset(&watched_, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &watched_, &before_);
    listener_ = std::jthread([this](const std::stop_token& over) { listen(over); });
}

Interruption::~Interruption() {
    listener_.request_stop();
    listener_.join();
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

void Interruption::listen(const std::stop_token& over) {
    constexpr timespec patience{.tv_sec = 0, .tv_nsec = 50'000'000};
    bool insisted = false;
    while (!over.stop_requested()) {
        const int came = sigtimedwait(&watched_, nullptr, &patience);
        if (came <= 0) continue;
        // A batch system may warn several processes of a job at once, and then again before it
        // kills.
        if (insisted && came != SIGUSR1) std::_Exit(exit_code::signal_base + came);
        insisted = insisted || came != SIGUSR1;
        if (wish_) continue;
        signal_ = came == SIGUSR1 ? SIGTERM : came;
        wish_ = true;
        spdlog::warn("\nstopping: the runs in flight are finished first (again to stop at once)");
    }
}

}
