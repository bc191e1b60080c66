#include "models/governance/ballot.hpp"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/binomial.hpp>

namespace cercle::models {

namespace {

/// The voter at this share of the (sorted) electorate.
float voter_at(std::span<float> voters, double share) {
    const auto last = static_cast<double>(voters.size() - 1);
    const auto place =
        std::clamp(std::ceil(share * static_cast<double>(voters.size())) - 1.0, 0.0, last);
    const auto chosen = voters.begin() + static_cast<std::ptrdiff_t>(place);
    std::nth_element(voters.begin(), chosen, voters.end());
    return *chosen;
}

}

float elected_policy(std::span<float> voters, float owner_votes, float owner_position) {
    if (voters.empty() || owner_votes >= 0.5F) return owner_position;
    // Capital's block moves the median among members: with s of the votes on one side, half of all
    // votes is reached at (1/2 - s) / (1 - s) or (1/2) / (1 - s) of the members.
    const double s = static_cast<double>(owner_votes);
    const float low = voter_at(voters, (0.5 - s) / (1.0 - s));
    if (owner_votes == 0.0F) return low;
    return std::clamp(owner_position, low, voter_at(voters, 0.5 / (1.0 - s)));
}

double majority_is_right(std::size_t n, double p) {
    const boost::math::binomial_distribution<double> right(static_cast<double>(n), p);
    const double half = std::floor(static_cast<double>(n) / 2.0);
    const double above = cdf(complement(right, half));
    return n % 2 == 0 ? above + 0.5 * pdf(right, half) : above;
}

std::size_t independent_voters(std::size_t n, double correlation) {
    const auto count = static_cast<double>(n);
    const double worth = count / (1.0 + (count - 1.0) * correlation);
    return std::max<std::size_t>(1, static_cast<std::size_t>(std::lround(worth)));
}

}
