#include "sim/file_problems.hpp"

#include <fmt/format.h>

#include "sim/error.hpp"

namespace cercle::sim {
namespace {

constexpr std::size_t most_told = 20;

}

void FileProblems::add(const std::string& file, std::size_t line, const std::string& sentence) {
    ++count_;
    if (first_.size() == most_told) return;
    first_.push_back(line == 0 ? fmt::format("{}: {}", file, sentence)
                               : fmt::format("{}:{}: {}", file, line, sentence));
}

std::string FileProblems::text() const {
    std::string result = fmt::format("{}", fmt::join(first_, "\n"));
    if (count_ > first_.size()) {
        result += fmt::format("\n... and {} more problems", count_ - first_.size());
    }
    return result;
}

void FileProblems::throw_if_any() const {
    if (!empty()) throw UserError(text());
}

}
