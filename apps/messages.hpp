#pragma once

#include <string_view>

namespace cercle::apps {

/// Sends spdlog's messages to stderr as plain text, coloured on a terminal unless NO_COLOR is set.
void set_up_messages();

/// Writes data to stdout; throws RuntimeFailure when it cannot be written.
void print(std::string_view text);

}
