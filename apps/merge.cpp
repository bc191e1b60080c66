#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include "analysis/wording.hpp"
#include "apps/output.hpp"
#include "apps/progress.hpp"
#include "apps/verb.hpp"
#include "sim/error.hpp"
#include "sim/new_file.hpp"
#include "sim/results_file.hpp"
#include "sim/results_merge.hpp"
#include "sim/study_parts.hpp"

namespace cercle::apps {
namespace {

constexpr std::size_t named_at_most = 8;

/// The parts of a study, looked at one after the other; what keeps them from being put together.
class Parts {
public:
    explicit Parts(std::vector<std::string> files) : files_(std::move(files)) {}

    /// All problems; `partial` lets runs and parts be missing.
    std::vector<std::string> problems(bool partial);
    /// The head of the whole study; after `problems`.
    const sim::ResultsHead& head() const { return head_; }
    std::size_t pending() const {
        return static_cast<std::size_t>(std::ranges::count(holder_, nobody));
    }

private:
    static constexpr std::uint32_t nobody = 0;

    void look_at(std::size_t which);
    void claim_runs(std::size_t which, const sim::ResultsReader& reader);
    void note_shard(std::size_t which, const sim::Shard& shard);
    void check_complete();

    std::vector<std::string> files_;
    sim::ResultsHead head_;
    std::vector<std::uint32_t> holder_; ///< of each run: 1 + its file
    std::vector<std::uint32_t> shards_; ///< of each shard: 1 + its file
    std::vector<std::string> found_;
};

/// A study is of as many parts as the first file says.
void Parts::note_shard(std::size_t which, const sim::Shard& shard) {
    if (shard.number == 0) return;
    if (shards_.empty()) shards_.assign(shard.count, nobody);
    if (shards_.size() != shard.count) {
        found_.push_back(fmt::format("{}: is {}, but the study was cut into {} by the files before "
                                     "(parts of different cuts overlap) merge those of one cut",
                                     files_[which], sim::shard_text(shard), shards_.size()));
        return;
    }
    std::uint32_t& holder = shards_[shard.number - 1];
    if (holder != nobody) {
        found_.push_back(fmt::format("{}: is {}, as {} is; name each once", files_[which],
                                     sim::shard_text(shard), files_[holder - 1]));
    }
    holder = static_cast<std::uint32_t>(which + 1);
}

/// Told once for each file, by the first run that is in two.
void Parts::claim_runs(std::size_t which, const sim::ResultsReader& reader) {
    const auto status = reader.status();
    bool told = false;
    for (std::size_t run = 0; run < status.size(); ++run) {
        if (status[run] == sim::RunStatus::pending) continue;
        if (holder_[run] != nobody && !told) {
            found_.push_back(fmt::format("{}: overlaps {} (run {} and perhaps others are in both); "
                                         "name files that hold different runs",
                                         files_[which], files_[holder_[run] - 1], run));
            told = true;
        }
        holder_[run] = static_cast<std::uint32_t>(which + 1);
    }
}

void Parts::look_at(std::size_t which) {
    const sim::ResultsReader reader(files_[which]);
    const sim::ResultsHead& head = reader.head();
    if (which == 0) {
        head_ = head;
        head_.part.clear();
        holder_.assign(head.arms.size() * head.points * head.replicates, nobody);
    }
    const std::vector<std::string> differences = sim::differences(head_, head);
    if (!differences.empty()) {
        found_.push_back(fmt::format("{}: is of another study than {} ({}); merge parts of one "
                                     "study",
                                     files_[which], files_[0], fmt::join(differences, "; ")));
        return;
    }
    const std::size_t before = found_.size();
    note_shard(which, sim::shard_named(head.part));
    if (found_.size() == before) claim_runs(which, reader);
}

void Parts::check_complete() {
    std::vector<std::string> missing;
    for (std::size_t shard = 0; shard < shards_.size(); ++shard) {
        if (shards_[shard] == nobody) missing.push_back(std::to_string(shard + 1));
    }
    const std::size_t count = missing.size();
    if (count > named_at_most) missing.resize(named_at_most);
    if (count > 0) {
        found_.push_back(fmt::format("{} of {} shards {} missing: {}{} (their runs would be "
                                     "pending); name all files, or add --partial",
                                     count, shards_.size(), analysis::is_or_are(count),
                                     fmt::join(missing, ", "),
                                     count > named_at_most ? ", ..." : ""));
    } else if (pending() > 0) {
        found_.push_back(fmt::format("{} of {} not done in any of these files; finish them with "
                                     "run --resume (cercle status tells where), or add --partial",
                                     pending(), analysis::counted(holder_.size(), "run")));
    }
}

std::vector<std::string> Parts::problems(bool partial) {
    for (std::size_t which = 0; which < files_.size(); ++which) look_at(which);
    if (found_.empty() && !partial) check_complete();
    return found_;
}

class Merge final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("FILES", files_, "result files that hold parts of one study")
            ->required();
        command.add_option("-o,--output", output_, "result file to write")->required();
        command.add_flag("--partial", partial_,
                         "merge also when parts or runs are missing: they stay pending, and "
                         "run --resume does them");
        command.add_flag("--overwrite", overwrite_, "replace the result file if it exists");
        command.add_flag("--quiet", quiet_, "no closing message");
    }

