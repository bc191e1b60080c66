#include "apps/parameter_text.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace cercle::apps {
namespace {

bool numeric(const sim::Parameter& parameter) {
    return std::holds_alternative<double>(parameter.fallback) ||
           std::holds_alternative<std::vector<double>>(parameter.fallback);
}

struct Row {
    std::string path;
    std::string fallback;
    std::string unit;
    std::string allowed;
};

Row row_of(const sim::Parameter& parameter) {
    return {.path = parameter.path,
            .fallback = sim::has_default(parameter) ? sim::to_text(parameter.fallback) : "required",
            .unit = parameter.unit == "1" ? "-" : parameter.unit,
            .allowed = allowed_text(parameter)};
}

std::size_t widest(const std::vector<Row>& rows, std::string Row::*column, std::size_t at_least) {
    for (const Row& row : rows) at_least = std::max(at_least, (row.*column).size());
    return at_least;
}

nlohmann::ordered_json range_json(const sim::Range& range) {
    nlohmann::ordered_json json;
    if (std::isfinite(range.low)) json[range.low_open ? "above" : "from"] = range.low;
    if (std::isfinite(range.high)) json[range.high_open ? "below" : "to"] = range.high;
    if (range.whole) json["whole"] = true;
    return json;
}

}

std::string allowed_text(const sim::Parameter& parameter) {
    if (!parameter.choices.empty()) return fmt::format("{}", fmt::join(parameter.choices, " | "));
    return numeric(parameter) ? parameter.range.text() : "";
}

std::string parameters_table(const sim::ParameterTable& table) {
    std::vector<Row> rows;
    for (const sim::Parameter& parameter : table) rows.push_back(row_of(parameter));
    const std::size_t path = widest(rows, &Row::path, 9);
    const std::size_t fallback = widest(rows, &Row::fallback, 7);
    const std::size_t unit = widest(rows, &Row::unit, 4);
    std::string text = fmt::format("{:{}}  {:{}}  {:{}}  range\n", "parameter", path, "default",
                                   fallback, "unit", unit);
    for (std::size_t each = 0; each < rows.size(); ++each) {
        const Row& row = rows[each];
        text += fmt::format("{:{}}  {:{}}  {:{}}  {}\n", row.path, path, row.fallback, fallback,
                            row.unit, unit, row.allowed);
        text += fmt::format("    {}\n    source: {}\n", table[each].meaning, table[each].source);
    }
    return text;
}

nlohmann::ordered_json parameters_json(const sim::ParameterTable& table) {
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const sim::Parameter& parameter : table) {
        nlohmann::ordered_json json;
        json["path"] = parameter.path;
        std::visit([&](const auto& value) { json["default"] = value; }, parameter.fallback);
        json["unit"] = parameter.unit;
        if (numeric(parameter)) json["range"] = range_json(parameter.range);
        if (!parameter.choices.empty()) json["choices"] = parameter.choices;
        json["source"] = parameter.source;
        json["meaning"] = parameter.meaning;
        list.push_back(std::move(json));
    }
    return list;
}

}
