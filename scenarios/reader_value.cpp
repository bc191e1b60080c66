#include <algorithm>
#include <cmath>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "scenarios/sheet.hpp"
#include "scenarios/units.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

/// Reads one node for one parameter, or for one element of it when it is a list.
class ValueReader {
public:
    ValueReader(const sim::Parameter& parameter, std::string name, ProblemList& problems)
        : parameter_(parameter), name_(std::move(name)), problems_(problems) {}

    std::optional<bool> flag(const Node& node) const;
    std::optional<double> number(const Node& node) const;
    std::optional<std::string> text(const Node& node) const;

private:
    void complain(const Node& node, std::string_view problem, std::string_view advice = "") const {
        problems_.add(node.place, parameter_.path,
                      fmt::format("{} = {} {} ({}){}{}", name_, shown(node), problem,
                                  parameter_.meaning, advice.empty() ? "" : " ", advice));
    }
    void complain_of_unit(const Node& node, const UnitMistake& mistake) const;
    bool is_in_range(const Node& node, double number) const;

    const sim::Parameter& parameter_;
    std::string name_;
    ProblemList& problems_;
};

/// A unit after a number; nothing for pure numbers.
std::string spaced(const std::string& unit) {
    return unit.empty() || unit == "1" ? std::string() : " " + unit;
}

std::optional<bool> ValueReader::flag(const Node& node) const {
    if (const bool* flag = std::get_if<bool>(&node.value)) return *flag;
    complain(node, "is not true or false");
    return std::nullopt;
}

/// A head count is told that it is one; a number of things is not shown a percentage to write.
void ValueReader::complain_of_unit(const Node& node, const UnitMistake& mistake) const {
    const sim::Range& range = parameter_.range;
    const bool is_count = spaced(parameter_.unit).empty() && range.high > 1.0;
    const double* usual = std::get_if<double>(&parameter_.fallback);
    if (range.whole) {
        complain(node, "is not a whole number",
                 usual ? fmt::format("write for instance {}", *usual) : "");
    } else if (is_count && usual && mistake.kind == UnitMistake::Kind::no_quantity) {
        complain(node, "is not a number", fmt::format("write for instance {}", *usual));
    } else {
        complain(node, mistake.problem, mistake.advice);
    }
}

bool ValueReader::is_in_range(const Node& node, double number) const {
    if (!std::isfinite(number)) {
        complain(node, "is not a finite number");
        return false;
    }
    if (parameter_.range.holds(number)) return true;
    const std::string range = parameter_.range.text();
    const bool is_interval = range.starts_with('[') || range.starts_with('(');
    const std::string converted =
        node.text() ? fmt::format("(that is {}{}) ", number, spaced(parameter_.unit)) : "";
    complain(node, fmt::format("{}{} {}{}", converted, is_interval ? "is outside" : "is not", range,
                               spaced(parameter_.unit)));
    return false;
}

std::optional<double> ValueReader::number(const Node& node) const {
    std::optional<double> number;
    if (const double* real = std::get_if<double>(&node.value)) {
        number = *real;
    } else if (const auto* whole = std::get_if<std::int64_t>(&node.value)) {
        number = static_cast<double>(*whole);
    } else if (const std::string* text = node.text()) {
        const std::variant<double, UnitMistake> read = in_unit(*text, parameter_.unit);
        if (const auto* mistake = std::get_if<UnitMistake>(&read)) {
            complain_of_unit(node, *mistake);
        } else {
            number = std::get<double>(read);
        }
    } else {
        complain(node, parameter_.range.whole ? "is not a whole number" : "is not a number");
    }
    return number && is_in_range(node, *number) ? number : std::nullopt;
}

std::optional<std::string> ValueReader::text(const Node& node) const {
    const std::string* text = node.text();
    if (!text) {
        complain(node, "is not a text", node.table() || node.list() ? "" : "put it in quotes");
        return std::nullopt;
    }
    const std::vector<std::string>& choices = parameter_.choices;
    if (choices.empty() || std::ranges::find(choices, *text) != choices.end()) return *text;
    problems_.add(node.place, parameter_.path,
                  fmt::format("{} = {} is not one of: {} ({}){}", name_, shown(node),
                              fmt::join(choices, ", "), parameter_.meaning,
                              sim::did_you_mean(*text, choices)));
    return std::nullopt;
}

template <class T, class ReadOne>
std::optional<sim::Value> read_list(const sim::Parameter& parameter, const Node& node,
                                    ProblemList& problems, ReadOne read_one) {
    const List* list = node.list();
    if (!list) {
        problems.add(node.place, parameter.path,
                     fmt::format("{} = {} is not a list ({}) put it in [ ]", parameter.path,
                                 shown(node), parameter.meaning));
        return std::nullopt;
    }
    std::vector<T> values;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const ValueReader reader(parameter, fmt::format("{}[{}]", parameter.path, i), problems);
        if (std::optional<T> value = read_one(reader, (*list)[i])) values.push_back(*value);
    }
    if (values.size() < list->size()) return std::nullopt;
    return values;
}

}

std::optional<sim::Value> read_value(const sim::Parameter& parameter, const Node& node,
                                     ProblemList& problems) {
    const ValueReader reader(parameter, parameter.path, problems);
    const sim::Value& kind = parameter.fallback;
    if (std::holds_alternative<bool>(kind)) return reader.flag(node);
    if (std::holds_alternative<double>(kind)) return reader.number(node);
    if (std::holds_alternative<std::string>(kind)) return reader.text(node);
    if (std::holds_alternative<std::vector<double>>(kind)) {
        return read_list<double>(
            parameter, node, problems,
            [](const ValueReader& each, const Node& element) { return each.number(element); });
    }
    return read_list<std::string>(
        parameter, node, problems,
        [](const ValueReader& each, const Node& element) { return each.text(element); });
}

}
