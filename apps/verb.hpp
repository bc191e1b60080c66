#pragma once

#include <memory>
#include <span>

#include <CLI/CLI.hpp>

namespace cercle::apps {

/// What the program answers its caller with.
namespace exit_code {
inline constexpr int done = 0;
inline constexpr int failure = 1;     ///< the machine's or ours
inline constexpr int mistake = 2;     ///< the user's
inline constexpr int some_failed = 3; ///< the study ended, but some of its runs failed
inline constexpr int signal_base = 128;
}

/// One word of the command line: what may follow it, and what it does.
class Verb {
public:
    virtual ~Verb() = default;
    /// Adds the verb's arguments to its command.
    virtual void declare(CLI::App& command) = 0;
    /// Does the job; returns the exit code.
    virtual int act() = 0;
};

/// A verb as `--help` lists it.
struct VerbEntry {
    const char* name;
    const char* meaning;
    const char* examples;
    std::unique_ptr<Verb> (*make)();
};

/// Every verb, in the order in which a user meets them.
std::span<const VerbEntry> verbs();

std::unique_ptr<Verb> analyze_verb();
std::unique_ptr<Verb> bench_verb();
std::unique_ptr<Verb> check_verb();
std::unique_ptr<Verb> claims_verb();
std::unique_ptr<Verb> compare_verb();
std::unique_ptr<Verb> design_verb();
std::unique_ptr<Verb> export_verb();
std::unique_ptr<Verb> infer_verb();
std::unique_ptr<Verb> laws_verb();
std::unique_ptr<Verb> merge_verb();
std::unique_ptr<Verb> network_verb();
std::unique_ptr<Verb> odd_verb();
std::unique_ptr<Verb> params_verb();
std::unique_ptr<Verb> power_verb();
std::unique_ptr<Verb> report_verb();
std::unique_ptr<Verb> run_verb();
std::unique_ptr<Verb> schema_verb();
std::unique_ptr<Verb> status_verb();
std::unique_ptr<Verb> template_verb();
std::unique_ptr<Verb> verify_verb();

}
