#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "analysis/verify.hpp"
#include "analysis/wording.hpp"
#include "apps/interruption.hpp"
#include "apps/machine.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/progress.hpp"
#include "apps/verb.hpp"
#include "version.hpp"

namespace cercle::apps {
namespace {

constexpr std::size_t differences_shown = 5;

class Verify final : public Verb {
public:
    void declare(CLI::App& command) override;
    int act() override;

private:
    analysis::ReplayOptions options(const sim::ResultsHead& head) const;
    void print_certificate(const sim::ResultsHead& head,
                           const analysis::ReplayCertificate& certificate,
                           const analysis::ReplayOptions& used) const;

    std::string file_;
    std::vector<std::size_t> runs_;
    std::size_t sample_ = 0;
    std::size_t threads_ = 0;
    std::size_t lanes_ = 0;
    bool quiet_ = false;
};

void Verify::declare(CLI::App& command) {
    command.add_option("FILE", file_, "result file")->required();
    auto* run = command.add_option("--run", runs_, "number of a run, from 0; may be repeated")
                    ->check(whole_number(0, most_runs))
                    ->allow_extra_args(false);
    command.add_option("--sample", sample_, "replay this many runs, evenly spread, not all")
        ->check(whole_number(1, most_runs))
        ->excludes(run);
    command.add_option("--threads", threads_, "threads to replay on; default: not the file's")
        ->check(whole_number(1, most_threads));
    command.add_option("--lanes", lanes_, "replicates in lockstep; default: not the file's")
        ->check(whole_number(1, most_lanes));
    command.add_flag("--quiet", quiet_, "no progress");
}

/// A number the end of a study left behind; 0 where it died before.
std::size_t count_attribute(const sim::ResultsHead& head, const std::string& name) {
    const auto found = head.number_attributes.find(name);
    return found == head.number_attributes.end() ? 0 : static_cast<std::size_t>(found->second);
}

/// "2 threads, 16 lanes": how runs were cut into tasks.
std::string cut_text(std::size_t threads, std::size_t lanes) {
    if (threads == 0) return "unknown threads and lanes (it was ended before it could tell)";
    return fmt::format("{}, {}", analysis::counted(threads, "thread"),
                       analysis::counted(lanes, "lane"));
}

std::string text_attribute(const sim::ResultsHead& head, const std::string& name) {
    const auto found = head.text_attributes.find(name);
    return found == head.text_attributes.end() ? "unknown" : found->second;
}

/// Another number of threads and lanes than the file was made with, so that a replay proves more.
analysis::ReplayOptions Verify::options(const sim::ResultsHead& head) const {
    constexpr std::size_t usual_lanes = 5;
    constexpr std::size_t other_lanes = 3;
    const auto file_threads = count_attribute(head, "run_threads");
    const auto file_lanes = count_attribute(head, "run_lanes");
    const std::size_t threads = machine_threads();
    analysis::ReplayOptions options;
    options.runs = runs_;
    options.sample = sample_;
    options.threads = threads_ > 0 ? threads_ : threads == file_threads ? threads + 1 : threads;
    options.lanes = lanes_ > 0 ? lanes_ : file_lanes == usual_lanes ? other_lanes : usual_lanes;
    return options;
}

int Verify::act() {
    const Interruption interruption;
    const sim::ResultsReader results(file_);
    const scenarios::Study study = analysis::stored_study(results);
    analysis::ReplayOptions used = options(results.head());
    Progress progress(quiet_ ? Progress::Style::none : Progress::fitting());
    used.stop = &interruption.wish();
    used.progress = [&](const scenarios::Tally& tally) { progress.tell(tally); };
    const analysis::ReplayCertificate certificate = analysis::replay(results, study, used);
    progress.finish();
    print_certificate(results.head(), certificate, used);
    if (certificate.stopped) return exit_code::signal_base + interruption.signal();
    return certificate.differences.empty() ? exit_code::done : exit_code::failure;
}

void Verify::print_certificate(const sim::ResultsHead& head,
                               const analysis::ReplayCertificate& certificate,
                               const analysis::ReplayOptions& used) const {
    const bool same = certificate.differences.empty();
    std::string verdict = same ? "the same bits" : "NOT the same bits";
    if (certificate.stopped) verdict += " (stopped before the end)";
    if (certificate.runs_replayed == 0) verdict = "nothing replayed";
    if (!same && certificate.runs_replayed > 0) {
        verdict += " (have the files of ties or people changed since, or the program?)";
    }
    std::string text = fmt::format("{}: {}\n", file_, verdict);
    text += fmt::format("runs replayed    {} of {}", certificate.runs_replayed,
                        certificate.runs_in_file);
    if (certificate.runs_not_done > 0) {
        text += fmt::format(" ({} of them failed or were not made)", certificate.runs_not_done);
    }
    text += fmt::format("\nvalues compared  {} of series, {}\n", certificate.series_values,
                        analysis::counted(certificate.outcome_values, "outcome"));
    text += fmt::format(
        "written by       cercle {}, commit {}, {}\n", text_attribute(head, "version"),
        text_attribute(head, "commit"),
        cut_text(count_attribute(head, "run_threads"), count_attribute(head, "run_lanes")));
    text += fmt::format("replayed by      cercle {}, commit {}, {}\n", CERCLE_VERSION,
                        CERCLE_COMMIT, cut_text(used.threads, used.lanes));
    if (!same) text += fmt::format("runs that differ {}\n", certificate.differences.size());
    print(text);
    const std::size_t shown = std::min(differences_shown, certificate.differences.size());
    for (std::size_t each = 0; each < shown; ++each) {
        const analysis::ReplayDifference& difference = certificate.differences[each];
        spdlog::error("run {}: {}", difference.run, difference.what);
    }
}

}

std::unique_ptr<Verb> verify_verb() { return std::make_unique<Verify>(); }

}
