#pragma once

#include "analysis/inference/survey.hpp"
#include "sim/file_problems.hpp"

namespace cercle::analysis {

/// Numbers further from 0 than this are refused: they are summed and squared.
inline constexpr double largest_number = 1e30;

/// Each reads one file into the survey, if it is there. People come first.
void read_number_columns(Survey& survey, sim::FileProblems& problems);
void read_survey_ties(Survey& survey, sim::FileProblems& problems);
void read_scores(Survey& survey, sim::FileProblems& problems);
void read_events(Survey& survey, sim::FileProblems& problems);
void read_handovers(Survey& survey, sim::FileProblems& problems);
void read_covariates(Survey& survey, sim::FileProblems& problems);

/// Whether two ties of a client to different contacts are in force on more than one same day: one
/// account may end on the day on which the next begins.
bool overlap(const SurveyTie& one, const SurveyTie& other);

/// The hand-overs that the accounts tell of: a client changes its main contact within three months.
/// Of contacts at the same time the one with the largest weight is the main one; where none has it,
/// the client's accounts tell nothing.
std::vector<Handover> handovers_of_accounts(const Survey& survey);

}
