#include "sim/parameter.hpp"

#include <cmath>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/error.hpp"

namespace cercle::sim {

bool Range::holds(double number) const {
    if (std::isnan(number)) return false;
    if (low_open ? number <= low : number < low) return false;
    if (high_open ? number >= high : number > high) return false;
    return !whole || number == std::floor(number);
}

std::string Range::text() const {
    const bool has_low = std::isfinite(low);
    const bool has_high = std::isfinite(high);
    std::string bounds = "any number";
    if (has_low && has_high) {
        bounds = fmt::format("{}{}, {}{}", low_open ? '(' : '[', low, high, high_open ? ')' : ']');
    } else if (has_low) {
        bounds = fmt::format("{} {}", low_open ? ">" : ">=", low);
    } else if (has_high) {
        bounds = fmt::format("{} {}", high_open ? "<" : "<=", high);
    }
    if (!whole) return bounds;
    return has_low || has_high ? "a whole number " + std::string(has_low && has_high ? "in " : "") + bounds
                               : "any whole number";
}

bool has_default(const Parameter& parameter) {
    const double* number = std::get_if<double>(&parameter.fallback);
    return !number || !std::isnan(*number);
}

Settings::Settings(std::span<const Parameter> table) {
    for (const Parameter& parameter : table) values_.emplace(parameter.path, parameter.fallback);
}

bool Settings::has(std::string_view path) const { return values_.find(path) != values_.end(); }

void Settings::set(std::string_view path, Value value) {
    values_.insert_or_assign(std::string(path), std::move(value));
}

const Value& Settings::value(std::string_view path) const {
    const auto found = values_.find(path);
    if (found == values_.end()) throw LogicError(fmt::format("Settings: no parameter {}", path));
    return found->second;
}

template <class T>
const T& Settings::as(std::string_view path, std::string_view type) const {
    const T* typed = std::get_if<T>(&value(path));
    if (!typed) throw LogicError(fmt::format("Settings: {} is not a {}", path, type));
    return *typed;
}

double Settings::number(std::string_view path) const { return as<double>(path, "number"); }

std::size_t Settings::count(std::string_view path) const {
    const double number = as<double>(path, "number");
    expects(number >= 0.0 && number == std::floor(number), "Settings::count: a whole number >= 0");
    return static_cast<std::size_t>(number);
}

bool Settings::flag(std::string_view path) const { return as<bool>(path, "flag"); }

const std::string& Settings::text(std::string_view path) const {
    return as<std::string>(path, "text");
}

const std::vector<double>& Settings::numbers(std::string_view path) const {
    return as<std::vector<double>>(path, "list of numbers");
}

const std::vector<std::string>& Settings::texts(std::string_view path) const {
    return as<std::vector<std::string>>(path, "list of texts");
}

namespace {

struct ToText {
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(double number) const { return fmt::format("{}", number); }
    std::string operator()(const std::string& text) const { return fmt::format("{:?}", text); }
    std::string operator()(const std::vector<double>& numbers) const {
        return fmt::format("[{}]", fmt::join(numbers, ", "));
    }
    std::string operator()(const std::vector<std::string>& texts) const {
        std::vector<std::string> quoted;
        for (const std::string& text : texts) quoted.push_back((*this)(text));
        return fmt::format("[{}]", fmt::join(quoted, ", "));
    }
};

}

std::string to_text(const Value& value) { return std::visit(ToText{}, value); }

}
