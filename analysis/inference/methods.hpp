#pragma once

#include <string>
#include <vector>

#include "analysis/inference/cross_section.hpp"
#include "analysis/inference/estimate.hpp"

namespace cercle::analysis {

// Resemblance of people who are tied, at one wave.
Estimate moran(const CrossSection& section, const Question& question);
Estimate geary(const CrossSection& section, const Question& question);
/// Outcome of two values: ties that join two people who have the larger one.
Estimate join_count(const CrossSection& section, const Question& question);
/// Correlation over the two ends of ties (Newman 2003).
Estimate tie_assortativity(const CrossSection& section, const Question& question);
/// ICC(1) and ICC(2) of teams, one-way analysis of variance.
Estimate team_icc(const CrossSection& section);

// Peers and attributes at one wave (linear in means).
Estimate peer_ols(const CrossSection& section, const Question& question);
/// Two-stage least squares with attributes of contacts (and of theirs) as instruments
/// (Bramoulle, Djebbari and Fortin 2009).
Estimate peer_tsls(const CrossSection& section, const Question& question);
/// Spatial autoregression by maximum likelihood (Ord 1975).
Estimate sar_ml(const CrossSection& section, const Question& question);

// In time.
/// Network autoregression (Zhu et al. 2017), with fixed effects as asked.
Estimate nar(const Survey& survey, const Question& question);
/// Discrete-time hazard of an event by the share of contacts who had it before.
Estimate exposure_logit(const Survey& survey, const Question& question);
/// Are events closer in time along ties than their times shuffled among those who had one?
/// (Anagnostopoulos, Kumar and Mahdian 2008), inside teams.
Estimate shuffle_test(const Survey& survey, const Question& question);
/// The same slope with ties reversed.
Estimate reversal_test(const Survey& survey, const Question& question);
/// Do clients handed over to a more engaged employee answer higher afterwards?
Estimate handover_test(const Survey& survey, const Question& question);

/// The weights of a method where nobody asks for others: binary for join_count (style B of R's
/// spdep), row-standardised for all else.
Weighting usual_weighting(const std::string& method);

/// The names a user can ask for.
const std::vector<std::string>& method_names();
Estimate estimate_by(const std::string& method, const Survey& survey, const Question& question);
/// Throws UserError where an estimate rests on fewer people than a survey lets be told of.
void expect_enough(const Estimate& estimate, const Survey& survey);

}
