#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/reader.hpp"
#include "scenarios/reader_factor.hpp"
#include "sim/csv.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

const std::vector<std::string> methods{"none", "grid",  "zip",      "list",   "table", "random",
                                       "lhs",  "sobol", "saltelli", "morris", "oat",   "toggles"};
const std::vector<std::string> design_keys{"file", "levels", "method", "rows", "seed", "size"};

bool is_one_of(const std::string& method, std::initializer_list<const char*> names) {
    return std::ranges::find(names, method) != names.end();
}

class DesignReader {
public:
    DesignReader(const Vocabulary& vocabulary, ProblemList& problems)
        : vocabulary_(vocabulary), problems_(problems) {}

    void read_method(const Table& design);
    void add_factor(const Node& node);
    void keep(Factor factor, Place place);
    void read_rows(const Table& design);
    /// Rows of `table`: a CSV file whose columns are names of declared factors, or paths.
    void read_table(const Table& design, const sim::TextFolder& folder);
    /// The factor of a column: the declared one of that name, else the one of that path.
    std::optional<Factor> factor_of(const std::string& column, const std::vector<Factor>& declared,
                                    Place place);
    void read_cell(const sim::CsvTable& table, std::size_t row, std::size_t column,
                   sim::FileProblems& wrong);

    DesignMethod method;
    std::vector<Factor> factors;
    std::vector<double> rows;

private:
    FactorContext context() const {
        return {vocabulary_, method.name, !is_one_of(method.name, {"list", "table", "toggles"})};
    }
    void complain(Place place, const std::string& about, const std::string& sentence) const {
        problems_.add(place, about, sentence);
    }
    void check_keys(const Table& table, const std::string& of,
                    const std::vector<std::string>& keys) const;
    std::size_t count(const Member& member, std::size_t least) const;
    /// The entry of a value, which becomes a level of the factor if it is no number.
    void add_entry(Factor& factor, const sim::Value& value);

    const Vocabulary& vocabulary_;
    ProblemList& problems_;
};

void DesignReader::check_keys(const Table& table, const std::string& of,
                              const std::vector<std::string>& keys) const {
    for (const Member& member : table) {
        if (std::ranges::find(keys, member.key) != keys.end()) continue;
        complain(member.place, of + "." + member.key,
                 fmt::format("unknown parameter {}.{}{}", of, member.key,
                             sim::did_you_mean(member.key, keys)));
    }
}

std::size_t DesignReader::count(const Member& member, std::size_t least) const {
    const auto* number = std::get_if<std::int64_t>(&member.value.value);
    if (number && *number >= static_cast<std::int64_t>(least) && *number <= 1'000'000'000) {
        return static_cast<std::size_t>(*number);
    }
    complain(member.value.place, "design." + member.key,
             fmt::format("design.{} = {} is not a whole number from {} to 1 000 000 000",
                         member.key, shown(member.value), least));
    return least;
}

void DesignReader::read_method(const Table& design) {
    check_keys(design, "design", design_keys);
    if (const Member* given = member(design, "method")) {
        const std::string* name = given->value.text();
        if (!name) {
            complain(given->value.place, "design.method",
                     fmt::format("design.method = {} is not a text", shown(given->value)));
        } else if (std::ranges::find(methods, *name) == methods.end()) {
            complain(given->value.place, "design.method",
                     fmt::format("unknown design.method {}{}", *name,
                                 sim::did_you_mean(*name, methods)));
        } else {
            method.name = *name;
        }
    }
    if (const Member* size = member(design, "size")) method.size = count(*size, 1);
    if (const Member* seed = member(design, "seed")) method.seed = count(*seed, 0);
    if (const Member* levels = member(design, "levels")) {
        method.levels = count(*levels, 2);
        if (method.levels % 2 != 0) {
            complain(levels->value.place, "design.levels",
                     fmt::format("design.levels = {} is odd (Morris' jumps reach every level "
                                 "equally often for an even number of them)",
                                 method.levels));
        }
    }
}

void DesignReader::add_factor(const Node& node) {
    auto factor = read_factor(node, context(), problems_);
    if (factor) keep(std::move(*factor), node.place);
}

/// Keeps a factor, unless another has its name or one of its parameters.
void DesignReader::keep(Factor factor, Place place) {
    std::set<std::string> own;
    for (const std::string& path : factor.paths) {
        const bool elsewhere = std::ranges::any_of(factors, [&](const Factor& other) {
            return std::ranges::find(other.paths, path) != other.paths.end();
        });
        if (elsewhere || !own.insert(path).second) {
            complain(place, path,
                     fmt::format("{} is varied twice (it can have one value at a "
                                 "point); keep one factor of it",
                                 path));
            return;
        }
    }
    if (std::ranges::find(factors, factor.name, &Factor::name) != factors.end()) {
        complain(place, factor.name,
                 fmt::format("two factors are named {}; name one of them otherwise", factor.name));
    }
    factors.push_back(std::move(factor));
}

