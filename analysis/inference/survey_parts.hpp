#pragma once

#include "analysis/inference/survey.hpp"
#include "sim/file_problems.hpp"

namespace cercle::analysis {

/// Each reads one file into the survey, if it is there. People come first.
void read_number_columns(Survey& survey, sim::FileProblems& problems);
void read_survey_ties(Survey& survey, sim::FileProblems& problems);
void read_scores(Survey& survey, sim::FileProblems& problems);
void read_events(Survey& survey, sim::FileProblems& problems);
void read_handovers(Survey& survey, sim::FileProblems& problems);
void read_covariates(Survey& survey, sim::FileProblems& problems);

/// The hand-overs that the accounts tell of: a client with one contact at a time changes it within
/// three months. Clients served by several at once tell none.
std::vector<Handover> handovers_of_accounts(const Survey& survey);

}
