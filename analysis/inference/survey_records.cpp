#include <algorithm>
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

/// The rows of a file of the folder; nothing when it is not there or lacks columns.
std::optional<SurveyRows> rows_of(const Survey& survey, const std::string& name,
                                  std::span<const std::string> wanted,
                                  sim::FileProblems& problems) {
    const std::filesystem::path path = survey.folder / name;
    if (!std::filesystem::exists(path) || survey.people.list.empty()) return std::nullopt;
    SurveyRows rows(read_survey_table(path, survey.settings, problems), survey.people, problems);
    if (!rows.has_columns(wanted, known_columns(path.stem().string()))) return std::nullopt;
    return rows;
}

/// Whether the person a column names is a client or an employee as it wants them; else a problem.
bool is_kind(SurveyRows& rows, std::size_t row, const std::string& column, bool is_client) {
    const bool wants_client = column == "client_id";
    if (is_client == wants_client) return true;
    rows.problem(row, fmt::format("{} names {} (a hand-over gives a client from one employee to "
                                  "another)",
                                  column, is_client ? "a client" : "an employee"));
    return false;
}

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
    auto rows = rows_of(survey, "events.csv", wanted, problems);
    if (!rows) return;
    for (std::size_t row = 0; row < rows->rows(); ++row) {
        const auto person = rows->person(row, "person_id");
        const auto date = rows->day(row, "date");
        if (rows->text(row, "date").empty()) rows->problem(row, "date is empty");
        if (rows->text(row, "event").empty()) rows->problem(row, "event is empty");
        const auto kind = rows->choice(row, "event", event_kinds, 0);
        if (person && date && kind) survey.events.push_back({*person, *date, event_kinds[*kind]});
    }
    rows->tell_unknown();
}

void read_handovers(Survey& survey, sim::FileProblems& problems) {
    const std::vector<std::string> wanted{"client_id", "date", "old_id", "new_id"};
    auto rows = rows_of(survey, "handovers.csv", wanted, problems);
    if (!rows) {
        survey.handovers = handovers_of_accounts(survey);
        survey.derived_handovers = true;
        return;
    }
    for (std::size_t row = 0; row < rows->rows(); ++row) {
        const auto client = rows->person(row, "client_id");
        const auto before = rows->person(row, "old_id");
        const auto after = rows->person(row, "new_id");
        const auto date = rows->day(row, "date");
        if (rows->text(row, "date").empty()) rows->problem(row, "date is empty");
        const auto reason =
            rows->choice(row, "reason", handover_reasons, handover_reasons.size() - 1);
        if (!client || !before || !after || !date || !reason) continue;
        if (*before == *after) {
            rows->problem(row, "old_id and new_id are the same person (nothing was handed over)");
            continue;
        }
        const bool right = is_kind(*rows, row, "client_id", survey.is_client(*client)) &&
                           is_kind(*rows, row, "old_id", survey.is_client(*before)) &&
                           is_kind(*rows, row, "new_id", survey.is_client(*after));
        if (right) {
            survey.handovers.push_back(
                {*client, *before, *after, *date, static_cast<HandoverReason>(*reason)});
        }
    }
    rows->tell_unknown();
}

void read_covariates(Survey& survey, sim::FileProblems& problems) {
    const std::vector<std::string> wanted{"person_id", "date", "name", "value"};
    auto rows = rows_of(survey, "covariates.csv", wanted, problems);
    if (!rows) return;
    for (std::size_t row = 0; row < rows->rows(); ++row) {
        const auto person = rows->person(row, "person_id");
        const auto date = rows->day(row, "date");
        const std::string name = rows->text(row, "name");
        const auto value = rows->number(row, "value");
        const auto exogenous = rows->choice(row, "exogenous", truths, 0);
        if (name.empty()) rows->problem(row, "name is empty");
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
