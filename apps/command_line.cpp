#include "apps/command_line.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "apps/messages.hpp"
#include "apps/verb.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"
#include "version.hpp"

namespace cercle::apps {
namespace {

/// A verb on the command line: its subcommand and what it does.
struct Spoken {
    CLI::App* command;
    std::unique_ptr<Verb> verb;
};

std::string version_text() {
    return fmt::format("cercle {} (commit {}; {})", CERCLE_VERSION, CERCLE_COMMIT, CERCLE_BUILD);
}

/// Names the nearest verb or option before CLI11 sees the words, which would only say "not
/// expected".
void check_verb_name(int argc, const char* const* argv) {
    if (argc < 2) return;
    const std::string word = argv[1];
    if (word.starts_with('-')) {
        const std::vector<std::string> options = {"-h", "--help", "--version"};
        if (std::ranges::find(options, word) != options.end()) return;
        throw sim::UserError(fmt::format("cercle: no option {}{}; see cercle --help", word,
                                         sim::did_you_mean(word, options)));
    }
    std::vector<std::string> names;
    for (const VerbEntry& entry : verbs()) {
        if (entry.name == word) return;
        names.emplace_back(entry.name);
    }
    throw sim::UserError(fmt::format("cercle: no command \"{}\"{}; see cercle --help", word,
                                     sim::did_you_mean(word, names)));
}

std::vector<Spoken> declare_verbs(CLI::App& program) {
    std::vector<Spoken> spoken;
    for (const VerbEntry& entry : verbs()) {
        CLI::App* command = program.add_subcommand(entry.name, entry.meaning);
        command->footer(fmt::format("Examples:\n{}", entry.examples));
        spoken.push_back({command, entry.make()});
        spoken.back().verb->declare(*command);
    }
    return spoken;
}

/// The options of the command in use, for a misspelt one.
std::string option_suggestion(const CLI::App& program, const std::string& message) {
    const std::size_t dash = message.find("--");
    if (dash == std::string::npos) return "";
    const std::string word = message.substr(dash, message.find_first_of(" =", dash) - dash);
    std::vector<const CLI::App*> commands = {&program};
    for (const CLI::App* command : program.get_subcommands()) commands.push_back(command);
    std::vector<std::string> names;
    for (const CLI::Option* option : commands.back()->get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return sim::did_you_mean(word, names);
}

[[noreturn]] void refuse(const CLI::App& program, const CLI::ParseError& error) {
    std::string where = "cercle";
    for (const CLI::App* command : program.get_subcommands()) where += " " + command->get_name();
    std::string what = error.what();
    while (!what.empty() && (what.back() == '\n' || what.back() == ' ')) what.pop_back();
    const bool unknown = dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr;
    const std::string suggestion = unknown ? option_suggestion(program, what) : "";
    throw sim::UserError(fmt::format("{}: {}{}; see {} --help", where, what, suggestion, where));
}

}

int obey(int argc, const char* const* argv) {
    CLI::App program("Engagement contagion among employees and clients of firms.", "cercle");
    program.set_version_flag("--version", version_text(), "program version, commit and build");
    program.require_subcommand(1);
    program.footer("Start here:\n"
                   "  cercle template > my_firm.toml\n"
                   "  cercle check my_firm.toml\n"
                   "  cercle run my_firm.toml -o results/my_firm.h5\n"
                   "  cercle compare results/my_firm.h5\n"
                   "cercle COMMAND --help shows examples of each.");
    check_verb_name(argc, argv);
    const std::vector<Spoken> spoken = declare_verbs(program);
    try {
        program.parse(argc, argv);
    } catch (const CLI::Success& success) {
        program.exit(success);
        return exit_code::done;
    } catch (const CLI::ParseError& error) {
        refuse(program, error);
    }
    for (const Spoken& each : spoken) {
        if (each.command->parsed()) return each.verb->act();
    }
    throw sim::LogicError("obey: a parsed command line names a verb");
}

}
