#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/inference/handovers.hpp"
#include "analysis/inference/lag_test.hpp"
#include "analysis/inference/survey.hpp"

namespace cercle::analysis {

/// A way engagement may spread that a survey has ties and answers for.
struct Channel {
    std::string name; ///< the layer: colleague, manager, employee_client, ...
    bool receivers_are_clients = false;
    bool contacts_are_clients = false;

    /// Whether it joins employees and clients.
    bool joins_kinds() const { return receivers_are_clients != contacts_are_clients; }
};
std::vector<Channel> channels_of(const Survey& survey);

/// T0: what the data of a channel are like.
struct Diagnostics {
    std::size_t people = 0; ///< who may be influenced
    std::size_t ties = 0;
    std::size_t waves = 0;
    std::size_t linked = 0;       ///< with two answers and a contact who answered
    std::size_t receivers = 0;    ///< who answered and have a contact who did
    std::size_t informants = 0;   ///< those contacts
    double response = not_known;  ///< answers of those who could give one
    double stability = not_known; ///< correlation of answers that follow each other
    double team_icc = not_known;
    double across_teams = not_known; ///< share of ties; not known with one team
    double reciprocity = not_known;  ///< not known where ties count both ways
    double months = not_known;       ///< between waves, median
    bool rearrangeable = false;      ///< teams are not all complete
    /// Share of the variance of contacts' answers that is inside teams and not one's own answer.
    double wiring = not_known;
    std::size_t teams = 0;
    bool both_ways = false; ///< ties are named from one end, and taken for both
    bool varies = true;     ///< answers of both sides differ from each other
    bool changes = true;    ///< someone answers otherwise than before
    bool sites = false;     ///< people.csv tells of someone's site
};

/// T5: are events closer in time along ties than shuffled inside teams?
struct EventTest {
    std::string event;
    std::size_t happened = 0;
    double slope = not_known;
    double p = not_known;
    double less_reversed = not_known; ///< less that along reversed ties; of directed ties
    double less_reversed_p = not_known;
};

/// T6: instruments by an exogenous shock.
struct ShockTest {
    std::string covariate;
    double effect = not_known;
    double se = not_known;          ///< clustered by team, or robust under ten teams
    Interval interval;              ///< 95 %, by that error and Student's t, as p
    double p = not_known;           ///< one-sided
    double first_stage = not_known; ///< F of the instruments: the smaller of classical and robust
};

/// What all tests say about one channel.
struct Evidence {
    Channel channel;
    Diagnostics data;
    ResemblanceTest resemblance;             ///< T1
    LagTest lag;                             ///< T2, T3
    std::optional<HandoverResult> handovers; ///< T4; of employee_client only
    std::size_t handover_count = 0;
    std::size_t handovers_asked = 0;           ///< for by the client, left out
    std::size_t handovers_unanswered = 0;      ///< left out too
    std::size_t handovers_repeated = 0;        ///< and of a client after its first
    bool handover_reasons = false;             ///< of some it is recorded why
    std::optional<EventTest> events;           ///< T5
    std::string rare_event;                    ///< one that happened too rarely for T5; "": none
    std::optional<ShockTest> shock;            ///< T6
    std::size_t fewest_told = fewest_in_group; ///< counts below are not told

    /// Whether some were left out, but too few to be told: nor is then the exact number of those
    /// that were not, which a total would give them away by.
    bool hides_handovers() const;
};

/// 158 as 150.
inline std::size_t in_tens(std::size_t count) { return count / 10 * 10; }

/// Answers of both kinds, standardised, as the battery looks at them.
struct Panels {
    std::optional<Answers> employees;
    std::optional<Answers> clients;
};
/// `outcome`: an instrument, taken for those who answered it; the others, and all without one, by
/// the instrument they answered most. Throws UserError for an unknown one.
Panels panels_of(const Survey& survey, const std::string& outcome = "");

/// The covariate that T6 takes for an outside shock: the first exogenous one; none: nullopt.
std::optional<std::uint32_t> outside_shock(const Survey& survey);

/// Which tests are made; calibration leaves out those that decide nothing.
enum class Tests { all, confirmatory };

/// Puts all tests to one channel.
Evidence evidence_of(const Survey& survey, const Panels& panels, const Channel& channel,
                     const TestOptions& options, Tests tests);

/// Correlation of answers with those so many waves before.
double stability_of(const Eigen::MatrixXd& answers, Eigen::Index waves = 1);
/// ICC(1) of teams in the last wave.
double team_icc_of(const Eigen::MatrixXd& answers, const std::vector<std::uint32_t>& team);
/// Median time between waves.
double median_months(const std::vector<Day>& waves);

Diagnostics diagnose(const Survey& survey, const Transmission& data, const Channel& channel);

}
