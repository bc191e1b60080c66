#include "sim/run.hpp"

namespace cercle::sim {

namespace {

Record empty_record(const World& world, const Observables& observables, const Period& period) {
    Record record;
    record.batch.lanes = world.lanes();
    record.batch.first_replicate = world.source.first_replicate;
    record.times = period.times();
    record.series_count = observables.series().size();
    record.outcome_count = observables.outcomes().size();
    record.series.resize(record.series_count * world.lanes() * record.times);
    record.outcomes.resize(record.outcome_count * world.lanes());
    return record;
}

/// Looks at the run when it is time to.
void look(RunState& state, const Observables& observables, const Period& period) {
    if (state.world.step < period.burn_in) return;
    const std::uint32_t step = state.world.step - period.burn_in;
    if (step % period.every == 0)
        observables.observe(state.world, step / period.every, state.record);
}

}

RunState begin(World world, const Observables& observables, const Period& period) {
    Record record = empty_record(world, observables, period);
    RunState state{std::move(world), std::move(record)};
    look(state, observables, period);
    return state;
}

Record run(RunState state, const Pipeline& pipeline, const Observables& observables,
           const Period& period, const Checkpoints& checkpoints) {
    World& world = state.world;
    const std::uint32_t last = period.burn_in + period.steps;
    while (world.step < last) {
        pipeline.advance(world, Tick{.step = world.step + 1, .months = period.months});
        look(state, observables, period);
        const bool due = checkpoints.every > 0 && world.step % checkpoints.every == 0;
        if (due && world.step < last && !checkpoints.keep(state)) {
            state.record.status = RunStatus::pending;
            return std::move(state.record);
        }
    }
    observables.summarise(state.record);
    state.record.carried.clear();
    return std::move(state.record);
}

Record run(World world, const Pipeline& pipeline, const Observables& observables,
           const Period& period) {
    return run(begin(std::move(world), observables, period), pipeline, observables, period);
}

}
