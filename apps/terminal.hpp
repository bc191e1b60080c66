#pragma once

#include <cstddef>

namespace cercle::apps {

/// Whether NO_COLOR asks for plain text.
bool colour_unwanted();

/// Whether stdout is a terminal that may be coloured.
bool stdout_takes_colour();

/// Columns of the terminal behind stdout; 100 where there is none.
std::size_t stdout_width();

}
