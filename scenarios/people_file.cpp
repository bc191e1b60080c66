#include "scenarios/people_file.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

const std::vector<std::string> kinds{"employee", "client"};

std::optional<bool> truth_in(std::string field) {
    std::ranges::transform(field, field.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    constexpr std::array<std::string_view, 3> yes{"1", "true", "yes"};
    constexpr std::array<std::string_view, 4> no{"", "0", "false", "no"};
    if (std::ranges::find(yes, field) != yes.end()) return true;
    if (std::ranges::find(no, field) != no.end()) return false;
    return std::nullopt;
}

std::string text_at(const sim::CsvTable& table, std::size_t row, std::string_view column) {
    const auto found = table.column(column);
    return found ? table.cell(row, *found) : std::string();
}

Person person_in(const sim::CsvTable& table, std::size_t row, sim::FileProblems& problems) {
    const auto problem = [&](const std::string& sentence) {
        problems.add(table.file(), table.line(row), sentence);
    };
    Person person{.id = text_at(table, row, "person_id"),
                  .team = text_at(table, row, "team"),
                  .site = text_at(table, row, "site"),
                  .segment = text_at(table, row, "segment")};
    if (person.id.empty()) problem("person_id is empty (everybody needs one)");
    const std::string kind = text_at(table, row, "kind");
    if (kind == "client") {
        person.kind = PersonKind::client;
    } else if (!kind.empty() && kind != "employee") {
        problem(fmt::format("unknown kind of person \"{}\"{} (employee or client)", kind,
                            sim::did_you_mean(kind, kinds)));
    }
    const std::string manager = text_at(table, row, "is_manager");
    const std::optional<bool> truth = truth_in(manager);
    if (!truth) problem(fmt::format("is_manager = \"{}\" is neither 1 nor 0", manager));
    person.is_manager = truth.value_or(false);
    const std::string set_point = text_at(table, row, "set_point");
    if (set_point.empty()) return person;
    person.set_point = sim::number_in(set_point);
    if (!person.set_point) {
        problem(sim::not_a_number("set_point", set_point));
    } else if (!(*person.set_point > 0.0 && *person.set_point < 1.0)) {
        problem(fmt::format("set_point = {} is not between 0 and 1 (it is the engagement a person "
                            "tends to, as a fraction)",
                            set_point));
    }
    return person;
}

}

const std::vector<std::string>& people_columns() {
    static const std::vector<std::string> columns{
        "person_id", "kind",       "team",       "site",         "segment",
        "role",      "is_manager", "start_date", "member_since", "set_point"};
    return columns;
}

People read_people(const sim::TextFile& file, sim::FileProblems& problems) {
    return people_in(sim::read_csv(file, "file of people", problems), problems);
}

People people_in(const sim::CsvTable& table, sim::FileProblems& problems) {
    People people{.file = table.file(), .list = {}, .place = {}};
    if (table.columns().empty()) return people;
    if (!sim::has_columns(table, std::vector<std::string>{"person_id"}, problems)) return people;
    sim::refuse_misspelt(table, people_columns(), problems);
    people.tells_managers = table.column("is_manager").has_value();
    std::vector<std::size_t> lines;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        Person person = person_in(table, row, problems);
        const auto [first, is_new] = people.place.emplace(person.id, people.list.size());
        if (!is_new) {
            problems.add(people.file, table.line(row),
                         fmt::format("person {} is there twice (first on line {})", person.id,
                                     lines[first->second]));
            continue;
        }
        lines.push_back(table.line(row));
        people.list.push_back(std::move(person));
    }
    if (table.rows() == 0) problems.add(people.file, 0, "names nobody (it is only a header)");
    return people;
}

}
