#include "analysis/loop_gain.hpp"

#include "analysis/report/figure_spec.hpp"
#include "analysis/report/nouns.hpp"
#include "analysis/report/sections.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;

constexpr int decimals = 3;

std::string number(const Response& response, const ReportWords& words) {
    return fmt::format("{} {}", words.number(response.value, decimals),
                       words.interval(response.interval, decimals));
}

/// The numbers of the section, as people call them. All but the last are 0 without a loop.
std::vector<std::pair<std::string, Response>> responses_of(const LoopGain& gain,
                                                           const ReportWords& words) {
    return {{words("Employees to clients: change of clients for one of employees",
                   "Des salariés aux clients : changement des clients pour un des salariés"),
             gain.along},
            {words("Clients to employees: change of employees for one of clients",
                   "Des clients aux salariés : changement des salariés pour un des clients"),
             gain.back},
            {words("Gain g: the product of both", "Gain g : le produit des deux"), gain.gain},
            {words("Amplification 1 / (1 − g)", "Amplification 1 / (1 − g)"), gain.amplification}};
}

std::string title_of(const LoopGain& gain, const ReportWords& words) {
    if (!gain.gain.interval.excludes(0.0)) {
        return words("The gain of the loop is {}: no virtuous circle is shown",
                     "Le gain de la boucle est de {} : aucun cercle vertueux n'est établi",
                     number(gain.gain, words));
    }
    return words("The gain of the loop is {}: what moves the engagement of employees moves it by "
                 "{} % of that more because clients answer",
                 "Le gain de la boucle est de {} : ce qui déplace l'engagement des salariés le "
                 "déplace de {} % en plus parce que les clients répondent",
                 number(gain.gain, words),
                 words.signed_number(100.0 * (gain.amplification.value - 1.0), 2));
}

Json rows_of(const LoopGain& gain, const std::vector<std::string>& directions,
             const ReportWords& words) {
    Json rows = Json::array();
    for (const auto& [name, response] : responses_of(gain, words)) {
        if (rows.size() == 3) break; // the amplification is around 1, not 0
        const std::string& direction = !response.interval.excludes(0.0) ? directions[2]
                                       : response.value > 0.0           ? directions[0]
                                                                        : directions[1];
        rows.push_back({{"row", name + "\n" + number(response, words)},
                        {"effect", drawn(response.value)},
                        {"low", drawn(response.interval.low)},
                        {"high", drawn(response.interval.high)},
                        {"told", number(response, words)},
                        {"direction", direction}});
    }
    return rows;
}

ReportFigure figure_of(const LoopGain& gain, const ReportWords& words) {
    const std::vector<std::string> directions = {words("up", "hausse"), words("down", "baisse"),
                                                 words("not shown", "non établi")};
    ReportFigure figure{
        .id = "loop-gain",
        .title = title_of(gain, words),
        .caption = words("Each row: what one side moves when the other is pushed and stays "
                         "pushed, against the same world without the push; the line is the "
                         "{:.0f} % interval over {} of worlds with the same random events.",
                         "Chaque ligne : ce dont un côté bouge quand l'autre est poussé et le "
                         "reste, par rapport au même monde sans poussée ; le trait est "
                         "l'intervalle à {:.0f} % sur {} de mondes aux mêmes événements "
                         "aléatoires.",
                         100.0 * gain.confidence, counted(gain.pairs, replicate_noun, words)),
        .alt = words("The two ways of the loop and its gain, with intervals.",
                     "Les deux sens de la boucle et son gain, avec leurs intervalles."),
        .panels = {},
        .table = {.header = {words("Response", "Réponse"), words("Value", "Valeur"),
                             words("{:.0f} % interval", "Intervalle à {:.0f} %",
                                   100.0 * gain.confidence)},
                  .rows = {}}};
    for (const auto& [name, response] : responses_of(gain, words)) {
        figure.table.rows.push_back({name, words.number(response.value, decimals),
                                     words.interval(response.interval, decimals)});
    }
    figure.panels.push_back(
        {"", figure_spec("forest", {{"rows", rows_of(gain, directions, words)},
                                    {"axis", words("Change for a change of one",
                                                   "Changement pour un changement de un")},
                                    {"directions", directions},
                                    {"direction", words("Direction", "Sens")},
                                    {"told", words("Value", "Valeur")},
                                    {"outcome", words("Response", "Réponse")}})});
    return figure;
}

}

MaybeSection loop_gain_section(const sim::ResultsReader& results,
                               const scenarios::Scenario& scenario, const ReportWords& words) {
    if (!can_tell_loop_gain(scenario)) return {};
    ReportSection section{.id = "loop",
                          .heading = words("Does engagement come back round?",
                                           "L'engagement revient-il en boucle ?")};
    try {
        section.figures.push_back(figure_of(loop_gain(results, scenario, usual_confidence), words));
    } catch (const sim::UserError&) {
        return {.why_not = words("fewer than two replicates are finished in all three worlds",
                                 "moins de deux répétitions sont terminées dans les trois mondes")};
    }
    return {.section = section};
}

}
