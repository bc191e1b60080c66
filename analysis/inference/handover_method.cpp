#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "analysis/inference/battery.hpp"
#include "analysis/inference/handovers.hpp"
#include "analysis/inference/methods.hpp"
#include "analysis/inference/privacy.hpp"
#include "analysis/wording.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

/// Whether some were left out, but too few to be told.
bool hides_some(const HandoverTable& table, std::size_t fewest) {
    return std::ranges::any_of(
        std::initializer_list<std::size_t>{table.asked, table.unanswered, table.repeated},
        [&](std::size_t count) { return count > 0 && count < fewest; });
}

/// Reasons, told together where they are those of few clients; none where their sum, subtracted
/// from a total, would give away the few that were left out.
void add_reasons(Estimate& estimate, const HandoverTable& table, std::size_t fewest) {
    if (hides_some(table, fewest)) {
        estimate.notes.push_back("n is rounded down to tens, and reasons are not told: a total "
                                 "less these would be the few that were left out.");
        return;
    }
    const ToldCounts told = told_counts(table.by_reason, fewest);
    for (std::size_t i = 0; i < handover_reasons.size(); ++i) {
        if (told.counts[i] == 0) continue;
        estimate.figures.push_back(
            {"reason " + handover_reasons[i], static_cast<double>(told.counts[i])});
    }
    if (told.rest > 0) {
        estimate.figures.push_back({"other reasons", static_cast<double>(told.rest)});
    }
}

void add_left_out(Estimate& estimate, const HandoverTable& table, std::size_t fewest) {
    const auto leave_out = [&](std::size_t count, const char* why) {
        if (count == 0) return;
        estimate.left_out.push_back(
            fmt::format("{} hand-overs {}", told_count(count, fewest, Language::english), why));
    };
    leave_out(table.asked, "that the client asked for");
    leave_out(table.unanswered, "where client, old or new contact gave no answer in time");
    leave_out(table.repeated, "of a client after its first");
}

void add_figures(Estimate& estimate, const HandoverResult& result) {
    estimate.figures = {{"effect from (95 %, by inversion)", result.interval.low},
                        {"effect to", result.interval.high},
                        {"exchangeable new contacts", static_cast<double>(result.exchangeable)}};
}

/// Throws UserError when the test could not be made.
void expect_enough(const HandoverResult& result, const HandoverTable& table, const Survey& survey) {
    const std::size_t fewest = survey.settings.fewest_told;
    if (std::min(table.size(), result.exchangeable) < fewest) {
        throw sim::UserError(fmt::format("--method handover: rests on fewer than {} hand-overs or "
                                         "new contacts (nothing is told of so few); record more",
                                         fewest));
    }
    if (!std::isnan(result.effect)) return;
    throw sim::UserError(fmt::format(
        "--method handover: {} of {} can be used, by {} new contacts with another in their team "
        "(at least {} are needed)",
        table.size(), counted(survey.handovers.size(), "hand-over"), result.exchangeable,
        fewest_successors));
}

}

Estimate handover_test(const Survey& survey, const Question& question) {
    if (survey.handovers.empty()) {
        throw sim::UserError(fmt::format("{}: there are no hand-overs (handovers.csv, or accounts "
                                         "in ties.csv that end and begin, tell them)",
                                         survey.folder.string()));
    }
    const std::uint32_t of_clients = question.outcome.empty()
                                         ? main_instrument(survey, true)
                                         : instrument_named(survey, question.outcome);
    Answers clients = answers_to(survey, of_clients);
    Answers employees = answers_to(survey, main_instrument(survey, false));
    standardise(clients, survey);
    standardise(employees, survey);
    const HandoverTable table = handover_table(survey, clients, employees, {});
    const HandoverResult result =
        test_handovers(table, {question.permutations, question.seed, question.threads});
    expect_enough(result, table, survey);
    const std::size_t fewest = survey.settings.fewest_told;
    Estimate estimate{.method = "handover",
                      .question = fmt::format("{} of clients 5 to 25 months after a hand-over, by "
                                              "{} of the new contact before it",
                                              survey.instruments[clients.instrument].name,
                                              survey.instruments[employees.instrument].name),
                      .n = hides_some(table, fewest) ? std::max(fewest, in_tens(table.size()))
                                                     : table.size(),
                      .unit = "hand-overs"};
    estimate.coefficients = {
        {.name = "new contact (sd per sd)",
         .estimate = result.effect,
         .se = result.se,
         .p = result.p},
        {.name = "balance: client before", .estimate = result.balance, .p = result.balance_p}};
    estimate.statistic = fmt::format("p: {} exchanges of new contacts inside teams; "
                                     "one-sided for the effect, two-sided for balance",
                                     question.permutations);
    add_figures(estimate, result);
    add_reasons(estimate, table, fewest);
    add_left_out(estimate, table, fewest);
    if (survey.derived_handovers) {
        estimate.notes.push_back("hand-overs were told by accounts that follow each other; their "
                                 "reasons are not known.");
    }
    estimate.notes.push_back("it rests on successors that were chosen without regard to the "
                             "client; balance with p below .10 speaks against that.");
    return estimate;
}

}
