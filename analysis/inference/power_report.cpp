#include "analysis/inference/power_report.hpp"

#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/local_words.hpp"
#include "analysis/inference/verdict_words.hpp"
#include "analysis/text_table.hpp"

namespace cercle::analysis {
namespace {

TextTable power_rows(const std::vector<PlannedPower>& powers, Language language) {
    const LocalWords words(language);
    TextTable table{.header = {words("channel", "canal"), words("waves", "vagues"),
                               words("answered", "réponses"), words("hand-overs", "reprises")},
                    .rows = {}};
    for (const PowerPoint& point : powers.front().points) {
        table.header.push_back("w = " + words.weight(point.weight));
    }
    table.header.push_back(words("found 4 in 5", "vu 4 fois sur 5"));
    for (const PlannedPower& each : powers) {
        table.rows.push_back(
            {words_of({.name = each.channel}, language), fmt::format("{}", each.plan.waves),
             words.percent(each.plan.response),
             each.plan.handovers > 0 ? fmt::format("{}", each.plan.handovers) : "-"});
        for (const PowerPoint& point : each.points) {
            table.rows.back().push_back(words.percent(point.*found_by(each.plan)));
        }
        table.rows.back().push_back(std::isnan(each.detectable)
                                        ? words("above .5", "plus de 0,5")
                                        : "w = " + words.number(each.detectable, 2));
    }
    return table;
}

std::string explanation(std::size_t panels, const LocalWords& words) {
    return fmt::format(
        fmt::runtime(words(
            "w: share of contacts in what pulls a person. Waves are three months apart. Each share "
            "is of {} simulated surveys of this roster (standard error up to {:.0f} points). "
            "Found: "
            "evidence (V5) where clients are handed over; elsewhere a significant test (V4), which "
            "is all there is without an outside shock. How stable and reliable answers are is "
            "taken "
            "from waves.csv where it has two waves, else assumed (reliability .85 of employees, "
            ".70 "
            "of clients).",
            "w : part des contacts dans ce qui attire une personne. Les vagues sont à trois mois "
            "d'intervalle. Chaque part porte sur {} enquêtes simulées de cet effectif (erreur type "
            "d'au plus {:.0f} points). Vu : des indices (V5) là où des clients changent "
            "d'interlocuteur ; ailleurs un test significatif (V4), tout ce qu'on peut avoir sans "
            "choc extérieur. La stabilité et la fiabilité des réponses viennent de waves.csv s'il "
            "contient deux vagues, sinon elles sont supposées (fiabilité 0,85 des employés, 0,70 "
            "des clients).")),
        panels, 50.0 / std::sqrt(static_cast<double>(panels)));
}

}

std::string power_text(const std::vector<PlannedPower>& powers, Language language,
                       std::size_t width) {
    const LocalWords words(language);
    std::string text =
        words("How often contagion of each strength would be found on this roster\n\n",
              "Combien de fois une contagion de chaque force serait vue sur cet effectif\n\n");
    for (const std::string& line : lines_of(power_rows(powers, language), width)) {
        text += line + "\n";
    }
    return text + "\n" + wrapped(explanation(powers.front().panels, words), width);
}

nlohmann::ordered_json power_json(const std::vector<PlannedPower>& powers) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const PlannedPower& each : powers) {
        nlohmann::ordered_json points = nlohmann::ordered_json::array();
        for (const PowerPoint& point : each.points) {
            points.push_back({{"weight", point.weight}, {"power", point.*found_by(each.plan)}});
        }
        json.push_back({{"channel", each.channel},
                        {"waves", each.plan.waves},
                        {"response", each.plan.response},
                        {"handovers", each.plan.handovers},
                        {"panels", each.panels},
                        {"power", points},
                        {"detectable_weight", std::isnan(each.detectable)
                                                  ? nlohmann::ordered_json(nullptr)
                                                  : nlohmann::ordered_json(each.detectable)}});
    }
    return json;
}

sim::FileTable power_table(const std::vector<PlannedPower>& powers) {
    sim::FileTable table{
        .rows = {.what = {"plan", "1", "a survey one could make, in one channel"}},
        .columns = {{.what = {"channel", "1", "way engagement may spread"}},
                    {.what = {"waves", "1", "three months apart"}},
                    {.what = {"response", "1", "share of answers that are given"}},
                    {.what = {"handovers", "1", "clients given to another employee"}},
                    {.what = {"panels", "1", "simulated surveys of the plan and each strength"}},
                    {.what = {"detectable_weight", "1",
                              "weight of contacts found four times in five; missing: above .5"}}}};
    for (const PowerPoint& point : powers.front().points) {
        table.columns.push_back(
            {.what = {fmt::format("power_{:03.0f}", 100.0 * point.weight), "1",
                      fmt::format("share of contagion of weight {} found", point.weight)}});
    }
    for (const PlannedPower& each : powers) {
        const SurveyPlan& plan = each.plan;
        table.rows.texts.push_back(fmt::format("{} {}", each.channel, table.rows.texts.size() + 1));
        table.columns[0].texts.push_back(each.channel);
        const double numbers[] = {static_cast<double>(plan.waves), plan.response,
                                  static_cast<double>(plan.handovers),
                                  static_cast<double>(each.panels), each.detectable};
        for (std::size_t k = 0; k < 5; ++k) table.columns[k + 1].numbers.push_back(numbers[k]);
        for (std::size_t k = 0; k < each.points.size(); ++k) {
            table.columns[6 + k].numbers.push_back(each.points[k].*found_by(plan));
        }
    }
    return table;
}

}
