#include "apps/machine.hpp"

#include <algorithm>
#include <fstream>
#include <thread>

#include <fmt/format.h>
#include <sched.h>
#include <sys/utsname.h>

#include "analysis/wording.hpp"

namespace cercle::apps {
namespace {

std::string processor_name() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const std::size_t colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) {
            return line.substr(colon + 2);
        }
    }
    return "unknown processor";
}

}

std::size_t machine_threads() { return std::max(1U, std::thread::hardware_concurrency()); }

std::size_t threads_of_a_process(std::size_t processes) {
    cpu_set_t mine;
    std::size_t allowed = machine_threads();
    if (sched_getaffinity(0, sizeof(mine), &mine) == 0)
        allowed = static_cast<std::size_t>(CPU_COUNT(&mine));
    return std::max<std::size_t>(1, std::min(allowed, machine_threads() / processes));
}

std::string command_line_text() {
    std::ifstream file("/proc/self/cmdline", std::ios::binary);
    std::string text;
    for (std::string word; std::getline(file, word, '\0');) {
        if (!text.empty()) text += ' ';
        text += analysis::shell_word(word);
    }
    return text;
}

std::string machine_text() {
    utsname system{};
    uname(&system);
    return fmt::format("{} {} {}, {}, {} threads", system.sysname, system.release, system.machine,
                       processor_name(), machine_threads());
}

}
