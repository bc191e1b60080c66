#include "analysis/wording.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

namespace cercle::analysis {

namespace {

struct Label {
    std::string_view name;
    std::string_view text;
};

constexpr std::array labels = {
    Label{"engagement_employee", "Employee engagement"},
    Label{"engaged_share", "Engaged employees"},
    Label{"disengaged_share", "Actively disengaged"},
    Label{"engagement_client", "Client engagement"},
    Label{"nps", "Net promoter score"},
    Label{"churn", "Clients lost"},
    Label{"quits", "Staff who quit"},
    Label{"price", "Unit price"},
    Label{"clients", "Clients served"},
    Label{"member_share", "Members in staff"},
    Label{"voice", "Employee voice"},
    Label{"extraction", "Paid out to owners"},
    Label{"stability", "Stability over a year"},
    Label{"team_icc", "Team ICC(1)"},
    Label{"portfolio_correlation", "Staff-client correlation"},
    Label{"market_share", "Clients not with rivals"},
    Label{"lead_employee", "Lead over rivals, employees"},
    Label{"lead_client", "Lead over rivals, clients"},
    Label{"lead_survival", "Lead over rivals, survival"},
    Label{"concentration", "Concentration (Herfindahl)"},
    Label{"survival", "Firms that survive"},
};

}

std::string label_of(const sim::Metric& metric) {
    const auto known = std::ranges::find(labels, metric.name, &Label::name);
    if (known != labels.end()) return std::string(known->text);
    std::string text = metric.name;
    std::ranges::replace(text, '_', ' ');
    if (!text.empty()) {
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    }
    return text;
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

std::string counted(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string_view is_or_are(std::size_t count) { return count == 1 ? "is" : "are"; }

int decimals_for(double uncertainty, int least) {
    constexpr int most = 4;
    if (!(uncertainty > 0.0) || std::isinf(uncertainty)) return least;
    return std::clamp(-static_cast<int>(std::floor(std::log10(uncertainty))), least, most);
}

}
