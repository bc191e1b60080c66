#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "analysis/report/figure_spec.hpp"
#include "analysis/report/places.hpp"
#include "analysis/report/sections.hpp"
#include "analysis/verify.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

using Json = nlohmann::ordered_json;
using scenarios::PeopleThroughTime;

/// Positions that can still be told apart on a page.
constexpr std::size_t most_positions = 600;

/// A pair of worlds of one replicate, run again.
struct PairOfWorlds {
    std::vector<std::string> arms;
    std::vector<PeopleThroughTime> people;
    std::size_t replicate = 0;
    sim::NetworkTable ties;
    std::vector<double> months;
};

/// The replicate, finished in both arms, whose difference is nearest to the mean of all.
std::optional<std::size_t> typical_replicate(const sim::ResultsReader& results,
                                             const ComparedOutcome& outcome,
                                             const std::vector<std::size_t>& arms,
                                             std::size_t point) {
    const sim::ResultsHead& head = results.head();
    std::vector<std::vector<double>> values;
    for (const std::size_t arm : arms) {
        values.push_back(results.outcome(outcome.metric.name, {arm, point, 0, head.replicates}));
    }
    const std::vector<sim::RunStatus> status = results.status();
    std::vector<double> told(head.replicates, not_known);
    for (std::size_t replicate = 0; replicate < head.replicates; ++replicate) {
        bool done = true;
        for (const std::size_t arm : arms) {
            const std::size_t run = (arm * head.points + point) * head.replicates + replicate;
            done = done && status[run] == sim::RunStatus::done;
        }
        if (done)
            told[replicate] =
                values.front()[replicate] - (arms.size() > 1 ? values.back()[replicate] : 0.0);
    }
    const double mean = summarise(told, 0.95).mean;
    std::optional<std::size_t> nearest;
    for (std::size_t replicate = 0; replicate < head.replicates; ++replicate) {
        if (std::isnan(told[replicate])) continue;
        if (!nearest || std::abs(told[replicate] - mean) < std::abs(told[*nearest] - mean))
            nearest = replicate;
    }
    return nearest;
}

std::optional<PairOfWorlds> replayed(const sim::ResultsReader& results,
                                     const Comparison& comparison) {
    const sim::ResultsHead& head = results.head();
    std::vector<std::size_t> arms;
    for (const std::string& name :
         {comparison.arms.size() > 1
              ? headline_outcome(comparison).contrasts[headline_contrast(comparison)].first
              : comparison.arms.front(),
          comparison.reference}) {
        const auto place = std::ranges::find(head.arms, name) - head.arms.begin();
        if (arms.empty() || arms.back() != static_cast<std::size_t>(place))
            arms.push_back(static_cast<std::size_t>(place));
    }
    const std::size_t point = unmixed_point(head).value_or(0);
    const auto replicate = typical_replicate(results, headline_outcome(comparison), arms, point);
    if (!replicate) return std::nullopt;
    PairOfWorlds pair{
        .arms = {}, .people = {}, .replicate = *replicate, .ties = {}, .months = head.times};
    for (const sim::NetworkTable& network : results.networks()) {
        if (network.name == "colleague") pair.ties = network;
    }
    const scenarios::Study study = stored_study(results);
    if (study.scenario().arms.front().settings.count("market.firms") != 1) return std::nullopt;
    for (const std::size_t arm : arms) {
        pair.arms.push_back(head.arms[arm]);
        pair.people.push_back(study.people({arm, point, *replicate, 1}));
        if (pair.people.back().positions != pair.ties.nodes) return std::nullopt;
    }
    return pair;
}

/// Whether anyone ever holds a position, in one of the worlds.
bool ever_held(const PairOfWorlds& pair, std::size_t position) {
    return std::ranges::any_of(pair.people, [&](const PeopleThroughTime& people) {
        for (std::size_t time = 0; time < people.times; ++time) {
            if (!std::isnan(people.engagement[time * people.positions + position])) return true;
        }
        return false;
    });
}

