#include <algorithm>
#include <array>
#include <filesystem>
#include <string>

#include <fmt/format.h>

#include "scenarios/reader.hpp"

namespace cercle::scenarios {
namespace {

constexpr std::array<std::string_view, 3> head{"replicates", "seed", "title"};

/// Whether a value is taken as it stands, without need of quotes.
bool is_plain_text(const Vocabulary& vocabulary, std::string_view path) {
    const sim::Parameter* parameter = vocabulary.parameter(path);
    return path == "title" || path == "preset" ||
           (parameter && std::holds_alternative<std::string>(parameter->fallback));
}

/// A file named on the command line lies where the command is given; files of a scenario lie
/// beside it.
void find_from_here(Node& value) {
    std::string& file = std::get<std::string>(value.value);
    if (!file.empty()) file = std::filesystem::absolute(file).lexically_normal().string();
}

/// The member "a" holding "b" holding "c", of the path "a.b.c"; no parameter lies deeper than
/// what is taken apart.
Member nested(std::string_view path, const Place& place, Node value, int depth = 0) {
    constexpr int deepest = 40;
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos || depth == deepest)
        return {std::string(path), place, std::move(value)};
    Node table{.place = value.place, .value = Table{}};
    std::get<Table>(table.value)
        .push_back(nested(path.substr(dot + 1), place, std::move(value), depth + 1));
    return {std::string(path.substr(0, dot)), place, std::move(table)};
}

Member read_override(const std::string& text, std::size_t number, const Vocabulary& vocabulary) {
    const std::size_t equals = text.find('=');
    const std::string path = trimmed(text.substr(0, equals));
    const std::string given = trimmed(text.substr(equals + 1));
    const Place value_place{.set = number, .line = 1, .column = equals + 2};
    Node value = parse_override(given, value_place);
    const bool is_list_of_presets = path == "preset" && value.list();
    if (is_plain_text(vocabulary, path) && !value.text() && !is_list_of_presets) {
        value.value = given;
    }
    if (vocabulary.is_file(path) && value.text()) find_from_here(value);
    return nested(path, {.set = number, .line = 1, .column = 1}, std::move(value));
}

void append(Sheet& sheet, const Sheet& more) {
    sheet.presets.insert(sheet.presets.end(), more.presets.begin(), more.presets.end());
    sheet.settings.insert(sheet.settings.end(), more.settings.begin(), more.settings.end());
}

}

Overrides read_overrides(const std::vector<std::string>& texts, const Vocabulary& vocabulary,
                         ProblemList& problems) {
    Overrides overrides;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].find('=') == std::string::npos || texts[i].starts_with('=')) {
            problems.add({.set = i + 1, .line = 1, .column = 1}, "",
                         fmt::format("{} is not of the form path=value", texts[i]));
            continue;
        }
        const Member member = read_override(texts[i], i + 1, vocabulary);
        if (std::ranges::find(head, member.key) != head.end()) {
            overrides.head.push_back(member);
        } else {
            append(overrides.sheet, read_sheet({member}, {vocabulary, {}}, problems));
        }
    }
    return overrides;
}

}
