#include "analysis/claim_wording.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

constexpr std::string_view share_unit = "share";

}

EffectWording::EffectWording(const ClaimResult& result, Language language)
    : result_(result), language_(language) {
    const bool is_share = result.measure.unit == share_unit;
    const Scale scale = is_share ? Scale{100.0, "%", 1} : scale_of(result.measure.unit, 0.0);
    factor_ = scale.factor;
    least_decimals_ = scale.decimals;
}

std::string EffectWording::label() const {
    if (!result_.claim().measure.empty()) return in(result_.claim().measure, language_);
    return label_of(result_.measure, language_);
}

std::string EffectWording::label_with_unit() const {
    const std::string& unit = result_.measure.unit;
    if (unit == "EUR/month")
        return label() + std::string(in(", EUR a month", ", EUR par mois", language_));
    if (unit == "days/month") {
        return label() + std::string(in(", days a month", ", jours par mois", language_));
    }
    return label();
}

/// "points", "points a year", "EUR a month"; empty for plain numbers and shares. Less than two are
/// singular in French.
std::string EffectWording::unit(double shown) const {
    const std::string& unit = result_.measure.unit;
    const std::string_view points =
        std::abs(shown) < 2.0 ? in("points", "point", language_) : "points";
    if (unit == "fraction" || unit == "points") return std::string(points);
    if (unit == "1/year")
        return std::string(points) + std::string(in(" a year", " par an", language_));
    if (unit == "EUR/month") return std::string(in("EUR a month", "EUR par mois", language_));
    if (unit == "days/month") return std::string(in("days a month", "jours par mois", language_));
    return {};
}

std::string EffectWording::with_unit(const std::string& number, double effect) const {
    const std::string name = unit(effect * factor_);
    return name.empty() ? number : number + " " + name;
}

int EffectWording::decimals(double uncertainty) const {
    return decimals_for(uncertainty * factor_, least_decimals_);
}

std::string EffectWording::signed_number(double effect, double uncertainty) const {
    const std::string number =
        local_number(signed_text(effect * factor_, decimals(uncertainty)), language_);
    return result_.measure.unit == share_unit ? number + "\u00a0%" : number;
}

std::string EffectWording::interval(const Interval& interval) const {
    const auto number = [&](double end) {
        return local_number(number_text(end * factor_, decimals(interval.half_width())), language_);
    };
    return fmt::format("[{}{} {}]", number(interval.low), in(",", " ;", language_),
                       number(interval.high));
}

std::string EffectWording::smallest() const {
    const scenarios::Claim& claim = result_.claim();
    const double smallest = claim.rises ? claim.smallest : -claim.smallest;
    return with_unit(signed_number(smallest, claim.smallest), smallest);
}

std::string EffectWording::effect(const Summary& effect) const {
    return fmt::format(
        "{} {}", with_unit(signed_number(effect.mean, effect.interval.half_width()), effect.mean),
        interval(effect.interval));
}

std::string changes_text(const ClaimEffect& effect, Language language) {
    if (effect.changes.size() == 1) {
        const std::string& change = effect.changes.front();
        const std::size_t value = change.find(" = ") + 3;
        return change.substr(0, value) + local_number(change.substr(value), language);
    }
    switch (effect.end) {
    case scenarios::AssumedEnd::given:
        break;
    case scenarios::AssumedEnd::low:
    case scenarios::AssumedEnd::high:
        break;
    case scenarios::AssumedEnd::weaker:
        return std::string(
            in("each value at its weaker end", "chaque valeur à sa borne défavorable", language));
    case scenarios::AssumedEnd::stronger:
        return std::string(
            in("each value at its stronger end", "chaque valeur à sa borne favorable", language));
    }
    return std::string(in("as given", "telles quelles", language));
}

std::string_view verdict_word(Verdict verdict, Language language) {
    switch (verdict) {
    case Verdict::follows:
        return in("follows", "découle", language);
    case Verdict::assumed:
        return in("only if assumed", "si on le suppose", language);
    case Verdict::does_not:
        return in("does not follow", "ne découle pas", language);
    case Verdict::not_testable:
        return in("not testable", "non testable", language);
    case Verdict::undecided:
        break;
    }
    return in("undecided", "non tranché", language);
}

std::string verdict_text(Verdict verdict, Language language) {
    const auto text = [&](std::string_view en, std::string_view fr) {
        return std::string(in(en, fr, language));
    };
    switch (verdict) {
    case Verdict::follows:
        return text("follows from the model", "découle du modèle");
    case Verdict::assumed:
        return text("follows only under these assumed values",
                    "ne découle que sous ces valeurs supposées");
    case Verdict::does_not:
        return text("does not follow", "ne découle pas du modèle");
    case Verdict::not_testable:
        return text("not testable here", "non testable ici");
    case Verdict::undecided:
        break;
    }
    return text("undecided, more replicates are needed",
                "non tranché, il faut plus de répétitions");
}

}
