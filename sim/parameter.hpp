#pragma once

#include <limits>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cercle::sim {

/// The value of a parameter. Numbers are doubles; the few integers a scenario holds are exact in
/// one.
using Value =
    std::variant<bool, double, std::string, std::vector<double>, std::vector<std::string>>;

/// The numbers a parameter may take; bounds belong to the range unless marked open.
struct Range {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
    bool low_open = false;
    bool high_open = false;
    bool whole = false; ///< only whole numbers

    bool holds(double number) const;
    /// "[0, 1]", "> 0", "any number", "a whole number >= 1".
    std::string text() const;
};

inline constexpr Range any_number{};
inline constexpr Range fraction{.low = 0.0, .high = 1.0};
inline constexpr Range non_negative{.low = 0.0};
inline constexpr Range positive{.low = 0.0, .low_open = true};
constexpr Range between(double low, double high) { return {.low = low, .high = high}; }
constexpr Range whole(double low, double high = std::numeric_limits<double>::infinity()) {
    return {.low = low, .high = high, .whole = true};
}

/// One row of a law's table: everything reader, checker, `cercle params`, schema, documentation
/// and result file know about a parameter.
struct Parameter {
    std::string path; ///< as in the scenario file: "contagion.colleague.weight"
    Value fallback;   ///< the default; its alternative is the parameter's type
    std::string unit; ///< "1", "logit", "month", "1/month", "EUR/month"; "" for text and flags
    Range range = any_number;              ///< for numbers and each of a list of numbers
    std::string source;                    ///< a citation, or "assumed (why)"
    std::string meaning;                   ///< one sentence
    std::vector<std::string> choices = {}; ///< what a text may be; empty when it is free
};
/// Stands in `fallback` for a number that has no default: the scenario must give it.
inline constexpr double no_default = std::numeric_limits<double>::quiet_NaN();

bool has_default(const Parameter& parameter);

using ParameterTable = std::vector<Parameter>;

/// The resolved value of every parameter of a scenario's arm, by path.
/// Asking for a path that is not there, or with the wrong type, is a LogicError.
class Settings {
public:
    Settings() = default;
    /// Every parameter at its default.
    explicit Settings(std::span<const Parameter> table);

    bool has(std::string_view path) const;
    void set(std::string_view path, Value value);

    const Value& value(std::string_view path) const;
    double number(std::string_view path) const;
    float real(std::string_view path) const { return static_cast<float>(number(path)); }
    std::size_t count(std::string_view path) const;
    bool flag(std::string_view path) const;
    const std::string& text(std::string_view path) const;
    const std::vector<double>& numbers(std::string_view path) const;
    const std::vector<std::string>& texts(std::string_view path) const;

    /// Of every value, in alphabetical order.
    const std::vector<std::string>& paths() const { return *paths_; }
    bool operator==(const Settings& other) const;

private:
    std::size_t place_of(std::string_view path) const;
    template <class T> const T& as(std::string_view path, std::string_view type) const;

    /// Copies share their paths, which hardly ever change: settings are copied for every run.
    std::shared_ptr<const std::vector<std::string>> paths_ =
        std::make_shared<const std::vector<std::string>>();
    std::vector<Value> values_; ///< of each path
};

/// A value as a scenario file writes it: 0.15, true, "fair", [1, 2].
std::string to_text(const Value& value);

}
