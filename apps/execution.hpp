#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "apps/interruption.hpp"
#include "scenarios/study.hpp"
#include "sim/ranks.hpp"
#include "sim/results_file.hpp"
#include "sim/study_parts.hpp"

namespace cercle::apps {

/// How a study is to be run.
struct RunWish {
    using Existing = sim::ResultsWriter::Existing;

    std::filesystem::path output; ///< of the study or its shard
    std::size_t threads = 1;      ///< of each rank
    std::size_t lanes = 1;
    Existing existing = Existing::refuse;
    sim::Failed failed = sim::Failed::keep;
    std::optional<sim::Shard> shard = {};
    bool quiet = false;

    bool resumes() const {
        return existing == Existing::resume || existing == Existing::resume_anyway;
    }
};

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

/// Refuses an output that would not be kept, before anything is read or drawn.
void check_output(const RunWish& wish);

/// Runs what is still to run of a study, with the other ranks if there are any, into the file of
/// the wish. What is returned is whole on rank 0 only.
Ending carry_out(const scenarios::Study& study, const RunWish& wish, const sim::Ranks& ranks,
                 const Interruption& interruption);

}
