#pragma once

#include <atomic>
#include <thread>

#include <csignal>

namespace cercle::apps {

/// Turns Ctrl-C, SIGTERM and SIGUSR1 (by which batch systems warn) into a wish to stop, for as long
/// as it lives. Make it before any other thread, so that those inherit the blocked signals. A
/// second Ctrl-C or SIGTERM ends the program at once.
class Interruption {
public:
    Interruption();
    ~Interruption();
    Interruption(const Interruption&) = delete;
    Interruption& operator=(const Interruption&) = delete;

    const std::atomic<bool>& wish() const { return wish_; }
    /// The signal that came, SIGTERM for SIGUSR1; 0 when none did.
    int signal() const { return signal_; }

private:
    void listen(const std::stop_token& over);

    std::atomic<bool> wish_ = false;
    std::atomic<int> signal_ = 0;
    sigset_t watched_{};
    sigset_t before_{};
    std::jthread listener_;
};

}
