#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/experiment.hpp"
#include "analysis/statistics.hpp"
#include "sim/csv.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

bool is_in(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::find(names, name) != names.end();
}

/// Which columns are factors and which outcomes: what is not named is of the other kind.
struct Roles {
    std::vector<std::string> factors;
    std::vector<std::string> outcomes;
};

Roles columns_of(const sim::CsvTable& table, const TableOptions& options) {
    Roles columns{options.factors, options.outcomes};
    if (columns.outcomes.empty() && columns.factors.empty()) {
        columns.outcomes = {table.columns().back()};
    }
    const bool rest_are_factors = columns.factors.empty();
    const bool rest_are_outcomes = columns.outcomes.empty();
    for (const std::string& name : table.columns()) {
        if (is_in(options.factors, name) || is_in(columns.outcomes, name)) continue;
        if (rest_are_factors) columns.factors.push_back(name);
        if (rest_are_outcomes) columns.outcomes.push_back(name);
    }
    return columns;
}

void check_columns(const sim::CsvTable& table, const Roles& columns, sim::FileProblems& problems) {
    for (const std::string& name : columns.factors) {
        if (is_in(columns.outcomes, name))
            problems.add(table.file(), 1,
                         fmt::format("column {} is both factor and outcome", name));
    }
    has_columns(table, columns.factors, problems);
    has_columns(table, columns.outcomes, problems);
    if (columns.factors.empty()) problems.add(table.file(), 1, "there is no column of a factor");
    if (columns.outcomes.empty()) problems.add(table.file(), 1, "there is no column of an outcome");
    if (table.rows() == 0) problems.add(table.file(), 0, "has no row below its header");
}

/// A column of numbers; an empty field is NaN where a run may have failed.
std::vector<double> numbers_of(const sim::CsvTable& table, const std::string& name,
                               bool may_be_empty, sim::FileProblems& problems) {
    const std::size_t column = table.column(name).value();
    std::vector<double> numbers;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const std::string& field = table.cell(row, column);
        const auto number = sim::number_in(field);
        numbers.push_back(number.value_or(not_known));
        if (number || (field.empty() && may_be_empty)) continue;
        problems.add(table.file(), table.line(row),
                     sim::not_a_number(name, field) +
                         (may_be_empty ? "; leave the field of a failed run empty" : ""));
    }
    return numbers;
}

void add_factor(Experiment& experiment, std::size_t which, const std::vector<double>& numbers) {
    scenarios::Factor& factor = experiment.factors[which];
    factor.low = *std::ranges::min_element(numbers);
    factor.high = *std::ranges::max_element(numbers);
    for (std::size_t point = 0; point < numbers.size(); ++point) {
        experiment.matrix[point * experiment.factors.size() + which] = numbers[point];
    }
}

/// The method whose order of rows the table has; else rank correlations of a sample. One factor
/// alone has no order.
std::string method_of(const Experiment& experiment) {
    if (experiment.factors.size() < 2) return "prcc";
    for (const char* method : {"saltelli", "morris", "oat"}) {
        if (misfit(experiment, method).empty()) return method;
    }
    return "prcc";
}

}

Experiment read_experiment_table(const std::filesystem::path& path, const TableOptions& options) {
    sim::FileProblems problems;
    const sim::CsvTable table = sim::read_csv(path, "table", problems);
    problems.throw_if_any();
    const Roles columns = columns_of(table, options);
    check_columns(table, columns, problems);
    problems.throw_if_any();
    Experiment experiment{.source = path.string(), .method = options.method};
    for (const std::string& name : columns.factors) {
        experiment.factors.push_back({.name = name, .paths = {name}});
    }
    experiment.matrix.resize(table.rows() * columns.factors.size());
    for (std::size_t which = 0; which < columns.factors.size(); ++which) {
        add_factor(experiment, which, numbers_of(table, columns.factors[which], false, problems));
    }
    for (std::size_t row = 0; row < table.rows(); ++row) {
        experiment.lines.push_back(table.line(row));
    }
    for (const std::string& name : columns.outcomes) {
        experiment.outcomes.push_back({.arm = "",
                                       .metric = {.name = name, .unit = "", .meaning = ""},
                                       .values = numbers_of(table, name, true, problems)});
    }
    problems.throw_if_any();
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const bool failed =
            std::ranges::any_of(experiment.outcomes, [&](const OutcomeAtPoints& outcome) {
                return std::isnan(outcome.values[row]);
            });
        ++(failed ? experiment.failed : experiment.done);
    }
    if (experiment.method.empty()) experiment.method = method_of(experiment);
    const std::string problem = misfit(experiment, experiment.method);
    if (!problem.empty()) throw sim::UserError(problem);
    return experiment;
}

}
