#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace cercle::sim {

/// The mistakes found in the user's data files, gathered so that all are told at once.
class FileProblems {
public:
    /// Line 0: about the file as a whole. `sentence` is `<problem> (<why>) <suggestion>`.
    void add(const std::string& file, std::size_t line, const std::string& sentence);

    bool empty() const { return count_ == 0; }
    std::size_t count() const { return count_; }
    /// One line each, `file:line: sentence`, file by file in the order met, line by line; the first
    /// twenty, then how many more there are.
    std::string text() const;
    /// Throws UserError with the text, unless empty.
    void throw_if_any() const;

private:
    struct Placed {
        std::size_t file = 0; ///< of files_
        std::size_t line = 0;
        std::string text;
    };
    std::vector<std::string> files_;
    std::vector<Placed> first_; ///< in the order of files and lines
    std::size_t count_ = 0;
};

}
