#include "analysis/inference/survey_waves.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

namespace cercle::analysis {
namespace {

using Days = std::chrono::days;

/// Number of the calendar month or quarter a day lies in.
int period_of(Day day, bool of_quarters) {
    const std::chrono::year_month_day date(day);
    const int month = static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    return static_cast<int>(date.year()) * 12 + (of_quarters ? month / 3 * 3 : month);
}

/// Answers of one day.
struct Wave {
    std::set<PersonIndex> people;
    std::vector<std::size_t> lines; ///< the first few

    void add(const PlacedScore& placed, const SurveyRows& rows) {
        constexpr std::size_t few = 4;
        people.insert(placed.score.person);
        if (lines.size() < few) lines.push_back(rows.line(placed.row));
    }
    std::string where() const {
        return fmt::format("{} {}{}", lines.size() == 1 ? "line" : "lines", fmt::join(lines, ", "),
                           people.size() > lines.size() ? ", ..." : "");
    }
};

using Waves = std::map<Day, Wave>;

/// Looks at the waves of employees or of clients to one instrument.
class WaveCheck {
public:
    WaveCheck(const Survey& survey, const std::string& instrument, const Waves& waves,
              SurveyRows& rows)
        : survey_(survey), instrument_(instrument), waves_(waves), rows_(rows) {
        for (const auto& [day, wave] : waves) fullest_ = std::max(fullest_, wave.people.size());
    }

    void tell() {
        if (is_scattered_all_over()) return tell_scattered(waves_.begin(), waves_.end(), 0);
        tell_stretches();
        for (auto wave = waves_.begin(); wave != waves_.end(); ++wave) {
            if (!told_.contains(wave->first)) tell_stray(wave);
        }
    }

private:
    using WavePlace = Waves::const_iterator;

