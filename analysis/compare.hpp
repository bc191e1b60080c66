#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "analysis/compare_arms.hpp"
#include "analysis/statistics.hpp"
#include "sim/results_file.hpp"

namespace cercle::analysis {

/// Which comparison is wanted.
struct CompareOptions {
    /// The arm all others are compared with; the last arm when empty.
    std::string reference = {};
    /// Names of outcomes, in the order wanted; all when empty.
    std::vector<std::string> outcomes = {};
    /// One design point; all of them together when not given.
    std::optional<std::size_t> point = {};
    double confidence = 0.95;
    /// By outcome, in its stored unit: differences below it do not matter.
    std::map<std::string, double> margins = {};
};

/// What a difference may be called.
enum class Standing {
    unknown, ///< too few pairs for an interval
    open,    ///< its interval covers 0
    alone,   ///< excludes 0, but not when all intervals are widened to hold together
    shown    ///< excludes 0 even then
};

/// One arm against the reference, in one outcome: first - reference, in the same random events. The
/// design points of a replicate have the same random events too: the difference is over replicates,
/// each the mean over its points.
struct Contrast {
    std::string first;
    PairedDifference difference;
    std::size_t run_pairs = 0; ///< pairs of runs, over all points, that have the outcome
    Interval simultaneous;     ///< Bonferroni: wide enough for all contrasts of the comparison
    std::optional<Equivalence> equivalence;

    /// The one judgement that tables, titles, sentences and marks share.
    Standing standing() const;
};

struct ComparedOutcome {
    sim::Metric metric;
    /// In the order of Comparison::arms: over replicates, each the mean over its points of every
    /// finished run.
    std::vector<Summary> arms;
    std::vector<Contrast> contrasts; ///< every arm but the reference, in the order of arms
};

/// The firms of an arm's finished runs.
struct FirmsOfArm {
    std::size_t all = 0;
    std::size_t died = 0; ///< before the end of their run
};

/// The arms of a study side by side. Only finished runs count.
struct Comparison {
    std::string title;
    std::string file;
    std::vector<std::string> arms;
    std::string reference;
    std::size_t points = 1; ///< design points taken together
    std::size_t replicates = 1;
    std::size_t done = 0;
    std::size_t failed = 0;
    std::size_t pending = 0;
    double confidence = 0.95;
    std::vector<ComparedOutcome> outcomes;
    /// Pairs of finished runs behind each contrast, in the order of contrasts.
    std::vector<std::size_t> finished_pairs;
    /// Replicates these belong to: as many where there is one design point.
    std::vector<std::size_t> paired_replicates;
    std::vector<FirmsOfArm> firms; ///< by arm; empty where the file does not tell
    ParametersOfArms parameters;
    std::vector<std::size_t> unvarying; ///< arms whose replicates all gave the same numbers
    std::vector<std::string> warnings;  ///< whole sentences

    std::size_t runs() const { return done + failed + pending; }
    /// Intervals a reader may pick from.
    std::size_t contrast_count() const;
    /// Whether there is one run of a lone arm, or one replicate of a pair of arms: no interval.
    bool has_lone_replicate() const;
};

/// Throws UserError for an arm, outcome or point that is not there, with the nearest valid name,
/// and for a file without a finished run, or of several arms without a finished pair of runs.
Comparison compare(const sim::ResultsReader& results, const CompareOptions& options);

/// The comparison as JSON, numbers in the stored units, null where not known.
nlohmann::ordered_json comparison_json(const Comparison& comparison);

enum class Colour { never, always };

/// The comparison as text of at most `width` columns, units made readable.
std::string comparison_table(const Comparison& comparison, std::size_t width, Colour colour);

}
