#include "scenarios/units.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "sim/suggestions.hpp"

namespace cercle::scenarios {
namespace {

/// How many of a dimension stand above and below the stroke. They do not cancel: days per month
/// (of absence) are not a share.
struct Powers {
    int above = 0;
    int below = 0;
    bool operator==(const Powers&) const = default;
};

/// A unit taken apart: its size as an exact fraction of base units (month, EUR), its dimensions.
struct Unit {
    double numerator = 1.0;
    double denominator = 1.0;
    std::map<std::string, Powers, std::less<>> dimensions;
};

struct Atom {
    std::string_view name;
    std::string_view dimension; ///< "" for pure numbers
    double numerator;
    double denominator = 1.0;
};

// A month is 1461 / 48 days.
constexpr std::array atoms{
    Atom{"1", "", 1.0},
    Atom{"%", "", 1.0, 100.0},
    Atom{"year", "time", 12.0},
    Atom{"month", "time", 1.0},
    Atom{"week", "time", 336.0, 1461.0},
    Atom{"day", "time", 48.0, 1461.0},
    Atom{"hour", "time", 2.0, 1461.0},
    Atom{"EUR", "money", 1.0},
    Atom{"€", "money", 1.0},
    Atom{"kEUR", "money", 1000.0},
    Atom{"k€", "money", 1000.0},
};

std::optional<Atom> known_atom(std::string_view word) {
    for (const Atom& atom : atoms) {
        const bool plural = atom.dimension == "time" && word.ends_with('s') &&
                            word.substr(0, word.size() - 1) == atom.name;
        if (word == atom.name || plural) return atom;
    }
    return std::nullopt;
}

/// Words and strokes: "EUR per month" gives EUR, /, month.
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words(1);
    for (const char letter : text) {
        const bool separates = letter == ' ' || letter == '*' || letter == '\t';
        if (separates || letter == '/' || words.back() == "/") words.emplace_back();
        if (!separates) words.back() += letter;
    }
    std::erase(words, "");
    for (std::string& word : words) {
        if (word == "per") word = "/";
    }
    return words;
}

std::string singular(const std::string& word) {
    return word.size() > 1 && word.ends_with('s') ? word.substr(0, word.size() - 1) : word;
}

/// Whether a stroke has no unit after it: "%/", "5 //year".
bool is_unfinished(std::string_view text) {
    bool after_stroke = false;
    for (const std::string& word : words_of(text)) {
        const bool is_stroke = word == "/";
        if (is_stroke && after_stroke) return true;
        after_stroke = is_stroke;
    }
    return after_stroke;
}

/// A unit from its text; words that are no atom ("logit", "client") are dimensions of their own.
/// `unknown` receives them.
Unit parse_unit(std::string_view text, std::vector<std::string>& unknown) {
    Unit unit;
    bool below = false;
    for (const std::string& word : words_of(text)) {
        if (word == "/") {
            below = true;
            continue;
        }
        const std::optional<Atom> atom = known_atom(word);
        const std::string name = singular(word);
        if (!atom) unknown.push_back(word);
        const Atom taken = atom.value_or(Atom{name, name, 1.0});
        (below ? unit.denominator : unit.numerator) *= taken.numerator;
        (below ? unit.numerator : unit.denominator) *= taken.denominator;
        if (!taken.dimension.empty()) {
            Powers& powers = unit.dimensions[std::string(taken.dimension)];
            ++(below ? powers.below : powers.above);
        }
        below = false;
    }
    return unit;
}

bool is_share(const Unit& unit) { return unit.dimensions.empty(); }
bool is_rate(const Unit& unit) {
    return unit.dimensions.size() == 1 && unit.dimensions.contains("time") &&
           unit.dimensions.at("time") == Powers{.above = 0, .below = 1};
}

UnitMistake mismatch(const Unit& given, const Unit& wanted, const std::string& unit) {
    if (is_rate(given) && is_share(wanted)) {
        return {"is a rate, and a rate is not a probability or share", "leave out the time"};
    }
    if (is_share(given) && is_rate(wanted)) {
        return {"is a share, and a share or probability is not a rate",
                "say per what time: \"5 %/year\""};
    }
    if (is_share(wanted)) return {"has a unit, but a pure number is wanted", ""};
    return {fmt::format("is not in a unit of {}", unit), ""};
}

std::optional<UnitMistake> unknown_unit(const std::vector<std::string>& words,
                                        const std::vector<std::string>& own_words) {
    std::vector<std::string> names;
    for (const std::string& word : own_words) names.push_back(singular(word));
    const std::vector<std::string> own_names = names;
    for (const Atom& atom : atoms) names.emplace_back(atom.name);
    for (const std::string& word : words) {
        if (std::ranges::find(own_names, singular(word)) != own_names.end()) continue;
        const std::string hint = sim::did_you_mean(word, names);
        return UnitMistake{"has an unknown unit " + word, hint.empty() ? hint : hint.substr(1)};
    }
    return std::nullopt;
}

}

std::variant<double, UnitMistake> in_unit(std::string_view text, const std::string& unit) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    if (text.starts_with('+')) text.remove_prefix(1);
    double number = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
    if (error != std::errc() || !std::isfinite(number) || rest.starts_with(',')) {
        const std::string example = unit.empty() || unit == "1" ? "12.5 %" : "0.5 " + unit;
        return UnitMistake{"is not a quantity", fmt::format("write for instance \"{}\"", example),
                           UnitMistake::Kind::no_quantity};
    }
    if (rest.empty()) return number;
    if (is_unfinished(rest)) {
        const std::string_view written = rest.substr(rest.find_first_not_of(' '));
        return UnitMistake{fmt::format("has an unfinished unit {}", written), ""};
    }

    std::vector<std::string> own_words;
    std::vector<std::string> unknown;
    const Unit wanted = parse_unit(unit, own_words);
    const Unit given = parse_unit(rest, unknown);
    if (const auto mistake = unknown_unit(unknown, own_words)) return *mistake;
    if (given.dimensions != wanted.dimensions) return mismatch(given, wanted, unit);
    return number * (given.numerator * wanted.denominator) / (given.denominator * wanted.numerator);
}

}
