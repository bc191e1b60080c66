#include "scenarios/office_figures.hpp"

#include <algorithm>
#include <span>
#include <string_view>

#include <fmt/format.h>

#include "scenarios/document.hpp"
#include "scenarios/office_pairs.hpp"
#include "scenarios/problems.hpp"
#include "sim/embedded_file.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"
#include "sim/text_file.hpp"

namespace cercle::scenarios {

/// data/office_france.toml, embedded by cmake/embed.cmake.
std::span<const sim::EmbeddedFile> office_files();

namespace {

const std::vector<std::string> keys{"cercle_office", "title",          "source",      "departments",
                                    "people",        "ties",           "contacts",    "degree_cv",
                                    "strength_cv",   "contact_log_sd", "transitivity"};

/// Reads the values of a figures file, noting what is wrong.
class FiguresReader {
public:
    FiguresReader(const Table& table, ProblemList& problems) : table_(table), problems_(problems) {
        for (const Member& given : table) {
            if (std::ranges::find(keys, given.key) != keys.end()) continue;
            problem(given.place,
                    fmt::format("unknown key {}{}", given.key, sim::did_you_mean(given.key, keys)));
        }
    }

    std::string text(const char* key) {
        const Node* node = find(key);
        if (node && !node->text()) wrong_kind(*node, key, "a text");
        return node && node->text() ? *node->text() : std::string();
    }
    std::vector<std::string> texts(const char* key) {
        std::vector<std::string> result;
        for (const Node& node : list(key)) {
            if (!node.text()) wrong_kind(node, key, "a text");
            if (node.text()) result.push_back(*node.text());
        }
        return result;
    }
    std::vector<std::size_t> counts(const char* key) {
        std::vector<std::size_t> result;
        for (const Node& node : list(key)) result.push_back(count(node, key));
        return result;
    }
    DepartmentTable rows(const char* key) {
        DepartmentTable result;
        for (const Node& row : list(key)) {
            auto& counts = result.emplace_back();
            if (!row.list()) wrong_kind(row, key, "a list of rows");
            if (!row.list()) continue;
            for (const Node& node : *row.list()) counts.push_back(count(node, key));
        }
        return result;
    }
    double number(const char* key, double high) {
        const Node* node = find(key);
        if (!node) return 0.0;
        const auto* whole = std::get_if<std::int64_t>(&node->value);
        const auto* real = std::get_if<double>(&node->value);
        if (!whole && !real) wrong_kind(*node, key, "a number");
        const double value = real ? *real : whole ? static_cast<double>(*whole) : 0.0;
        if (!(value >= 0.0 && value <= high)) {
            problem(node->place, fmt::format("{} = {} is outside [0, {}]", key, value, high));
        }
        return value;
    }
    void problem(const char* key, const std::string& sentence) {
        const Member* given = member(table_, key);
        problem(given ? given->value.place : Place{}, sentence);
    }

private:
    void problem(Place place, const std::string& sentence) { problems_.add(place, "", sentence); }
    void wrong_kind(const Node& node, const char* key, const char* wanted) {
        problem(node.place,
                fmt::format("{} holds {} where {} is wanted", key, kind_of(node), wanted));
    }
    const Node* find(const char* key) {
        const Member* given = member(table_, key);
        if (!given) problem(Place{}, fmt::format("{} is missing (a figure of every office)", key));
        return given ? &given->value : nullptr;
    }
    List list(const char* key) {
        const Node* node = find(key);
        if (node && !node->list()) wrong_kind(*node, key, "a list");
        return node && node->list() ? *node->list() : List{};
    }
    std::size_t count(const Node& node, const char* key) {
        const auto* whole = std::get_if<std::int64_t>(&node.value);
        if (whole && *whole >= 0) return static_cast<std::size_t>(*whole);
        wrong_kind(node, key, "a whole number >= 0");
        return 0;
    }

    const Table& table_;
    ProblemList& problems_;
};

bool is_square(const DepartmentTable& table, std::size_t size) {
    return table.size() == size &&
           std::ranges::all_of(table, [&](const auto& row) { return row.size() == size; });
}

/// What is wrong with figures that are each well written: sizes, symmetry, more ties than pairs.
void check_together(const OfficeFigures& office, FiguresReader& reader) {
    const std::size_t size = office.departments.size();
    if (size == 0) return reader.problem("departments", "departments is empty (one at least)");
    if (office.people.size() != size) {
        return reader.problem("people", fmt::format("people has {} numbers for {} departments",
                                                    office.people.size(), size));
    }
    const auto shaped = [&](const char* key, const DepartmentTable& table) {
        if (is_square(table, size)) return true;
        reader.problem(key, fmt::format("{} is not a table of {} rows of {} numbers (one per "
                                        "department)",
                                        key, size, size));
        return false;
    };
    const bool ties_shaped = shaped("ties", office.ties);
    const bool contacts_shaped = shaped("contacts", office.contacts);
    if (!ties_shaped || !contacts_shaped) return;
    for (const DepartmentPair& pair : department_pairs(office)) {
        const std::string& one = office.departments[pair.one];
        const std::string& other = office.departments[pair.other];
        if (pair.ties != office.ties[pair.other][pair.one]) {
            reader.problem("ties", fmt::format("ties of {} with {} are {}, of {} with {} {} (the "
                                               "table is symmetric)",
                                               one, other, pair.ties, other, one,
                                               office.ties[pair.other][pair.one]));
        }
        if (pair.contacts != office.contacts[pair.other][pair.one]) {
            reader.problem("contacts",
                           fmt::format("contacts of {} with {} are {}, of {} with {} {} "
                                       "(the table is symmetric)",
                                       one, other, pair.contacts, other, one,
                                       office.contacts[pair.other][pair.one]));
        }
        if (pair.ties > pair.pairs) {
            reader.problem("ties",
                           fmt::format("{} ties of {} with {} (there are {} pairs of people)",
                                       pair.ties, one, other, pair.pairs));
        }
        if (pair.contacts < pair.ties) {
            reader.problem("contacts",
                           fmt::format("{} contacts on the {} ties of {} with {} (a tie "
                                       "is at least one contact)",
                                       pair.contacts, pair.ties, one, other));
        }
    }
}

OfficeFigures parsed(const ScenarioSource& source) {
    ProblemList problems;
    const Table table = parse_document(source.text, problems);
    if (!problems.empty()) throw sim::UserError(problems.text(source));
    FiguresReader reader(table, problems);
    if (reader.number("cercle_office", 1e9) != 1.0) {
        reader.problem("cercle_office", "cercle_office = 1 is the format this program reads");
    }
    OfficeFigures office{.title = reader.text("title"),
                         .source = reader.text("source"),
                         .departments = reader.texts("departments"),
                         .people = reader.counts("people"),
                         .ties = reader.rows("ties"),
                         .contacts = reader.rows("contacts"),
                         .degree_cv = reader.number("degree_cv", 10.0),
                         .strength_cv = reader.number("strength_cv", 100.0),
                         .contact_log_sd = reader.number("contact_log_sd", 10.0),
                         .transitivity = reader.number("transitivity", 1.0)};
    if (problems.empty()) check_together(office, reader);
    if (!problems.empty()) throw sim::UserError(problems.text(source));
    return office;
}

}

OfficeFigures built_in_office() {
    return parsed({.name = "data/office_france.toml",
                   .text = std::string(office_files().front().text),
                   .folder = {}});
}

OfficeFigures read_office_figures(const sim::TextFile& file) {
    return parsed(
        {.name = file.path().string(), .text = file.text("file of office figures"), .folder = {}});
}

}
