#include "analysis/wording.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

namespace cercle::analysis {

namespace {

/// An outcome as people call it.
struct Label {
    std::string_view name;
    std::string_view english;
    std::string_view french;
};

constexpr std::array labels = {
    Label{"engagement_employee", "Employee engagement", "Engagement des salariés"},
    Label{"engaged_share", "Engaged employees", "Salariés engagés"},
    Label{"disengaged_share", "Actively disengaged", "Salariés désengagés"},
    Label{"engagement_client", "Client engagement", "Engagement des clients"},
    Label{"nps", "Net promoter score", "Net promoter score"},
    Label{"churn", "Clients lost", "Clients perdus"},
    Label{"quits", "Staff who quit", "Départs volontaires"},
    Label{"absence", "Absence", "Jours d'absence"},
    Label{"productivity", "Productivity", "Productivité"},
    Label{"innovation", "Innovation", "Innovation"},
    Label{"price", "Unit price", "Prix"},
    Label{"margin", "Margin", "Marge"},
    Label{"cash", "Cash", "Trésorerie"},
    Label{"reserves", "Reserves", "Réserves"},
    Label{"clients", "Clients served", "Clients servis"},
    Label{"employees", "Employees", "Salariés"},
    Label{"member_share", "Members in staff", "Associés parmi les salariés"},
    Label{"voice", "Employee voice", "Voix des salariés"},
    Label{"extraction", "Paid out to owners", "Versé aux propriétaires"},
    Label{"stability", "Stability over a year", "Stabilité sur un an"},
    Label{"team_icc", "Team ICC(1)", "ICC(1) des équipes"},
    Label{"portfolio_correlation", "Staff-client correlation", "Corrélation salarié-client"},
    Label{"market_share", "Clients not with rivals", "Clients hors des rivales"},
    Label{"lead_employee", "Lead over rivals, employees", "Avance sur les rivales, salariés"},
    Label{"lead_client", "Lead over rivals, clients", "Avance sur les rivales, clients"},
    Label{"lead_survival", "Lead over rivals, survival", "Avance sur les rivales, survie"},
    Label{"concentration", "Concentration (Herfindahl)", "Concentration (Herfindahl)"},
    Label{"survival", "Firms that survive", "Entreprises qui survivent"},
    Label{"opinion_mean", "Opinion mean", "Opinion moyenne"},
    Label{"opinion_sd", "Opinion sd", "Dispersion des opinions"},
    Label{"opinion_range", "Opinion range", "Étendue des opinions"},
    Label{"clusters", "Clusters", "Groupes d'opinion"},
    Label{"prevalence", "Prevalence", "Prévalence"},
    Label{"susceptible", "Susceptible", "Susceptibles"},
    Label{"recovered", "Recovered", "Rétablis"},
    Label{"reached", "Reached", "Atteints"},
    Label{"extinct", "Extinct", "Extinction"},
    Label{"fixation", "Fixation", "Fixation"},
    Label{"prevalence_alive", "Prevalence alive", "Prévalence si non éteinte"},
    Label{"end_time", "End time", "Fin de l'évolution"},
};

}

std::string label_of(const sim::Metric& metric, Language language) {
    const auto known = std::ranges::find(labels, metric.name, &Label::name);
    if (known != labels.end())
        return std::string(language == Language::french ? known->french : known->english);
    std::string text = metric.name;
    std::ranges::replace(text, '_', ' ');
    if (!text.empty()) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text;
}

bool has_label(std::string_view outcome) {
    return std::ranges::find(labels, outcome, &Label::name) != labels.end();
}

Scale scale_of(std::string_view unit, double largest) {
    constexpr double million = 1e6;
    if (unit == "fraction") return {100.0, "%", 1};
    if (unit == "1/year") return {100.0, "%/year", 1};
    if (unit == "1/month") return {100.0, "%/month", 1};
    if (unit.starts_with("EUR")) {
        const std::string per(unit.substr(3));
        if (largest >= million) return {1e-3, "thousand EUR" + per, 0};
        return {1.0, "EUR" + per, 0};
    }
    if (unit == "days/month") return {1.0, "days/month", 2};
    if (unit == "points") return {1.0, "", 1};
    if (unit == "1" || unit.empty()) return {1.0, "", largest >= 100.0 ? 0 : 2};
    return {1.0, std::string(unit), 2};
}

std::string number_text(double number, int decimals) {
    if (std::isnan(number)) return "-";
    if (std::isinf(number)) return number > 0 ? "inf" : "-inf";
    const std::string digits = fmt::format("{:.{}f}", std::abs(number), decimals);
    const std::size_t point = std::min(digits.find('.'), digits.size());
    std::string text;
    if (number < 0 && digits.find_first_not_of("0.") != std::string::npos) text.push_back('-');
    for (std::size_t place = 0; place < digits.size(); ++place) {
        const bool thousand = place > 0 && place < point && (point - place) % 3 == 0;
        if (thousand) text.push_back(',');
        text.push_back(digits[place]);
    }
    return text;
}

std::string signed_text(double number, int decimals) {
    const std::string text = number_text(number, decimals);
    const bool rises = number > 0 && text.find_first_not_of("0.") != std::string::npos;
    return rises ? "+" + text : text;
}

std::string local_number(std::string number, Language language) {
    if (language == Language::english) return number;
    replace_all(number, ",", "\u00a0");
    std::ranges::replace(number, '.', ',');
    return number;
}

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view is_or_are(std::size_t count) { return count == 1 ? "is" : "are"; }

std::string shell_word(const std::string& word) {
    constexpr std::string_view plain =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=./,:+@%";
    if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
    std::string text = word;
    replace_all(text, "'", "'\\''");
    return "'" + text + "'";
}

void replace_all(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
}

int decimals_for(double uncertainty, int least) {
    constexpr int most = 4;
    if (!(uncertainty > 0.0) || std::isinf(uncertainty)) return least;
    return std::clamp(-static_cast<int>(std::floor(std::log10(uncertainty))), least, most);
}

}
