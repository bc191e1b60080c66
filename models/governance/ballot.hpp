#pragma once

#include <cstddef>
#include <span>

namespace cercle::models {

/// The policy a ballot chooses on one axis: the weighted median of the voters' ideal points and of
/// capital's, which holds `owner_votes` of all votes. 0: one person one vote. Reorders `voters`.
/// Without voters, capital decides. An even number of voters without capital: the lower median.
float elected_policy(std::span<float> voters, float owner_votes, float owner_position);

/// Probability that a majority of n independent voters is right when each is with probability p
/// (Condorcet 1785); ties of an even n are broken by a coin. Exact binomial sum.
double majority_is_right(std::size_t n, double p);

/// How many independent voters n correlated ones are worth: n / (1 + (n - 1) r), at least one.
std::size_t independent_voters(std::size_t n, double correlation);

}
