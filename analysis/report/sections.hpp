#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/attribution.hpp"
#include "analysis/compare.hpp"
#include "analysis/report/page.hpp"
#include "analysis/report/words.hpp"
#include "analysis/sensitivity.hpp"
#include "scenarios/scenario.hpp"
#include "sim/stored_tables.hpp"

namespace cercle::analysis {

/// A section, or why a page goes without it; neither where the file does not ask for it.
struct MaybeSection {
    std::optional<ReportSection> section = {};
    std::string why_not = {};
};

/// The outcome a comparison is told by first: engagement of employees where there is one, survival
/// where so many firms died that the others are outcomes of a selection.
const ComparedOutcome& headline_outcome(const Comparison& comparison);
/// The outcomes told first, at most seven.
std::vector<const ComparedOutcome*> main_outcomes(const Comparison& comparison);
/// The contrast whose pair of worlds is drawn: the one whose difference in the headline is the
/// largest. It is picked after the fact: nothing is claimed of it.
std::size_t headline_contrast(const Comparison& comparison);

/// What an outcome shows in a line: of two arms "Net promoter score: scop 13.4 points above
/// conventional [12.3, 14.4]", or that no difference is shown; of more how many of them differ from
/// the reference; of a lone arm its mean.
std::string finding(const Comparison& comparison, const ComparedOutcome& outcome,
                    const ReportWords& words);

/// Outcomes in which this contrast has that standing.
std::size_t count_of(const Comparison& comparison, std::size_t contrast, Standing standing);
/// Arms whose difference in an outcome has that standing.
std::size_t count_of(const ComparedOutcome& outcome, Standing standing);

/// An outcome as its arms, or one of its contrasts, want it shown.
ShownOutcome shown_of(const ComparedOutcome& outcome, const ReportWords& words);
ShownOutcome shown_of(const ComparedOutcome& outcome, const Contrast& contrast,
                      const ReportWords& words);

/// What an interval is over: "4 of 6 pairs of runs", "2 replicates, each the mean over 18 design
/// points".
std::string base_of(const Comparison& comparison, const ComparedOutcome& outcome,
                    std::size_t contrast, const ReportWords& words);

/// What the file lacks, of runs, pairs, firms and parameters; "" where it lacks nothing.
std::string what_is_missing(const Comparison& comparison, const ReportWords& words);

/// The answer in three sentences, and what is missing from the file.
ReportSection answer_section(const Comparison& comparison,
                             const std::optional<Attribution>& attribution,
                             const ReportWords& words);

/// Words of the page that not everybody knows.
ReportSection glossary_section(const Comparison& comparison, const ReportWords& words);

/// Means of the arms over time with the range of most runs. None when no series were kept.
std::optional<ReportSection> trajectories_section(const sim::ResultsReader& results,
                                                  const Comparison& comparison,
                                                  const ReportWords& words);

/// Paired differences with their intervals. None of a lone arm.
std::optional<ReportSection> forest_section(const Comparison& comparison, const ReportWords& words);

/// How the difference of two arms is shared out over mechanisms, as waterfalls.
ReportSection attribution_section(const Attribution& attribution, const ReportWords& words);

/// Which factors of a design an outcome answers to.
ReportSection sensitivity_section(const Experiment& experiment, const std::vector<Sensitivity>& all,
                                  const ReportWords& words);

/// How engagement comes back round the loop, where the arms push employees and clients.
MaybeSection loop_gain_section(const sim::ResultsReader& results,
                               const scenarios::Scenario& scenario, const ReportWords& words);

/// What the model says of each claim, from the file of `cercle claims`.
ReportSection claims_section(const sim::StoredTables& file, const ReportWords& words);

/// What a company's survey tells, from the file of `cercle infer`.
ReportSection inference_section(const sim::StoredTables& file, const ReportWords& words);

/// Colleagues by team through the months of one pair of worlds, which is run again. Not where the
/// file or this program cannot tell, or the office is too large to be drawn.
MaybeSection network_section(const sim::ResultsReader& results, const Comparison& comparison,
                             const ReportWords& words);

/// The parameters with their sources, those that differ between arms first.
ReportSection assumptions_section(const scenarios::Scenario& scenario, const ReportWords& words);

/// Where a file comes from and how to make it again.
ReportSection provenance_section(const sim::ResultsReader& results, const Comparison& comparison,
                                 const ReportWords& words);
/// "412 of 432": of all runs of a file.
std::string runs_done(const sim::ResultsReader& results, const ReportWords& words);
ReportSection provenance_section(const sim::StoredTables& file, const std::string& name,
                                 const ReportWords& words);

}
