#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "apps/execution.hpp"
#include "apps/interruption.hpp"
#include "apps/leading.hpp"
#include "apps/machine.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/run_ending.hpp"
#include "apps/shard_option.hpp"
#include "apps/verb.hpp"
#include "scenarios/study.hpp"
#include "scenarios/units.hpp"
#include "sim/error.hpp"
#include "sim/ranks.hpp"

namespace cercle::apps {
namespace {

class Run final : public Verb {
public:
    void declare(CLI::App& command) override;
    int act() override;

private:
    void declare_going_on(CLI::App& command);
    std::vector<scenarios::OptionValue> options() const;
    RunWish wish(const sim::Ranks& ranks) const;
    scenarios::Study ready_study(const RunWish& wish, const sim::Ranks& ranks) const;
    int print_plan(const scenarios::Study& study, const RunWish& wish,
                   const sim::Ranks& ranks) const;

    std::string file_;
    std::string output_;
    std::string seed_;
    std::string replicates_;
    std::string shard_;
    std::vector<std::string> set_;
    std::string checkpoint_every_;
    CLI::Option* checkpoint_option_ = nullptr;
    std::size_t threads_ = 0;
    std::size_t lanes_ = most_lanes;
    bool overwrite_ = false;
    bool resume_ = false;
    bool force_resume_ = false;
    bool retry_failed_ = false;
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
    command
        .add_option("--threads", threads_,
                    "threads to run on; the results do not depend on it (default: the processors "
                    "there are, under mpirun shared by the ranks of a machine)")
        ->check(whole_number(1, most_threads));
    command
        .add_option("--lanes", lanes_, "replicates in lockstep; the results do not depend on it")
        ->check(whole_number(1, most_lanes))
        ->capture_default_str();
    declare_going_on(command);
    command.add_flag("--quiet", quiet_, "no progress and no closing message");
    command.add_flag("--json", json_, "print a summary as JSON to stdout");
    command.add_flag("--dry-run", dry_run_, "print the plan; run and write nothing");
}

void Run::declare_going_on(CLI::App& command) {
    command.add_flag("--overwrite", overwrite_, "replace the result file if it exists");
    command.add_flag("--resume", resume_,
                     "go on with the result file: runs that are done are kept; starts from the "
                     "beginning when there is no file yet");
    command.add_flag("--retry-failed", retry_failed_, "with --resume, run those that failed again");
    command.add_flag("--force-resume", force_resume_,
                     "resume also when parameters or the program are not those the file was made "
                     "with; what is kept and what is new then differ");
    checkpoint_option_ = command.add_option(
        "--checkpoint-every", checkpoint_every_,
        "\"12 months\": keep every run in its course that often, beside OUT.h5, so "
        "that --resume goes on inside it; a signal then waits for no more than this");
    command.add_option("--shard", shard_,
                       "I/N: run only the I-th of N equal parts, into a file of its own beside "
                       "OUT.h5; cercle merge puts them together");
}

std::vector<scenarios::OptionValue> Run::options() const {
    std::vector<scenarios::OptionValue> given;
    if (!seed_.empty()) given.push_back({"--seed", "seed=" + seed_});
    if (!replicates_.empty()) given.push_back({"--replicates", "replicates=" + replicates_});
    return given;
}

/// Months between checkpoints.
double months_given(const std::string& text) {
    const auto months = scenarios::in_unit(text, "month");
    if (const auto* number = std::get_if<double>(&months); number && *number > 0.0) return *number;
    const auto* mistake = std::get_if<scenarios::UnitMistake>(&months);
    throw sim::UserError(fmt::format("--checkpoint-every \"{}\": {} (a time in a run, above 0) "
                                     "write one like \"12 months\"",
                                     text, mistake ? mistake->problem : "is not above 0"));
}

RunWish Run::wish(const sim::Ranks& ranks) const {
    using Existing = RunWish::Existing;
    const bool resume = resume_ || force_resume_;
    if (resume && overwrite_) {
        throw sim::UserError("cercle run: --resume and --overwrite exclude each other (one keeps "
                             "what is done, the other starts anew); choose one");
    }
    if (retry_failed_ && !resume) {
        throw sim::UserError(
            "cercle run: --retry-failed needs --resume (it is about runs of a file "
            "that is there); add it");
    }
    RunWish wish{.output = output_,
                 .threads = threads_ > 0 ? threads_ : threads_of_a_process(ranks.beside()),
                 .lanes = lanes_,
                 .checkpoint_months =
                     checkpoint_option_->count() > 0 ? months_given(checkpoint_every_) : 0.0,
                 .quiet = quiet_};
    if (overwrite_) wish.existing = Existing::overwrite;
    if (resume) wish.existing = force_resume_ ? Existing::resume_anyway : Existing::resume;
    if (retry_failed_) wish.failed = sim::Failed::again;
    if (!shard_.empty()) {
        wish.shard = shard_given(shard_);
        if (!output_.empty()) wish.output = sim::shard_path(output_, *wish.shard);
    }
    return wish;
}

/// The scenario and the files it names are read and judged by rank 0, which gives their texts to
/// the others.
scenarios::Study Run::ready_study(const RunWish& wish, const sim::Ranks& ranks) const {
    std::optional<scenarios::Study> study;
    const auto kept = std::make_shared<sim::KeptTexts>();
    const std::string text = led(ranks, [&] {
        if (!dry_run_ && output_.empty()) {
            throw sim::UserError("cercle run: no result file is named (results are kept in one) "
                                 "add -o results/NAME.h5, or --dry-run to see the plan");
        }
        if (!dry_run_) check_output(wish);
        scenarios::ScenarioSource source = scenarios::load_scenario_file(file_, set_, options());
        source.kept = kept;
        study.emplace(scenarios::read_scenario(source));
        return nlohmann::json{source.name, source.text, source.folder.string()}.dump();
    });
    if (ranks.count() > 1) kept->unpack(ranks.shared(kept->pack()));
    if (!study) {
        const auto source = nlohmann::json::parse(text);
        study.emplace(
            scenarios::read_scenario({source[0].get<std::string>(), source[1].get<std::string>(),
                                      source[2].get<std::string>(), set_, options(), kept}));
    }
    return std::move(*study);
}

int Run::print_plan(const scenarios::Study& study, const RunWish& wish,
                    const sim::Ranks& ranks) const {
    print(
        study.plan_text(lanes_, wish.threads * ranks.count(), wish.shard ? wish.shard->count : 1));
    return exit_code::done;
}

int Run::act() {
    const Interruption interruption;
    const sim::Ranks ranks;
    try {
        led(ranks, [&] { return wish(ranks), ""; }); // told once, if it is wrong
        const RunWish asked = wish(ranks);
        const scenarios::Study study = ready_study(asked, ranks);
        if (dry_run_) return ranks.first() ? print_plan(study, asked, ranks) : exit_code::done;
        const Ending ending = carry_out(study, asked, ranks, interruption);
        const std::string code = led(ranks, [&] {
            if (json_) print(ending_json(asked, ending));
            return std::to_string(tell_ending(asked, ending));
        });
        return std::stoi(code);
    } catch (const LedAway& end) {
        return end.exit_code;
    } catch (const ToldToAll& end) {
        std::rethrow_exception(end.failure);
    } catch (const std::exception& failure) {
        if (ranks.count() == 1) throw;
        // The others wait for this one, and nothing else would tell them.
        spdlog::error("rank {}: {}", ranks.rank(), failure.what());
        ranks.end_all(exit_code::failure);
    }
}

}

std::unique_ptr<Verb> run_verb() { return std::make_unique<Run>(); }

}
