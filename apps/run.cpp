#include <algorithm>
#include <filesystem>
#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "analysis/wording.hpp"
#include "apps/interruption.hpp"
#include "apps/machine.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/output.hpp"
#include "apps/progress.hpp"
#include "apps/verb.hpp"
#include "scenarios/study.hpp"
#include "sim/error.hpp"
#include "version.hpp"

namespace cercle::apps {
namespace {

constexpr std::size_t reasons_shown = 5;

struct Failure {
    sim::Batch batch;
    std::string reason;
};

/// What a run of a study came to.
struct Ending {
    scenarios::Tally tally;
    std::vector<Failure> failures;
    int signal = 0;
};

class Run final : public Verb {
public:
    void declare(CLI::App& command) override;
    int act() override;

private:
    std::vector<scenarios::OptionValue> options() const;
    void check_output() const;
    Ending execute(const scenarios::Study& study, const Interruption& interruption) const;
    int conclude(const Ending& ending) const;
    void print_json(const Ending& ending) const;

    std::string file_;
    std::string output_;
    std::string seed_;
    std::string replicates_;
    std::vector<std::string> set_;
    std::size_t threads_ = machine_threads();
    std::size_t lanes_ = most_lanes;
    bool overwrite_ = false;
    bool quiet_ = false;
    bool json_ = false;
    bool dry_run_ = false;
};

void Run::declare(CLI::App& command) {
    command.add_option("FILE", file_, "scenario file; - for stdin")->required();
    command.add_option("-o,--output", output_,
                       "result file to write (OUT.h5); a missing folder is made, but not one "
                       "inside another");
    command.add_option("--seed", seed_, "seed of the study, instead of the file's");
    command.add_option("--replicates", replicates_, "replicates, instead of the file's");
    command.add_option("--set", set_, "path=value, wins over the file; may be repeated")
        ->allow_extra_args(false);
    command.add_option("--threads", threads_, "threads to run on; the results do not depend on it")
        ->check(whole_number(1, most_threads))
        ->capture_default_str();
    command
        .add_option("--lanes", lanes_, "replicates in lockstep; the results do not depend on it")
        ->check(whole_number(1, most_lanes))
        ->capture_default_str();
    command.add_flag("--overwrite", overwrite_, "replace the result file if it exists");
    command.add_flag("--quiet", quiet_, "no progress and no closing message");
    command.add_flag("--json", json_, "print a summary as JSON to stdout");
    command.add_flag("--dry-run", dry_run_, "print the plan; run and write nothing");
}

std::vector<scenarios::OptionValue> Run::options() const {
    std::vector<scenarios::OptionValue> given;
    if (!seed_.empty()) given.push_back({"--seed", "seed=" + seed_});
    if (!replicates_.empty()) given.push_back({"--replicates", "replicates=" + replicates_});
    return given;
}

void Run::check_output() const {
    if (output_.empty()) {
        throw sim::UserError("cercle run: no result file is named (results are kept in one) "
                             "add -o results/NAME.h5, or --dry-run to see the plan");
    }
    check_output_file(output_, overwrite_ ? Existing::overwrite : Existing::refuse);
}

/// Refuses a file that will not fit, before anything is laid out.
void check_space(const std::filesystem::path& file, double bytes) {
    const std::filesystem::path folder =
        file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
    std::error_code error;
    const auto exists = std::filesystem::exists(folder, error);
    const auto space = std::filesystem::space(exists ? folder : folder / "..", error);
    if (error || bytes < static_cast<double>(space.available)) return;
    throw sim::RuntimeFailure(fmt::format("{}: the study takes about {:.3g} GB and {:.3g} GB are "
                                          "free; run fewer replicates or observe less "
                                          "(observe.series = \"none\" keeps outcomes only)",
                                          file.string(), bytes / 1e9,
                                          static_cast<double>(space.available) / 1e9));
}

int Run::act() {
    if (!dry_run_) check_output();
    const Interruption interruption;
    const scenarios::Study study(
        scenarios::read_scenario(scenarios::load_scenario_file(file_, set_, options())));
    if (dry_run_) {
        print(study.plan_text(lanes_, threads_));
        return exit_code::done;
    }
    check_space(output_, study.file_bytes());
    return conclude(execute(study, interruption));
}

/// The head of the study's file, with where it comes from.
sim::ResultsHead full_head(const scenarios::Study& study) {
    sim::ResultsHead head = study.head();
    auto& attributes = head.text_attributes;
    attributes["version"] = CERCLE_VERSION;
    attributes["commit"] = CERCLE_COMMIT;
    attributes["build"] = CERCLE_BUILD;
    attributes["command_line"] = command_line_text();
    attributes["machine"] = machine_text();
    attributes["scenario_folder"] = std::filesystem::absolute(study.scenario().folder).string();
    return head;
}

Ending Run::execute(const scenarios::Study& study, const Interruption& interruption) const {
    const sim::ResultsHead head = full_head(study);
    make_folder_of(output_);
    using Write = sim::ResultsWriter::Existing;
    sim::ResultsWriter writer(output_, head, study.networks(),
                              overwrite_ ? Write::overwrite : Write::refuse);

    Ending ending;
    Progress progress(quiet_ ? Progress::Style::none : Progress::fitting());
    const auto keep = [&](const sim::Record& record) {
        writer.write(record);
        if (record.status == sim::RunStatus::failed) {
            ending.failures.push_back({record.batch, record.failure});
        }
    };
    ending.tally = scenarios::execute(study, study.batches(lanes_),
                                      {.threads = threads_, .stop = &interruption.wish()}, keep,
                                      [&](const scenarios::Tally& tally) { progress.tell(tally); });
    progress.finish();
    ending.signal = interruption.signal();
    writer.annotate({{"ending", ending.tally.stopped ? "stopped" : "complete"}},
                    {{"run_seconds", ending.tally.seconds},
                     {"run_threads", static_cast<double>(threads_)},
                     {"run_lanes", static_cast<double>(lanes_)}});
    return ending;
}

/// "replicate 4", "replicates 0 to 15".
std::string replicates_text(const sim::Batch& batch) {
    if (batch.lanes == 1) return fmt::format("replicate {}", batch.first_replicate);
    return fmt::format("replicates {} to {}", batch.first_replicate,
                       batch.first_replicate + batch.lanes - 1);
}

int Run::conclude(const Ending& ending) const {
    const scenarios::Tally& tally = ending.tally;
    if (json_) print_json(ending);
    if (!ending.failures.empty()) {
        spdlog::error("{} of {} failed:", tally.failed, analysis::counted(tally.total, "run"));
        for (std::size_t shown = 0; shown < std::min(reasons_shown, ending.failures.size());
             ++shown) {
            const Failure& failure = ending.failures[shown];
            spdlog::error("  arm {}, point {}, {}: {}", failure.batch.arm, failure.batch.point,
                          replicates_text(failure.batch), failure.reason);
        }
    }
    if (tally.stopped) {
        spdlog::warn("{}: stopped with {} of {} done; the file is valid and holds what is done",
                     output_, tally.done, analysis::counted(tally.total, "run"));
        return exit_code::signal_base + ending.signal;
    }
    if (!quiet_) {
        spdlog::info("{}: {} of {} done in {}", output_, tally.done,
                     analysis::counted(tally.total, "run"), duration_text(tally.seconds));
    }
    return tally.failed > 0 ? exit_code::some_failed : exit_code::done;
}

void Run::print_json(const Ending& ending) const {
    nlohmann::ordered_json json = {
        {"file", output_},
        {"runs", ending.tally.total},
        {"done", ending.tally.done},
        {"failed", ending.tally.failed},
        {"stopped", ending.tally.stopped},
        {"seconds", ending.tally.seconds},
        {"threads", threads_},
        {"lanes", lanes_},
    };
    for (const Failure& failure : ending.failures) {
        json["failures"].push_back({{"arm", failure.batch.arm},
                                    {"point", failure.batch.point},
                                    {"first_replicate", failure.batch.first_replicate},
                                    {"lanes", failure.batch.lanes},
                                    {"reason", failure.reason}});
    }
    print(json.dump(2) + "\n");
}

}

std::unique_ptr<Verb> run_verb() { return std::make_unique<Run>(); }

}
