#include "analysis/inference/contacts.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <set>

#include <fmt/format.h>

#include "scenarios/tie_gathering.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::analysis {
namespace {

using Entry = Eigen::Triplet<double>;

constexpr std::size_t most_for_distances = 3000;

Weights matrix_of(std::size_t size, const std::vector<Entry>& entries) {
    const auto n = static_cast<Eigen::Index>(size);
    Weights weights(n, n);
    weights.setFromTriplets(entries.begin(), entries.end(),
                            [](double one, double other) { return std::max(one, other); });
    return weights;
}

/// 1 / fewest ties from a person to everybody they reach.
void add_distances(const Weights& ties, Eigen::Index from, std::vector<Entry>& entries) {
    std::vector<int> steps(static_cast<std::size_t>(ties.rows()), -1);
    std::deque<Eigen::Index> open{from};
    steps[static_cast<std::size_t>(from)] = 0;
    while (!open.empty()) {
        const Eigen::Index at = open.front();
        open.pop_front();
        for (Weights::InnerIterator tie(ties, at); tie; ++tie) {
            int& there = steps[static_cast<std::size_t>(tie.col())];
            if (there >= 0) continue;
            there = steps[static_cast<std::size_t>(at)] + 1;
            entries.emplace_back(from, tie.col(), 1.0 / there);
            open.push_back(tie.col());
        }
    }
}

Weights inverse_distances(const Weights& ties) {
    if (static_cast<std::size_t>(ties.rows()) > most_for_distances) {
        throw sim::UserError(fmt::format("--weights inverse_distance: {} people are too many (a "
                                         "distance for each pair; at most {}) choose row or binary",
                                         ties.rows(), most_for_distances));
    }
    std::vector<Entry> entries;
    for (Eigen::Index person = 0; person < ties.rows(); ++person) {
        add_distances(ties, person, entries);
    }
    return matrix_of(static_cast<std::size_t>(ties.rows()), entries);
}

bool is_dated(const SurveyTie& tie) { return tie.first != Day::min() || tie.last != Day::max(); }

/// What handovers.csv tells of accounts without dates.
struct HandedOver {
    std::vector<PersonIndex> contact; ///< of each client on the day; no_person: not told
    std::set<std::pair<PersonIndex, PersonIndex>> named; ///< client, with who had or got it
};

HandedOver handed_over(const Survey& survey, Day day) {
    HandedOver result{.contact = std::vector<PersonIndex>(survey.size(), no_person), .named = {}};
    std::vector<bool> dated(survey.size(), false);
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] == "account" && is_dated(tie)) dated[tie.to] = true;
    }
    std::vector<const Handover*> latest(survey.size(), nullptr), first(survey.size(), nullptr);
    for (const Handover& each : survey.handovers) {
        if (dated[each.client]) continue;
        result.named.insert({each.client, each.old_contact});
        result.named.insert({each.client, each.new_contact});
        const Handover*& start = first[each.client];
        if (!start || each.date < start->date) start = &each;
        const Handover*& last = latest[each.client];
        if (each.date <= day && (!last || each.date > last->date)) last = &each;
    }
    for (PersonIndex client = 0; client < survey.size(); ++client) {
        if (!first[client]) continue;
        result.contact[client] =
            latest[client] ? latest[client]->new_contact : first[client]->old_contact;
    }
    return result;
}

/// Accounts on a day, hand-overs followed.
std::vector<Entry> accounts_on(const Survey& survey, bool clients_receive, Day day) {
    const HandedOver handed = handed_over(survey, day);
    std::vector<double> weight(survey.size(), 0.0); // of the account that was handed over
    std::vector<Entry> entries;
    const auto add = [&](PersonIndex client, PersonIndex employee, double value) {
        entries.emplace_back(clients_receive ? client : employee,
                             clients_receive ? employee : client, value);
    };
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] != "account" || !tie.in_force(day)) continue;
        if (handed.named.contains({tie.to, tie.from})) {
            weight[tie.to] = std::max(weight[tie.to], tie.weight);
        } else {
            add(tie.to, tie.from, tie.weight);
        }
    }
    for (PersonIndex client = 0; client < survey.size(); ++client) {
        if (handed.contact[client] == no_person) continue;
        add(client, handed.contact[client], weight[client] > 0.0 ? weight[client] : 1.0);
    }
    return entries;
}

/// Team of each client: that of the contact with the weightiest account, the first of equals; ""
/// without one.
std::vector<std::string> serving_teams(const Survey& survey) {
    std::vector<std::string> team(survey.size());
    std::vector<double> most(survey.size(), 0.0);
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] != "account" || tie.weight <= most[tie.to]) continue;
        most[tie.to] = tie.weight;
        team[tie.to] = survey.people.list[tie.from].team;
    }
    return team;
}

/// The same on one day, hand-overs followed; those without a contact then keep what `team` holds.
void follow_day(std::vector<std::string>& team, const Survey& survey, Day day) {
    std::vector<double> most(survey.size(), 0.0);
    for (const Entry& account : accounts_on(survey, true, day)) {
        const auto client = static_cast<std::size_t>(account.row());
        if (account.value() <= most[client]) continue;
        most[client] = account.value();
        team[client] = survey.people.list[static_cast<std::size_t>(account.col())].team;
    }
}

