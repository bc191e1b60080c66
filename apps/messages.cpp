#include "apps/messages.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string>

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

#include "apps/terminal.hpp"
#include "sim/error.hpp"

namespace cercle::apps {

void set_up_messages() {
    auto sink = std::make_shared<spdlog::sinks::stderr_color_sink_mt>(
        colour_unwanted() ? spdlog::color_mode::never : spdlog::color_mode::automatic);
    sink->set_color(spdlog::level::info, "");
    auto logger = std::make_shared<spdlog::logger>("cercle", std::move(sink));
    logger->set_pattern("%^%v%$");
    spdlog::set_default_logger(std::move(logger));
}

void print(std::string_view text) {
    const std::size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
    if (written != text.size() || std::fflush(stdout) != 0) {
        throw sim::RuntimeFailure(std::string("stdout: cannot be written (") +
                                  std::strerror(errno) + ")");
    }
}

}
