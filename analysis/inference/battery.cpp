#include "analysis/inference/battery.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/students_t.hpp>

#include "analysis/inference/cross_section.hpp"
#include "analysis/inference/event_times.hpp"
#include "analysis/inference/methods.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {
namespace {

constexpr std::size_t fewest_events = 5;

std::optional<Answers> answers_of(const Survey& survey, bool clients, const std::string& outcome) {
    const auto answered = [&](std::optional<std::uint32_t> instrument) {
        return std::ranges::any_of(survey.scores, [&](const Score& score) {
            return survey.is_client(score.person) == clients &&
                   (!instrument || score.instrument == *instrument);
        });
    };
    if (!answered(std::nullopt)) return std::nullopt;
    std::optional<std::uint32_t> asked;
    if (!outcome.empty()) asked = instrument_named(survey, outcome);
    if (!asked || !answered(asked)) asked = main_instrument(survey, clients);
    Answers answers = answers_to(survey, *asked);
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        if (survey.is_client(i) != clients) answers.y.row(i).setConstant(not_known);
    }
    standardise(answers, survey);
    return answers;
}

/// T5, or the name of an event that happened too rarely.
void test_events(Evidence& evidence, const Survey& survey, const TestOptions& options) {
    const Channel& channel = evidence.channel;
    if (channel.joins_kinds()) return;
    const std::vector<std::string> wanted = channel.receivers_are_clients
                                                ? std::vector<std::string>{"churn", "promoter_loss"}
                                                : std::vector<std::string>{"quit"};
    for (const std::string& event : wanted) {
        const auto of_event = [&](const SurveyEvent& each) {
            return each.event == event &&
                   survey.is_client(each.person) == channel.receivers_are_clients;
        };
        if (std::ranges::none_of(survey.events, of_event)) continue;
        const Question question{.outcome = event,
                                .layer = channel.name,
                                .permutations = options.permutations,
                                .seed = options.seed,
                                .threads = options.threads};
        const EventTimes times = with_first_ties(event_times(survey, question), survey, question);
        if (times.happened < std::max(fewest_events, survey.settings.fewest_told) ||
            times.periods < 3) {
            if (evidence.rare_event.empty()) evidence.rare_event = event;
            continue;
        }
        const Coefficient slope = shuffle_test(survey, question).coefficients[0];
        evidence.events = EventTest{event, times.happened, slope.estimate, slope.p};
        if (is_directed(survey, layer_named(survey, channel.name).kind)) {
            const Coefficient less_reversed = reversal_test(survey, question).coefficients[0];
            evidence.events->less_reversed = less_reversed.estimate;
            evidence.events->less_reversed_p = less_reversed.p;
        }
        return;
    }
}

/// Of tests that rest on fewer people (clients, contacts) than are to be told of nothing is told.
void withhold_few(Evidence& evidence) {
    const std::size_t fewest = evidence.fewest_told;
    if (evidence.resemblance.people < fewest) evidence.resemblance = {};
    if (evidence.lag.people < fewest) evidence.lag = {};
    if (evidence.handovers &&
        std::min(evidence.handover_count, evidence.handovers->exchangeable) < fewest) {
        evidence.handovers.reset();
    }
}

