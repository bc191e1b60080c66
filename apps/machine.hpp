#pragma once

#include <cstddef>
#include <string>

namespace cercle::apps {

/// Threads of the machine, at least 1.
std::size_t machine_threads();

/// Threads for one of `processes` processes on this machine, at least 1: the processors it may use,
/// or its share of all.
std::size_t threads_of_a_process(std::size_t processes);

/// How the program was called, as a shell would take it.
std::string command_line_text();

/// System, processor and number of threads; no name of a host or person.
std::string machine_text();

}
