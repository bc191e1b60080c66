#include <algorithm>
#include <cmath>

#include "analysis/report/figure_spec.hpp"
#include "analysis/report/places.hpp"
#include "analysis/report/replayed_pair.hpp"
#include "analysis/report/sections.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::PeopleThroughTime;

/// Teams of fewer real people are drawn together: their colleagues would know who is who.
constexpr std::size_t smallest_team = 5;

/// Whether anyone ever holds a position, in one of the worlds.
bool ever_held(const PairOfWorlds& pair, std::size_t position) {
    return std::ranges::any_of(pair.people, [&](const PeopleThroughTime& people) {
        for (std::size_t time = 0; time < people.times; ++time) {
            if (!std::isnan(people.engagement[time * people.positions + position])) return true;
        }
        return false;
    });
}

/// What the team of each position is called.
std::vector<std::string> team_names(const PairOfWorlds& pair, const ReportWords& words) {
    std::vector<std::string> names;
    for (const std::string& label : pair.ties.labels)
        names.push_back(words("Team {}", "Équipe {}", label));
    if (!pair.is_of_a_file) return names;
    std::vector<bool> filled;
    for (std::size_t position = 0; position < pair.ties.nodes; ++position)
        filled.push_back(!std::isnan(pair.people.front().engagement[position]));
    return without_small_teams(std::move(names), filled, smallest_team,
                               words("Small teams", "Petites équipes"));
}

Json people_rows(const PairOfWorlds& pair, std::size_t world,
                 const std::vector<std::string>& teams) {
    const std::vector<Place> places = places_by_team(teams);
    const PeopleThroughTime& people = pair.people[world];
    Json rows = Json::array();
    for (std::size_t position = 0; position < people.positions; ++position) {
        if (!ever_held(pair, position)) continue;
        Json levels = Json::array();
        for (std::size_t time = 0; time < people.times; ++time) {
            const float engagement = people.engagement[time * people.positions + position];
            if (std::isnan(engagement)) {
                levels.push_back(nullptr);
            } else {
                levels.push_back(std::lround(100.0F * engagement));
            }
        }
        rows.push_back({{"x", drawn(places[position].x)},
                        {"y", drawn(places[position].y)},
                        {"team", teams[position]},
                        {"e", std::move(levels)}});
    }
    return rows;
}

Json tie_rows(const PairOfWorlds& pair, const std::vector<Place>& places) {
    Json rows = Json::array();
    for (const sim::Tie& tie : pair.ties.ties) {
        if (!ever_held(pair, tie.from) || !ever_held(pair, tie.to)) continue;
        rows.push_back({{"x", drawn(places[tie.from].x)},
                        {"y", drawn(places[tie.from].y)},
                        {"x2", drawn(places[tie.to].x)},
                        {"y2", drawn(places[tie.to].y)}});
    }
    return rows;
}

std::string caption_at(const PairOfWorlds& pair, std::size_t time, const ReportWords& words) {
    std::string text = words("Month {:.0f}", "Mois {:.0f}", pair.months[time]);
    for (std::size_t world = 0; world < pair.arms.size(); ++world) {
        const double mean = mean_engagement(pair.people[world], time);
        text += fmt::format(" · {}{}{}", pair.arms[world], words(": ", " : "),
                            std::isnan(mean) ? "-" : words.percent(mean, 1));
    }
    return text;
}

