#include "analysis/report/calibration_figures.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/report/figure_spec.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

constexpr double four_in_five = 0.8;

/// Wilson's 95 % interval of a share of so many worlds (Wilson 1927).
Interval share_interval(double share, double worlds) {
    constexpr double z = 1.959964;
    const double middle = (share + z * z / (2.0 * worlds)) / (1.0 + z * z / worlds);
    const double half = z / (1.0 + z * z / worlds) *
                        std::sqrt(share * (1.0 - share) / worlds + z * z / (4.0 * worlds * worlds));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

/// "0 of 4 (up to 49 %)": how often something happened, and how often it might.
std::string share_words(double share, double worlds, const ReportWords& words) {
    return words("{} of {} (up to {})", "{} sur {} (jusqu'à {})",
                 words.number(std::round(share * worlds), 0), words.number(worlds, 0),
                 words.percent(share_interval(share, worlds).high));
}

std::string world_words(const std::string& world, const ReportWords& words) {
    if (world == "null") return words("nothing spreads", "rien ne se transmet");
    if (world == "homophily") return words("like seeks like", "qui se ressemble s'assemble");
    if (world == "shocks") return words("teams share shocks", "chocs communs aux équipes");
    if (world == "homophily and shocks") return words("both", "les deux");
    if (world == "hidden shocks")
        return words("hidden shocks along ties", "chocs cachés le long des liens");
    if (world == "reverse contagion")
        return words("contagion the other way", "contagion dans l'autre sens");
    if (world == "contact effects")
        return words("contacts good or ill by themselves", "bons et mauvais interlocuteurs");
    return world;
}

double strongest_weight(const Json& calibration) {
    double strongest = 0.1;
    for (const Json& point : calibration.at("with_contagion"))
        strongest = std::max(strongest, number_in(point, "weight"));
    return strongest;
}

/// Without hand-overs or an outside shock the most there is is a significant test; else found is
/// evidence.
bool evidence_possible(const Json& calibration) {
    return calibration.value("found", "significant") == "evidence";
}

Interval found_at(const Json& point, const Json& calibration) {
    return share_interval(
        number_in(point, evidence_possible(calibration) ? "evidence" : "significant"),
        number_in(point, "panels"));
}

/// The smallest simulated weight that surely is found four times in five, as is every stronger one:
/// the lower ends of their intervals reach 80 %. Null where there is none.
const Json* surely_found(const Json& calibration) {
    const Json& points = calibration.at("with_contagion");
    const Json* smallest = nullptr;
    for (auto point = points.rbegin(); point != points.rend(); ++point) {
        if (!(found_at(*point, calibration).low >= four_in_five)) break;
        smallest = &*point;
    }
    return smallest;
}

/// The kind of world in which a wrong claim of evidence may be the most frequent: the largest upper
/// end over the kinds that the rule is to withstand, all but shocks hidden along ties.
const Json& worst_world(const Json& calibration) {
    const auto upper = [](const Json& world) {
        if (world.at("world") == "hidden shocks") return -1.0;
        return share_interval(number_in(world, "evidence"), number_in(world, "panels")).high;
    };
    return *std::ranges::max_element(calibration.at("without_contagion"), {}, upper);
}

/// What is measured of each world, in the order of kinds_of.
constexpr const char* measured[] = {"significant", "evidence"};

std::vector<std::string> kinds_of(const ReportWords& words) {
    return {words("a test is significant", "un test est significatif"),
            words("called evidence", "dit indices sérieux")};
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
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            const double share = number_in(point, measured[kind]);
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

Numbers size_numbers(const Json& calibration, const std::vector<std::string>& kinds,
                     const ReportWords& words) {
    Json rows = Json::array();
    ReportTable table{.header = {words("World without contagion", "Monde sans contagion"), kinds[0],
                                 kinds[1], words("Worlds", "Mondes")},
                      .rows = {}};
    for (const Json& world : calibration.at("without_contagion")) {
        const double panels = number_in(world, "panels");
        const std::string name = world_words(world.at("world"), words);
        std::vector<std::string> row = {name};
        for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
            const double share = number_in(world, measured[kind]);
            const Interval interval = share_interval(share, panels);
            row.push_back(share_words(share, panels, words));
            rows.push_back({{"row", name},
                            {"measure", kinds[kind]},
                            {"value", drawn(100.0 * share)},
                            {"low", drawn(100.0 * interval.low)},
                            {"high", drawn(100.0 * interval.high)},
                            {"told", row.back()}});
        }
        row.push_back(words.number(panels, 0));
        table.rows.push_back(std::move(row));
    }
    return {std::move(rows), std::move(table)};
}

std::string size_title(const Json& channel, const ReportWords& words) {
    const Json& world = worst_world(channel.at("calibration"));
    const double panels = number_in(world, "panels");
    return words("{}: without contagion, evidence was claimed wrongly in {} of the simulated "
                 "worlds at worst ({})",
                 "{} : sans contagion, des indices ont été annoncés à tort dans {} des mondes "
                 "simulés au pire ({})",
                 channel.at("words").get<std::string>(),
                 share_words(number_in(world, "evidence"), panels, words),
                 world_words(world.at("world"), words));
}

std::string power_caption(const ReportWords& words) {
    return words("Share of simulated worlds in which contagion of weight w (the share of "
                 "contacts in what pulls a person) is found on this company's data; bars are "
                 "95 % intervals. The dashed line is 80 %; an upright line is the smallest "
                 "simulated weight whose interval lies above it.",
                 "Part des mondes simulés où une contagion de poids w (la part des contacts "
                 "dans ce qui tire une personne) est détectée sur les données de cette "
                 "entreprise ; les barres sont les intervalles à 95 %. La ligne en tirets est à "
                 "80 % ; une ligne verticale est le plus petit poids simulé dont l'intervalle "
                 "est au-dessus.");
}

std::string power_title(const Json& channel, const ReportWords& words) {
    const std::string name = channel.at("words");
    const Json& calibration = channel.at("calibration");
    if (const Json* point = surely_found(calibration)) {
        return words("{}: contagion of w = {} or more is {} at least four times in five",
                     "{} : une contagion de w = {} ou plus est {} au moins quatre fois sur cinq",
                     name, words.number(number_in(*point, "weight"), 2),
                     evidence_possible(calibration)
                         ? words("found (evidence, V5)", "détectée (indices sérieux, V5)")
                         : words("significant (V4)", "significative (V4)"));
    }
    const Json& strongest = calibration.at("with_contagion").back();
    const std::string weight = words.number(number_in(strongest, "weight"), 2);
    if (found_at(strongest, calibration).high < four_in_five) {
        return words("{}: even strong contagion (w = {}) would be missed more than once in five",
                     "{} : même une contagion forte (w = {}) échapperait plus d'une fois sur cinq",
                     name, weight);
    }
    return words("{}: too few simulated worlds to say what would be found four times in five",
                 "{} : trop peu de mondes simulés pour dire ce qui serait détecté quatre fois sur "
                 "cinq",
                 name);
}

}

