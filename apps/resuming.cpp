#include "apps/resuming.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "analysis/wording.hpp"
#include "sim/checkpoint.hpp"

namespace cercle::apps {
namespace {

namespace fs = std::filesystem;

/// The checkpoints beside the study that runs still to do can go on from.
std::size_t usable_checkpoints(const RunWish& wish, const std::string& origin,
                               const std::vector<sim::Batch>& left) {
    const auto is_usable = [&](const fs::path& file) {
        const auto kept = sim::batch_of_checkpoint(file);
        const auto is_of_it = [&](const sim::Batch& batch) {
            if (batch.arm != kept->arm || batch.point != kept->point) return false;
            const std::size_t first = kept->first_replicate;
            return batch == *kept || // or one by one, as where ties move
                   (kept->lanes == 1 && first >= batch.first_replicate &&
                    first < batch.first_replicate + batch.lanes);
        };
        return kept && std::ranges::any_of(left, is_of_it) && sim::is_checkpoint_of(file, origin);
    };
    const auto files = sim::checkpoint_files(wish.output);
    return static_cast<std::size_t>(std::ranges::count_if(files, is_usable));
}

}

std::string origin_of(const scenarios::Study& study, const sim::ResultsHead& head) {
    const auto& attributes = head.text_attributes;
    return attributes.at("scenario_resolved") + attributes.at("commit") + attributes.at("build") +
           study.scenario().folder.digest();
}

void tell_what_is_kept(const RunWish& wish, const sim::Standing& before,
                       const std::vector<sim::Batch>& left, const std::string& origin) {
    const std::size_t checkpoints = usable_checkpoints(wish, origin, left);
    const bool again = wish.failed == sim::Failed::again;
    std::string text = fmt::format("{}: {} of {} done and kept", wish.output.string(), before.done,
                                   analysis::counted(before.total(), "run"));
    if (before.failed > 0) {
        text += fmt::format(", {} failed {}", before.failed,
                            again ? "and run again" : "and kept (--retry-failed runs them again)");
    }
    const bool finished = before.pending == 0 && (before.failed == 0 || !again);
    text += finished ? "; nothing is left to run" : fmt::format(", {} pending", before.pending);
    if (checkpoints > 0)
        text += fmt::format(", going on from {}", analysis::counted(checkpoints, "checkpoint"));
    const std::size_t others = sim::checkpoint_files(wish.output).size() - checkpoints;
    if (others > 0) {
        text += fmt::format(", {} not used (damaged, of other lanes, or of another program)",
                            analysis::counted(others, "checkpoint"));
    }
    spdlog::info("{} (cercle status {} --runs: run by run)", text, wish.output.string());
}

}
