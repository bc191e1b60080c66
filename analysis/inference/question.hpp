#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "analysis/inference/survey.hpp"

namespace cercle::analysis {

/// Whose answers a person is related to: those of the people they name, of the people who name
/// them, or both. Automatic: sent where pairs are named from both ends often enough, else both.
enum class Naming : std::uint8_t { automatic, sent, received, both };

/// Row: tie weights divided by their sum over a person's contacts. Binary: 1 for each contact.
/// Inverse distance: 1 over the fewest ties between two people, reached or not 0.
enum class Weighting : std::uint8_t { row, binary, inverse_distance };

/// What the instruments of a contact's outcome are made of: attributes of contacts (wx), of their
/// contacts too (w2x), and of theirs (w3x).
enum class Instruments : std::uint8_t { wx, w2x, w3x };

enum class Isolates : std::uint8_t { keep, drop };

/// What is asked of a survey by one method.
struct Question {
    std::string outcome = {};        ///< instrument, column of people.csv or event; "" the main
    std::optional<Day> wave = {};    ///< none: the last one
    std::string layer = "colleague"; ///< one of layer_names
    Naming naming = Naming::automatic;
    Weighting weighting = Weighting::row;
    std::vector<std::string> covariates = {};
    bool contextual = false;                     ///< covariates of contacts too
    std::vector<std::string> fixed_effects = {}; ///< of team, person, wave, team_wave
    std::string cluster = "team";                ///< team, site, segment or person
    Instruments instruments = Instruments::w2x;
    std::size_t lag = 1; ///< waves or periods
    Isolates isolates = Isolates::keep;
    std::string period = "month"; ///< of events: month, quarter or year
    std::size_t permutations = 999;
    std::uint64_t seed = 1;
    std::size_t threads = 1;
};

}
