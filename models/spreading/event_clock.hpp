#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "sim/graph.hpp"
#include "sim/graph_measures.hpp"
#include "sim/random.hpp"

namespace cercle::models {

/// What a node is, as a column of bytes holds it.
enum class Compartment : std::uint8_t { susceptible = 0, infectious = 1, removed = 2 };

/// What happens to a node, each at a rate per unit of time (>= 0):
///     susceptible -> infectious   at  spontaneous + transmission * contact
///     infectious  -> `recovered`  at  recovery
/// where contact is the number of infectious nodes among those that influence it, or the sum of the
/// weights of its ties with them. SIS: spontaneous = 0; SIR: recovered = removed; SISa: all three.
struct SpreadRates {
    double transmission =
        0.0;                  ///< beta, of a tie with an infectious node or of a unit of its weight
    double recovery = 0.0;    ///< gamma
    double spontaneous = 0.0; ///< a
    Compartment recovered = Compartment::susceptible;
};

/// The compartments of one lane in a column of rows (node, lane).
struct LaneStates {
    std::span<std::uint8_t> rows;
    std::size_t lanes = 1;
    std::size_t lane = 0;
};

/// What happened while a clock ran.
struct EventTally {
    std::uint64_t infections = 0; ///< by ties and spontaneous
    std::uint64_t recoveries = 0;
    std::uint64_t proposals = 0; ///< events, and candidates that turned out to be none
    double time = 0.0;           ///< how far the clock went: the duration, or the last event
    /// When the last infectious node recovered, from the start of the call; infinite while there is
    /// one, and where new ones can arise by themselves.
    double extinct_at = std::numeric_limits<double>::infinity();
    std::uint64_t events() const { return infections + recoveries; }
};

/// Exact continuous time for SIS, SIR and SISa: every change at its own random moment, drawn from
/// the law of the continuous-time Markov chain.
///
/// Candidates come at a constant bound of the true rate, and each is kept with the ratio of the two
/// (thinning). A candidate is a recovery of an infectious node, a contact of one with a random node
/// that it influences, or a spontaneous infection. Nodes stand in flat groups by powers of two of
/// what they transmit (composition and rejection: Slepoy, Thompson and Plimpton 2008), infectious
/// ones first, so that neither a choice nor a change grows with the graph, and no neighbour of a
/// node that changes is looked at. The bound leaves a sixteenth of room for the number infectious;
/// while it holds, candidates do not depend on one another and are prepared by the dozen, which
/// hides the time that memory takes on large graphs.
///
/// Not for two threads at once: one clock for each. Nothing is allocated after construction.
class EventClock {
public:
    /// Borrows the graph. Weighted: transmission is a rate per unit of weight, else per tie.
    EventClock(const sim::Graph& graph, sim::Weighting weighting);

    /// Runs for a duration (may be infinite where the end is sure), or until nothing can happen any
    /// more. Draws from the stream alone; about six words for each candidate.
    EventTally advance(LaneStates states, const SpreadRates& rates, double duration,
                       sim::Stream& stream);

private:
    struct Node {
        std::uint32_t place; ///< in members_
        std::uint8_t group;
        std::uint8_t state;
    };
    /// Nodes that transmit about as much: members [first, first + size), infectious ones first.
    struct Group {
        double most = 0.0; ///< what any of them transmits, in ties or weight
        std::uint32_t first = 0;
        std::uint32_t size = 0;
        std::uint32_t infectious = 0;
        std::uint32_t least_bound = 0; ///< the bound is drawn anew when `infectious` leaves
        std::uint32_t bound = 0;       ///< [least_bound, bound]
    };
    enum class Kind : std::uint8_t { recovery, contact, spontaneous };
    /// A part of the total rate, from `start` on: `count` members from `first` on, at equal rates.
    struct Share {
        double start, members_per_rate;
        double most; ///< of the group, for contacts
        std::uint32_t first, count;
        std::uint8_t group;
        Kind kind;
    };
    static constexpr std::size_t batch = 64;

    void sort_into_groups(std::span<const double> strength);
    void load(const LaneStates& states);
    void store(const LaneStates& states) const;
    void bound_group(Group& group) const;
    void share_out(const SpreadRates& rates);
    std::size_t draw(double expected, sim::Stream& stream);
    void prepare(std::size_t from, std::size_t to);
    std::uint64_t arc_of(std::uint32_t node, double position) const;
    bool anything_can_happen(const SpreadRates& rates) const;
    bool happens(std::size_t candidate, EventTally& tally);
    bool infect(std::uint32_t node, EventTally& tally);
    bool recover(std::uint32_t node, EventTally& tally);
    void move(std::uint32_t node, std::uint32_t to);
    bool is_infectious(std::uint32_t place, const Group& group) const {
        return place < group.first + group.infectious;
    }

    std::optional<sim::Graph> reversed_;  ///< of a directed graph: rows are who is influenced
    std::span<const std::uint64_t> rows_; ///< of the graph whose rows are who is influenced
    std::span<const std::uint32_t> targets_;
    std::vector<double> cumulative_; ///< weights of each row, summed up; empty when unweighted
    std::vector<Group> groups_;
    std::vector<std::uint32_t> members_;
    std::vector<Node> nodes_;
    std::vector<Share> shares_;
    double total_ = 0.0; ///< the bound of the rate of everything
    std::size_t infectious_ = 0;
    std::size_t susceptible_ = 0;
    Compartment recovered_ = Compartment::susceptible;

    // Candidates: what was drawn, and what it means while the bounds hold.
    std::array<double, batch> gap_, where_, contact_;
    std::array<std::uint32_t, batch> place_, member_, target_;
    std::array<double, batch> position_;
    std::array<std::uint64_t, batch> arc_;
    std::array<std::uint32_t, batch> share_;
};

}
