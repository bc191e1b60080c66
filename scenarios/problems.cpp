#include "scenarios/problems.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace cercle::scenarios {
namespace {

std::string_view first_word(std::string_view path) { return path.substr(0, path.find('.')); }

std::string_view line_of(std::string_view text, std::size_t number) {
    for (; number > 1; --number) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return {};
        text.remove_prefix(end + 1);
    }
    std::string_view line = text.substr(0, text.find('\n'));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

/// Blanks as wide as what stands before a column; tabs stay, and a letter of several bytes is one.
std::string blanks_before(std::string_view line, std::size_t column) {
    std::string blanks;
    std::size_t passed = 1;
    for (const char byte : line) {
        const bool continues_letter = (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
        if (continues_letter) continue;
        if (passed++ == column) return blanks;
        blanks += byte == '\t' ? '\t' : ' ';
    }
    blanks.append(column > passed ? column - passed : 0, ' ');
    return blanks;
}

/// Whether a place of the command line is a --set, not an option of its own.
bool is_set(const Place& place, const ScenarioSource& source) {
    return place.set > 0 && place.set <= source.overrides.size();
}

std::string where(const Place& place, const ScenarioSource& source) {
    if (is_set(place, source)) return fmt::format("--set {}", place.set);
    if (place.set > 0) return source.options[place.set - source.overrides.size() - 1].option;
    if (place.line == 0) return source.name;
    return fmt::format("{}:{}:{}", source.name, place.line, place.column);
}

/// The line and a caret; nothing for an option, which names itself.
std::string excerpt(const Place& place, const ScenarioSource& source) {
    const bool option = place.set > 0 && !is_set(place, source);
    if (place.line == 0 || option) return {};
    const std::string_view text = place.set > 0 ? source.overrides[place.set - 1] : source.text;
    const std::string_view line = line_of(text, place.line);
    return fmt::format("    {}\n    {}^\n", line, blanks_before(line, place.column));
}

/// The file in its order, then the command line, then what stands nowhere.
auto order(const Place& place) {
    const bool nowhere = place.set == 0 && place.line == 0;
    return std::tuple(nowhere, place.set, place.line, place.column);
}

}

void ProblemList::add(Place place, std::string about, std::string sentence) {
    problems_.push_back({place, std::move(about), std::move(sentence)});
}

std::vector<std::string> ProblemList::sentences() const {
    std::vector<std::string> list;
    for (const Placed& problem : problems_) list.push_back(problem.sentence);
    return list;
}

bool ProblemList::concern_table_of(std::string_view path) const {
    return std::ranges::any_of(problems_, [&](const Placed& problem) {
        return first_word(problem.about) == first_word(path);
    });
}

std::string ProblemList::text(const ScenarioSource& source) const {
    std::vector<Placed> sorted = problems_;
    std::ranges::stable_sort(
        sorted, [](const Placed& a, const Placed& b) { return order(a.place) < order(b.place); });
    std::string result;
    for (const Placed& problem : sorted) {
        result += fmt::format("{}: {}\n", where(problem.place, source), problem.sentence);
        result += excerpt(problem.place, source);
    }
    if (result.ends_with('\n')) result.pop_back();
    return result;
}

}
