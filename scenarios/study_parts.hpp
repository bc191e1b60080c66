#pragma once

#include <memory>
#include <vector>

#include "models/founding.hpp"
#include "models/observables.hpp"
#include "scenarios/study.hpp"
#include "sim/run.hpp"

namespace cercle::scenarios {

/// An arm made ready: everything its runs share.
struct ReadyArm {
    std::shared_ptr<const models::Layout> layout;
    sim::Pipeline pipeline;
    models::CompanyObservables observables;
    sim::Period period;
    bool ties_move; ///< then a world carries one replicate
};

struct Study::Parts {
    Scenario scenario;
    std::vector<ReadyArm> arms;

    sim::World found(std::size_t arm, std::size_t first_replicate, std::size_t lanes) const {
        return models::found(*arms[arm].layout, scenario.arms[arm].settings,
                             {.seed = scenario.seed,
                              .first_replicate = static_cast<std::uint32_t>(first_replicate),
                              .lanes = static_cast<std::uint32_t>(lanes)});
    }

    sim::Record run(std::size_t arm, std::size_t first_replicate, std::size_t lanes) const {
        const ReadyArm& ready = arms[arm];
        return sim::run(found(arm, first_replicate, lanes), ready.pipeline, ready.observables,
                        ready.period);
    }
};

}
