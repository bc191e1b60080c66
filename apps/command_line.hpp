#pragma once

namespace cercle::apps {

/// Reads the command line, does what it asks and returns the exit code. Throws UserError for
/// arguments that make no sense.
int obey(int argc, const char* const* argv);

}
