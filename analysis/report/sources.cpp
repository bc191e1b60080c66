#include "analysis/report/sources.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <sstream>
#include <string_view>

#include "analysis/compare_arms.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

bool is_year(const std::string& word) {
    return word.size() == 4 && (word.starts_with("19") || word.starts_with("20")) &&
           std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c); });
}

/// A word of authors' names: capitalised, or one of those that join names.
bool is_of_name(const std::string& word) {
    constexpr std::string_view joints[] = {"et", "al.", "and", "&", "van", "den", "der", "de"};
    if (word.empty()) return false;
    return std::isupper(static_cast<unsigned char>(word.front())) != 0 ||
           std::ranges::find(joints, word) != std::end(joints);
}

std::string without_marks(std::string word) {
    const auto is_mark = [](char c) {
        return std::string_view("(),;:").find(c) != std::string_view::npos;
    };
    while (!word.empty() && is_mark(word.back())) word.pop_back();
    while (!word.empty() && is_mark(word.front())) word.erase(word.begin());
    return word;
}

struct Kind {
    std::string_view begins;
    std::string_view french;
};

constexpr Kind kinds[] = {{"fit", "ajusté"},
                          {"chosen by the user", "choisi par l'utilisateur"},
                          {"law 78-763", "loi 78-763"},
                          {"null world", "monde nul"},
                          {"model decision", "décision de modélisation"},
                          {"numerical", "numérique"},
                          {"claim", "affirmation testée"},
                          {"Scop practice", "pratique des Scop"},
                          {"office", "chiffres mesurés d'un bureau français"},
                          {"head count", "effectif du bureau français mesuré"},
                          {"French corporate tax", "impôt sur les sociétés depuis 2022"}};

std::string french_kind(const std::string& source) {
    if (says_assumed(source)) return "supposé";
    for (const Kind& kind : kinds) {
        if (source.starts_with(kind.begins)) return std::string(kind.french);
    }
    return "";
}

std::vector<std::string> parts_of(const std::string& text, std::string_view between) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(between, begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + between.size();
    }
    return parts;
}

/// The last part of a path; a number with a unit ("0.1/month") is none.
std::string without_folder(const std::string& word) {
    const std::size_t first = word.find('/');
    const bool is_number = first != std::string::npos && first > 0 && word.front() != '.' &&
                           word.find_first_not_of("0123456789.+-eE %") >= first;
    if (first == std::string::npos || is_number) return word;
    return word.substr(word.find_last_of('/') + 1);
}

}

std::vector<std::string> citations(const std::string& source) {
    std::istringstream stream(source);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) words.push_back(word);
    std::vector<std::string> found;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (!is_year(without_marks(words[i]))) continue;
        std::size_t first = i;
        while (first > 0 && is_of_name(without_marks(words[first - 1]))) {
            // A mark before the name ends the citation before it.
            if (words[first - 1].ends_with(';') || words[first - 1].ends_with(':')) break;
            --first;
            if (words[first].starts_with('(')) break;
        }
        std::string text;
        for (std::size_t at = first; at < i; ++at) text += without_marks(words[at]) + " ";
        if (first < i) found.push_back(text + without_marks(words[i]));
    }
    return found;
}

std::string source_words(const std::string& source, const ReportWords& words) {
    if (!words.french()) return source;
    const std::string kind = french_kind(source);
    std::string cited;
    for (std::string work : citations(source)) {
        replace_all(work, " and ", " et ");
        cited += (cited.empty() ? "" : ", ") + work;
    }
    if (kind.empty()) return cited.empty() ? "voir cercle params" : cited;
    return cited.empty() ? kind : fmt::format("{} ({})", kind, cited);
}

std::string parameter_unit(std::string unit, const ReportWords& words) {
    if (unit == "1") return "";
    if (!words.french()) return unit;
    replace_all(unit, "month", "mois");
    replace_all(unit, "year", "an");
    replace_all(unit, "days", "jours");
    return unit;
}

std::string parameter_value(const std::string& value, const ReportWords& words) {
    if (value == "true") return words("true", "vrai");
    if (value == "false") return words("false", "faux");
    if (value.starts_with('[') && value.ends_with(']')) {
        std::string list;
        for (const std::string& each : parts_of(value.substr(1, value.size() - 2), ", "))
            list += (list.empty() ? "" : words(", ", " ; ")) + parameter_value(each, words);
        return "[" + list + "]";
    }
    double number = 0.0;
    const char* end = value.data() + value.size();
    const auto [stopped, error] = std::from_chars(value.data(), end, number);
    if (error != std::errc() || stopped != end) return without_folders(value);
    if (std::abs(number) >= 1e5) return words.number(number, 0);
    return local_number(fmt::format("{:.6g}", number), words.language());
}

std::string without_folders(const std::string& command) {
    std::string text;
    std::string word;
    char quote = 0;
    for (const char letter : command + ' ') {
        const bool ends =
            quote == 0 && (letter == ' ' || letter == '=' || letter == '\'' || letter == '"');
        if (letter == quote || ends) {
            text += without_folder(word);
            word.clear();
            const bool opens = quote == 0 && (letter == '\'' || letter == '"');
            quote = opens ? letter : letter == quote ? 0 : quote;
            text += letter;
        } else if (quote != 0 && letter == '=') {
            text += word + letter;
            word.clear();
        } else {
            word += letter;
        }
    }
    text.pop_back();
    return text;
}

}
