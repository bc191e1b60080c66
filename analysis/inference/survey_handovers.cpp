#include <algorithm>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "analysis/inference/survey_parts.hpp"
#include "analysis/inference/survey_rows.hpp"

namespace cercle::analysis {
namespace {

/// Whether the person a column names is a client or an employee as it wants them; else a problem.
bool is_kind(SurveyRows& rows, std::size_t row, const std::string& column, bool is_client) {
    const bool wants_client = column == "client_id";
    if (is_client == wants_client) return true;
    rows.problem(row, fmt::format("{} names {} (a hand-over gives a client from one employee to "
                                  "another)",
                                  column, is_client ? "a client" : "an employee"));
    return false;
}

/// A hand-over and the row of handovers.csv that holds it.
struct PlacedHandover {
    Handover handover;
    std::size_t row;
};

/// Looks for hand-overs that contradict each other or the accounts.
class HandoverCheck {
public:
    HandoverCheck(const Survey& survey, SurveyRows& rows) : rows_(rows) {
        for (const SurveyTie& tie : survey.ties) {
            if (survey.tie_kinds[tie.kind] != "account") continue;
            accounts_.insert({tie.to, tie.from});
        }
    }

    void tell(std::vector<PlacedHandover> found) {
        std::ranges::sort(found, {}, [](const PlacedHandover& each) {
            return std::tuple(each.handover.client, each.handover.date, each.row);
        });
        for (auto first = found.begin(); first != found.end();) {
            const auto end = std::find_if(first, found.end(), [&](const PlacedHandover& each) {
                return each.handover.client != first->handover.client;
            });
            tell_unserved(std::span(first, end));
            for (auto next = std::next(first); next != end; ++next) {
                tell_pair(*std::prev(next), *next);
            }
            first = end;
        }
    }

private:
    bool has_account(PersonIndex client, PersonIndex contact) const {
        return accounts_.contains({client, contact});
    }
    /// Where ties.csv tells accounts of a client, be it those of the first day or of today, one is
    /// of who gave the client first or of who got it.
    void tell_unserved(std::span<const PlacedHandover> of_client) {
        const Handover& first = of_client.front().handover;
        const auto account = accounts_.lower_bound({first.client, 0});
        const bool known = account != accounts_.end() && account->first == first.client;
        const bool named = has_account(first.client, first.old_contact) ||
                           std::ranges::any_of(of_client, [&](const PlacedHandover& each) {
                               return has_account(first.client, each.handover.new_contact);
                           });
        if (!known || named) return;
        rows_.problem(of_client.front().row,
                      "ties.csv has accounts of this client, none of them with old_id, nor with "
                      "new_id (who served the client?); mend old_id, or the account");
    }
    void tell_pair(const PlacedHandover& before, const PlacedHandover& after) {
        const Handover& one = before.handover;
        const Handover& next = after.handover;
        const std::size_t line = rows_.line(before.row);
        if (one.date == next.date) {
            const bool same =
                one.old_contact == next.old_contact && one.new_contact == next.new_contact;
            rows_.problem(after.row,
                          same ? fmt::format("the same hand-over as on line {}; leave one of them "
                                             "out",
                                             line)
                               : fmt::format("this client is handed over on line {} too, on the "
                                             "same day (a client has one main contact after a "
                                             "day); leave one of them out",
                                             line));
        } else if (next.old_contact != one.new_contact &&
                   !has_account(next.client, next.old_contact)) {
            rows_.problem(after.row,
                          fmt::format("old_id is not who got this client on line {}, nor has an "
                                      "account with it (who served the client in between?); mend "
                                      "one of the two, or add the hand-over between them",
                                      line));
        }
    }

    SurveyRows& rows_;
    std::set<std::pair<PersonIndex, PersonIndex>> accounts_; ///< client, contact
};

}

void read_handovers(Survey& survey, sim::FileProblems& problems) {
    const std::vector<std::string> wanted{"client_id", "date", "old_id", "new_id"};
    auto rows = survey_rows(survey, "handovers.csv", wanted, problems);
    if (!rows) {
        survey.handovers = handovers_of_accounts(survey);
        survey.derived_handovers = true;
        return;
    }
    const bool all_before_are_right = problems.empty();
    std::vector<PlacedHandover> found;
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
        if (!right) continue;
        found.push_back(
            {{*client, *before, *after, *date, static_cast<HandoverReason>(*reason)}, row});
        survey.handovers.push_back(found.back().handover);
    }
    rows->tell_unknown();
    // Hand-overs or accounts that were left out would make contradictions of the others.
    if (all_before_are_right && problems.empty()) HandoverCheck(survey, *rows).tell(found);
}

}