    int act() override {
        const auto start = std::chrono::steady_clock::now();
        check_output_file(output_, overwrite_ ? Existing::overwrite : Existing::refuse);
        for (const std::string& file : files_) {
            std::error_code none;
            if (!std::filesystem::equivalent(file, output_, none)) continue;
            throw sim::UserError(fmt::format("-o {}: is one of the files to merge (it would be "
                                             "replaced by the whole) choose another -o",
                                             output_));
        }
        Parts parts(files_);
        const std::vector<std::string> problems = parts.problems(partial_);
        if (!problems.empty()) throw sim::UserError(fmt::format("{}", fmt::join(problems, "\n")));
        const sim::Taken taken = merge(parts);
        if (quiet_) return exit_code::done;
        const std::size_t runs = taken.done + taken.failed + parts.pending();
        spdlog::info(
            "{}: {} of {} done, {} failed, from {} in {}", output_, taken.done,
            analysis::counted(runs, "run"), taken.failed, analysis::counted(files_.size(), "file"),
            duration_text(
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()));
        return exit_code::done;
    }

private:
    /// The file gets its name when all is in it.
    sim::Taken merge(const Parts& parts) const {
        using Write = sim::ResultsWriter::Existing;
        make_folder_of(output_);
        std::optional<sim::StudyLock> old; // nobody else's runs are struck
        if (std::filesystem::exists(output_)) {
            sim::check_replaceable(output_);
            old.emplace(output_);
        }
        sim::NewFile file(output_, overwrite_ ? sim::NewFile::Existing::replace
                                              : sim::NewFile::Existing::refuse);
        sim::ResultsWriter(file.path(), parts.head(), sim::ResultsReader(files_[0]).networks(),
                           Write::refuse);
        sim::Taken all;
        for (const std::string& part : files_) {
            const sim::Taken taken = sim::take_over(file.path(), part);
            all.done += taken.done;
            all.failed += taken.failed;
        }
        sim::ResultsWriter(file.path(), parts.head(), {}, Write::resume)
            .annotate({{"ending", parts.pending() > 0 ? "stopped" : "complete"}},
                      {{"merged_files", static_cast<double>(files_.size())}});
        file.keep();
        return all;
    }

    std::vector<std::string> files_;
    std::string output_;
    bool partial_ = false;
    bool overwrite_ = false;
    bool quiet_ = false;
};

}

std::unique_ptr<Verb> merge_verb() { return std::make_unique<Merge>(); }

}
