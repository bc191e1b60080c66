#include "analysis/inference/power.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "analysis/inference/verdict_words.hpp"
#include "analysis/text_table.hpp"
#include "analysis/wording.hpp"
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
    return {{4, 0.8, 0}, {8, 0.8, 0}, {12, 0.5, 0}, {12, 0.8, 0}, {20, 0.8, 0}};
}

std::size_t account_count(const Survey& survey) {
    return static_cast<std::size_t>(std::ranges::count_if(survey.ties, [&](const SurveyTie& tie) {
        return survey.tie_kinds[tie.kind] == "account";
    }));
}

std::string percent(double share) { return fmt::format("{:.0f} %", 100.0 * share); }

}

double PowerPoint::*found_by(const SurveyPlan& plan) {
    return plan.handovers > 0 ? &PowerPoint::evidence : &PowerPoint::significant;
}

Survey planned_survey(const Survey& roster, const SurveyPlan& plan, std::uint64_t seed) {
    Survey survey = roster;
    survey.scores.clear();
    survey.handovers.clear();
    survey.derived_handovers = false;
    survey.instruments = {{"employees", 0.0, 100.0}, {"clients", 0.0, 10.0}};
    for (SurveyTie& tie : survey.ties) { // ties of today, as if they lasted
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
    const std::vector<Channel> channels = channels_of(roster);
    if (channels.empty()) {
        throw sim::UserError(fmt::format("{}: there are no ties that engagement may spread by "
                                         "(ties.csv holds them)",
                                         roster.folder.string()));
    }
    std::vector<std::pair<Channel, SurveyPlan>> all;
    for (const Channel& channel : channels) {
        for (const SurveyPlan& plan : plans_for(channel)) {
            if (plan.handovers <= account_count(roster)) all.emplace_back(channel, plan);
        }
    }
    const SurveyLaw law =
        roster.scores.empty() ? SurveyLaw{} : fitted_law(roster, panels_of(roster));
    std::vector<PlannedPower> powers;
    for (const auto& [channel, plan] : all) {
        const Survey survey = planned_survey(roster, plan, options.seed);
        CalibrationOptions calibration{
            .panels = options.panels, .seed = options.seed, .threads = options.threads};
        calibration.with_nulls = false;
        calibration.law = law;
        const auto found = calibrate(survey, panels_of(survey), {channel}, calibration);
        powers.push_back({channel.name, plan, options.panels, found[0].powers,
                          found[0].detectable_weight(found_by(plan))});
        options.progress(powers.size(), all.size());
    }
    return powers;
}

std::string power_text(const std::vector<PlannedPower>& powers, std::size_t width) {
    TextTable table{.header = {"channel", "waves", "answered", "hand-overs"}, .rows = {}};
    for (const PowerPoint& point : powers.front().points) {
        table.header.push_back(fmt::format("w = {}", point.weight));
    }
    table.header.emplace_back("found 4 in 5");
    for (const PlannedPower& each : powers) {
        table.rows.push_back(
            {words_of({.name = each.channel}, Language::english),
             fmt::format("{}", each.plan.waves), percent(each.plan.response),
             each.plan.handovers > 0 ? fmt::format("{}", each.plan.handovers) : "-"});
        for (const PowerPoint& point : each.points) {
            table.rows.back().push_back(percent(point.*found_by(each.plan)));
        }
        table.rows.back().push_back(
            std::isnan(each.detectable) ? "above .5" : fmt::format("w = {:.2f}", each.detectable));
    }
    std::string text = "How often contagion of each strength would be found on this roster\n\n";
    for (const std::string& line : lines_of(table, width)) text += line + "\n";
    const std::size_t panels = powers.front().panels;
    return text + "\n" +
           wrapped(
               fmt::format("w: share of contacts in what pulls a person. Waves are three months "
                           "apart. Each share is of {} simulated surveys of this roster "
                           "(standard error up to {:.0f} points). Found: evidence (V5) where "
                           "clients are handed over; elsewhere a significant test (V4), which is "
                           "all there is without an outside shock. How stable and reliable answers "
                           "are is taken from waves.csv where it has two waves, else assumed "
                           "(reliability .85 of employees, .70 of clients).",
                           panels, 50.0 / std::sqrt(static_cast<double>(panels))),
               width);
}

nlohmann::ordered_json power_json(const std::vector<PlannedPower>& powers) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const PlannedPower& each : powers) {
        nlohmann::ordered_json points = nlohmann::ordered_json::array();
        for (const PowerPoint& point : each.points) {
            points.push_back({{"weight", point.weight}, {"power", point.*found_by(each.plan)}});
        }
        json.push_back({{"channel", each.channel},
                        {"waves", each.plan.waves},
                        {"response", each.plan.response},
                        {"handovers", each.plan.handovers},
                        {"panels", each.panels},
                        {"power", points},
                        {"detectable_weight", std::isnan(each.detectable)
                                                  ? nlohmann::ordered_json(nullptr)
                                                  : nlohmann::ordered_json(each.detectable)}});
    }
    return json;
}

}