ReportTable yearly_means(const PairOfWorlds& pair, const ReportWords& words) {
    ReportTable table{.header = {words("Month", "Mois")}, .rows = {}};
    for (const std::string& arm : pair.arms)
        table.header.push_back(words("{}: mean engagement", "{} : engagement moyen", arm));
    for (std::size_t time = 0; time < pair.months.size(); ++time) {
        if (std::abs(std::remainder(pair.months[time], 12.0)) > 1e-9) continue;
        std::vector<std::string> row = {words.number(pair.months[time], 0)};
        for (const PeopleThroughTime& people : pair.people) {
            const double mean = mean_engagement(people, time);
            row.push_back(std::isnan(mean) ? "-" : words.percent(mean, 1));
        }
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::string title_of(const PairOfWorlds& pair, const ReportWords& words) {
    std::vector<std::string> parts;
    for (std::size_t world = 0; world < pair.arms.size(); ++world) {
        const PeopleThroughTime& people = pair.people[world];
        const double first = mean_engagement(people, 0);
        const double last = mean_engagement(people, people.times - 1);
        if (std::isnan(last)) {
            parts.push_back(words("from {} to the end of {}, which fails",
                                  "de {} à la fin de {}, qui échoue", words.percent(first),
                                  pair.arms[world]));
            continue;
        }
        parts.push_back(words("from {} to {} with {}", "de {} à {} avec {}", words.percent(first),
                              words.percent(last), pair.arms[world]));
    }
    if (parts.size() == 1) {
        return words("One office: mean engagement goes {}",
                     "Un bureau : l'engagement moyen passe {}", parts.front());
    }
    return words("One office, the same events: mean engagement goes {}",
                 "Un même bureau, les mêmes événements : l'engagement moyen passe {}",
                 words.list(parts));
}

/// Which run or pair of runs is shown.
std::string choice_words(const PairOfWorlds& pair, const ReportWords& words) {
    const std::string point =
        pair.is_of_a_design
            ? words(" of design point {}", " du point {} du plan d'expérience", pair.point)
            : "";
    if (pair.arms.size() == 1) {
        return words("Shown is replicate {}{}, the run nearest to the means of all in its headline "
                     "and its number of employees, run again from the stored scenario and found to "
                     "be that of the file. "
                     "One run shows how, not how much.",
                     "L'exécution montrée (répétition {}{}) est la plus proche des moyennes pour "
                     "le résultat principal et l'effectif, rejouée depuis le scénario conservé et "
                     "identique à celle du fichier. Une exécution montre comment, pas combien.",
                     pair.replicate, point);
    }
    return words(
        "Shown is replicate {}{}, the pair of runs nearest to the means of all in the "
        "headline, its difference and the number of employees, run again from the stored scenario "
        "and found to be "
        "those of the file. One pair shows how, not how much.",
        "La paire montrée (répétition {}{}) est la plus proche des moyennes pour le "
        "résultat principal, sa différence et l'effectif, rejouée depuis le scénario conservé "
        "et identique à celle du fichier. Une paire montre comment, pas combien.",
        pair.replicate, point);
}

std::string caption_of(const PairOfWorlds& pair, const ReportWords& words) {
    const std::string folded =
        pair.is_of_a_file
            ? words(" Teams of fewer than {} people are drawn as one.",
                    " Les équipes de moins de {} personnes sont réunies.", smallest_team)
            : "";
    return words("Each dot is a position in the firm, next to those of its team; lines are ties "
                 "among colleagues; the colour is the simulated engagement of who holds it, hollow "
                 "while it is vacant.{} {}",
                 "Chaque point est un poste, à côté de ceux de son équipe ; les traits sont les "
                 "liens entre collègues ; la couleur est l'engagement simulé de qui l'occupe, le "
                 "point est vide quand le poste l'est.{} {}",
                 folded, choice_words(pair, words));
}

MonthSlider slider_of(const PairOfWorlds& pair, const ReportWords& words) {
    MonthSlider slider{.label = words("Month", "Mois"),
                       .captions = {},
                       .play = words("Play", "Lancer"),
                       .stop = words("Stop", "Arrêter")};
    for (std::size_t time = 0; time < pair.months.size(); ++time)
        slider.captions.push_back(caption_at(pair, time, words));
    return slider;
}

ReportFigure figure_of(const PairOfWorlds& pair, const ReportWords& words) {
    ReportFigure figure{
        .id = "network",
        .title = title_of(pair, words),
        .caption = caption_of(pair, words),
        .alt = words("Network of colleagues by team, coloured by engagement in the month of the "
                     "slider.",
                     "Réseau des collègues par équipe, coloré par l'engagement au mois choisi."),
        .panels = {},
        .slider = slider_of(pair, words),
        .table = yearly_means(pair, words)};
    const std::vector<std::string> teams = team_names(pair, words);
    for (std::size_t world = 0; world < pair.arms.size(); ++world) {
        figure.panels.push_back(
            {pair.arms[world],
             figure_spec("network", {{"people", people_rows(pair, world, teams)},
                                     {"ties", tie_rows(pair, places_by_team(teams))},
                                     {"month", pair.months.size() - 1},
                                     {"engagement", words("Engagement (%)", "Engagement (%)")},
                                     {"team", words("Team", "Équipe")}})});
    }
    return figure;
}

}

MaybeSection network_section(const sim::ResultsReader& results, const Comparison& comparison,
                             const ReportWords& words) {
    const ReplayedPair replay = replayed_pair(results, comparison, words);
    if (!replay.pair) return {.why_not = replay.why_not};
    ReportSection section{.id = "people",
                          .heading =
                              words("The people, month by month", "Les personnes, mois par mois")};
    section.figures.push_back(figure_of(*replay.pair, words));
    return {.section = std::move(section)};
}

}
