#include "scenarios/node_values.hpp"

#include <array>

#include <fmt/format.h>

#include "sim/csv.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {

NodeIds::NodeIds(const std::vector<std::string>& ids) : ids_(ids) {
    for (std::size_t node = 0; node < ids.size(); ++node) place_.emplace(ids[node], node);
}

std::optional<std::size_t> NodeIds::find(const std::string& id, const std::string& file,
                                         std::size_t line, sim::FileProblems& problems) const {
    const auto found = place_.find(id);
    if (found != place_.end()) return found->second;
    std::string near = sim::did_you_mean(id, ids_);
    if (near.empty() && !ids_.empty()) {
        near = fmt::format(" the first is \"{}\", the last \"{}\"", ids_.front(), ids_.back());
    }
    problems.add(
        file, line,
        fmt::format("there is no node \"{}\" (the graph has {} nodes){}", id, ids_.size(), near));
    return std::nullopt;
}

namespace {

/// Puts one row of the file in its place.
void read_row(const sim::CsvTable& table, std::size_t row, const NodeIds& nodes,
              const NodeValues& values, std::vector<std::optional<double>>& read,
              sim::FileProblems& problems) {
    const std::string& id = table.cell(row, *table.column("id"));
    const std::string& field = table.cell(row, *table.column("value"));
    const auto node = nodes.find(id, table.file(), table.line(row), problems);
    const std::optional<double> number = sim::number_in(field);
    if (!number) {
        problems.add(table.file(), table.line(row), sim::not_a_number("value", field));
    } else if (!values.range.holds(*number)) {
        problems.add(
            table.file(), table.line(row),
            fmt::format("value = {} is not {} ({})", *number, values.range.text(), values.what));
    } else if (node && read[*node]) {
        problems.add(table.file(), table.line(row),
                     fmt::format("node \"{}\" stands there twice ({})", id, values.what));
    } else if (node) {
        read[*node] = number;
    }
}

}

std::vector<double> read_node_values(const sim::TextFile& file, const NodeIds& nodes,
                                     const NodeValues& values, sim::FileProblems& problems) {
    const std::array<std::string, 2> columns{"id", "value"};
    const sim::CsvTable table = sim::read_csv(file, "file of nodes", problems);
    std::vector<std::optional<double>> read(nodes.size());
    if (!problems.empty() || !sim::has_columns(table, columns, problems)) return {};
    for (std::size_t row = 0; row < table.rows(); ++row) {
        read_row(table, row, nodes, values, read, problems);
    }
    std::vector<double> result;
    std::size_t missing = 0;
    for (const std::optional<double>& value : read) {
        if (!value && !values.fallback) ++missing;
        result.push_back(value.value_or(values.fallback.value_or(0.0)));
    }
    if (missing > 0 && problems.empty()) {
        problems.add(table.file(), 0,
                     fmt::format("{} of {} nodes are not named (each needs its {})", missing,
                                 nodes.size(), values.what));
    }
    return result;
}

}