double number_in(const Json& json, const char* key) {
    const auto found = json.find(key);
    return found == json.end() || !found->is_number() ? not_known : found->get<double>();
}

ReportFigure size_figure(const Json& channel, const ReportWords& words) {
    const std::vector<std::string> kinds = kinds_of(words);
    auto [rows, table] = size_numbers(channel.at("calibration"), kinds, words);
    ReportFigure figure{
        .id = "inference-size-" + channel.at("channel").get<std::string>(),
        .title = size_title(channel, words),
        .caption =
            words("How often the tests speak up where nothing spreads along the ties, on "
                  "this company's own people, ties and waves; bars should stay near 5 %. "
                  "Lines are 95 % intervals over simulated worlds; few worlds make them wide.",
                  "Fréquence à laquelle les tests parlent quand rien ne se transmet, sur les "
                  "personnes, liens et vagues de cette entreprise ; les barres devraient rester "
                  "près de 5 %. Les traits sont les intervalles à 95 % sur les mondes simulés ; "
                  "peu de mondes les rendent larges."),
        .alt = words("False alarms by kind of world, {}.", "Fausses alertes par monde, {}.",
                     channel.at("words").get<std::string>()),
        .panels = {},
        .table = table};
    figure.panels.push_back(
        {"", figure_spec("bars", {{"rows", rows},
                                  {"measures", kinds},
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
    const std::vector<std::string> kinds = kinds_of(words);
    auto [rows, table] = power_numbers(calibration, kinds, words);
    const Json* found = surely_found(calibration);
    Json line = Json::array();
    if (found != nullptr) line.push_back({{"weight", drawn(number_in(*found, "weight"))}});
    ReportFigure figure{.id = "inference-power-" + channel.at("channel").get<std::string>(),
                        .title = power_title(channel, words),
                        .caption = power_caption(words),
                        .alt = words("Power by weight of contacts, {}.",
                                     "Puissance selon le poids des contacts, {}.",
                                     channel.at("words").get<std::string>()),
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
