#include "analysis/inference/power.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "scenarios/draws.hpp"
#include "sim/error.hpp"
#include "sim/random.hpp"

namespace cercle::analysis {
namespace {

const Day first_wave = Day(std::chrono::year(2026) / 1 / 15);
constexpr double days_between_waves = 91.31; // a quarter
constexpr std::size_t waves_after = 5;       ///< a hand-over, so that it is answered about

Day wave_day(std::size_t wave) {
    return first_wave +
           std::chrono::days(std::lround(days_between_waves * static_cast<double>(wave)));
}

/// Employees of each team, who may take over from each other.
std::map<std::string, std::vector<PersonIndex>> team_members(const Survey& survey) {
    std::map<std::string, std::vector<PersonIndex>> members;
    for (PersonIndex i = 0; i < survey.size(); ++i) {
        if (!survey.is_client(i)) members[survey.people.list[i].team].push_back(i);
    }
    return members;
}

void add_handovers(Survey& survey, const SurveyPlan& plan, sim::Stream& stream) {
    std::vector<SurveyTie> accounts;
    for (const SurveyTie& tie : survey.ties) {
        if (survey.tie_kinds[tie.kind] == "account") accounts.push_back(tie);
    }
    for (std::size_t left = accounts.size(); left > 1; --left) {
        std::swap(accounts[left - 1], accounts[stream.below(left)]);
    }
    const auto teams = team_members(survey);
    std::vector<bool> given(survey.size(), false);
    const std::size_t span = plan.waves > waves_after + 1 ? plan.waves - waves_after - 1 : 1;
    for (const SurveyTie& account : accounts) {
        if (survey.handovers.size() == plan.handovers) break;
        const auto& mates = teams.at(survey.people.list[account.from].team);
        if (given[account.to] || mates.size() < 2) continue;
        PersonIndex next = mates[stream.below(mates.size())];
        while (next == account.from) next = mates[stream.below(mates.size())];
        given[account.to] = true;
        const Day date = wave_day(1 + stream.below(span)) + std::chrono::days(30);
        survey.handovers.push_back(
            {account.to, account.from, next, date, HandoverReason::reorganisation});
    }
}

std::vector<SurveyPlan> plans_for(const Channel& channel) {
    if (channel.name == "employee_client") {
        return {{12, 0.8, 40}, {12, 0.8, 80}, {12, 0.8, 160}, {12, 0.8, 320}, {12, 0.5, 160}};
    }
    // From clients to employees too: whose clients change has contacts' answers that change.
    const std::size_t handovers = channel.joins_kinds() ? 160 : 0;
    return {{4, 0.8, handovers},
            {8, 0.8, handovers},
            {12, 0.5, handovers},
            {12, 0.8, handovers},
            {20, 0.8, handovers}};
}

/// Whether the roster made one plan of both.
bool is_again(const PlannedPower& one, const PlannedPower& other) {
    return one.channel == other.channel && one.plan.waves == other.plan.waves &&
           one.plan.response == other.plan.response && one.handovers == other.handovers;
}

/// The last day that dates of ties or answers tell of, after what has ended; the first of all days
/// without any.
Day last_known_day(const Survey& roster) {
    Day last = Day::min();
    for (const SurveyTie& tie : roster.ties) {
        last = std::max(last, tie.first);
        if (tie.last != Day::max()) last = std::max(last, tie.last + std::chrono::days(1));
    }
    for (const Score& score : roster.scores) last = std::max(last, score.date);
    return last;
}

/// What the planned survey would find, if it can be tested at all.
void fill_in(PlannedPower& power, const Survey& survey, const Channel& channel,
             const CalibrationOptions& calibration) {
    const Panels panels = panels_of(survey);
    const TestOptions few{.permutations = 9}; // no p is looked at
    const Evidence evidence = evidence_of(survey, panels, channel, few, Tests::confirmatory);
    power.obstacle = decide(evidence, nullptr).obstacle;
    power.evidence_possible = evidence_possible(evidence);
    if (power.obstacle != Obstacle::none) return;
    power.panels = calibration.panels;
    power.found = calibrate(survey, panels, {channel}, calibration)[0];
}

}

Survey planned_survey(const Survey& roster, const SurveyPlan& plan, std::uint64_t seed) {
    Survey survey = roster;
    survey.scores.clear();
    survey.handovers.clear();
    survey.covariate_names.clear(); // no outside shock is planned
    survey.exogenous.clear();
    survey.covariates.clear();
    survey.derived_handovers = false;
    survey.instruments = {{"employees", 0.0, 100.0}, {"clients", 0.0, 10.0}};
    std::erase_if(survey.ties, [now = last_known_day(roster)](const SurveyTie& tie) {
        return !tie.in_force(now);
    });
    for (SurveyTie& tie : survey.ties) { // as if they lasted
        tie.first = Day::min();
        tie.last = Day::max();
    }
    sim::Stream stream(seed, sim::Draw::survey_roster, 1);
    for (std::uint32_t instrument = 0; instrument < 2; ++instrument) {
        for (std::size_t wave = 0; wave < plan.waves; ++wave) {
            for (PersonIndex i = 0; i < survey.size(); ++i) {
                if (survey.is_client(i) != (instrument == 1)) continue;
                if (stream.uniform() >= plan.response) continue;
                // Any number that varies: a simulated world takes its place.
                survey.scores.push_back({i, instrument, wave_day(wave), stream.uniform()});
            }
        }
    }
    add_handovers(survey, plan, stream);
    return survey;
}

std::vector<PlannedPower> power_of(const Survey& roster, const PowerOptions& options) {
    std::vector<std::pair<Channel, SurveyPlan>> all;
    for (const Channel& channel : channels_of(roster)) {
        for (const SurveyPlan& plan : plans_for(channel)) all.emplace_back(channel, plan);
    }
    if (all.empty()) {
        throw sim::UserError(fmt::format("{}: there are no ties that engagement may spread by "
                                         "(ties.csv holds them)",
                                         roster.folder.string()));
    }
    CalibrationOptions calibration{
        .panels = options.panels, .seed = options.seed, .threads = options.threads};
    calibration.with_nulls = false;
    calibration.law =
        roster.scores.empty() ? assumed_law(roster) : fitted_law(roster, panels_of(roster));
    std::vector<PlannedPower> powers;
    std::size_t done = 0;
    for (const auto& [channel, plan] : all) {
        options.progress(++done, all.size());
        const Survey survey = planned_survey(roster, plan, options.seed);
        PlannedPower power{
            .channel = channel.name, .plan = plan, .handovers = survey.handovers.size()};
        if (std::ranges::any_of(
                powers, [&](const PlannedPower& other) { return is_again(other, power); })) {
            continue;
        }
        fill_in(power, survey, channel, calibration);
        powers.push_back(std::move(power));
    }
    return powers;
}

}
