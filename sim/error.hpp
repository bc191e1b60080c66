#pragma once

#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace cercle::sim {

/// One mistake of the user's: the parameter, file or argument it is about, and a sentence
/// in the form `<problem> (<why it is one>) <suggestion>`.
struct Problem {
    std::string about;
    std::string sentence;
};
using Problems = std::vector<Problem>;

/// A mistake of the user's (arguments, scenario, data). The program exits with code 2.
class UserError : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A failure of the machine or its files (disk full, unreadable file). Exit code 1.
class RuntimeFailure : public std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// A mistake of ours: a broken precondition or invariant. Exit code 1, with a request to report it.
class LogicError : public std::logic_error {
    using std::logic_error::logic_error;
};

/// Throws LogicError unless `condition` holds. For cheap checks outside loops.
inline void expects(bool condition, std::string_view what) {
    if (!condition) throw LogicError(std::string(what));
}

}
