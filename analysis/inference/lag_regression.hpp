#pragma once

#include <span>
#include <vector>

#include "analysis/inference/transmission.hpp"

namespace cercle::analysis {

/// The regression of T2, made ready to be put to thousands of rearrangements: answers on contacts'
/// earlier and own earlier ones, with effects of person and of team x wave.
///
/// Nobody is in two teams, so effects are eliminated team by team: persons by their means, then the
/// few waves by Gauss. That takes one pass over the answers; sweeping takes dozens.
class LagRegression {
public:
    /// `data` must outlive it.
    explicit LagRegression(const Transmission& data);

    /// Student's t of contacts (up to a factor that is the same for all rearrangements of complete
    /// answers) when i stands in place order[i] (empty: their own); 0 when nothing can be told.
    double t(std::span<const std::uint32_t> order) const;

private:
    /// An answer that follows one.
    struct Row {
        std::uint32_t wave;
        double now;
        double before;
    };
    /// The rows of one person: from `first` to that of the next in the list.
    struct Member {
        PersonIndex person;
        std::uint32_t team;
        std::size_t first;
    };

    const Transmission& data_;
    std::vector<Row> rows_;       ///< by team, person, wave
    std::vector<Member> members_; ///< by team; one more at the end
};

}
