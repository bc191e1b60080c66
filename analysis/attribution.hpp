#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "analysis/statistics.hpp"
#include "sim/results_file.hpp"

namespace cercle::analysis {

/// Shapley's share of each player of a game (Shapley 1953): the mean, over all orders in which the
/// players may come, of what each adds to those before it. `worth[s]` is the worth of the set whose
/// players are the bits of s; the shares add up to worth[all] - worth[none].
std::vector<double> shapley_shares(std::span<const double> worth, std::size_t players);

/// The same as a mean over these orders and their reverses alone: exact where no three players act
/// together, since of each pair either comes first in one of the two; always adds up. Sets that no
/// order meets may be unknown. Source: Castro, Gomez & Tejada 2009; antithetic as Mitchell et al.
/// 2022.
std::vector<double> shapley_shares_along(std::span<const double> worth,
                                         const std::vector<std::vector<std::size_t>>& orders);

/// A group of parameters in which the arms differ, and what its assumptions are.
struct Mechanism {
    std::string name;
    std::size_t parameters = 0;     ///< that differ between the arms
    std::size_t assumed = 0;        ///< of these, those with an assumption for a source
    std::vector<std::string> paths; ///< of those that differ
};

/// How the difference of two arms in one outcome is shared out over mechanisms.
struct AttributedOutcome {
    sim::Metric metric;
    /// First arm - second arm, over the replicates in which every mixture has the outcome (a firm
    /// that failed has none in its last months).
    Summary gap;
    /// The same over all replicates, as a comparison of the two arms has it.
    Summary whole_gap;
    std::vector<Summary> shares; ///< of each mechanism; their means add up to that of the gap
    /// The part of the gap that comes from mechanisms in which the arms differ in assumed numbers.
    Summary assumed;
};

/// What each mechanism contributes to the difference of two arms.
struct Attribution {
    std::vector<std::string> arms; ///< first, second
    std::vector<Mechanism> mechanisms;
    std::vector<AttributedOutcome> outcomes;
    std::size_t shared_assumed = 0; ///< parameters of both arms that rest on assumptions
    std::size_t replicates = 0;     ///< finished at every point of both arms
    std::size_t orders = 0;         ///< sampled; 0: all there are
    double confidence = 0.95;
};

/// A share as a part of the gap: below 0 where it works against it, above 1 where others do;
/// unknown where the gap itself is not told from 0.
double share_of_gap(const Summary& share, const Summary& gap);

/// The outcomes of a company that are told of first.
const std::vector<std::string>& main_outcomes();

/// Whether the file holds the runs that attribution needs.
bool can_attribute(const sim::ResultsHead& head);

/// The design point at which each arm has all its own values; none in other designs.
std::optional<std::size_t> unmixed_point(const sim::ResultsHead& head);

/// Shares out the difference in each of these outcomes (all when there are none). Throws UserError
/// when the file has another design, an unknown outcome or no finished replicate.
Attribution attribute(const sim::ResultsReader& results, const std::vector<std::string>& outcomes,
                      double confidence);

/// One table for each outcome, of at most `width` columns, and how to read it.
std::string attribution_text(const Attribution& attribution, std::size_t width);

nlohmann::ordered_json attribution_json(const Attribution& attribution);

}
