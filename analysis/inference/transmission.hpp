#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "analysis/inference/contacts.hpp"

namespace cercle::analysis {

/// Answers of everybody to one instrument, wave by wave; NaN where someone did not answer.
struct Answers {
    std::uint32_t instrument = 0;
    std::vector<Day> waves;
    Eigen::MatrixXd y; ///< (person, wave)
};

Answers answers_to(const Survey& survey, std::uint32_t instrument);
/// Takes the mean away and divides by the standard deviation, over all waves of employees or of
/// clients.
void standardise(Answers& answers, const Survey& survey);

/// Who may have influenced whom between waves: receivers, their contacts, and ties wave by wave.
struct Transmission {
    Layer layer;
    Answers receivers;
    Answers contacts;
    std::vector<int> source;         ///< wave of contacts before each wave of receivers; -1: none
    std::vector<Weights> ties;       ///< one, or one for each wave of contacts
    std::vector<std::uint32_t> team; ///< of each person; of clients, those of all waves
    std::vector<std::uint32_t> kind; ///< 0 employee, 1 client
    std::size_t lag = 1;

    const Weights& ties_at(std::size_t wave) const { return ties[ties.size() == 1 ? 0 : wave]; }
};

/// Puts waves and ties of a layer together. Contacts' answers are those of the `lag`-th wave before
/// a receiver's (by half the time between waves at least), and ties those in force on that day.
Transmission transmission(const Survey& survey, const TieChoice& choice, const Answers& receivers,
                          const Answers& contacts, std::size_t lag);

/// Median time from contacts' answers to those of receivers they are compared with, in months.
double lag_months(const Transmission& data);

/// A range of waves of receivers, last not included.
struct WaveRange {
    std::size_t first = 0;
    std::size_t end = 0;
};

/// One row for each person and wave with an answer, an earlier one and contacts who answered.
struct Steps {
    std::vector<PersonIndex> person;
    std::vector<std::uint32_t> wave;
    std::vector<double> now, before, exposure;

    std::size_t size() const { return person.size(); }
};

/// The steps of a layer when people stand in each other's places: `order[i]` is the place that i
/// takes (empty: their own).
Steps steps_of(const Transmission& data, std::span<const std::uint32_t> order, WaveRange range);

/// People whose answers tell of a layer: those who answered and have a contact who did, and these.
struct BothEnds {
    std::size_t receivers = 0;
    std::size_t contacts = 0;
};
BothEnds answering_ends(const Transmission& data);

/// Mean of contacts' answers at a wave of theirs, by weight; NaN where none answered.
std::vector<double> exposures(const Transmission& data, std::size_t contact_wave,
                              std::span<const std::uint32_t> order);

}
