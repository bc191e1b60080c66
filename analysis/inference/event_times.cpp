#include "analysis/inference/event_times.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "analysis/inference/logit.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

int period_of(Day day, const std::string& period) {
    const std::chrono::year_month_day date(day);
    const int month = static_cast<int>(date.year()) * 12 +
                      static_cast<int>(static_cast<unsigned>(date.month())) - 1;
    return period == "year" ? month / 12 : period == "quarter" ? month / 3 : month;
}

std::string chosen_event(const Survey& survey, const std::string& asked) {
    std::map<std::string, std::size_t> counts;
    for (const SurveyEvent& event : survey.events) ++counts[event.event];
    if (counts.empty()) {
        throw sim::UserError(
            fmt::format("{}: there are no events (events.csv holds them)", survey.folder.string()));
    }
    if (asked.empty()) {
        return std::ranges::max_element(counts, {}, [](const auto& each) { return each.second; })
            ->first;
    }
    if (counts.contains(asked)) return asked;
    std::vector<std::string> names;
    for (const auto& [name, count] : counts) names.push_back(name);
    throw sim::UserError(fmt::format("--outcome {}: there is no such event{} (there is {})", asked,
                                     sim::did_you_mean(asked, names), fmt::join(names, ", ")));
}

/// How many periods people stood beside so many contacts with the event, and had it then.
struct Exposed {
    double periods = 0.0;
    double events = 0.0;
};

/// Adds the periods of one person, whose contacts had the event at `seen` (sorted).
void add_periods(std::map<std::uint32_t, Exposed>& exposed, std::span<const std::uint32_t> seen,
                 std::uint32_t own, std::uint32_t end) {
    std::uint32_t at = 0;
    for (std::uint32_t count = 0; count <= seen.size() && at < end; ++count) {
        const std::uint32_t until = count < seen.size() ? std::min(seen[count], end) : end;
        if (until <= at) continue;
        exposed[count].periods += until - at;
        if (own != never && own >= at && own < until) exposed[count].events += 1.0;
        at = until;
    }
}

/// The periods of dated ties between the people of `times`, of which `low` is the first.
void add_spells(EventTimes& times, const Survey& survey, const Question& question, int low) {
    std::vector<Index> place(survey.size(), -1);
    for (std::size_t i = 0; i < times.who.size(); ++i) place[times.who[i]] = static_cast<Index>(i);
    const std::string kind = layer_named(survey, question.layer).kind;
    constexpr int always = std::numeric_limits<int>::max();
    bool dated = false;
    for (const SurveyTie& tie : survey.ties) {
        const Index one = place[tie.from], other = place[tie.to];
        if (survey.tie_kinds[tie.kind] != kind || one < 0 || other < 0) continue;
        const bool begins = tie.first != Day::min(), ends = tie.last != Day::max();
        dated = dated || begins || ends;
        times.spells[{std::min(one, other), std::max(one, other)}].emplace_back(
            begins ? period_of(tie.first, question.period) - low : -always,
            ends ? period_of(tie.last, question.period) - low : always);
    }
    if (!dated) times.spells.clear();
}

/// When the first of the ties of a kind began.
Day first_tie_day(const Survey& survey, const std::string& kind) {
    Day first = Day::max();
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] == kind) first = std::min(first, tie.first);
    }
    return first;
}

}

bool EventTimes::tied(Index one, Index other, std::uint32_t in) const {
    if (spells.empty()) return true;
    const auto found = spells.find({std::min(one, other), std::max(one, other)});
    const auto when = static_cast<int>(in);
    return found != spells.end() &&
           std::ranges::any_of(found->second, [&](const std::pair<int, int>& spell) {
               return spell.first <= when && when <= spell.second;
           });
}

