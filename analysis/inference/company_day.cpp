#include "analysis/inference/company_day.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "analysis/inference/company_start.hpp"
#include "analysis/inference/contacts.hpp"

namespace cercle::analysis {
namespace {

/// After one of these a person is no longer there.
const std::set<std::string> exits{"quit", "churn"};

/// The ties of a day; accounts are with who has them after the hand-overs until then.
std::vector<SurveyTie> ties_on(const Survey& survey, Day day) {
    std::vector<SurveyTie> ties;
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] != "account" && tie.in_force(day)) ties.push_back(tie);
    }
    const auto account = std::ranges::find(survey.tie_kinds, "account");
    if (account == survey.tie_kinds.end()) return ties;
    const auto kind = static_cast<std::uint32_t>(account - survey.tie_kinds.begin());
    const Weights served = contacts_on(survey, {layer_named(survey, "employee_client")}, day);
    for (PersonIndex client = 0; client < survey.size(); ++client) {
        for (Weights::InnerIterator tie(served, client); tie; ++tie) {
            ties.push_back({static_cast<PersonIndex>(tie.col()), client, kind, tie.value()});
        }
    }
    return ties;
}

/// Where accounts are known, a client without one is served by nobody: it is no client of the day.
void leave_out_unserved(CompanyDay& at) {
    std::vector<bool> served(at.survey.size(), false);
    for (const SurveyTie& tie : at.ties) {
        if (at.is_account(tie)) served[tie.to] = true;
    }
    if (std::ranges::find(served, true) == served.end()) return;
    for (PersonIndex i = 0; i < at.survey.size(); ++i) {
        if (!at.survey.is_client(i) || !at.there[i] || served[i]) continue;
        at.there[i] = false;
        ++at.unserved;
    }
}

void give_names(CompanyDay& at) {
    at.order = people_in_no_order(at.survey);
    std::erase_if(at.order, [&](PersonIndex person) { return !at.there[person]; });
    at.number.resize(at.survey.size());
    at.name.resize(at.survey.size());
    std::size_t employees = 0, clients = 0;
    for (std::size_t place = 0; place < at.order.size(); ++place) {
        const PersonIndex person = at.order[place];
        at.number[person] = place;
        at.name[person] = at.survey.is_client(person) ? fmt::format("c{}", ++clients)
                                                      : fmt::format("e{}", ++employees);
    }
}

}

CompanyDay company_on(const Survey& survey, Day day) {
    CompanyDay result{survey, day, std::vector<bool>(survey.size(), true)};
    for (const SurveyEvent& event : survey.events) {
        if (event.date <= day && exits.contains(event.event)) result.there[event.person] = false;
    }
    result.ties = ties_on(survey, day);
    leave_out_unserved(result);
    give_names(result);
    return result;
}

}
