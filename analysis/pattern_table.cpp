#include "analysis/pattern_table.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include <fmt/format.h>

#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

constexpr const char* hazard_ratio_name = "hazard_ratio";
constexpr const char* engagement_name = "engagement_employee";

bool is_arm(const scenarios::Arm& arm, const char* regime) {
    return arm.settings.text("governance.regime") == regime &&
           arm.settings.text("pricing.rule") == "market";
}

/// The first arm of this regime at the market price; the number of arms when there is none.
std::size_t arm_of(const scenarios::Scenario& scenario, const char* regime) {
    const auto found = std::ranges::find_if(
        scenario.arms, [&](const scenarios::Arm& arm) { return is_arm(arm, regime); });
    return static_cast<std::size_t>(found - scenario.arms.begin());
}

sim::Metric metric_named(const scenarios::Study& study, const std::string& name) {
    if (name == hazard_ratio_name) return {name, "1", "hazard of failing, co-operative over other"};
    for (const sim::Metric& metric : study.head().outcomes) {
        if (metric.name == name) return metric;
    }
    return {name, "1", ""};
}

/// Correlations are pure numbers with a label of their own.
sim::Metric metric_of(const scenarios::Study& study, const Pattern& pattern) {
    const sim::Metric metric = metric_named(study, pattern.outcome);
    if (!pattern.across_firms) return metric;
    std::string other = label_of(metric);
    other.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(other.front())));
    return {"Correlation of engagement, " + other, "1", metric.meaning};
}

std::string range_text(double low, double high, const Scale& scale, int decimals) {
    return fmt::format("{} to {}", number_text(low * scale.factor, decimals),
                       number_text(high * scale.factor, decimals));
}

std::string label(const sim::Metric& metric, const Scale& scale) {
    const std::string name = metric.name == hazard_ratio_name
                                 ? "Hazard of failing, co-operative / other"
                                 : label_of(metric);
    return scale.unit.empty() ? name : name + ", " + scale.unit;
}

}

std::span<const Pattern> patterns() {
    static const char* const harter =
        "Harter, Schmidt & Hayes 2002, 7 939 units, within .10; predicted, not fitted";
    static const std::vector<Pattern> list = {
        {"engaged_share", 0.06, 0.13, false, "Gallup: France 6-9 %, Europe 12-13 %"},
        {"disengaged_share", 0.15, 0.26, false, "Gallup: Europe 15 %, world 20-24 %"},
        {"stability", 0.70, 0.86, false,
         "Seppala et al. 2009: .82-.86 latent, .64-.73 as measured"},
        {"team_icc", 0.05, 0.20, false, "team studies of engagement, medium evidence"},
        {"portfolio_correlation", 0.20, 0.35, false,
         "Brown & Lam 2008, Gelade & Young 2005, Harter et al. 2002"},
        {"quits", 0.08, 0.13, false, "Dares 2022: 11.4 % a year"},
        {"absence", 1.2, 1.9, false, "Ayming 2023: 22.3 days a year; Diot-Siaci: 5.1 %"},
        {"churn", 0.08, 0.20, false, "business clients 5-25 % a year, weak evidence"},
        {"nps", 15.0, 45.0, false, "business services 25-45, weak evidence"},
        {"margin", 0.04, 0.12, false, "assumed"},
        {"engagement_client", 0.23, 0.43, false, harter, true},
        {"quits", -0.40, -0.20, false, harter, true},
        {"productivity", 0.15, 0.35, false, harter, true},
        {"margin", 0.07, 0.27, false, harter, true},
        {"survival", 0.55, 0.65, true, "five years, 2024: 61 % (CG Scop after INSEE)"},
        {hazard_ratio_name, 0.58, 0.85, true, "Burdin 2014: .71; not fitted, it may fail"},
    };
    return list;
}

Summary hazard_ratio(std::span<const double> first, std::span<const double> second) {
    const Summary one = summarise(first, usual_confidence);
    const Summary other = summarise(second, usual_confidence);
    const PairedDifference pairs = paired_difference(first, second, usual_confidence);
    Summary ratio;
    ratio.count = pairs.pairs;
    const auto is_known = [](double share) { return share > 0.0 && share < 1.0; };
    if (!is_known(one.mean) || !is_known(other.mean)) return ratio;
    // Of the logarithm of the ratio, log(-log S1) - log(-log S2): d/dS log(-log S) = 1/(S log S).
    const double by_one = 1.0 / (one.mean * std::log(one.mean));
    const double by_other = -1.0 / (other.mean * std::log(other.mean));
    const double covariance = (one.sd * one.sd + other.sd * other.sd - pairs.sd * pairs.sd) / 2.0;
    const double variance = by_one * by_one * one.sd * one.sd +
                            by_other * by_other * other.sd * other.sd +
                            2.0 * by_one * by_other * covariance;
    ratio.mean = std::log(one.mean) / std::log(other.mean);
    const double error = std::sqrt(std::max(variance, 0.0) / static_cast<double>(pairs.pairs));
    const double factor = std::exp(1.959963984540054 * error);
    ratio.interval = {ratio.mean / factor, ratio.mean * factor};
    return ratio;
}

