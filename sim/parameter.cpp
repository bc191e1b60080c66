#include "sim/parameter.hpp"

#include <algorithm>
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
    return has_low || has_high
               ? "a whole number " + std::string(has_low && has_high ? "in " : "") + bounds
               : "any whole number";
}

bool has_default(const Parameter& parameter) {
    const double* number = std::get_if<double>(&parameter.fallback);
    return !number || !std::isnan(*number);
}

Settings::Settings(std::span<const Parameter> table) {
    std::vector<const Parameter*> sorted;
    for (const Parameter& parameter : table) sorted.push_back(&parameter);
    std::ranges::stable_sort(sorted, {}, &Parameter::path);
    const auto same = std::ranges::unique(sorted, {}, &Parameter::path);
    sorted.erase(same.begin(), same.end());
    std::vector<std::string> paths;
    for (const Parameter* parameter : sorted) {
        paths.push_back(parameter->path);
        values_.push_back(parameter->fallback);
    }
    paths_ = std::make_shared<const std::vector<std::string>>(std::move(paths));
}

/// Where a path is, or would have to be put in.
std::size_t Settings::place_of(std::string_view path) const {
    return static_cast<std::size_t>(std::ranges::lower_bound(*paths_, path) - paths_->begin());
}

bool Settings::has(std::string_view path) const {
    const std::size_t place = place_of(path);
    return place < paths_->size() && (*paths_)[place] == path;
}

void Settings::set(std::string_view path, Value value) {
    const std::size_t place = place_of(path);
    if (place < paths_->size() && (*paths_)[place] == path) {
        values_[place] = std::move(value);
        return;
    }
    const auto offset = static_cast<std::ptrdiff_t>(place);
    std::vector<std::string> paths = *paths_;
    paths.emplace(paths.begin() + offset, path);
    paths_ = std::make_shared<const std::vector<std::string>>(std::move(paths));
    values_.insert(values_.begin() + offset, std::move(value));
}

const Value& Settings::value(std::string_view path) const {
    const std::size_t place = place_of(path);
    if (place == paths_->size() || (*paths_)[place] != path)
        throw LogicError(fmt::format("Settings: no parameter {}", path));
    return values_[place];
}

bool Settings::operator==(const Settings& other) const {
    return *paths_ == *other.paths_ && values_ == other.values_;
}

template <class T> const T& Settings::as(std::string_view path, std::string_view type) const {
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
