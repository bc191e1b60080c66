#include "apps/execution.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "analysis/stopping.hpp"
#include "analysis/wording.hpp"
#include "apps/leading.hpp"
#include "apps/machine.hpp"
#include "apps/output.hpp"
#include "apps/progress.hpp"
#include "apps/record_keeping.hpp"
#include "sim/checkpoint.hpp"
#include "sim/error.hpp"
#include "sim/results_merge.hpp"
#include "version.hpp"

namespace cercle::apps {
namespace {

namespace fs = std::filesystem;

/// The head of the study's file, with where it comes from.
sim::ResultsHead full_head(const scenarios::Study& study, const RunWish& wish) {
    sim::ResultsHead head = study.head();
    auto& attributes = head.text_attributes;
    attributes["version"] = CERCLE_VERSION;
    attributes["commit"] = CERCLE_COMMIT;
    attributes["build"] = CERCLE_BUILD;
    attributes["command_line"] = command_line_text();
    attributes["machine"] = machine_text();
    attributes["scenario_folder"] = fs::absolute(study.scenario().folder.path()).string();
    const std::string inputs = study.scenario().folder.digest();
    if (!inputs.empty()) attributes["input_digest"] = inputs;
    if (wish.shard) head.part = sim::shard_text(*wish.shard);
    return head;
}

std::vector<sim::RunStatus> status_in(const std::string& bytes) {
    std::vector<sim::RunStatus> status;
    for (const char byte : bytes) status.push_back(static_cast<sim::RunStatus>(byte));
    return status;
}

/// All that the bits of a run depend on.
std::string origin_of(const scenarios::Study& study, const sim::ResultsHead& head) {
    const auto& attributes = head.text_attributes;
    return attributes.at("scenario_resolved") + attributes.at("commit") + attributes.at("build") +
           study.scenario().folder.digest();
}

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

void tell_what_is_kept(const RunWish& wish, const sim::Standing& before, std::size_t checkpoints) {
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

/// What one rank tells rank 0 at its end.
struct Report {
    std::vector<Failure> failures;
    std::string trouble;
    int signal = 0;
};

std::string text_of(const Report& report) {
    nlohmann::json json = {{"trouble", report.trouble}, {"signal", report.signal}};
    json["failures"] = nlohmann::json::array();
    for (const Failure& failure : report.failures) {
        const sim::Batch& batch = failure.batch;
        json["failures"].push_back(
            {batch.arm, batch.point, batch.first_replicate, batch.lanes, failure.reason});
    }
    return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

void add_report(Ending& ending, const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    for (const auto& row : json["failures"]) {
        ending.failures.push_back({{row[0].get<std::size_t>(), row[1].get<std::size_t>(),
                                    row[2].get<std::size_t>(), row[3].get<std::size_t>()},
                                   row[4].get<std::string>()});
    }
    const auto trouble = json["trouble"].get<std::string>();
    if (!trouble.empty()) ending.troubles.push_back(trouble);
    ending.signal = std::max(ending.signal, json["signal"].get<int>());
}

/// Everything a rank needs for its share of the work.
struct Work {
    const scenarios::Study& study;
    const RunWish& wish;
    const sim::ResultsHead& head;
    const std::vector<sim::Batch>& batches;
};

/// The file of this rank: on rank 0 that of the study, else one of its own beside it.
sim::ResultsWriter writer_of(const Work& work, const sim::Ranks& ranks) {
    using Existing = RunWish::Existing;
    if (ranks.first()) return {work.wish.output, work.head, {}, Existing::resume_anyway};
    sim::ResultsHead part = work.head;
    part.part = fmt::format("rank {}", ranks.rank());
    return {sim::rank_path(work.wish.output, ranks.rank()), part, {}, Existing::refuse};
}

/// How the runs of this study are kept in their course.
scenarios::CheckpointOptions checkpoints_of(const Work& work, const Interruption& interruption) {
    return {.output = work.wish.output,
            .every = work.wish.checkpoint_months,
            .origin = origin_of(work.study, work.head),
            .stop = &interruption.wish()};
}

/// Runs what falls to this rank and keeps it in its file; a failure of the machine leaves
/// what has ended there.
void run_share(const Work& work, const sim::Ranks& ranks, const Interruption& interruption,
               std::vector<Failure>& failures) {
    sim::SharedCounter counter(ranks, work.batches.size());
    Progress progress(work.wish.quiet || !ranks.first() ? Progress::Style::none
                                                        : Progress::fitting());
    sim::ResultsWriter writer = writer_of(work, ranks);
    const bool by_checkpoints =
        work.wish.checkpoint_months > 0.0 || !sim::checkpoint_files(work.wish.output).empty();
    RecordKeeping keeping(writer, work.wish.output, by_checkpoints, failures);
    const scenarios::CheckpointOptions checkpoints = checkpoints_of(work, interruption);
    const scenarios::ExecutionOptions options{
        .threads = work.wish.threads,
        .stop = &interruption.wish(),
        .claim = [&] { return counter.next(keeping.ended()); },
        .checkpoints = by_checkpoints ? &checkpoints : nullptr};
    const auto tell = [&](scenarios::Tally tally) {
        tally.done += counter.ended_elsewhere();
        progress.tell(tally);
    };
    try {
        scenarios::execute(
            work.study, work.batches, options,
            [&](const sim::Record& record) { keeping.keep(record); }, tell);
    } catch (...) {
        progress.finish();
        keeping.write();
        throw;
    }
    progress.finish();
    keeping.write();
}

/// This rank's share, until no batch is left or a signal comes. A rank in trouble must still meet
/// the others at the end, so nothing is thrown.
Report share_work(const Work& work, const sim::Ranks& ranks, const Interruption& interruption) {
    Report report;
    try {
        run_share(work, ranks, interruption, report.failures);
    } catch (const std::exception& failure) {
        report.trouble = failure.what();
    }
    report.signal = interruption.signal();
    return report;
}

/// Whether the first so many replicates of every point are enough, by what the scenario asks.
bool is_enough(const Work& work, std::size_t replicates) {
    const auto& stopping = work.study.scenario().stopping;
    if (!stopping) return false;
    const double widest =
        analysis::widest_interval(sim::ResultsReader(work.wish.output), *stopping, replicates);
    const bool enough = widest < stopping->half_width;
    if (!work.wish.quiet) {
        const std::string known =
            std::isfinite(widest) ? fmt::format("known to +-{:.3g}", widest)
                                  : "not known at every point (its runs failed, or are all alike)";
        spdlog::info("{}: {} replicates: {} is {} ({} wanted){}", work.wish.output.string(),
                     replicates, stopping->outcome, known, stopping->half_width,
                     enough ? ": enough"
                     : replicates == work.study.scenario().replicates
                         ? ": the most that was allowed"
                         : "");
    }
    return enough;
}

/// Replicates up to the last of which something has been run.
std::size_t replicates_begun(const std::vector<sim::RunStatus>& status,
                             const sim::ResultsHead& head) {
    std::size_t begun = 0;
    for (std::size_t run = 0; run < status.size(); ++run) {
        if (status[run] != sim::RunStatus::pending)
            begun = std::max(begun, run % head.replicates + 1);
    }
    return begun;
}

/// Runs what is left, all ranks together: at once or, where the scenario says when there are enough
/// replicates, from one look to the next. Where it stops depends on nothing but the results, and is
/// not before what earlier calls have `begun`.
void run_until_enough(Ending& ending, const Work& work, std::size_t begun, const sim::Ranks& ranks,
                      const Interruption& interruption) {
    const scenarios::Scenario& scenario = work.study.scenario();
    const auto looks =
        scenario.stopping ? analysis::looks(scenario.replicates) : std::vector{scenario.replicates};
    std::size_t from = 0;
    for (const std::size_t look : looks) {
        const auto batches = analysis::within(work.batches, from, look);
        if (!batches.empty() || !scenario.stopping) {
            const std::string report = text_of(
                share_work({work.study, work.wish, work.head, batches}, ranks, interruption));
            for (const std::string& text : ranks.gathered(report)) add_report(ending, text);
        }
        const std::string end = led(ranks, [&]() -> std::string {
            collect_rank_files(work.wish.output);
            if (ending.signal != 0 || !ending.troubles.empty()) return "broken off";
            return look >= begun && is_enough(work, look) ? "enough" : "";
        });
        if (end == "enough") ending.replicates = look;
        if (!end.empty()) return;
        from = look;
    }
}

void annotate(const Work& work, const Ending& ending, const sim::Ranks& ranks) {
    sim::ResultsWriter writer(work.wish.output, work.head, {}, RunWish::Existing::resume_anyway);
    writer.annotate({{"ending", ending.after.pending > 0 ? "stopped" : "complete"}},
                    {{"run_seconds", ending.seconds},
                     {"run_replicates", static_cast<double>(ending.replicates)},
                     {"run_ranks", static_cast<double>(ranks.count())},
                     {"run_threads", static_cast<double>(work.wish.threads)},
                     {"run_lanes", static_cast<double>(work.wish.lanes)}});
}

}

Ending carry_out(const scenarios::Study& study, const RunWish& wish, const sim::Ranks& ranks,
                 const Interruption& interruption) {
    const auto start = std::chrono::steady_clock::now();
    const sim::ResultsHead head = full_head(study, wish);
    std::optional<sim::StudyLock> lock; // of rank 0, until all have ended
    const auto status =
        status_in(led(ranks, [&] { return prepare_output(study, wish, head, lock); }));
    const std::size_t run = std::stoul(led(ranks, [&] {
        return std::to_string(sim::replicates_run(sim::ResultsReader(wish.output).head()));
    }));
    const bool judged_anew =
        wish.existing == RunWish::Existing::resume_anyway || wish.failed == sim::Failed::again;
    const std::size_t replicates = judged_anew ? study.scenario().replicates : run;
    std::vector<sim::Batch> batches = analysis::within(study.batches(wish.lanes), 0, replicates);
    if (wish.shard) batches = sim::runs_of_shard(batches, head, *wish.shard);
    if (batches.empty() && ranks.first() && !wish.quiet) {
        spdlog::warn("{}: {} holds no runs, the study has too few of them to be cut so often",
                     wish.output.string(), sim::shard_text(*wish.shard));
    }
    Ending ending{.before = sim::standing_of(batches, head, status)};
    const std::vector<sim::Batch> left = sim::still_to_run(batches, head, status, wish.failed);
    if (wish.resumes() && ranks.first() && !wish.quiet) {
        tell_what_is_kept(wish, ending.before,
                          usable_checkpoints(wish, origin_of(study, head), left));
    }

    const Work work{study, wish, head, left};
    ending.replicates = replicates;
    if (!left.empty())
        run_until_enough(ending, work, replicates_begun(status, head), ranks, interruption);
    led(ranks, [&] {
        ending.after = sim::standing_of(analysis::within(batches, 0, ending.replicates), head,
                                        sim::ResultsReader(wish.output).status());
        ending.seconds =
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (!left.empty()) annotate(work, ending, ranks);
        if (ending.after.pending == 0) sim::remove_checkpoints(wish.output);
        return "";
    });
    return ending;
}

}
