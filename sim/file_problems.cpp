#include "sim/file_problems.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/error.hpp"

namespace cercle::sim {
namespace {

constexpr std::size_t most_told = 20;

}

void FileProblems::add(const std::string& file, std::size_t line, const std::string& sentence) {
    ++count_;
    const auto known = std::ranges::find(files_, file);
    const auto which = static_cast<std::size_t>(known - files_.begin());
    if (known == files_.end()) files_.push_back(file);
    const auto place =
        std::ranges::upper_bound(first_, std::pair(which, line), {}, [](const Placed& problem) {
            return std::pair(problem.file, problem.line);
        });
    first_.insert(place, {which, line,
                          line == 0 ? fmt::format("{}: {}", file, sentence)
                                    : fmt::format("{}:{}: {}", file, line, sentence)});
    if (first_.size() > most_told) first_.pop_back();
}

std::string FileProblems::text() const {
    std::string result;
    for (const Placed& problem : first_) {
        if (!result.empty()) result += '\n';
        result += problem.text;
    }
    if (count_ > first_.size()) {
        const std::size_t more = count_ - first_.size();
        result += fmt::format("\n... and {} more problem{}", more, more == 1 ? "" : "s");
    }
    return result;
}

void FileProblems::throw_if_any() const {
    if (!empty()) throw UserError(text());
}

}
