#include <toml++/toml.h>

#include <fmt/format.h>

#include "scenarios/document.hpp"
#include "scenarios/problems.hpp"

namespace cercle::scenarios {
namespace {

Place place_of(const toml::source_region& region) {
    return {.line = region.begin.line, .column = region.begin.column};
}

/// No parameter lies this deep; it keeps a hostile file from exhausting the stack.
constexpr int deepest = 40;

Node converted(const toml::node& node, int depth);

List converted(const toml::array& array, int depth) {
    List list;
    for (const toml::node& element : array) list.push_back(converted(element, depth + 1));
    return list;
}

Table converted(const toml::table& table, int depth) {
    Table members;
    for (const auto& [key, value] : table) {
        members.push_back(
            {std::string(key.str()), place_of(key.source()), converted(value, depth + 1)});
    }
    return members;
}

Node converted(const toml::node& node, int depth) {
    Node result{.place = place_of(node.source())};
    if (depth > deepest) {
        result.value = Foreign{"value in too many tables"};
    } else if (const toml::table* table = node.as_table()) {
        result.value = converted(*table, depth);
    } else if (const toml::array* array = node.as_array()) {
        result.value = converted(*array, depth);
    } else if (const auto* text = node.as_string()) {
        result.value = text->get();
    } else if (const auto* whole = node.as_integer()) {
        result.value = whole->get();
    } else if (const auto* number = node.as_floating_point()) {
        result.value = number->get();
    } else if (const auto* flag = node.as_boolean()) {
        result.value = flag->get();
    } else {
        result.value = Foreign{node.is_time() ? "time" : "date"};
    }
    return result;
}

/// toml++'s own words, shorter, with the advice the most frequent slip needs.
std::string sentence(const toml::parse_error& error) {
    std::string words(error.description());
    constexpr std::string_view start = "Error while parsing ";
    if (words.starts_with(start)) words.erase(0, start.size());
    const bool after_value = words.find("expected a comment or whitespace") != std::string::npos;
    const std::string_view advice =
        after_value ? " (one key = value per line; quote a quantity with a unit: \"5 %/year\")"
                    : "";
    return fmt::format("not valid TOML: {}{}", words, advice);
}

}

Table parse_document(std::string_view text, ProblemList& problems) {
    try {
        return converted(static_cast<const toml::table&>(toml::parse(text)), 0);
    } catch (const toml::parse_error& error) {
        problems.add(place_of(error.source()), "", sentence(error));
        return {};
    }
}

Node parse_override(const std::string& text, Place place) {
    Node result{.place = place, .value = text};
    try {
        const toml::table table = toml::parse("value = " + text);
        const Node value = converted(*table.get("value"), 0);
        const bool taken = table.size() == 1 && !std::holds_alternative<Foreign>(value.value);
        if (taken) result.value = value.value;
    } catch (const toml::parse_error&) {
        // Not TOML: a bare text, as a shell user writes it.
    }
    return result;
}

}
