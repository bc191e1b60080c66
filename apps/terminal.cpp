#include "apps/terminal.hpp"

#include <algorithm>
#include <cstdlib>

#include <sys/ioctl.h>
#include <unistd.h>

namespace cercle::apps {

bool colour_unwanted() {
    const char* no_color = std::getenv("NO_COLOR");
    return no_color != nullptr && *no_color != '\0';
}

bool stdout_takes_colour() { return isatty(STDOUT_FILENO) != 0 && !colour_unwanted(); }

std::size_t stdout_width() {
    constexpr std::size_t usual = 100;
    constexpr std::size_t narrowest = 60;
    winsize size{};
    if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return usual;
    return size.ws_col == 0 ? usual : std::max<std::size_t>(narrowest, size.ws_col);
}

}
