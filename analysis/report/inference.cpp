#include <algorithm>
#include <cmath>

#include "analysis/report/calibration_figures.hpp"
#include "analysis/report/figure_spec.hpp"
#include "analysis/report/sections.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

Interval interval_of(const Json& channel) {
    const Json& ends = channel.at("interval");
    if (!ends.at(0).is_number() || !ends.at(1).is_number()) return {};
    return {ends.at(0).get<double>(), ends.at(1).get<double>()};
}

ReportTable verdict_table(const Json& report, const ReportWords& words) {
    ReportTable table{.header = {words("Channel", "Canal"), words("Verdict", "Verdict"),
                                 words("What the data say", "Ce que disent les données"),
                                 words("What would tell more", "Ce qui en dirait plus")},
                      .rows = {},
                      .word_columns = 4};
    for (const Json& channel : report.at("channels")) {
        table.rows.push_back({channel.at("words"), channel.at("verdict"), channel.at("sentence"),
                              channel.at("next_step")});
    }
    return table;
}

/// The channel with the strongest verdict, the first of equals.
const Json& strongest(const Json& report) {
    const Json& channels = report.at("channels");
    return *std::ranges::max_element(
        channels, {}, [](const Json& channel) { return channel.at("verdict").get<std::string>(); });
}

std::string effect_words(const Json& channel, const ReportWords& words) {
    const double effect = number_in(channel, "effect");
    if (std::isnan(effect)) return words("no effect measured", "aucun effet mesuré");
    return words("{} sd {}", "{} écart-type {}", words.signed_number(effect, 2),
                 words.interval(interval_of(channel), 2));
}

std::optional<ReportFigure> effects_figure(const Json& report, const ReportWords& words) {
    const std::vector<std::string> directions = {words("more", "plus"), words("less", "moins"),
                                                 words("not shown", "non établi")};
    Json rows = Json::array();
    ReportTable table{.header = {words("Channel", "Canal"), words("Verdict", "Verdict"),
                                 words("Effect [95 % interval]", "Effet [intervalle à 95 %]")},
                      .rows = {},
                      .word_columns = 2};
    for (const Json& channel : report.at("channels")) {
        const std::string name = channel.at("words");
        table.rows.push_back({name, channel.at("verdict"), effect_words(channel, words)});
        const Interval interval = interval_of(channel);
        const double effect = number_in(channel, "effect");
        if (std::isnan(effect) || std::isnan(interval.low)) continue;
        const std::string& direction = !interval.excludes(0.0) ? directions[2]
                                       : effect > 0.0          ? directions[0]
                                                               : directions[1];
        rows.push_back(
            {{"row", fmt::format("{} ({})\n{}", name, channel.at("verdict").get<std::string>(),
                                 effect_words(channel, words))},
             {"effect", drawn(effect)},
             {"low", drawn(interval.low)},
             {"high", drawn(interval.high)},
             {"told", effect_words(channel, words)},
             {"direction", direction}});
    }
    if (rows.empty()) return std::nullopt;
    const Json& first = strongest(report);
    ReportFigure figure{
        .id = "inference-effects",
        .title = words("{}: {}, {}", "{} : {}, {}", first.at("words").get<std::string>(),
                       first.at("verdict").get<std::string>(), effect_words(first, words)),
        .caption =
            words("Each row: how far a person moves, in standard deviations, when a contact "
                  "is one standard deviation more engaged, with its 95 % interval, and the "
                  "verdict from V0 (not testable) to V6 (strong evidence). An interval off 0 "
                  "is not yet evidence: the verdict says what else could make it.",
                  "Chaque ligne : de combien une personne bouge, en écarts-types, quand un "
                  "contact est plus engagé d'un écart-type, avec l'intervalle à 95 % et le "
                  "verdict de V0 (non testable) à V6 (indices forts). Un intervalle qui exclut "
                  "0 n'est pas encore une preuve : le verdict dit ce qui pourrait l'expliquer "
                  "autrement."),
        .alt = words("Effects by channel with their intervals.",
                     "Effets par canal avec leurs intervalles."),
        .panels = {},
        .table = table};
    figure.panels.push_back(
        {"", figure_spec("forest", {{"rows", rows},
                                    {"axis", words("Effect (sd of the person per sd of a contact)",
                                                   "Effet (écart-type par écart-type du contact)")},
                                    {"directions", directions},
                                    {"direction", words("Direction", "Sens")},
                                    {"told", words("Effect", "Effet")},
                                    {"outcome", words("Channel", "Canal")}})});
    return figure;
}

Json stored_report(const sim::StoredTables& file, const ReportWords& words) {
    const std::string name = words.french() ? "report_fr" : "report_en";
    const Json report = Json::parse(file.column(name).texts.at(0), nullptr, false);
    if (!report.is_object() || !report.contains("channels"))
        throw sim::UserError(file.path.string() + ": is damaged (its report cannot be read)");
    if (report.at("channels").empty())
        throw sim::UserError(file.path.string() + ": holds no channel that could be asked about");
    return report;
}

}

ReportSection inference_section(const sim::StoredTables& file, const ReportWords& words) {
    const Json report = stored_report(file, words);
    ReportSection section{.id = "inference",
                          .heading = words("Is it contagion?", "Est-ce une contagion ?")};
    const Json& first = strongest(report);
    section.paragraphs.push_back(fmt::format("{} ({}). {}", first.at("words").get<std::string>(),
                                             first.at("verdict").get<std::string>(),
                                             first.at("sentence").get<std::string>()));
    section.paragraphs.push_back(
        words("The survey: {} employees and {} clients; {} channels could be "
              "asked about.",
              "L'enquête : {} salariés et {} clients ; {} canaux pouvaient "
              "être interrogés.",
              words.number(number_in(report, "employees"), 0),
              words.number(number_in(report, "clients"), 0), report.at("channels").size()));
    std::vector<std::string> untested;
    for (const Json& sentence : report.at("untested")) untested.push_back(sentence);
    section.paragraphs.push_back(
        words("What none of the tests can exclude, and is taken for granted: {}.",
              "Ce qu'aucun test ne peut exclure, et qui est admis : {}.",
              fmt::format("{}", fmt::join(untested, " ; "))));
    section.leading_tables.push_back(verdict_table(report, words));
    if (auto figure = effects_figure(report, words)) section.figures.push_back(std::move(*figure));
    for (const Json& channel : report.at("channels")) {
        if (!channel.at("calibration").is_object()) continue;
        section.figures.push_back(size_figure(channel, words));
        section.figures.push_back(power_figure(channel, words));
    }
    return section;
}

}