/// Teams of each client on these days, in their order and told apart; who has one all along, that.
std::vector<std::string> serving_teams(const Survey& survey, const std::vector<Day>& days) {
    std::vector<std::string> team = serving_teams(survey);
    if (days.empty() || !contacts_change(survey, "account")) return team;
    std::vector<std::vector<std::string>> served(survey.size());
    for (const Day day : days) {
        follow_day(team, survey, day);
        for (std::size_t i = 0; i < team.size(); ++i) served[i].push_back(team[i]);
    }
    for (std::size_t i = 0; i < team.size(); ++i) {
        const bool always = std::ranges::count(served[i], team[i]) == std::ssize(served[i]);
        if (!always) team[i] = fmt::format("{}", fmt::join(served[i], " \n"));
    }
    return team;
}

}

std::vector<std::string> layer_names(const Survey& survey) {
    std::vector<std::string> names;
    for (const std::string& kind : survey.tie_kinds) {
        if (kind != "account") names.push_back(kind);
    }
    if (std::ranges::find(survey.tie_kinds, "account") != survey.tie_kinds.end()) {
        names.insert(names.end(), {"employee_client", "client_employee"});
    }
    return names;
}

Layer layer_named(const Survey& survey, const std::string& name) {
    const std::vector<std::string> names = layer_names(survey);
    if (std::ranges::find(names, name) == names.end()) {
        throw sim::UserError(
            fmt::format("--layer {}: {} has no such ties{} (there {})", name,
                        survey.folder.string(), sim::did_you_mean(name, names),
                        names.empty() ? "are none" : fmt::format("is {}", fmt::join(names, ", "))));
    }
    // ties.csv names the employee of an account first, and clients are influenced by them.
    if (name == "employee_client") return {name, "account", true};
    if (name == "client_employee") return {name, "account", false};
    return {name, name, false};
}

bool is_directed(const Survey& survey, const std::string& kind) {
    if (kind == "manager") return true;
    if (kind == "account" || kind == "client_client") return false;
    std::vector<scenarios::PlacedTie> placed;
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] == kind) placed.push_back({{tie.from, tie.to}, nullptr});
    }
    return scenarios::look_directed(placed);
}

Weights contacts(const Survey& survey, const TieChoice& choice, std::optional<Day> day) {
    Naming naming = choice.naming;
    if (choice.layer.kind == "account") {
        naming = choice.layer.reversed ? Naming::received : Naming::sent;
    } else if (naming == Naming::automatic) {
        naming = is_directed(survey, choice.layer.kind) ? Naming::sent : Naming::both;
    }
    std::vector<Entry> entries;
    for (const SurveyTie& tie : survey.ties) {
        const bool counts =
            survey.tie_kinds[tie.kind] == choice.layer.kind && (!day || tie.in_force(*day));
        if (!counts) continue;
        if (naming != Naming::received) entries.emplace_back(tie.from, tie.to, tie.weight);
        if (naming != Naming::sent) entries.emplace_back(tie.to, tie.from, tie.weight);
    }
    return matrix_of(survey.size(), entries);
}

bool contacts_change(const Survey& survey, const std::string& kind) {
    return (kind == "account" && !survey.handovers.empty()) ||
           std::ranges::any_of(survey.ties, [&](const SurveyTie& tie) {
               return survey.tie_kinds[tie.kind] == kind && is_dated(tie);
           });
}

Weights contacts_on(const Survey& survey, const TieChoice& choice, Day day) {
    if (choice.layer.kind != "account" || survey.handovers.empty()) {
        return contacts(survey, choice, day);
    }
    return matrix_of(survey.size(), accounts_on(survey, choice.layer.reversed, day));
}

Weights among(const Weights& weights, const std::vector<PersonIndex>& who) {
    std::vector<Eigen::Index> place(static_cast<std::size_t>(weights.rows()), -1);
    for (std::size_t i = 0; i < who.size(); ++i) place[who[i]] = static_cast<Eigen::Index>(i);
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < who.size(); ++i) {
        for (Weights::InnerIterator tie(weights, who[i]); tie; ++tie) {
            const Eigen::Index other = place[static_cast<std::size_t>(tie.col())];
            if (other >= 0) entries.emplace_back(static_cast<Eigen::Index>(i), other, tie.value());
        }
    }
    return matrix_of(who.size(), entries);
}

Weights weighted(const Weights& ties, Weighting weighting) {
    if (weighting == Weighting::inverse_distance) return inverse_distances(ties);
    Weights result = ties;
    for (Eigen::Index row = 0; row < result.rows(); ++row) {
        double sum = 0.0;
        for (Weights::InnerIterator tie(result, row); tie; ++tie) sum += tie.value();
        for (Weights::InnerIterator tie(result, row); tie; ++tie) {
            tie.valueRef() = weighting == Weighting::binary ? 1.0 : tie.value() / sum;
        }
    }
    return result;
}

Groups groups_by(const Survey& survey, const std::string& what, const std::vector<Day>& days) {
    const std::vector<std::string> serving =
        what == "team" ? serving_teams(survey, days) : std::vector<std::string>();
    Groups groups;
    std::map<std::string, std::uint32_t> place;
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        const scenarios::Person& person = survey.people.list[i];
        std::string name = what == "site"      ? person.site
                           : what == "segment" ? person.segment
                           : what == "person"  ? person.id
                                               : person.team;
        if (what == "team" && survey.is_client(i)) {
            name = "clients of " + (serving[i].empty() ? "segment " + person.segment : serving[i]);
        }
        const auto [found, is_new] =
            place.emplace(name, static_cast<std::uint32_t>(groups.names.size()));
        if (is_new) groups.names.push_back(name);
        groups.of.push_back(found->second);
    }
    return groups;
}

}
