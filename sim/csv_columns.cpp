#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "sim/csv.hpp"
#include "sim/suggestions.hpp"

namespace cercle::sim {

namespace {

/// A column that begins as the name does, up to the first blank, hyphen or underscore: From for
/// from_id.
std::optional<std::string> begins_alike(const std::string& name,
                                        const std::vector<std::string>& columns) {
    const auto start = [](const std::string& word) {
        return word.substr(0, word.find_first_of(" -_"));
    };
    const auto found = std::ranges::find_if(columns, [&](const std::string& column) {
        return edit_distance(start(column), start(name)) == 0;
    });
    if (found == columns.end()) return std::nullopt;
    return *found;
}

}

bool has_columns(const CsvTable& table, std::span<const std::string> names, FileProblems& problems,
                 std::string_view advice) {
    bool all = true;
    for (const std::string& name : names) {
        if (table.column(name)) continue;
        all = false;
        const bool one_column = table.columns().size() == 1;
        std::optional<std::string> meant = nearest(name, table.columns());
        if (!meant) meant = begins_alike(name, table.columns());
        problems.add(table.file(), 1,
                     fmt::format("there is no column {} ({}){}{}", name,
                                 one_column ? "the header is one field: separate with , or ;"
                                            : fmt::format("the header has {}",
                                                          fmt::join(table.columns(), ", ")),
                                 meant ? fmt::format("; did you mean {}?", *meant) : "",
                                 one_column ? "" : advice));
    }
    return all;
}

void refuse_misspelt(const CsvTable& table, std::span<const std::string> known,
                     FileProblems& problems) {
    std::vector<std::string> missing;
    for (const std::string& name : known) {
        if (!table.column(name)) missing.push_back(name);
    }
    for (const std::string& column : table.columns()) {
        if (std::ranges::find(known, column) != known.end()) continue;
        const std::string meant = did_you_mean(column, missing);
        if (!meant.empty()) problems.add(table.file(), 1, "unknown column " + column + meant);
    }
}

std::optional<double> number_in(std::string_view field) {
    double number = 0.0;
    if (field.starts_with('+')) field.remove_prefix(1);
    const char* end = field.data() + field.size();
    const auto [rest, error] = std::from_chars(field.data(), end, number);
    if (error != std::errc() || rest != end || !std::isfinite(number)) return std::nullopt;
    return number;
}

std::string not_a_number(std::string_view column, std::string_view field) {
    if (field.empty()) return fmt::format("{} is empty (a number is wanted)", column);
    std::string with_point(field);
    std::ranges::replace(with_point, ',', '.');
    const bool comma = field.find(',') != std::string_view::npos && number_in(with_point);
    return fmt::format("{} = \"{}\" is not a number{}", column, field,
                       comma ? fmt::format(" (decimal comma); write {}", with_point) : "");
}

}
