#pragma once

#include <cstdint>

#include "sim/world.hpp"

namespace cercle::models {

/// The populations of a world in the laboratory, as `World::populations` holds them: one population
/// of nodes on one graph (`World::graphs[0]`), and what is noted about each run.
enum class Part : std::uint8_t { nodes, traits, tally };

/// What each node holds, for laws of states: 0 is the state everybody may begin in (susceptible,
/// not adopted), 1 the one that spreads, 2 what may follow.
struct Holders {
    sim::Column<std::uint8_t> state, previous;

    void each(auto&& field) {
        field(state, "state", "1", "0 susceptible, 1 holds what spreads, 2 did before");
        field(previous, "previous", "1", "state before the step");
    }
};

/// What each node holds, for laws of opinions.
struct Opinions {
    sim::Column<double> value, previous, anchor;

    void each(auto&& field) {
        field(value, "value", "1", "opinion");
        field(previous, "previous", "1", "opinion before the step");
        field(anchor, "anchor", "1", "opinion of the start");
    }
};

/// What tells nodes apart, where a law wants it: a threshold, a weight of oneself.
struct Traits {
    sim::Column<double> trait;

    void each(auto&& field) { field(trait, "trait", "1", "threshold or weight of a node"); }
};

/// What is noted of each run: one row for each lane.
struct Tally {
    sim::Column<std::uint32_t> spreading, past;
    sim::Column<double> ended;

    void each(auto&& field) {
        field(spreading, "spreading", "1", "nodes in state 1");
        field(past, "past", "1", "nodes in state 2");
        field(ended, "ended", "month", "when nothing could change any more; NaN while it can");
    }
};

inline Holders holders(sim::World& world) {
    return sim::view_of<Holders>(world.populations[static_cast<std::size_t>(Part::nodes)]);
}
inline const Holders holders(const sim::World& world) {
    return sim::view_of<Holders>(world.populations[static_cast<std::size_t>(Part::nodes)]);
}
inline Opinions opinions(sim::World& world) {
    return sim::view_of<Opinions>(world.populations[static_cast<std::size_t>(Part::nodes)]);
}
inline const Opinions opinions(const sim::World& world) {
    return sim::view_of<Opinions>(world.populations[static_cast<std::size_t>(Part::nodes)]);
}
/// What was `value` becomes `previous`; `value` is to be written anew.
inline Opinions opinions_to_renew(sim::World& world) {
    world.populations[static_cast<std::size_t>(Part::nodes)].exchange<double>(0, 1);
    return opinions(world);
}
inline Traits traits(sim::World& world) {
    return sim::view_of<Traits>(world.populations[static_cast<std::size_t>(Part::traits)]);
}
inline Tally tally(sim::World& world) {
    return sim::view_of<Tally>(world.populations[static_cast<std::size_t>(Part::tally)]);
}
inline const Tally tally(const sim::World& world) {
    return sim::view_of<Tally>(world.populations[static_cast<std::size_t>(Part::tally)]);
}

}
