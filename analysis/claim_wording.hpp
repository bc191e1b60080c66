#pragma once

#include <string>
#include <string_view>

#include "analysis/claims_text.hpp"

namespace cercle::analysis {

/// The text of that language.
inline const std::string& in(const scenarios::Bilingual& text, Language language) {
    return language == Language::french ? text.fr : text.en;
}
inline std::string_view in(std::string_view en, std::string_view fr, Language language) {
    return language == Language::french ? fr : en;
}

/// What is assumed at a point, in words.
std::string changes_text(const ClaimEffect& effect, Language language);

/// What a parameter that claims assume means, in French; its path where nobody has said it.
std::string french_meaning(std::string_view path);

/// What a claim assumes: each value, its ends and where they come from, in at most `width` columns.
std::string assumptions_text(const ClaimResult& result, Language language, std::size_t width);

/// The effects of a claim as people read them: their name, unit and numbers.
class EffectWording {
public:
    EffectWording(const ClaimResult& result, Language language);

    /// "Client engagement".
    std::string label() const;
    /// "Client engagement", "Unit price, EUR a month": with the unit where it says more than
    /// points.
    std::string label_with_unit() const;
    /// "+1.4"; shares with their percent sign.
    std::string signed_number(double effect, double uncertainty) const;
    /// "[1.2, 1.6]", in French "[1,2 ; 1,6]".
    std::string interval(const Interval& interval) const;
    /// The smallest effect that matters, with the sign that is claimed and its unit.
    std::string smallest() const;
    /// "+1.4 points [1.2, 1.6]".
    std::string effect(const Summary& effect) const;

private:
    std::string unit(double shown) const;
    std::string with_unit(const std::string& number, double effect) const;
    int decimals(double uncertainty) const;

    const ClaimResult& result_;
    Language language_;
    double factor_ = 1.0;
    int least_decimals_ = 1;
};

/// A verdict in a word or two, for tables.
std::string_view verdict_word(Verdict verdict, Language language);

}
