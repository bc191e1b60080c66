#include "analysis/report/calibration_figures.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/report/figure_spec.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

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

double strongest_weight(const Json& calibration) {
    double strongest = 0.1;
    for (const Json& point : calibration.at("with_contagion"))
        strongest = std::max(strongest, number_in(point, "weight"));
    return strongest;
}

/// The numbers of a figure, to be drawn and to be read.
struct Numbers {
    Json rows;
    ReportTable table;
};

Numbers power_numbers(const Json& calibration, const std::vector<std::string>& kinds,
                      const ReportWords& words) {
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
    return {std::move(rows), std::move(table)};
}

}

double number_in(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() || !found->is_number() ? not_known : found->get<double>();
}

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

ReportFigure power_figure(const Json& channel, const ReportWords& words) {
    const Json& calibration = channel.at("calibration");
    const std::vector<std::string> kinds = {
        words("a test is significant", "un test est significatif"),
        words("called evidence", "dit indices sérieux")};
    auto [rows, table] = power_numbers(calibration, kinds, words);
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

}
