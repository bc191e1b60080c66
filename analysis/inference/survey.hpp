#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include "analysis/inference/survey_settings.hpp"
#include "scenarios/people_file.hpp"

namespace cercle::analysis {

using Day = std::chrono::sys_days;
using PersonIndex = std::uint32_t; ///< place in Survey::people.list
inline constexpr PersonIndex no_person = std::numeric_limits<PersonIndex>::max();

/// A column of people.csv that holds numbers; NaN where it is empty.
struct NumberColumn {
    std::string name;
    std::vector<double> values; ///< of each person
};

/// A question or index that people were scored on.
struct Instrument {
    std::string name;
    double scale_min = 0.0; ///< NaN when no row tells it
    double scale_max = 0.0;
    std::size_t items = 0; ///< questions it is the mean of; 0 when not told
};

/// What someone answered once.
struct Score {
    PersonIndex person;
    std::uint32_t instrument;
    Day date;
    double value;
};

/// A tie while it is in force. `kind` is one of Survey::tie_kinds.
struct SurveyTie {
    PersonIndex from;
    PersonIndex to;
    std::uint32_t kind;
    double weight;
    Day first = Day::min();
    Day last = Day::max();

    bool in_force(Day day) const { return first <= day && day <= last; }
};

/// Something that happened to someone: churn, quit, ...
struct SurveyEvent {
    PersonIndex person;
    Day date;
    std::string event;
};

enum class HandoverReason : std::uint8_t {
    departure,
    leave,
    reorganisation,
    client_request,
    unknown
};
inline const std::vector<std::string> handover_reasons{"departure", "leave", "reorganisation",
                                                       "client_request", "unknown"};

/// A client given from one employee to another.
struct Handover {
    PersonIndex client;
    PersonIndex old_contact;
    PersonIndex new_contact;
    Day date;
    HandoverReason reason = HandoverReason::unknown;
};

/// Something known about a person at a date, such as a pay rise.
struct Covariate {
    PersonIndex person;
    std::uint32_t name; ///< of Survey::covariate_names
    Day date;
    double value;
};

/// A company's files, checked: people, their ties, what they answered and what happened to them.
struct Survey {
    std::filesystem::path folder;
    SurveySettings settings;
    scenarios::People people;
    std::vector<NumberColumn> columns;
    std::vector<std::string> tie_kinds;
    std::vector<SurveyTie> ties;
    std::vector<Instrument> instruments;
    std::vector<Score> scores;  ///< by instrument, date, person
    std::size_t unanswered = 0; ///< rows of waves.csv without a score
    std::vector<SurveyEvent> events;
    std::vector<Handover> handovers;
    bool derived_handovers = false; ///< from accounts that follow each other
    std::vector<std::string> covariate_names;
    std::vector<bool> exogenous; ///< of each of them
    std::vector<Covariate> covariates;

    std::size_t size() const { return people.list.size(); }
    bool is_client(PersonIndex person) const {
        return people.list[person].kind == scenarios::PersonKind::client;
    }
};

/// Reads survey.toml if it is there, people.csv, and as far as they are there ties.csv, waves.csv,
/// events.csv, handovers.csv and covariates.csv. Throws UserError with all the problems of all the
/// files.
Survey read_survey(const std::filesystem::path& folder);

/// Clients with several contacts at the same time.
std::size_t shared_clients(const Survey& survey);

/// The day a text in the form 2026-11-22 names, which `scenarios::is_date` accepts.
Day day_of(const std::string& text);

/// "2026-11-22".
std::string date_text(Day day);

}
