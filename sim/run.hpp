#pragma once

#include <functional>

#include "sim/pipeline.hpp"
#include "sim/record.hpp"
#include "sim/world.hpp"

namespace cercle::sim {

/// What is looked at while a run goes on. Looking changes nothing and draws nothing.
class Observables {
public:
    virtual ~Observables() = default;
    /// The quantities of a series, in the order of `observe`.
    virtual const std::vector<Metric>& series() const = 0;
    /// The quantities a run ends with, in the order of `summarise`.
    virtual const std::vector<Metric>& outcomes() const = 0;
    /// Writes the series of every lane at this moment: record.at(metric, lane, time).
    virtual void observe(const World& world, std::size_t time, Record& record) const = 0;
    /// Writes the outcomes of every lane from the finished series: record.outcome(which, lane).
    virtual void summarise(Record& record) const = 0;
};

/// How long a run lasts and how often it is looked at, in steps.
struct Period {
    std::uint32_t burn_in = 0; ///< steps before the first observation
    std::uint32_t steps = 120; ///< steps after it
    std::uint32_t every = 1;   ///< steps between observations
    double months = 1.0;       ///< length of a step

    std::size_t times() const { return steps / every + 1; }
};

/// A run in its course: enough to go on with the same bits.
struct RunState {
    World world;
    Record record; ///< what has been observed so far
};

/// When a run is kept in its course.
struct Checkpoints {
    std::uint32_t every = 0; ///< steps between them; 0: never
    /// Keeps the run; no when it is to be broken off here.
    std::function<bool(const RunState&)> keep = {};
};

/// A run at its beginning.
RunState begin(World world, const Observables& observables, const Period& period);

/// Runs to the end of the period; broken off at a checkpoint, the status of the record is pending.
Record run(RunState state, const Pipeline& pipeline, const Observables& observables,
           const Period& period, const Checkpoints& checkpoints = {});

/// Runs a world through its period. The world is taken by value: the caller's is left as it was.
Record run(World world, const Pipeline& pipeline, const Observables& observables,
           const Period& period);

}
