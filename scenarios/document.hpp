#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cercle::scenarios {

class ProblemList;

/// Where something stands in what the user gave: a line and column of the file, or of the `set`-th
/// of ScenarioSource::settings(). All from 1; a zero line is nowhere in particular.
struct Place {
    std::size_t set = 0;
    std::size_t line = 0;
    std::size_t column = 0;

    auto operator<=>(const Place&) const = default;
};

struct Node;
struct Member;
/// A value of a kind no parameter has: "date", "time".
struct Foreign {
    std::string kind;
};
using List = std::vector<Node>;
using Table = std::vector<Member>;

/// A value as the file gives it, not yet checked against any parameter.
struct Node {
    Place place;
    std::variant<bool, std::int64_t, double, std::string, List, Table, Foreign> value = Table{};

    const Table* table() const { return std::get_if<Table>(&value); }
    const List* list() const { return std::get_if<List>(&value); }
    const std::string* text() const { return std::get_if<std::string>(&value); }
};

/// A key of a table, where it stands, and its value.
struct Member {
    std::string key;
    Place place;
    Node value;
};

/// The member of that name; null when there is none.
const Member* member(const Table& table, std::string_view key);

/// "a number", "true or false", "a text", "a list", "a table", "a date".
std::string kind_of(const Node& node);

/// A value as a message shows it: 1.5, true, "fair", a list.
std::string shown(const Node& node);

/// Reads TOML 1.0. A syntax error becomes a problem and an empty table.
Table parse_document(std::string_view text, ProblemList& problems);

/// Reads the value of a --set: TOML where it is TOML, else bare text ("12 months", "ties.csv").
Node parse_override(const std::string& text, Place place);

/// Without the blanks around it.
std::string trimmed(std::string text);

}
