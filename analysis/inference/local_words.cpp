#include "analysis/inference/local_words.hpp"

#include <cmath>

#include <fmt/format.h>

#include "analysis/wording.hpp"

namespace cercle::analysis {

std::string LocalWords::number(double value, int decimals) const {
    return local_number(number_text(value, decimals), language_);
}

std::string LocalWords::signed_number(double value, int decimals) const {
    return local_number(signed_text(value, decimals), language_);
}

std::string LocalWords::percent(double share) const {
    return std::isnan(share) ? "-" : fmt::format("{:.0f} %", 100.0 * share);
}

std::string LocalWords::weight(double value) const {
    return local_number(fmt::format("{}", value), language_);
}

std::string LocalWords::p(double value) const {
    return value < 0.001 ? (*this)("<.001", "<0,001") : number(value, 3);
}

std::string LocalWords::interval(const Interval& interval, int decimals) const {
    if (std::isnan(interval.low)) return "";
    return fmt::format("[{}{}{}]", signed_number(interval.low, decimals), (*this)(", ", " ; "),
                       signed_number(interval.high, decimals));
}

std::string LocalWords::counted(std::size_t count, std::string_view english,
                                std::string_view french) const {
    const bool one = count == 1 || (count == 0 && language_ == Language::french);
    return fmt::format("{} {}{}", count, (*this)(english, french), one ? "" : "s");
}

}
