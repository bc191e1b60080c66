#include "analysis/inference/power_report.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include <fmt/format.h>

#include "analysis/inference/local_words.hpp"
#include "analysis/inference/power_words.hpp"
#include "analysis/inference/verdict_words.hpp"
#include "analysis/json_number.hpp"
#include "analysis/text_table.hpp"

namespace cercle::analysis {
namespace {

/// A way of counting what simulated surveys found.
struct PowerCount {
    const char* level; ///< of the verdict
    const char* name;
    double PowerPoint::*share;
};
constexpr PowerCount counted_evidence{"V5", "evidence", &PowerPoint::evidence};
constexpr PowerCount counted_significant{"V4", "significant", &PowerPoint::significant};
constexpr double by_chance = 0.05; ///< share significant where nothing spreads

/// The 95 % interval of a share of simulated surveys.
Interval range_of(const PowerPoint& point, const PowerCount& count) {
    const double panels = static_cast<double>(point.panels);
    return exact_share_interval(static_cast<std::size_t>(std::lround(point.*count.share * panels)),
                                point.panels);
}

bool meet(const Interval& one, const Interval& other) {
    return one.low <= other.high && other.low <= one.high;
}

/// "42 % [35, 49]"; with ~ before it where it may be the share of the next smaller weight.
std::string share_text(const PowerPoint& point, const PowerCount& count, const Interval& of_smaller,
                       const LocalWords& words) {
    const Interval range = range_of(point, count);
    return fmt::format("{}{:.0f} % [{:.0f}{}{:.0f}]", meet(of_smaller, range) ? "~" : "",
                       100.0 * point.*count.share, 100.0 * range.low, words(", ", " ; "),
                       100.0 * range.high);
}

/// "w = 0.22"; with ~ where another of the simulated weights may be found four times in five too.
std::string weight_text(const Calibration& found, const PowerCount& count,
                        const LocalWords& words) {
    const double weight = found.detectable_weight(count.share);
    const bool loose = std::ranges::any_of(found.powers, [&](const PowerPoint& point) {
        return meet({good_power, good_power}, range_of(point, count));
    });
    return (loose ? "~" : "") + (std::isnan(weight) ? words("above .5", "plus de 0,5")
                                                    : "w = " + words.number(weight, 2));
}

/// Weights of contacts of any plan that was simulated; all plans have the same.
std::vector<double> weights_of(const std::vector<PlannedPower>& powers) {
    std::vector<double> weights;
    for (const PlannedPower& each : powers) {
        if (!weights.empty()) break;
        for (const PowerPoint& point : each.found.powers) weights.push_back(point.weight);
    }
    return weights;
}

/// "160", "96 of 160" where the roster does not allow more, "-" where none are asked for.
std::string handovers_text(const PlannedPower& power, const LocalWords& words) {
    if (power.plan.handovers == 0) return "-";
    if (power.handovers == power.plan.handovers) return fmt::format("{}", power.handovers);
    return fmt::format("{}{}{}", power.handovers, words(" of ", " sur "), power.plan.handovers);
}

std::vector<std::string> row_of(const PlannedPower& power, const PowerCount& count,
                                const LocalWords& words) {
    std::vector<std::string> row{fmt::format("{}", power.plan.waves),
                                 words.percent(power.plan.response), handovers_text(power, words),
                                 count.level};
    Interval of_smaller{by_chance, by_chance};
    for (const PowerPoint& point : power.found.powers) {
        row.push_back(share_text(point, count, of_smaller, words));
        of_smaller = range_of(point, count);
    }
    row.push_back(weight_text(power.found, count, words));
    return row;
}

/// The plans of one channel.
TextTable rows_of(const std::vector<PlannedPower>& powers, const std::string& channel,
                  const LocalWords& words) {
    const std::vector<double> weights = weights_of(powers);
    TextTable table{.header = {words("waves", "vagues"), words("answered", "réponses"),
                               words("hand-overs", "reprises"), words("level", "niveau")},
                    .rows = {}};
    for (const double weight : weights) table.header.push_back("w = " + words.weight(weight));
    table.header.push_back(words("4 in 5", "4 sur 5"));
    for (const PlannedPower& each : powers) {
        if (each.channel != channel) continue;
        if (each.obstacle != Obstacle::none) {
            std::vector<std::string> row{fmt::format("{}", each.plan.waves),
                                         words.percent(each.plan.response),
                                         handovers_text(each, words), "V0"};
            row.resize(table.header.size(), "-");
            table.rows.push_back(std::move(row));
            continue;
        }
        if (each.evidence_possible) table.rows.push_back(row_of(each, counted_evidence, words));
        table.rows.push_back(row_of(each, counted_significant, words));
    }
    return table;
}

/// What V0 means here, once for each reason; "" where everything can be tested.
std::string obstacles_text(const std::vector<PlannedPower>& powers, const std::string& channel,
                           Language language, std::size_t width) {
    const LocalWords words(language);
    std::string text;
    for (const PlannedPower& each : powers) {
        if (each.channel != channel || each.obstacle == Obstacle::none) continue;
        const std::string line =
            wrapped(words("V0: not testable (", "V0 : question impossible à poser (") +
                        words_of(each.obstacle, language) + ").",
                    width);
        if (text.find(line) == std::string::npos) text += line;
    }
    return text;
}

/// That the roster allows fewer hand-overs than were planned.
std::string fewer_text(const std::vector<PlannedPower>& powers, const LocalWords& words) {
    const bool fewer = std::ranges::any_of(
        powers, [](const PlannedPower& each) { return each.handovers < each.plan.handovers; });
    if (!fewer) return "";
    return words(" Where fewer clients than planned are handed over, no more have a contact with "
                 "team mates.",
                 " Là où moins de reprises que prévu sont simulées, les autres clients n'ont pas "
                 "d'interlocuteur qui ait des collègues d'équipe.");
}

nlohmann::ordered_json point_json(const PowerPoint& point, bool evidence_possible) {
    nlohmann::ordered_json json{{"weight", point.weight}};
    for (const PowerCount& count : {counted_evidence, counted_significant}) {
        const bool asked = count.share == counted_significant.share || evidence_possible;
        const Interval range = range_of(point, count);
        json[count.name] = asked ? json_number(point.*count.share) : nullptr;
        json[std::string(count.name) + "_interval"] =
            asked ? nlohmann::ordered_json::array({range.low, range.high})
                  : nlohmann::ordered_json(nullptr);
    }
    return json;
}

void add_column(sim::FileTable& table, const std::vector<PlannedPower>& powers,
                const sim::Metric& what, const std::function<double(const PlannedPower&)>& value) {
    sim::FileColumn column{.what = what};
    for (const PlannedPower& each : powers) column.numbers.push_back(value(each));
    table.columns.push_back(std::move(column));
}

/// Shares by weight, missing where they cannot be had, and the weight of four in five.
void add_shares(sim::FileTable& table, const std::vector<PlannedPower>& powers,
                const PowerCount& count) {
    const auto told = [&](const PlannedPower& power) {
        return power.panels > 0 &&
               (count.share == counted_significant.share || power.evidence_possible);
    };
    add_column(table, powers,
               {fmt::format("weight_{}", count.name), "1",
                fmt::format("weight of contacts at which four in five are {}; missing: above .5",
                            count.name)},
               [&](const PlannedPower& power) {
                   return told(power) ? power.found.detectable_weight(count.share) : not_known;
               });
    const std::vector<double> weights = weights_of(powers);
    for (std::size_t k = 0; k < weights.size(); ++k) {
        add_column(
            table, powers,
            {fmt::format("{}_{:03.0f}", count.name, 100.0 * weights[k]), "1",
             fmt::format("share of contagion of weight {} that is {}", weights[k], count.name)},
            [&](const PlannedPower& power) {
                return told(power) ? power.found.powers[k].*count.share : not_known;
            });
    }
}

}

std::string power_text(const std::vector<PlannedPower>& powers, Language language,
                       std::size_t width) {
    const LocalWords words(language);
    std::string text =
        words("How often contagion of each strength would be found on this roster\n",
              "Combien de fois une contagion de chaque force serait vue sur cet effectif\n");
    std::string channel;
    std::size_t panels = 0;
    for (const PlannedPower& each : powers) {
        panels = std::max(panels, each.panels);
        if (each.channel == channel) continue;
        channel = each.channel;
        text += "\n" + words_of(Channel{.name = channel}, language) + "\n";
        for (const std::string& line : lines_of(rows_of(powers, channel, words), width)) {
            text += line + "\n";
        }
        text += obstacles_text(powers, channel, language, width);
    }
    if (panels == 0) return text; // nothing to explain
    return text + "\n" +
           wrapped(power_explanation(panels, words) + fewer_text(powers, words), width);
}

nlohmann::ordered_json power_json(const std::vector<PlannedPower>& powers) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const PlannedPower& each : powers) {
        nlohmann::ordered_json points = nlohmann::ordered_json::array();
        for (const PowerPoint& point : each.found.powers) {
            points.push_back(point_json(point, each.evidence_possible));
        }
        const auto weight = [&](const PowerCount& count, bool asked) {
            return asked ? json_number(each.found.detectable_weight(count.share))
                         : nlohmann::ordered_json(nullptr);
        };
        json.push_back(
            {{"channel", each.channel},
             {"waves", each.plan.waves},
             {"response", each.plan.response},
             {"handovers", each.handovers},
             {"handovers_planned", each.plan.handovers},
             {"panels", each.panels},
             {"not_testable",
              each.obstacle == Obstacle::none
                  ? nlohmann::ordered_json(nullptr)
                  : nlohmann::ordered_json(words_of(each.obstacle, Language::english))},
             {"power", points},
             {"detectable_weight",
              {{"evidence", weight(counted_evidence, each.evidence_possible)},
               {"significant", weight(counted_significant, each.obstacle == Obstacle::none)}}}});
    }
    return json;
}

