#include <csignal>
#include <exception>
#include <new>

#include <spdlog/spdlog.h>

#include "apps/command_line.hpp"
#include "apps/messages.hpp"
#include "apps/verb.hpp"
#include "sim/error.hpp"

/// The one place where exceptions end and become exit codes.
int main(int argc, char** argv) {
    using namespace cercle;
    // A file that may not grow further is a write that fails, with a message, not a sudden end.
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        apps::set_up_messages();
        return apps::obey(argc, argv);
    } catch (const sim::UserError& error) {
        spdlog::error("{}", error.what());
        return apps::exit_code::mistake;
    } catch (const sim::RuntimeFailure& error) {
        spdlog::error("{}", error.what());
    } catch (const sim::LogicError& error) {
        spdlog::error("cercle is wrong here, not you: {}\nPlease report it with the command and "
                      "the scenario.",
                      error.what());
    } catch (const std::bad_alloc&) {
        spdlog::error("cercle: out of memory (cercle check tells what a study needs)");
    } catch (const std::exception& error) {
        spdlog::error("cercle: {}", error.what());
    }
    return apps::exit_code::failure;
}
