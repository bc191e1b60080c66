#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "analysis/language.hpp"
#include "analysis/statistics.hpp"
#include "sim/record.hpp"

namespace cercle::analysis {

/// A noun, or a verb, for one and for several.
struct Noun {
    std::string_view one, many;
};

/// Sentences and numbers in the language of a page. Every sentence is written in both languages
/// where it is said, so that none can be missing.
class ReportWords {
public:
    explicit ReportWords(Language language) : language_(language) {}

    Language language() const { return language_; }
    bool french() const { return language_ == Language::french; }

    template <class... Parts>
    std::string operator()(fmt::format_string<Parts...> english,
                           fmt::format_string<Parts...> french, Parts&&... parts) const {
        return language_ == Language::french ? fmt::format(french, std::forward<Parts>(parts)...)
                                             : fmt::format(english, std::forward<Parts>(parts)...);
    }

    /// "1,234.5"; in French "1 234,5".
    std::string number(double value, int decimals) const;
    std::string signed_number(double value, int decimals) const;
    std::string count(std::size_t value) const;
    /// "1 pair", "3 pairs"; in French "1 paire", "0 paire", "3 paires".
    std::string counted(std::size_t value, const Noun& english, const Noun& french) const;
    /// The word alone: "differs" of one, "differ" of several.
    std::string_view agreeing(std::size_t value, const Noun& english, const Noun& french) const;
    /// "43 %"; of a share in [0, 1].
    std::string percent(double share, int decimals = 0) const;
    /// "[1.2, 1.6]"; in French "[1,2 ; 1,6]".
    std::string interval(const Interval& interval, int decimals) const;
    /// "scop, sa and mutual".
    std::string list(const std::vector<std::string>& things) const;
    /// What a page says where scripts are off, as HTML.
    std::string noscript() const;

private:
    Language language_;
};

/// One outcome as people read it: its name, unit and numbers.
class ShownOutcome {
public:
    /// `largest` and `uncertainty` are of the numbers to be shown, in the stored unit.
    ShownOutcome(const sim::Metric& metric, double largest, double uncertainty,
                 const ReportWords& words);

    const std::string& label() const { return label_; }
    /// "Employee engagement (%)".
    std::string axis() const;
    /// "difference (points)".
    std::string difference_unit() const;
    /// What is drawn of a stored number.
    double drawn(double stored) const { return stored * factor_; }
    /// "50.6 %".
    std::string value(double stored) const;
    /// "50.6".
    std::string bare(double stored) const;
    /// "+7.3 points".
    std::string difference(double stored) const;
    /// "7.3 points": without its sign.
    std::string size(double stored) const;
    /// "+7.3".
    std::string bare_difference(double stored) const;
    /// "[7.0, 7.6]".
    std::string interval(const Interval& stored) const;

private:
    const ReportWords& words_;
    std::string label_;
    std::string unit_;            ///< "%", "EUR a month"; may be empty
    std::string difference_unit_; ///< "points", "EUR a month"; may be empty
    double factor_ = 1.0;
    int decimals_ = 1;
};

/// The largest mean of an outcome's arms, for ShownOutcome.
double largest_mean(const std::vector<Summary>& arms);

}
