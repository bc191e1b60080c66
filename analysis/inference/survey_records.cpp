#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>

#include <fmt/format.h>

#include "analysis/inference/survey_parts.hpp"
#include "analysis/inference/survey_rows.hpp"

namespace cercle::analysis {
namespace {

const std::vector<std::string> event_kinds{"churn",     "quit",     "absence",
                                           "complaint", "referral", "promoter_loss"};
const std::vector<std::string> truths{"0", "1"};

/// Looks for events that cannot be: exits of the wrong kind of person, and what is there twice.
class EventCheck {
public:
    explicit EventCheck(const Survey& survey) : survey_(survey) {}

    /// What is wrong with the event of a line; "" when nothing is.
    std::string fault(const SurveyEvent& event, std::size_t line) {
        const bool client = survey_.is_client(event.person);
        if (client && event.event == "quit") return "a client quits (that is an employee's; churn)";
        if (!client && event.event == "churn") {
            return "an employee churns (that is a client's; quit)";
        }
        const bool is_exit = event.event == "quit" || event.event == "churn";
        const auto [first, is_new] = lines_.emplace(
            std::tuple(event.person, event.event, is_exit ? Day::min() : event.date), line);
        if (is_new) return "";
        return is_exit ? fmt::format("a second {} of one person (the first is on line {}); leave "
                                     "one of them out",
                                     event.event, first->second)
                       : fmt::format("the same event as on line {}; leave one of them out",
                                     first->second);
    }

private:
    const Survey& survey_;
    std::map<std::tuple<PersonIndex, std::string, Day>, std::size_t> lines_;
};

/// Accounts that no other of the same client and as much weight overlaps, by client and day.
std::vector<SurveyTie> main_accounts(const Survey& survey) {
    std::vector<SurveyTie> accounts;
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] == "account") accounts.push_back(tie);
    }
    std::ranges::sort(accounts, {}, [](const SurveyTie& tie) {
        return std::tuple(tie.to, tie.first, tie.last, tie.from);
    });
    std::vector<SurveyTie> main;
    for (auto first = accounts.begin(); first != accounts.end();) {
        const auto end = std::find_if(first, accounts.end(),
                                      [&](const SurveyTie& tie) { return tie.to != first->to; });
        std::copy_if(first, end, std::back_inserter(main), [&](const SurveyTie& tie) {
            return std::none_of(first, end, [&](const SurveyTie& other) {
                return overlap(tie, other) && other.weight >= tie.weight;
            });
        });
        first = end;
    }
    return main;
}

}

void read_events(Survey& survey, sim::FileProblems& problems) {
    const std::vector<std::string> wanted{"person_id", "date", "event"};
    auto rows = survey_rows(survey, "events.csv", wanted, problems);
    if (!rows) return;
    EventCheck checked(survey);
    for (std::size_t row = 0; row < rows->rows(); ++row) {
        const auto person = rows->person(row, "person_id");
        const auto date = rows->day(row, "date");
        if (rows->text(row, "date").empty()) rows->problem(row, "date is empty");
        if (rows->text(row, "event").empty()) rows->problem(row, "event is empty");
        const auto kind = rows->choice(row, "event", event_kinds, 0);
        if (!person || !date || !kind) continue;
        const SurveyEvent event{*person, *date, event_kinds[*kind]};
        if (const std::string fault = checked.fault(event, rows->line(row)); !fault.empty()) {
            rows->problem(row, fault);
        } else {
            survey.events.push_back(event);
        }
    }
    rows->tell_unknown();
}

void read_covariates(Survey& survey, sim::FileProblems& problems) {
    const std::vector<std::string> wanted{"person_id", "date", "name", "value"};
    auto rows = survey_rows(survey, "covariates.csv", wanted, problems);
    if (!rows) return;
    for (std::size_t row = 0; row < rows->rows(); ++row) {
        const auto person = rows->person(row, "person_id");
        const auto date = rows->day(row, "date");
        const std::string name = rows->text(row, "name");
        const auto value = rows->number(row, "value");
        const auto exogenous = rows->choice(row, "exogenous", truths, 0);
        if (name.empty()) rows->problem(row, "name is empty");
        if (value && std::fabs(*value) > largest_number) {
            rows->problem(row, fmt::format("value = {} is further from 0 than {} (numbers are "
                                           "summed)",
                                           *value, largest_number));
        }
        if (!person || !value || !exogenous || name.empty()) continue;
        const auto found = std::ranges::find(survey.covariate_names, name);
        const auto place = static_cast<std::uint32_t>(found - survey.covariate_names.begin());
        if (found == survey.covariate_names.end()) {
            survey.covariate_names.push_back(name);
            survey.exogenous.push_back(*exogenous == 1);
        } else if (survey.exogenous[place] != (*exogenous == 1)) {
            rows->problem(row, fmt::format("exogenous differs from other rows of {} (a covariate "
                                           "is exogenous or is not)",
                                           name));
        }
        survey.covariates.push_back({*person, place, date.value_or(Day::min()), *value});
    }
    rows->tell_unknown();
}

bool overlap(const SurveyTie& one, const SurveyTie& other) {
    return one.from != other.from && one.first < other.last && other.first < one.last;
}

std::size_t shared_clients(const Survey& survey) {
    std::map<PersonIndex, std::vector<SurveyTie>> accounts;
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] == "account") accounts[tie.to].push_back(tie);
    }
    return static_cast<std::size_t>(std::ranges::count_if(accounts, [](const auto& each) {
        const std::vector<SurveyTie>& of_client = each.second;
        return std::ranges::any_of(of_client, [&](const SurveyTie& one) {
            return std::ranges::any_of(of_client,
                                       [&](const SurveyTie& other) { return overlap(one, other); });
        });
    }));
}

std::vector<Handover> handovers_of_accounts(const Survey& survey) {
    constexpr std::chrono::days longest_gap{92};
    const std::vector<SurveyTie> accounts = main_accounts(survey);
    std::vector<Handover> found;
    for (std::size_t i = 1; i < accounts.size(); ++i) {
        const SurveyTie& before = accounts[i - 1];
        const SurveyTie& after = accounts[i];
        const bool follows = before.to == after.to && before.from != after.from &&
                             after.first - before.last <= longest_gap;
        if (!follows) continue;
        found.push_back({after.to, before.from, after.from, after.first, HandoverReason::unknown});
    }
    return found;
}

}