Summary correlation(std::span<const double> first, std::span<const double> second) {
    const PairedDifference pairs = paired_difference(first, second, usual_confidence);
    Summary r;
    r.count = pairs.pairs;
    const double one = pairs.first.sd;
    const double other = pairs.second.sd;
    if (pairs.pairs < 4 || !(one > 0.0) || !(other > 0.0)) return r;
    r.mean = (one * one + other * other - pairs.sd * pairs.sd) / (2.0 * one * other);
    const double z = std::atanh(std::clamp(r.mean, -0.999999, 0.999999));
    const double reach = 1.959963984540054 / std::sqrt(static_cast<double>(pairs.pairs) - 3.0);
    r.interval = {std::tanh(z - reach), std::tanh(z + reach)};
    return r;
}

std::vector<PatternCheck> check_patterns(const scenarios::Study& study, const Outcomes& outcomes) {
    const scenarios::Scenario& scenario = study.scenario();
    const std::size_t conventional = arm_of(scenario, "conventional");
    const std::size_t cooperative = arm_of(scenario, "cooperative");
    if (conventional == scenario.arms.size()) {
        throw sim::UserError(
            "the scenario has no conventional arm at the market price (the patterns "
            "are those of such a firm); add an arm with governance.regime = "
            "\"conventional\" and pricing.rule = \"market\"");
    }
    const auto& settings = scenario.arms[conventional].settings;
    if (settings.count("market.firms") > 1) {
        throw sim::UserError(
            "market.firms: the patterns are those of one firm, and have no targets "
            "for a market; set market.firms = 1, or take "
            "scenarios/young_firms.toml");
    }
    const bool young = settings.number("firm.efficiency_sd") > 0.0;
    if (young && (settings.number("time.years") != 5.0 || settings.number("time.burn_in") != 0.0)) {
        throw sim::UserError("time.years: young firms are held against who lasts five years; set "
                             "time.years = 5 and time.burn_in = 0");
    }
    std::vector<PatternCheck> checks;
    for (const Pattern& pattern : patterns()) {
        if (pattern.of_young_firms != young) continue;
        if (pattern.across_firms) {
            checks.push_back({pattern, scenario.arms[conventional].name,
                              correlation(outcomes.of(engagement_name, conventional),
                                          outcomes.of(pattern.outcome, conventional))});
        } else if (pattern.outcome != hazard_ratio_name) {
            checks.push_back(
                {pattern, scenario.arms[conventional].name,
                 summarise(outcomes.of(pattern.outcome, conventional), usual_confidence)});
        } else if (cooperative != scenario.arms.size()) {
            checks.push_back({pattern, scenario.arms[cooperative].name,
                              hazard_ratio(outcomes.of("survival", cooperative),
                                           outcomes.of("survival", conventional))});
        }
    }
    return checks;
}

namespace {

/// How many patterns are met, and apart from them how many predictions.
std::string verdict_text(const std::vector<PatternCheck>& checks, std::size_t replicates) {
    std::size_t asked = 0;
    std::size_t met = 0;
    std::size_t predicted = 0;
    std::size_t right = 0;
    std::size_t untested = 0;
    for (const PatternCheck& check : checks) {
        if (!check.is_tested()) {
            ++untested;
            continue;
        }
        (check.pattern.across_firms ? predicted : asked) += 1;
        if (check.met()) (check.pattern.across_firms ? right : met) += 1;
    }
    std::string text = fmt::format("\n{} of {} patterns met, by the mean over {} replicates.\n",
                                   met, asked, replicates);
    if (predicted + untested == 0) return text;
    text += fmt::format("{} of {} correlations across firms come out as measured. Nothing is "
                        "fitted to them; the firms of a\nscenario differ in their people and "
                        "their luck alone.\n",
                        right, predicted);
    if (untested > 0) {
        text +=
            fmt::format("{} more is not tested here: nothing but engagement moves it in these "
                        "firms, so that it correlates\nfully with engagement by construction.\n",
                        untested);
    }
    return text;
}

}

std::string pattern_table(const std::vector<PatternCheck>& checks, const scenarios::Study& study,
                          std::size_t width) {
    TextTable table{.header = {"pattern", "arm", "target", "simulated", "95 % interval", ""},
                    .rows = {}};
    std::string sources;
    for (const PatternCheck& check : checks) {
        const sim::Metric metric = metric_of(study, check.pattern);
        const Scale scale = scale_of(metric.unit, check.pattern.high);
        const int decimals =
            decimals_for(check.simulated.interval.half_width() * scale.factor, scale.decimals);
        const auto number = [&](double value) {
            return number_text(value * scale.factor, decimals);
        };
        table.rows.push_back(
            {label(metric, scale), check.arm,
             range_text(
                 check.pattern.low, check.pattern.high, scale,
                 std::max(scale.decimals, check.pattern.high < 1.0 && scale.unit.empty() ? 2 : 0)),
             number(check.simulated.mean),
             fmt::format("[{}, {}]", number(check.simulated.interval.low),
                         number(check.simulated.interval.high)),
             check.is_tested() ? (check.met() ? "met" : "MISSED") : "not tested"});
        sources += wrapped(label(metric, {}) + ": " + check.pattern.source, width, 4);
    }
    std::string text;
    for (const std::string& line : lines_of(table, width)) text += line + "\n";
    return text + verdict_text(checks, study.scenario().replicates) + "\nSources\n" + sources;
}

}