sim::FileTable power_table(const std::vector<PlannedPower>& powers) {
    sim::FileTable table{.rows = {.what = {"plan", "1", "a survey one could make, in one channel"}},
                         .columns = {{.what = {"channel", "1", "way engagement may spread"}}}};
    for (const PlannedPower& each : powers) {
        table.rows.texts.push_back(fmt::format("{} {}", each.channel, table.rows.texts.size() + 1));
        table.columns[0].texts.push_back(each.channel);
    }
    using Power = const PlannedPower&;
    const auto add = [&](const std::string& name, const std::string& what, auto value) {
        add_column(table, powers, {name, "1", what},
                   [&](Power p) { return static_cast<double>(value(p)); });
    };
    add("waves", "three months apart", [](Power p) { return p.plan.waves; });
    add("response", "share of answers that are given", [](Power p) { return p.plan.response; });
    add("handovers", "clients given to another employee", [](Power p) { return p.handovers; });
    add("handovers_planned", "the same, had the roster allowed",
        [](Power p) { return p.plan.handovers; });
    add("panels", "simulated surveys of the plan and each strength; 0: it cannot be tested",
        [](Power p) { return p.panels; });
    add_shares(table, powers, counted_evidence);
    add_shares(table, powers, counted_significant);
    return table;
}

}
