#include "apps/status_runs.hpp"

#include <set>
#include <utility>

#include <fmt/format.h>

#include "analysis/csv_file.hpp"
#include "apps/messages.hpp"
#include "sim/checkpoint.hpp"
#include "sim/results_file.hpp"
#include "sim/study_parts.hpp"

namespace cercle::apps {
namespace {

/// What becomes of a run when its study goes on, and why.
struct Fate {
    std::string_view status, on_resume;
    std::string why;
};

/// The runs of one result file, each with its fate.
class RunsOfFile {
public:
    explicit RunsOfFile(const std::string& file)
        : file_(file), reader_(file), head_(reader_.head()), status_(reader_.status()),
          spared_from_(sim::replicates_run(head_)) {
        for (const auto& path : sim::checkpoint_files(file)) {
            const auto batch = sim::batch_of_checkpoint(path);
            if (!batch || !sim::is_whole_checkpoint(path)) continue;
            for (std::size_t lane = 0; lane < batch->lanes; ++lane)
                begun_.insert(place_of(batch->arm, batch->point, batch->first_replicate + lane));
        }
    }

    void print() const {
        const sim::Shard shard = sim::shard_named(head_.part);
        for (std::size_t arm = 0; arm < head_.arms.size(); ++arm) {
            for (std::size_t point = 0; point < head_.points; ++point) {
                std::vector<sim::Batch> runs{{arm, point, 0, head_.replicates}};
                if (shard.number > 0) runs = sim::runs_of_shard(runs, head_, shard);
                for (const sim::Batch& batch : runs) print(batch);
            }
        }
    }

private:
    std::size_t place_of(std::size_t arm, std::size_t point, std::size_t replicate) const {
        return (arm * head_.points + point) * head_.replicates + replicate;
    }

    Fate fate(const sim::Batch& run) const {
        const std::size_t place = place_of(run.arm, run.point, run.first_replicate);
        switch (status_[place]) {
        case sim::RunStatus::done:
            return {"done", "kept", "its data are in the file"};
        case sim::RunStatus::failed:
            return {"failed", "kept unless --retry-failed",
                    reader_.failure(run.arm, run.point, run.first_replicate)};
        case sim::RunStatus::pending:
            break;
        }
        if (run.first_replicate >= spared_from_)
            return {"pending", "not run", "the study had enough replicates without it"};
        if (begun_.contains(place)) return {"pending", "run", "begun; a checkpoint of it is there"};
        return {"pending", "run", "not begun, or lost with the process that ran it"};
    }

    void print(const sim::Batch& batch) const {
        std::string text;
        for (std::size_t lane = 0; lane < batch.lanes; ++lane) {
            const sim::Batch run{batch.arm, batch.point, batch.first_replicate + lane, 1};
            const Fate its = fate(run);
            if (head_.part.starts_with("rank") && its.status == "pending") continue; // no one's own
            text += fmt::format("{},{},{},{},{},{},{}\n", analysis::csv_field(file_),
                                analysis::csv_field(head_.arms[run.arm]), run.point,
                                run.first_replicate, its.status, its.on_resume,
                                analysis::csv_field(its.why));
        }
        apps::print(text);
    }

    std::string file_;
    sim::ResultsReader reader_;
    const sim::ResultsHead& head_;
    std::vector<sim::RunStatus> status_;
    std::size_t spared_from_;
    std::set<std::size_t> begun_; ///< places of runs with a checkpoint
};

}

void print_runs(const std::vector<std::string>& files) {
    print("file,arm,point,replicate,status,on_resume,why\n");
    for (const std::string& file : files) {
        RunsOfFile(file).print();
        for (const auto& rank : sim::rank_files(file)) RunsOfFile(rank.string()).print();
    }
}

}
