#include "analysis/report/words.hpp"

#include <cmath>

#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

/// A unit of Scale in words, of values and of differences.
struct UnitWords {
    std::string_view scale; ///< as scale_of gives it
    std::string_view english, french;
    std::string_view english_difference, french_difference;
};

constexpr UnitWords units[] = {
    {"%", "%", "%", "points", "points"},
    {"%/year", "% a year", "% par an", "points a year", "points par an"},
    {"%/month", "% a month", "% par mois", "points a month", "points par mois"},
    {"EUR", "EUR", "EUR", "EUR", "EUR"},
    {"EUR/month", "EUR a month", "EUR par mois", "EUR a month", "EUR par mois"},
    {"thousand EUR", "thousand EUR", "milliers d'EUR", "thousand EUR", "milliers d'EUR"},
    {"thousand EUR/month", "thousand EUR a month", "milliers d'EUR par mois",
     "thousand EUR a month", "milliers d'EUR par mois"},
    {"days/month", "days a month", "jours par mois", "days a month", "jours par mois"},
    {"month", "months", "mois", "months", "mois"},
};

const UnitWords* unit_words(std::string_view scale) {
    for (const UnitWords& unit : units) {
        if (unit.scale == scale) return &unit;
    }
    return nullptr;
}

/// The minus sign of print; "-" alone stands for a number that is not known.
std::string with_minus(std::string number) {
    if (number.size() > 1 && number.front() == '-') number.replace(0, 1, "\u2212");
    return number;
}

std::string with_unit(const std::string& number, const std::string& unit) {
    if (unit.empty()) return number;
    return number + (unit.starts_with('%') ? "\u00a0" : " ") + unit;
}

}

std::string ReportWords::number(double value, int decimals) const {
    return with_minus(local_number(number_text(value, decimals), language_));
}

std::string ReportWords::signed_number(double value, int decimals) const {
    return with_minus(local_number(signed_text(value, decimals), language_));
}

std::string ReportWords::count(std::size_t value) const {
    return number(static_cast<double>(value), 0);
}

std::string_view ReportWords::agreeing(std::size_t value, const Noun& english,
                                       const Noun& french) const {
    // In French nothing is singular too.
    if (language_ == Language::french) return value < 2 ? french.one : french.many;
    return value == 1 ? english.one : english.many;
}

std::string ReportWords::counted(std::size_t value, const Noun& english, const Noun& french) const {
    return fmt::format("{} {}", count(value), agreeing(value, english, french));
}

std::string ReportWords::percent(double share, int decimals) const {
    return number(100.0 * share, decimals) + "\u00a0%";
}

std::string ReportWords::interval(const Interval& interval, int decimals) const {
    if (std::isnan(interval.low)) return "-";
    return fmt::format("[{}{} {}]", number(interval.low, decimals), french() ? "\u00a0;" : ",",
                       number(interval.high, decimals));
}

std::string ReportWords::list(const std::vector<std::string>& things) const {
    std::string text;
    for (std::size_t i = 0; i < things.size(); ++i) {
        if (i > 0) text += i + 1 < things.size() ? ", " : (*this)(" and ", " et ");
        text += things[i];
    }
    return text;
}

std::string ReportWords::noscript() const {
    return (*this)("Scripts are off: the figures are not drawn, their numbers are in the tables.",
                   "Les scripts sont désactivés : les figures ne sont pas tracées, leurs chiffres "
                   "sont dans les tableaux.");
}

ShownOutcome::ShownOutcome(const sim::Metric& metric, double largest, double uncertainty,
                           const ReportWords& words)
    : words_(words), label_(label_of(metric, words.language())) {
    const Scale scale = scale_of(metric.unit, largest);
    factor_ = scale.factor;
    decimals_ = decimals_for(uncertainty * factor_, scale.decimals);
    if (const UnitWords* unit = unit_words(scale.unit)) {
        unit_ = words.french() ? unit->french : unit->english;
        difference_unit_ = words.french() ? unit->french_difference : unit->english_difference;
    } else {
        unit_ = difference_unit_ = scale.unit;
    }
    if (metric.unit == "points") difference_unit_ = "points";
}

std::string ShownOutcome::axis() const {
    const std::string& unit = unit_.empty() ? difference_unit_ : unit_;
    return unit.empty() ? label_ : fmt::format("{} ({})", label_, unit);
}

std::string ShownOutcome::difference_unit() const { return difference_unit_; }

std::string ShownOutcome::bare(double stored) const {
    return words_.number(stored * factor_, decimals_);
}

std::string ShownOutcome::value(double stored) const { return with_unit(bare(stored), unit_); }

std::string ShownOutcome::bare_difference(double stored) const {
    return words_.signed_number(stored * factor_, decimals_);
}

std::string ShownOutcome::difference(double stored) const {
    return with_unit(bare_difference(stored), difference_unit_);
}

std::string ShownOutcome::size(double stored) const {
    return with_unit(bare(std::abs(stored)), difference_unit_);
}

std::string ShownOutcome::interval(const Interval& stored) const {
    return words_.interval({stored.low * factor_, stored.high * factor_}, decimals_);
}

double largest_mean(const std::vector<Summary>& arms) {
    double largest = 0.0;
    for (const Summary& arm : arms) largest = std::fmax(largest, std::abs(arm.mean));
    return largest;
}

}