void DesignReader::add_entry(Factor& factor, const sim::Value& value) {
    if (const double* number = std::get_if<double>(&value)) {
        rows.push_back(*number);
        factor.levels.resize(1, value); // that it is a number is all that counts
        return;
    }
    const auto known = std::ranges::find(factor.levels, value);
    rows.push_back(static_cast<double>(known - factor.levels.begin()));
    if (known == factor.levels.end()) factor.levels.push_back(value);
}

void DesignReader::read_rows(const Table& design) {
    const Member* given = member(design, "rows");
    const List* list = given ? given->value.list() : nullptr;
    if (!list || list->empty()) {
        complain(
            given ? given->value.place : Place{}, "design.rows",
            "design.method = \"list\" wants rows = [[...], ...], a value for each factor in each");
        return;
    }
    for (const Node& row : *list) {
        const List* values = row.list();
        if (!values || values->size() != factors.size()) {
            complain(row.place, "design.rows",
                     fmt::format("a row {} has not one value for each of the {} factors",
                                 shown(row), factors.size()));
            continue;
        }
        for (std::size_t i = 0; i < factors.size(); ++i) {
            const auto* of = vocabulary_.parameter(factors[i].paths.front());
            if (auto value = read_value(*of, (*values)[i], problems_)) {
                add_entry(factors[i], *value);
            }
        }
    }
}

void DesignReader::read_table(const Table& design, const sim::TextFolder& folder) {
    const Member* file = member(design, "file");
    if (!file || !file->value.text()) {
        complain(file ? file->value.place : Place{}, "design.file",
                 "design.method = \"table\" wants file = \"points.csv\", a column for each factor");
        return;
    }
    sim::FileProblems wrong;
    const sim::CsvTable table = sim::read_csv(folder / *file->value.text(), "design", wrong);
    const std::vector<Factor> declared = std::exchange(factors, {});
    for (const Factor& factor : declared) {
        const std::string& path = factor.paths.front();
        if (table.column(factor.name) || table.column(path)) continue;
        wrong.add(table.file(), 1,
                  fmt::format("has no column {}{} (a [[factor]] of the scenario); add it, or "
                              "take the factor out",
                              factor.name, factor.name == path ? "" : " or " + path));
    }
    wrong.throw_if_any();
    for (const std::string& column : table.columns()) {
        auto factor = factor_of(column, declared, file->value.place);
        if (factor) keep(std::move(*factor), file->value.place);
    }
    if (factors.size() != table.columns().size()) return; // told above
    if (table.rows() == 0)
        wrong.add(table.file(), 0, "has no rows (each is a design point); add some");
    for (std::size_t row = 0; row < table.rows(); ++row) {
        for (std::size_t i = 0; i < factors.size(); ++i) read_cell(table, row, i, wrong);
    }
    wrong.throw_if_any();
}

std::optional<Factor> DesignReader::factor_of(const std::string& column,
                                              const std::vector<Factor>& declared, Place place) {
    auto found = std::ranges::find(declared, column, &Factor::name);
    if (found == declared.end()) {
        found = std::ranges::find_if(
            declared, [&](const Factor& factor) { return factor.paths.front() == column; });
    }
    if (found != declared.end()) return *found;
    const auto* known = factor_parameter(Node{place, column}, context(), problems_);
    if (!known) return std::nullopt;
    return Factor{.name = column, .paths = {column}};
}

void DesignReader::read_cell(const sim::CsvTable& table, std::size_t row, std::size_t column,
                             sim::FileProblems& wrong) {
    Factor& factor = factors[column];
    ProblemList mistakes;
    const auto value = read_value(*vocabulary_.parameter(factor.paths.front()),
                                  parse_override(table.cell(row, column), {}), mistakes);
    for (const std::string& sentence : mistakes.sentences())
        wrong.add(table.file(), table.line(row),
                  fmt::format("column {}: {}", table.columns()[column], sentence));
    if (value) add_entry(factor, *value);
}

}

const std::vector<std::string>& design_methods() { return methods; }

Design read_design(const Table& top, const Vocabulary& vocabulary, const sim::TextFolder& folder,
                   ProblemList& problems) {
    const Member* given = member(top, "design");
    const Member* factor = member(top, "factor");
    if (given && !given->value.table()) {
        problems.add(given->value.place, "design",
                     fmt::format("design is a table, not {} (write [design] and a method below it)",
                                 kind_of(given->value)));
        return {};
    }
    DesignReader reader(vocabulary, problems);
    const bool was_clean = problems.empty();
    if (given) reader.read_method(*given->value.table());
    if (factor && factor->value.list()) {
        for (const Node& node : *factor->value.list()) reader.add_factor(node);
    } else if (factor) {
        problems.add(factor->place, "factor", "factors are given as [[factor]], each with a path");
    }
    if (given && reader.method.name == "list") reader.read_rows(*given->value.table());
    if (given && reader.method.name == "table") reader.read_table(*given->value.table(), folder);
    if (was_clean && problems.empty()) {
        const Place place = given ? given->place : (factor ? factor->place : Place{});
        check_design(reader.method, reader.factors, place, problems);
    }
    if (!problems.empty()) return {};
    return make_design(reader.method, std::move(reader.factors), std::move(reader.rows));
}

}
