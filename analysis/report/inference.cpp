#include <algorithm>
#include <cmath>

#include "analysis/report/figure_spec.hpp"
#include "analysis/report/sections.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

double number_in(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() || !found->is_number() ? not_known : found->get<double>();
}

Interval interval_of(const Json& channel) {
    const Json& ends = channel.at("interval");
    if (!ends.at(0).is_number() || !ends.at(1).is_number()) return {};
    return {ends.at(0).get<double>(), ends.at(1).get<double>()};
}

/// Wilson's 95 % interval of a share of so many worlds (Wilson 1927).
Interval share_interval(double share, double worlds) {
    constexpr double z = 1.959964;
    const double middle = (share + z * z / (2.0 * worlds)) / (1.0 + z * z / worlds);
    const double half = z / (1.0 + z * z / worlds) *
                        std::sqrt(share * (1.0 - share) / worlds + z * z / (4.0 * worlds * worlds));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

std::string share_words(double share, double worlds, const ReportWords& words) {
    const Interval interval = share_interval(share, worlds);
    return fmt::format("{} {}", words.percent(share),
                       words.interval({100.0 * interval.low, 100.0 * interval.high}, 0));
}

std::string world_words(const std::string& world, const ReportWords& words) {
    if (world == "null") return words("nothing spreads", "rien ne se transmet");
    if (world == "homophily") return words("like seeks like", "qui se ressemble s'assemble");
    if (world == "shocks") return words("teams share shocks", "chocs communs aux équipes");
    if (world == "homophily and shocks") return words("both", "les deux");
    if (world == "hidden shocks")
        return words("hidden shocks along ties", "chocs cachés le long des liens");
    return world;
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

/// How often the tests speak up in worlds without contagion on this network.
ReportFigure size_figure(const Json& channel, const ReportWords& words) {
    const Json& calibration = channel.at("calibration");
    const std::string significant = words("a test is significant", "un test est significatif");
    const std::string evidence = words("called evidence", "dit indices sérieux");
    Json rows = Json::array();
    ReportTable table{.header = {words("World without contagion", "Monde sans contagion"),
                                 significant, evidence, words("Worlds", "Mondes")},
                      .rows = {}};
    for (const Json& world : calibration.at("without_contagion")) {
        const double panels = number_in(world, "panels");
        const std::string name = world_words(world.at("world"), words);
        std::vector<std::string> row = {name};
        for (const auto& [key, measure] :
             {std::pair{"significant", significant}, std::pair{"evidence", evidence}}) {
            const double share = number_in(world, key);
            const Interval interval = share_interval(share, panels);
            const std::string told = share_words(share, panels, words);
            row.push_back(told);
            rows.push_back({{"row", name},
                            {"measure", measure},
                            {"value", drawn(100.0 * share)},
                            {"low", drawn(100.0 * interval.low)},
                            {"high", drawn(100.0 * interval.high)},
                            {"told", told}});
        }
        row.push_back(words.number(panels, 0));
        table.rows.push_back(std::move(row));
    }
    const std::string name = channel.at("words");
    const double size = number_in(calibration, "size");
    const double panels = number_in(calibration.at("without_contagion").at(0), "panels");
    ReportFigure figure{
        .id = "inference-size-" + channel.at("channel").get<std::string>(),
        .title = words("{}: evidence is claimed wrongly in at most {} of worlds without contagion",
                       "{} : des indices sont annoncés à tort dans au plus {} des mondes sans "
                       "contagion",
                       name, share_words(size, panels, words)),
        .caption =
            words("How often the tests speak up where nothing spreads along the ties, on "
                  "this company's own people, ties and waves; bars should stay near 5 %. "
                  "Lines are 95 % intervals over simulated worlds.",
                  "Fréquence à laquelle les tests parlent quand rien ne se transmet, sur les "
                  "personnes, liens et vagues de cette entreprise ; les barres devraient rester "
                  "près de 5 %. Les traits sont les intervalles à 95 % sur les mondes simulés."),
        .alt = words("False alarms by kind of world, {}.", "Fausses alertes par monde, {}.", name),
        .panels = {},
        .table = table};
    figure.panels.push_back(
        {"", figure_spec("bars", {{"rows", rows},
                                  {"measures", {significant, evidence}},
                                  {"legend", Json::object()},
                                  {"step", 16},
                                  {"axis", words("Share of worlds (%)", "Part des mondes (%)")},
                                  {"name", words("World", "Monde")},
                                  {"what", words("Event", "Événement")},
                                  {"number", words("Share", "Part")}})});
    return figure;
}

double strongest_weight(const Json& calibration) {
    double strongest = 0.1;
    for (const Json& point : calibration.at("with_contagion"))
        strongest = std::max(strongest, number_in(point, "weight"));
    return strongest;
}

/// How often contagion of each strength would be found, and the smallest found four times in five.
ReportFigure power_figure(const Json& channel, const ReportWords& words) {
    const Json& calibration = channel.at("calibration");
    const std::vector<std::string> kinds = {
        words("a test is significant", "un test est significatif"),
        words("called evidence", "dit indices sérieux")};
    Json rows = Json::array();
    ReportTable table{.header = {words("Weight of contacts w", "Poids des contacts w"), kinds[0],
                                 kinds[1], words("Worlds", "Mondes")},
                      .rows = {},
                      .word_columns = 0};
    for (const Json& point : calibration.at("with_contagion")) {
        const double panels = number_in(point, "panels");
        std::vector<std::string> row = {words.number(number_in(point, "weight"), 2)};
        const char* keys[] = {"significant", "evidence"};
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            const double share = number_in(point, keys[kind]);
            const Interval interval = share_interval(share, panels);
            row.push_back(share_words(share, panels, words));
            rows.push_back({{"weight", drawn(number_in(point, "weight"))},
                            {"kind", kinds[kind]},
                            {"share", drawn(100.0 * share)},
                            {"low", drawn(100.0 * interval.low)},
                            {"high", drawn(100.0 * interval.high)}});
        }
        row.push_back(words.number(panels, 0));
        table.rows.push_back(std::move(row));
    }
    const std::string name = channel.at("words");
    const double detectable = number_in(calibration, "detectable_weight");
    Json line = Json::array();
    if (!std::isnan(detectable)) line.push_back({{"weight", drawn(detectable)}});
    ReportFigure figure{
        .id = "inference-power-" + channel.at("channel").get<std::string>(),
        .title =
            std::isnan(detectable)
                ? words("{}: even strong contagion (w = 0.5) would be missed more than once in "
                        "five",
                        "{} : même une contagion forte (w = 0,5) échapperait plus d'une fois sur "
                        "cinq",
                        name)
                : words("{}: contagion of w = {} or more would be found four times in five",
                        "{} : une contagion de w = {} ou plus serait détectée quatre fois sur cinq",
                        name, words.number(detectable, 2)),
        .caption =
            words("Share of simulated worlds in which contagion of weight w (the share of "
                  "contacts in what pulls a person) is found on this company's data; bars are "
                  "95 % intervals. The dashed line is 80 %; the upright line is the smallest "
                  "effect found that often (MDE).",
                  "Part des mondes simulés où une contagion de poids w (la part des contacts "
                  "dans ce qui tire une personne) est détectée sur les données de cette "
                  "entreprise ; les barres sont les intervalles à 95 %. La ligne en tirets est à "
                  "80 % ; la ligne verticale est le plus petit effet détecté aussi souvent."),
        .alt = words("Power by weight of contacts, {}.",
                     "Puissance selon le poids des contacts, {}.", name),
        .panels = {},
        .table = table};
    figure.panels.push_back(
        {"",
         figure_spec("power", {{"rows", rows},
                               {"detectable", line},
                               {"weights", {0.0, strongest_weight(calibration)}},
                               {"kinds", kinds},
                               {"colours", colours_of(2)},
                               {"dashes", dashes_of(2)},
                               {"weight", words("Weight of contacts w", "Poids des contacts w")},
                               {"share", words("Share of worlds (%)", "Part des mondes (%)")}})});
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