EventTimes event_times(const Survey& survey, const Question& question) {
    static const std::vector<std::string> lengths{"month", "quarter", "year"};
    if (std::ranges::find(lengths, question.period) == lengths.end()) {
        throw sim::UserError(
            fmt::format("--period {}: unknown (month, quarter or year)", question.period));
    }
    EventTimes times{.event = chosen_event(survey, question.outcome)};
    std::map<PersonIndex, int> first;
    bool of_clients = false, of_employees = false;
    int low = 0, high = 0;
    for (const SurveyEvent& event : survey.events) {
        if (event.event != times.event) continue;
        times.first_day = std::min(times.first_day, event.date);
        const int period = period_of(event.date, question.period);
        if (first.empty()) low = high = period;
        low = std::min(low, period);
        high = std::max(high, period);
        const auto [found, is_new] = first.emplace(event.person, period);
        if (!is_new) found->second = std::min(found->second, period);
        (survey.is_client(event.person) ? of_clients : of_employees) = true;
    }
    times.periods = static_cast<std::size_t>(high - low + 1);
    times.happened = first.size();
    const Groups teams = groups_by(survey, "team", {times.first_day});
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        if (survey.is_client(i) ? !of_clients : !of_employees) continue;
        times.who.push_back(i);
        const auto found = first.find(i);
        times.period.push_back(
            found == first.end() ? never : static_cast<std::uint32_t>(found->second - low));
        times.team.push_back(teams.of[i]);
    }
    const TieChoice choice{layer_named(survey, question.layer), question.naming};
    times.ties = among(contacts(survey, choice, std::nullopt), times.who);
    if (times.ties.nonZeros() == 0) {
        throw sim::UserError(fmt::format("--layer {}: no tie joins two people who can have a {}",
                                         question.layer, times.event));
    }
    add_spells(times, survey, question, low);
    return times;
}

EventTimes with_first_ties(const EventTimes& times, const Survey& survey,
                           const Question& question) {
    if (times.spells.empty()) return times;
    const TieChoice choice{layer_named(survey, question.layer), question.naming};
    const Day eve =
        std::max(times.first_day - std::chrono::days(1), first_tie_day(survey, choice.layer.kind));
    const Weights ties = among(contacts(survey, choice, eve), times.who);
    const Weights reversed = ties.transpose();
    EventTimes result{.event = times.event, .periods = times.periods, .first_day = times.first_day};
    std::vector<PersonIndex> tied; // places in times.who
    for (std::uint32_t i = 0; i < times.who.size(); ++i) {
        if (ties.row(i).nonZeros() + reversed.row(i).nonZeros() == 0) continue;
        tied.push_back(i);
        result.who.push_back(times.who[i]);
        result.period.push_back(times.period[i]);
        result.team.push_back(times.team[i]);
        result.happened += times.period[i] == never ? 0 : 1;
    }
    result.ties = among(ties, tied);
    return result;
}

double contact_slope(const EventTimes& times, const Weights& ties,
                     std::span<const std::uint32_t> period, std::size_t lag) {
    std::map<std::uint32_t, Exposed> exposed;
    std::vector<std::uint32_t> seen;
    const auto end = static_cast<std::uint32_t>(times.periods);
    for (Index i = 0; i < ties.rows(); ++i) {
        seen.clear();
        for (Weights::InnerIterator tie(ties, i); tie; ++tie) {
            const std::uint32_t when = period[static_cast<std::size_t>(tie.col())];
            if (when == never || !times.tied(i, tie.col(), when)) continue;
            seen.push_back(when + static_cast<std::uint32_t>(lag));
        }
        std::ranges::sort(seen);
        const std::uint32_t own = period[static_cast<std::size_t>(i)];
        add_periods(exposed, seen, own, own == never ? end : own + 1);
    }
    LogitEquation equation{.names = {"contacts"}};
    equation.x.resize(static_cast<Index>(2 * exposed.size()), 1);
    Index row = 0;
    for (const auto& [count, each] : exposed) {
        for (const bool happened : {true, false}) {
            equation.x(row++, 0) = std::log(1.0 + count);
            equation.y.push_back(happened ? 1 : 0);
            equation.times.push_back(happened ? each.events : each.periods - each.events);
            equation.level.push_back(0);
        }
    }
    const LogitFit fitted = fit(equation);
    return fitted.converged ? fitted.b[0] : std::numeric_limits<double>::quiet_NaN();
}

}
