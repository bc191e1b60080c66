#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/json_number.hpp"
#include "analysis/linear_answers.hpp"
#include "analysis/text_table.hpp"

namespace cercle::analysis {
namespace {

constexpr std::size_t most_rows = 24;   ///< of a table of nodes
constexpr std::size_t most_columns = 7; ///< of a matrix

std::string exact(double number) {
    return std::isnan(number) ? "-" : fmt::format("{:.10f}", number);
}

std::string steps(const std::optional<double>& half_life) {
    return half_life ? fmt::format("{:.6g} steps", *half_life) : "none: deviations do not fade";
}

/// The whole of some numbers, where there are too many nodes for a table.
std::string summary(const std::vector<double>& values) {
    const double mean =
        std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
    double variance = 0.0;
    for (const double value : values) variance += (value - mean) * (value - mean);
    return fmt::format("mean {:.6g}, standard deviation {:.6g}, from {:.6g} to {:.6g}", mean,
                       std::sqrt(variance / static_cast<double>(values.size())),
                       std::ranges::min(values), std::ranges::max(values));
}

/// What is known of each node, under its name.
struct NodeColumn {
    const char* name;
    const std::vector<double>& values;
};

std::vector<NodeColumn> columns_of(const LinearAnswers& answers) {
    std::vector<NodeColumn> columns;
    if (!answers.weights.empty()) columns.push_back({"weight", answers.weights});
    if (!answers.fixed_point.empty()) columns.push_back({"fixed point", answers.fixed_point});
    if (answers.covariance) columns.push_back({"variance", answers.covariance->variance});
    return columns;
}

std::string nodes_text(const scenarios::LinearLaw& law, const LinearAnswers& answers) {
    const std::vector<NodeColumn> columns = columns_of(answers);
    std::string text;
    if (columns.empty()) return text;
    if (law.ids.size() > most_rows) {
        for (const NodeColumn& column : columns)
            text += labelled_line(column.name, summary(column.values));
        return text;
    }
    TextTable table{.header = {"node"}, .rows = {}};
    for (const NodeColumn& column : columns) table.header.emplace_back(column.name);
    for (std::size_t node = 0; node < law.ids.size(); ++node) {
        std::vector<std::string> cells{law.ids[node]};
        for (const NodeColumn& column : columns) cells.push_back(exact(column.values[node]));
        table.rows.push_back(std::move(cells));
    }
    for (const std::string& row : lines_of(table, page_width)) text += row + "\n";
    return "\n" + text;
}

std::string covariances_text(const scenarios::LinearLaw& law, const LinearAnswers& answers) {
    const std::size_t nodes = law.ids.size();
    if (!answers.covariance || nodes < 2 || nodes > most_columns) return "";
    TextTable table{.header = {"covariance"}, .rows = {}};
    table.header.insert(table.header.end(), law.ids.begin(), law.ids.end());
    for (std::size_t row = 0; row < nodes; ++row) {
        std::vector<std::string> cells{law.ids[row]};
        for (std::size_t k = 0; k < nodes; ++k) {
            cells.push_back(fmt::format("{:.8f}", answers.covariance->matrix[row * nodes + k]));
        }
        table.rows.push_back(std::move(cells));
    }
    std::string text = "\n";
    for (const std::string& row : lines_of(table, page_width)) text += row + "\n";
    return text;
}

using Json = nlohmann::ordered_json;

Json by_node(const scenarios::LinearLaw& law, const std::vector<double>& values) {
    if (values.empty()) return {};
    Json json = Json::object();
    for (std::size_t node = 0; node < values.size(); ++node) json[law.ids[node]] = values[node];
    return json;
}

Json covariance_json(const scenarios::LinearLaw& law, const StationaryCovariance& covariance) {
    const std::size_t nodes = law.ids.size();
    Json rows = Json::array();
    for (std::size_t row = 0; row < nodes; ++row) {
        const auto first = covariance.matrix.begin() + static_cast<std::ptrdiff_t>(row * nodes);
        rows.push_back(std::vector<double>(first, first + static_cast<std::ptrdiff_t>(nodes)));
    }
    return {{"variance", by_node(law, covariance.variance)},
            {"mean_correlation_of_ties", json_number(covariance.correlation_of_ties)},
            {"matrix", rows}};
}

}

std::string linear_answers_text(const scenarios::LinearLaw& law, const LinearAnswers& answers) {
    std::string text = fmt::format("\nLaw {}, by linear algebra\n", law.name);
    text += labelled_line("spectral radius",
                          fmt::format("{}{}", answers.radius_is_bound ? "at most " : "",
                                      exact(answers.spectral_radius)));
    if (answers.second) text += labelled_line("second eigenvalue", exact(*answers.second));
    if (!answers.radius_is_bound) text += labelled_line("half-life", steps(answers.half_life));
    if (!answers.weights.empty()) {
        text += labelled_line("consensus", exact(answers.fixed_point.front()));
    }
    if (answers.covariance) {
        text +=
            labelled_line("correlation over ties", exact(answers.covariance->correlation_of_ties));
    }
    for (const std::string& note : answers.notes) {
        text += "  " + wrapped("note: " + note, page_width - 2, 8);
    }
    return text + nodes_text(law, answers) + covariances_text(law, answers);
}

std::string linear_answers_json(const scenarios::LinearLaw& law, const LinearAnswers& answers) {
    Json json{{"law", law.name},
              {"nodes", law.ids.size()},
              {"spectral_radius", json_number(answers.spectral_radius)},
              {"spectral_radius_is_bound", answers.radius_is_bound},
              {"second_eigenvalue", json_number(answers.second)},
              {"half_life_steps", json_number(answers.half_life)},
              {"weights", by_node(law, answers.weights)},
              {"fixed_point", by_node(law, answers.fixed_point)}};
    json["covariance"] = answers.covariance ? covariance_json(law, *answers.covariance) : Json();
    json["notes"] = answers.notes;
    return json.dump(2) + "\n";
}

}
