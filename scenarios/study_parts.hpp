#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/study.hpp"
#include "sim/run.hpp"

namespace cercle::scenarios {

/// An arm made ready: everything its runs share.
struct ReadyArm {
    std::function<sim::World(const sim::Source&)> found;
    sim::Pipeline pipeline;
    std::unique_ptr<const sim::Observables> observables;
    sim::Period period;
    std::string size_text;                     ///< firms, positions, clients; or nodes and ties
    bool ties_move = false;                    ///< then a world carries one replicate
    std::vector<sim::Metric> node_values = {}; ///< kept of every node at the end: none or one
    std::size_t nodes = 0;                     ///< it is kept of
};

struct Study::Parts {
    Scenario scenario;
    std::vector<ReadyArm> arms; ///< at the first design point
    /// Makes an arm ready with other values of its parameters.
    std::function<ReadyArm(sim::Settings)> make;
    std::function<std::vector<sim::NetworkTable>()> networks;
    std::map<std::string, std::string> attributes = {}; ///< of the result file, beside the usual
};

/// The calendar of an arm, in steps.
sim::Period period_of(const sim::Settings& settings);

/// Makes the arms of a scenario of the whole model ready.
void prepare_company(Study::Parts& parts);

/// Makes the arms of a scenario that runs a law alone ready.
void prepare_laboratory(Study::Parts& parts);

}
