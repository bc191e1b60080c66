#pragma once

#include <string>
#include <string_view>

#include "analysis/language.hpp"
#include "sim/record.hpp"

namespace cercle::analysis {

/// What people call an outcome: "Employee engagement"; an unknown name in plain letters.
std::string label_of(const sim::Metric& metric, Language language = Language::english);
/// Whether an outcome has a name of its own in every language.
bool has_label(std::string_view outcome);

/// How numbers of a unit are shown to people.
struct Scale {
    double factor = 1.0; ///< shown = stored * factor
    std::string unit;    ///< "%", "EUR per month"; empty for plain numbers
    int decimals = 1;    ///< at least
};

/// Shares in percent, rates in percent a year, money in euros, or thousands of them when `largest`
/// is a million or more.
Scale scale_of(std::string_view unit, double largest);

/// A number with `decimals` and thousands separators: "1,234.5"; "-" when it is not known.
std::string number_text(double number, int decimals);
/// The same with its sign: "+1,234.5".
std::string signed_text(double number, int decimals);

/// A number as the language writes it: "1,234.5" is "1\u00a0234,5" in French.
std::string local_number(std::string number, Language language);

/// "1 pair", "3 pairs"; for nouns that only take an s.
std::string counted(std::size_t count, std::string_view noun);
/// "is" or "are", for that many.
std::string_view is_or_are(std::size_t count);

/// A word as a shell takes it: quoted where it needs to be.
std::string shell_word(const std::string& word);

/// Puts `with` in every place of `what`.
void replace_all(std::string& text, std::string_view what, std::string_view with);

/// Decimals that show the first digit of an uncertainty: from `least` to four.
int decimals_for(double uncertainty, int least);

}