/// G2X instruments of the first exogenous covariate, effects of teams, last wave.
std::optional<ShockTest> test_shock(const Survey& survey, const Channel& channel,
                                    std::uint32_t instrument) {
    const std::optional<std::uint32_t> which = outside_shock(survey);
    if (channel.joins_kinds() || !which) {
        return std::nullopt;
    }
    ShockTest result{.covariate = survey.covariate_names[*which]};
    const Question question{.outcome = survey.instruments[instrument].name,
                            .layer = channel.name,
                            .covariates = {result.covariate},
                            .contextual = true,
                            .fixed_effects = {"team"},
                            .isolates = Isolates::drop};
    try {
        const Estimate estimate = estimate_by("tsls", survey, question);
        const Coefficient& contacts = estimate.coefficients[0];
        result.effect = contacts.estimate;
        result.se = contacts.estimate / contacts.statistic;
        const boost::math::students_t t(contacts.degrees);
        const double reach = boost::math::quantile(t, 0.975) * result.se;
        result.interval = {contacts.estimate - reach, contacts.estimate + reach};
        // A robust F that is not known stays so.
        result.first_stage =
            std::min(estimate.figure("first-stage F (robust)"), estimate.figure("first-stage F"));
        result.p = contacts.statistic > 0.0 ? contacts.p / 2.0 : 1.0 - contacts.p / 2.0;
    } catch (const sim::UserError&) {
        return result; // the rank condition fails: no number
    }
    return result;
}

}

bool Evidence::hides_handovers() const {
    return std::ranges::any_of(std::initializer_list<std::size_t>{handovers_asked,
                                                                  handovers_unanswered,
                                                                  handovers_repeated},
                               [&](std::size_t count) { return count > 0 && count < fewest_told; });
}

std::vector<Channel> channels_of(const Survey& survey) {
    std::vector<Channel> channels;
    const auto has = [&](const char* kind) {
        return std::ranges::any_of(
            survey.ties, [&](const SurveyTie& tie) { return survey.tie_kinds[tie.kind] == kind; });
    };
    if (has("colleague")) channels.push_back({"colleague", false, false});
    if (has("manager")) channels.push_back({"manager", false, false});
    if (has("account")) {
        channels.push_back({"employee_client", true, false});
        channels.push_back({"client_employee", false, true});
    }
    if (has("client_client")) channels.push_back({"client_client", true, true});
    return channels;
}

std::optional<std::uint32_t> outside_shock(const Survey& survey) {
    const auto exogenous = std::ranges::find(survey.exogenous, true);
    if (exogenous == survey.exogenous.end()) return std::nullopt;
    return static_cast<std::uint32_t>(exogenous - survey.exogenous.begin());
}

Panels panels_of(const Survey& survey, const std::string& outcome) {
    return {.employees = answers_of(survey, false, outcome),
            .clients = answers_of(survey, true, outcome)};
}

Evidence evidence_of(const Survey& survey, const Panels& panels, const Channel& channel,
                     const TestOptions& options, Tests tests) {
    Evidence evidence{.channel = channel, .fewest_told = survey.settings.fewest_told};
    const auto& receivers = channel.receivers_are_clients ? panels.clients : panels.employees;
    const auto& contacts = channel.contacts_are_clients ? panels.clients : panels.employees;
    if (!receivers || !contacts) return evidence;
    const Transmission data =
        transmission(survey, {layer_named(survey, channel.name)}, *receivers, *contacts, 1);
    evidence.data = diagnose(survey, data, channel);
    if (tests == Tests::all) evidence.resemblance = test_resemblance(data, options);
    if (evidence.data.rearrangeable && evidence.data.waves > 1) {
        evidence.lag = test_lag(data, options);
    }
    if (channel.name == "employee_client" && !survey.handovers.empty()) {
        const HandoverTable table = handover_table(survey, *receivers, *contacts, {});
        evidence.handover_count = table.size();
        evidence.handovers_asked = table.asked;
        evidence.handovers_unanswered = table.unanswered;
        evidence.handovers_repeated = table.repeated;
        evidence.handover_reasons = std::ranges::any_of(survey.handovers, [](const Handover& each) {
            return each.reason != HandoverReason::unknown;
        });
        evidence.handovers = test_handovers(table, {.permutations = options.permutations,
                                                    .seed = options.seed,
                                                    .threads = options.threads,
                                                    .settled = options.stop_above >= 1.0});
    }
    if (tests == Tests::all) test_events(evidence, survey, options);
    evidence.shock = test_shock(survey, channel, receivers->instrument);
    withhold_few(evidence);
    return evidence;
}

}
