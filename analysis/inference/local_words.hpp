#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "analysis/language.hpp"
#include "analysis/statistics.hpp"

namespace cercle::analysis {

/// Words and numbers of the battery as a language writes them.
class LocalWords {
public:
    explicit LocalWords(Language language) : language_(language) {}

    Language language() const { return language_; }
    /// The words of the language, of both.
    std::string operator()(std::string_view english, std::string_view french) const {
        return std::string(language_ == Language::english ? english : french);
    }
    std::string number(double value, int decimals) const;
    std::string signed_number(double value, int decimals) const;
    std::string percent(double share) const;
    /// With as many decimals as it has: "0.25".
    std::string weight(double value) const;
    std::string p(double value) const;
    /// "[-0.10, +0.30]"; "" when it is not known.
    std::string interval(const Interval& interval, int decimals) const;
    /// "1 client", "2 clients".
    std::string counted(std::size_t count, std::string_view english, std::string_view french) const;

private:
    Language language_;
};

}
