#include "apps/study_output.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apps/output.hpp"
#include "sim/checkpoint.hpp"
#include "sim/error.hpp"
#include "sim/new_file.hpp"
#include "sim/results_merge.hpp"

namespace cercle::apps {
namespace {

namespace fs = std::filesystem;

/// Refuses a file that will not fit, before anything is laid out.
void check_space(const fs::path& file, double bytes) {
    std::error_code error;
    fs::path folder = fs::absolute(file, error).parent_path();
    if (!fs::exists(folder, error)) folder = folder.parent_path(); // it is still to be made
    const auto space = fs::space(folder, error);
    if (error || bytes < static_cast<double>(space.available)) return;
    throw sim::RuntimeFailure(fmt::format("{}: the study takes about {:.4g} MB and {:.4g} MB are "
                                          "free; run fewer replicates or observe less "
                                          "(observe.series = \"none\" keeps outcomes only)",
                                          file.string(), bytes / 1e6,
                                          static_cast<double>(space.available) / 1e6));
}

}

bool is_of_a_rank(const sim::ResultsHead& head) { return head.part.starts_with("rank "); }

void collect_rank_files(const fs::path& output) {
    const std::vector<fs::path> files = sim::rank_files(output);
    if (files.empty()) return;
    const sim::ResultsHead head = sim::ResultsReader(output).head();
    for (const fs::path& file : files) {
        const sim::ResultsHead part = sim::ResultsReader(file).head();
        const auto found = sim::differences(head, part);
        if (found.empty() && is_of_a_rank(part)) continue;
        throw sim::UserError(fmt::format(
            "{}: is named like a part of {} and is none ({}); move it away", file.string(),
            output.string(),
            found.empty() ? "no rank wrote it" : fmt::to_string(fmt::join(found, "; "))));
    }
    for (const fs::path& file : files) {
        sim::take_over(output, file);
        fs::remove(file);
    }
}

std::string prepare_output(const scenarios::Study& study, const RunWish& wish,
                           const sim::ResultsHead& head, std::optional<sim::StudyLock>& lock) {
    const bool there = fs::exists(wish.output);
    if (wish.shard && study.scenario().stopping) {
        throw sim::UserError("--shard: a part of a study cannot tell when the whole has enough "
                             "replicates (replicates.until) give --replicates N, or run it whole");
    }
    if (!there || !wish.resumes()) {
        check_space(wish.output, study.file_bytes());
        make_folder_of(wish.output);
        const bool over = wish.existing == RunWish::Existing::overwrite;
        if (there) sim::check_replaceable(wish.output);
        if (there) lock.emplace(wish.output); // nobody else's runs are struck
        sim::ResultsWriter(wish.output, head, study.networks(),
                           over ? RunWish::Existing::overwrite : RunWish::Existing::refuse);
        lock.emplace(wish.output); // the new file
        for (const fs::path& file : sim::rank_files(wish.output)) {
            if (is_of_a_rank(sim::ResultsReader(file).head())) fs::remove(file);
        }
        sim::remove_checkpoints(wish.output);
    } else {
        lock.emplace(wish.output);
        sim::ResultsWriter(wish.output, head, study.networks(), wish.existing);
        collect_rank_files(wish.output);
    }
    std::string bytes;
    for (const sim::RunStatus status : sim::ResultsReader(wish.output).status())
        bytes += static_cast<char>(status);
    return bytes;
}

void check_output(const RunWish& wish) {
    const bool there = fs::exists(wish.output);
    const std::vector<fs::path> left = sim::rank_files(wish.output);
    if (!there && !left.empty() && wish.existing != RunWish::Existing::overwrite) {
        throw sim::UserError(fmt::format(
            "{}: was left by a study whose result file {} is gone (its runs would be lost); "
            "take them over with cercle merge --partial, or remove it",
            left.front().string(), wish.output.string()));
    }
    if (there && wish.resumes()) return;
    check_output_file(wish.output, wish.existing == RunWish::Existing::overwrite
                                       ? Existing::overwrite
                                       : Existing::refuse);
}

}
