#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "scenarios/study.hpp"
#include "sim/new_file.hpp"
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
    double checkpoint_months = 0.0; ///< between checkpoints of a run; 0: none
    bool quiet = false;

    bool resumes() const {
        return existing == Existing::resume || existing == Existing::resume_anyway;
    }
};

/// Refuses an output that would not be kept, before anything is read or drawn.
void check_output(const RunWish& wish);

/// Lays the file out or finds it fit to go on with, and holds it for this study; gives the status
/// of its runs, one byte each.
std::string prepare_output(const scenarios::Study& study, const RunWish& wish,
                           const sim::ResultsHead& head, std::optional<sim::StudyLock>& lock);

/// Takes over what ranks of an earlier call left when they died, and removes their files.
void collect_rank_files(const std::filesystem::path& output);

}
