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

}

Record run(World world, const Pipeline& pipeline, const Observables& observables,
           const Period& period) {
    Record record = empty_record(world, observables, period);
    const auto advance = [&] {
        pipeline.advance(world, Tick{.step = world.step + 1, .months = period.months});
    };
    while (world.step < period.burn_in) advance();
    observables.observe(world, 0, record);
    for (std::uint32_t step = 1; step <= period.steps; ++step) {
        advance();
        if (step % period.every == 0) observables.observe(world, step / period.every, record);
    }
    observables.summarise(record);
    record.carried.clear();
    return record;
}

}