    /// Whether most dates have fewer people than anything is told of, in a survey of many.
    bool is_scattered_all_over() const {
        constexpr std::size_t many = 20;
        std::set<PersonIndex> people;
        std::size_t small = 0;
        for (const auto& [day, wave] : waves_) {
            people.insert(wave.people.begin(), wave.people.end());
            small += wave.people.size() < fewest_in_group ? 1 : 0;
        }
        return people.size() >= many && 2 * small > waves_.size();
    }
    /// Dates no further than a fortnight from the next are one stretch. One in which hardly anybody
    /// answered twice is a wave whose answers have dates of their own, or few of them do.
    void tell_stretches() {
        constexpr Days fortnight{14};
        std::vector<std::pair<WavePlace, WavePlace>> scattered;
        for (auto first = waves_.begin(); first != waves_.end();) {
            auto end = std::next(first);
            while (end != waves_.end() && end->first - std::prev(end)->first <= fortnight) ++end;
            const bool is_one_wave = std::next(first) != end && answered_once(first, end);
            if (is_one_wave && !note_strays(first, end)) scattered.emplace_back(first, end);
            first = end;
        }
        for (const auto& [first, end] : scattered) {
            for (auto wave = first; wave != end; ++wave) told_.insert(wave->first);
        }
        if (scattered.empty()) return;
        tell_scattered(scattered.front().first, scattered.front().second, scattered.size() - 1);
    }
    /// Whether at most one person in twenty answered twice.
    static bool answered_once(WavePlace first, WavePlace end) {
        std::set<PersonIndex> people;
        std::size_t answers = 0;
        for (auto wave = first; wave != end; ++wave) {
            people.insert(wave->second.people.begin(), wave->second.people.end());
            answers += wave->second.people.size();
        }
        return 20 * (answers - people.size()) <= people.size();
    }
    /// Whether all but one answer in ten have one date; the other dates are strays then.
    bool note_strays(WavePlace first, WavePlace end) {
        const auto size = [](const auto& wave) { return wave.second.people.size(); };
        const WavePlace main = std::ranges::max_element(first, end, {}, size);
        std::size_t answers = 0;
        for (auto wave = first; wave != end; ++wave) answers += size(*wave);
        if (10 * (answers - size(*main)) > answers) return false;
        for (auto wave = first; wave != end; ++wave) {
            if (wave != main) strays_.insert(wave->first);
        }
        return true;
    }
    void tell_scattered(WavePlace first, WavePlace end, std::size_t others) {
        std::set<PersonIndex> people;
        for (auto wave = first; wave != end; ++wave) {
            people.insert(wave->second.people.begin(), wave->second.people.end());
        }
        rows_.problem_on(
            first->second.lines.front(),
            fmt::format("answers to {} of {} people have {} dates from {} to {}{} (everybody of a "
                        "wave has one date: people are compared wave by wave); give each wave one "
                        "date, or say in survey.toml: {}",
                        instrument_, people.size(), std::distance(first, end),
                        date_text(first->first), date_text(std::prev(end)->first),
                        others > 0 ? fmt::format("; {} more {} like that", others,
                                                 others == 1 ? "stretch is" : "stretches are")
                                   : "",
                        survey_.settings.wave == "day" ? "wave = \"month\" or wave = \"quarter\""
                                                       : "wave = \"quarter\""));
    }
    /// A date of hardly anybody beside a full one, or alone where others have many.
    void tell_stray(WavePlace wave) {
        const std::size_t people = wave->second.people.size();
        const bool few = people < fewest_in_group && 10 * people <= fullest_;
        const bool is_thin = few || 20 * people < fullest_ || strays_.contains(wave->first);
        if (!is_thin) return;
        const WavePlace near = fullest_within_a_month(wave);
        const std::string what =
            fmt::format("{} {} answered {} on {} ({})", people, people == 1 ? "person" : "people",
                        instrument_, date_text(wave->first), wave->second.where());
        if (near != waves_.end()) {
            rows_.problem_on(wave->second.lines.front(),
                             fmt::format("only {}, and {} on {} (everybody of a wave has one "
                                         "date); give them the date of their wave, gather waves "
                                         "by wave = \"month\" or \"quarter\" in survey.toml, or "
                                         "leave these rows out",
                                         what, near->second.people.size(), date_text(near->first)));
        } else if (few) {
            rows_.problem_on(wave->second.lines.front(),
                             fmt::format("only {}, and {} on another day; is {} a mistyped date? "
                                         "mend it, or leave these rows out",
                                         what, fullest_, date_text(wave->first)));
        }
    }
    /// The fullest other wave up to 31 days away that has more people; the end where there is none.
    WavePlace fullest_within_a_month(WavePlace wave) const {
        constexpr Days month{31};
        WavePlace best = waves_.end();
        std::size_t most = wave->second.people.size();
        for (auto other = waves_.lower_bound(wave->first - month);
             other != waves_.end() && other->first - wave->first <= month; ++other) {
            if (other->second.people.size() <= most) continue;
            most = other->second.people.size();
            best = other;
        }
        return best;
    }

    const Survey& survey_;
    const std::string& instrument_;
    const Waves& waves_;
    SurveyRows& rows_;
    std::size_t fullest_ = 0; ///< people of the wave with most
    std::set<Day> strays_, told_;
};

}

void gather_waves(std::vector<PlacedScore>& scores, const std::string& period) {
    if (period == "day") return;
    const bool of_quarters = period == "quarter";
    std::map<int, Day> first;
    for (const PlacedScore& each : scores) {
        const int when = period_of(each.score.date, of_quarters);
        const auto [known, is_new] = first.emplace(when, each.score.date);
        known->second = std::min(known->second, each.score.date);
    }
    for (PlacedScore& each : scores) {
        each.score.date = first.at(period_of(each.score.date, of_quarters));
    }
}

void refuse_scattered_waves(const Survey& survey, const std::vector<PlacedScore>& scores,
                            SurveyRows& rows) {
    std::map<std::pair<std::uint32_t, bool>, Waves> of; // instrument, of clients
    for (const PlacedScore& each : scores) {
        const bool client = survey.is_client(each.score.person);
        of[{each.score.instrument, client}][each.score.date].add(each, rows);
    }
    for (const auto& [key, waves] : of) {
        WaveCheck(survey, survey.instruments[key.first].name, waves, rows).tell();
    }
}

}
