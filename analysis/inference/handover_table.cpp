#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "analysis/inference/handovers.hpp"
#include "analysis/wording.hpp"

namespace cercle::analysis {
namespace {

using Eigen::Index;

/// Days, the last not included.
struct DayRange {
    Day first;
    Day end;
};

/// Mean answer of someone and mean day of those answers; NaN without any.
struct MeanAnswer {
    double value = not_known;
    double day = not_known;
};

MeanAnswer mean_in(const Answers& answers, PersonIndex person, const DayRange& range) {
    double sum = 0.0, days = 0.0, count = 0.0;
    for (std::size_t wave = 0; wave < answers.waves.size(); ++wave) {
        if (answers.waves[wave] < range.first || answers.waves[wave] >= range.end) continue;
        const double answer = answers.y(person, static_cast<Index>(wave));
        if (std::isnan(answer)) continue;
        sum += answer;
        days += static_cast<double>(answers.waves[wave].time_since_epoch().count());
        count += 1.0;
    }
    if (count == 0.0) return {};
    return {sum / count, days / count};
}

/// The days after each hand-over that count: until the client's next one at most.
std::vector<DayRange> days_after(const std::vector<Handover>& handovers,
                                 const HandoverWindow& window) {
    std::map<PersonIndex, std::vector<Day>> of_client;
    for (const Handover& each : handovers) of_client[each.client].push_back(each.date);
    std::vector<DayRange> result;
    for (const Handover& each : handovers) {
        Day end = each.date + std::chrono::days(window.after);
        for (const Day other : of_client[each.client]) {
            if (other > each.date) end = std::min(end, other);
        }
        result.push_back({each.date + std::chrono::days(window.settling), end});
    }
    return result;
}

/// What is known around one hand-over.
struct AroundHandover {
    MeanAnswer after;
    double before, successor, predecessor;

    bool is_known() const { return !std::isnan(after.value + before + successor + predecessor); }
};

void add_row(HandoverTable& table, const AroundHandover& row, const Handover& handover,
             std::uint32_t team) {
    constexpr double month_length = 30.44;
    const auto date = static_cast<double>(handover.date.time_since_epoch().count());
    table.after.push_back(row.after.value);
    table.months.push_back((row.after.day - date) / month_length);
    table.before.push_back(row.before);
    table.successor.push_back(row.successor);
    table.predecessor.push_back(row.predecessor);
    table.contact.push_back(static_cast<std::uint32_t>(handover.new_contact));
    table.team.push_back(team);
    ++table.by_reason[static_cast<std::size_t>(handover.reason)];
}

/// Numbers of teams and years, in the order met.
struct HandoverStrata {
    std::map<std::pair<std::uint32_t, int>, std::uint32_t> numbers;

    std::uint32_t of(std::uint32_t team, Day date) {
        const int year = static_cast<int>(std::chrono::year_month_day(date).year());
        const auto next = static_cast<std::uint32_t>(numbers.size());
        return numbers.try_emplace({team, year}, next).first->second;
    }
};

/// Whose answers count, and when.
struct Answering {
    const Answers& clients;
    const Answers& employees;
    HandoverWindow window;
};

/// What is known around each hand-over; those of which too little is are counted.
std::vector<std::optional<AroundHandover>>
known_rows(HandoverTable& table, const std::vector<Handover>& handovers, const Answering& asked) {
    const std::vector<DayRange> afterwards = days_after(handovers, asked.window);
    std::vector<std::optional<AroundHandover>> rows(handovers.size());
    for (std::size_t h = 0; h < handovers.size(); ++h) {
        const Handover& each = handovers[h];
        if (each.reason == HandoverReason::client_request) {
            ++table.asked;
            continue;
        }
        const DayRange before{Day::min(), each.date};
        const AroundHandover row{
            .after = mean_in(asked.clients, each.client, afterwards[h]),
            .before = mean_in(asked.clients, each.client, before).value,
            .successor = mean_in(asked.employees, each.new_contact, before).value,
            .predecessor = mean_in(asked.employees, each.old_contact, before).value};
        if (row.is_known()) rows[h] = row;
        if (!row.is_known()) ++table.unanswered;
    }
    return rows;
}

/// The first hand-over of each client that is known.
std::map<PersonIndex, std::size_t>
first_known(const std::vector<Handover>& handovers,
            const std::vector<std::optional<AroundHandover>>& rows) {
    std::map<PersonIndex, std::size_t> first;
    for (std::size_t h = 0; h < handovers.size(); ++h) {
        if (!rows[h]) continue;
        std::size_t& kept = first.try_emplace(handovers[h].client, h).first->second;
        if (handovers[h].date < handovers[kept].date) kept = h;
    }
    return first;
}

/// Puts what successors answered before they took over their first client in the place of what they
/// answered before each: later answers may come from the clients they took over.
void keep_early_answers(std::vector<std::optional<AroundHandover>>& rows,
                        const std::vector<Handover>& handovers, const Answers& employees) {
    std::map<PersonIndex, Day> first;
    for (std::size_t h = 0; h < handovers.size(); ++h) {
        if (!rows[h]) continue;
        const Handover& each = handovers[h];
        Day& day = first.try_emplace(each.new_contact, each.date).first->second;
        day = std::min(day, each.date);
    }
    for (std::size_t h = 0; h < handovers.size(); ++h) {
        if (!rows[h]) continue;
        const PersonIndex successor = handovers[h].new_contact;
        rows[h]->successor = mean_in(employees, successor, {Day::min(), first.at(successor)}).value;
    }
}

void tell_left_out(HandoverTable& table) {
    const auto tell = [&](std::size_t count, const std::string& why) {
        if (count > 0) table.left_out.push_back(counted(count, "hand-over") + why);
    };
    tell(table.asked, " that the client asked for");
    tell(table.unanswered, " where client, old or new contact gave no answer in time");
    tell(table.repeated, " of a client after the first that can be used");
}

}

HandoverTable handover_table(const Survey& survey, const Answers& clients, const Answers& employees,
                             const HandoverWindow& window) {
    HandoverTable table{.by_reason = std::vector<std::size_t>(handover_reasons.size(), 0)};
    const std::vector<Handover>& all = survey.handovers;
    auto rows = known_rows(table, all, {clients, employees, window});
    keep_early_answers(rows, all, employees);
    const Groups teams = groups_by(survey, "team");
    const std::map<PersonIndex, std::size_t> first = first_known(all, rows);
    HandoverStrata strata;
    for (std::size_t h = 0; h < all.size(); ++h) {
        if (!rows[h]) continue;
        if (first.at(all[h].client) != h) {
            ++table.repeated;
            continue;
        }
        add_row(table, *rows[h], all[h], teams.of[all[h].new_contact]);
        table.stratum.push_back(strata.of(table.team.back(), all[h].date));
    }
    tell_left_out(table);
    return table;
}

}