Json people_rows(const PairOfWorlds& pair, std::size_t world, const std::vector<Place>& places,
                 const ReportWords& words) {
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
                        {"team", words("Team {}", "Équipe {}", pair.ties.labels[position])},
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

double mean_at(const PeopleThroughTime& people, std::size_t time) {
    double sum = 0.0;
    double count = 0.0;
    for (std::size_t position = 0; position < people.positions; ++position) {
        const float engagement = people.engagement[time * people.positions + position];
        if (std::isnan(engagement)) continue;
        sum += static_cast<double>(engagement);
        count += 1.0;
    }
    return count > 0.0 ? sum / count : not_known;
}

std::string caption_at(const PairOfWorlds& pair, std::size_t time, const ReportWords& words) {
    std::string text = words("Month {:.0f}", "Mois {:.0f}", pair.months[time]);
    for (std::size_t world = 0; world < pair.arms.size(); ++world) {
        const double mean = mean_at(pair.people[world], time);
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
            const double mean = mean_at(people, time);
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
        const double first = mean_at(people, 0);
        const double last = mean_at(people, people.times - 1);
        if (std::isnan(last)) {
            parts.push_back(words("from {} to the end of {}, which fails",
                                  "de {} à la fin de {}, qui échoue", words.percent(first),
                                  pair.arms[world]));
            continue;
        }
        parts.push_back(words("from {} to {} with {}", "de {} à {} avec {}", words.percent(first),
                              words.percent(last), pair.arms[world]));
    }
    return words("One office, the same events: mean engagement goes {}",
                 "Un même bureau, les mêmes événements : l'engagement moyen passe {}",
                 words.list(parts));
}

ReportFigure figure_of(const PairOfWorlds& pair, const ReportWords& words) {
    const std::vector<Place> places = places_by_team(pair.ties.labels);
    ReportFigure figure{
        .id = "network",
        .title = title_of(pair, words),
        .caption = words(
            "Each dot is a position in the firm, next to those of its team; lines are ties among "
            "colleagues; the colour is the engagement of who holds it, hollow while it is vacant. "
            "Shown is replicate {}, the pair of runs whose difference is nearest to the mean of "
            "all, run again from the stored scenario. One pair shows how, not how much.",
            "Chaque point est un poste, à côté de ceux de son équipe ; les traits sont les liens "
            "entre collègues ; la couleur est l'engagement de qui l'occupe, le point est vide "
            "quand "
            "le poste l'est. La paire montrée (répétition {}) est celle dont la différence est la "
            "plus proche de la moyenne, rejouée depuis le scénario conservé. Une paire montre "
            "comment, pas combien.",
            pair.replicate),
        .alt = words("Network of colleagues by team, coloured by engagement in the month of the "
                     "slider.",
                     "Réseau des collègues par équipe, coloré par l'engagement au mois choisi."),
        .panels = {},
        .slider = MonthSlider{.label = words("Month", "Mois"),
                              .captions = {},
                              .play = words("Play", "Lancer"),
                              .stop = words("Stop", "Arrêter")},
        .table = yearly_means(pair, words)};
    for (std::size_t time = 0; time < pair.months.size(); ++time)
        figure.slider->captions.push_back(caption_at(pair, time, words));
    for (std::size_t world = 0; world < pair.arms.size(); ++world) {
        figure.panels.push_back(
            {pair.arms[world],
             figure_spec("network", {{"people", people_rows(pair, world, places, words)},
                                     {"ties", tie_rows(pair, places)},
                                     {"month", pair.months.size() - 1},
                                     {"engagement", words("Engagement (%)", "Engagement (%)")},
                                     {"team", words("Team", "Équipe")}})});
    }
    return figure;
}

}

std::optional<ReportSection> network_section(const sim::ResultsReader& results,
                                             const Comparison& comparison,
                                             const ReportWords& words) {
    const sim::ResultsHead& head = results.head();
    if (head.text_attributes.contains("law")) return std::nullopt;
    for (const sim::NetworkTable& network : results.networks()) {
        if (network.name == "colleague" && network.nodes > most_positions) return std::nullopt;
    }
    try {
        const std::optional<PairOfWorlds> pair = replayed(results, comparison);
        if (!pair) return std::nullopt;
        ReportSection section{
            .id = "people",
            .heading = words("The people, month by month", "Les personnes, mois par mois")};
        section.figures.push_back(figure_of(*pair, words));
        return section;
    } catch (const sim::UserError&) { // written by another version, or its network files are gone
        return std::nullopt;
    }
}

}
