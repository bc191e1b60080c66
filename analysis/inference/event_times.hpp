#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "analysis/inference/contacts.hpp"
#include "analysis/inference/question.hpp"

namespace cercle::analysis {

inline constexpr std::uint32_t never = std::numeric_limits<std::uint32_t>::max();

/// When something first happened to each person who could have it, in periods from the first.
struct EventTimes {
    std::string event;
    std::vector<PersonIndex> who;      ///< those of a kind (employee, client) it happened to
    std::vector<std::uint32_t> period; ///< never, or below `periods`
    std::size_t periods = 0;
    std::size_t happened = 0;
    Weights ties;                    ///< of any day, among them
    std::vector<std::uint32_t> team; ///< of each of them
    Day first_day = Day::max();      ///< of the first event
    /// First and last periods in which two of them (the earlier place first) were tied; empty where
    /// ties have no dates.
    std::map<std::pair<Eigen::Index, Eigen::Index>, std::vector<std::pair<int, int>>> spells = {};

    /// Whether a tie that was there on any day was there in this period.
    bool tied(Eigen::Index one, Eigen::Index other, std::uint32_t in) const;
};

/// The same with ties as they stood on the eve of the first event, among those who had one then:
/// later beginnings and ends of ties tell of the events themselves (who quits ends ties, and begins
/// no more), so that times could not be exchanged. Of ties without dates, all.
EventTimes with_first_ties(const EventTimes& times, const Survey& survey, const Question& question);

/// The event a question names ("" the most frequent). Throws UserError when there is none.
EventTimes event_times(const Survey& survey, const Question& question);

/// Slope of the log odds of the event in a period on ln(1 + contacts who had it in an earlier one,
/// while they were tied), `lag` periods ago or more; NaN when it cannot be told.
double contact_slope(const EventTimes& times, const Weights& ties,
                     std::span<const std::uint32_t> period, std::size_t lag);

}
