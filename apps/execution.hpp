#pragma once

#include <string>
#include <vector>

#include "apps/interruption.hpp"
#include "apps/study_output.hpp"
#include "scenarios/study.hpp"
#include "sim/ranks.hpp"
#include "sim/results_file.hpp"
#include "sim/study_parts.hpp"

namespace cercle::apps {

/// Runs that failed together, and why.
struct Failure {
    sim::Batch batch;
    std::string reason;
};

/// What running a study came to, on all ranks.
struct Ending {
    sim::Standing before; ///< of the runs of this study or shard
    sim::Standing after;
    std::vector<Failure> failures;     ///< of this time
    std::vector<std::string> troubles; ///< why a rank ended early, other than by a signal
    int signal = 0;
    std::size_t replicates = 0; ///< of each point that were run: all, or as many as are enough
    double seconds = 0.0;       ///< wall time
};

/// Runs what is still to run of a study, with the other ranks if there are any, into the file of
/// the wish. What is returned is whole on rank 0 only.
Ending carry_out(const scenarios::Study& study, const RunWish& wish, const sim::Ranks& ranks,
                 const Interruption& interruption);

}
