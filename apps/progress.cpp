#include "apps/progress.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include <fmt/format.h>
#include <unistd.h>

namespace cercle::apps {
namespace {

constexpr double seconds_between_lines = 5.0;
constexpr double seconds_between_bars = 0.1;
constexpr int bar_width = 30;

}

Progress::Style Progress::fitting() { return isatty(STDERR_FILENO) ? Style::bar : Style::lines; }

void Progress::tell(const scenarios::Tally& tally) {
    if (style_ == Style::none) return;
    const double wait = style_ == Style::bar ? seconds_between_bars : seconds_between_lines;
    if (tally.seconds - told_at_ < wait) return;
    told_at_ = tally.seconds;
    if (style_ == Style::bar) {
        fmt::print(stderr, "\r{}\033[K", progress_text(tally, bar_width));
        drawn_ = true;
    } else {
        fmt::print(stderr, "{}\n", progress_text(tally, 0));
    }
    std::fflush(stderr);
}

void Progress::finish() {
    if (drawn_) fmt::print(stderr, "\r\033[K");
    drawn_ = false;
}

std::string progress_text(const scenarios::Tally& tally, int width) {
    const std::size_t over = tally.done + tally.failed;
    const double share =
        tally.total == 0 ? 1.0 : static_cast<double>(over) / static_cast<double>(tally.total);
    std::string text;
    if (width > 0) {
        const int full = static_cast<int>(std::lround(share * width));
        text = fmt::format("[{:#<{}}{:-<{}}] ", "", full, "", width - full);
    }
    text += fmt::format("{}/{} runs, {}", over, tally.total, duration_text(tally.seconds));
    if (tally.failed > 0) text += fmt::format(", {} failed", tally.failed);
    if (over > 0 && over < tally.total) {
        text += fmt::format(", about {} left", duration_text(tally.seconds * (1.0 / share - 1.0)));
    }
    return text;
}

std::string duration_text(double seconds) {
    if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
    const auto whole = static_cast<long long>(std::llround(seconds));
    if (whole < 60) return fmt::format("{} s", whole);
    if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
    return fmt::format("{} h {:02} min", whole / 3600, whole % 3600 / 60);
}

}
