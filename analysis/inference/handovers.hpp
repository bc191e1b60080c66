#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "analysis/inference/transmission.hpp"
#include "analysis/statistics.hpp"

namespace cercle::analysis {

/// Days around a hand-over whose answers count.
struct HandoverWindow {
    int settling = 150; ///< answers sooner after it do not count: 5 months
    int after = 760;    ///< nor do later ones (25 months), nor those after the client's next one
};

/// Hand-overs with everything known that the test needs; answers in standard deviations. Before is
/// every answer before the hand-over. A client is in it once, with the first hand-over that can be
/// used: rows of one client would share its answers, as outcome of one and past of the next.
struct HandoverTable {
    std::vector<double> after;     ///< client's mean afterwards
    std::vector<double> before;    ///< client's mean before
    std::vector<double> months;    ///< from the hand-over to the answers of `after`, mean
    std::vector<double> successor; ///< new contact's mean before
    std::vector<double> predecessor;
    std::vector<std::uint32_t> contact; ///< the successor
    std::vector<std::uint32_t> team;    ///< of the successor: those of a team are exchanged
    std::vector<std::uint32_t> stratum; ///< team and year, whose means are taken out
    std::size_t asked = 0;              ///< for by the client, left out
    std::size_t unanswered = 0;         ///< no answer in time of client or contacts, left out
    std::size_t repeated = 0;           ///< of a client after its first usable one, left out
    std::vector<std::string> left_out;  ///< the same in words
    std::vector<std::size_t> by_reason; ///< counts, as in handover_reasons

    std::size_t size() const { return after.size(); }
};

HandoverTable handover_table(const Survey& survey, const Answers& clients, const Answers& employees,
                             const HandoverWindow& window);

struct HandoverOptions {
    std::size_t permutations = 999;
    std::uint64_t seed = 1;
    std::size_t threads = 1;
    bool settled = true; ///< p near a value on which a verdict turns is of more permutations
};

/// What hand-overs say: y_after = g successor + d before + h predecessor + team x year. Whoever
/// took over several clients may do them good or ill in ways that have nothing to do with answers,
/// so a successor has one answer (of before the first) and is exchanged as a whole with
/// others of the team. NaN where there are too few.
struct HandoverResult {
    double effect = not_known;    ///< g: sd of the client per sd of the successor
    Interval interval;            ///< 95 %, by inversion of the permutation test
    double p = not_known;         ///< one-sided, successors exchanged inside teams
    double balance = not_known;   ///< the same slope of the client's answer before
    double balance_p = not_known; ///< two-sided
    double se = not_known;        ///< classical
    double months = not_known;    ///< from hand-over to outcome, mean
    std::size_t exchangeable = 0; ///< successors in teams with another
};

HandoverResult test_handovers(const HandoverTable& table, const HandoverOptions& options);

/// Fewest exchangeable successors with whom hand-overs are tested.
inline constexpr std::size_t fewest_successors = 10;

}
