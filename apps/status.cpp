#include <algorithm>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "analysis/wording.hpp"
#include "apps/messages.hpp"
#include "apps/status_runs.hpp"
#include "apps/verb.hpp"
#include "sim/results_file.hpp"
#include "sim/study_parts.hpp"

namespace cercle::apps {
namespace {

constexpr std::size_t reasons_in_status = 10;

/// Runs that failed for one reason.
struct Reason {
    std::size_t runs = 0;
    sim::Batch first; ///< one of them
};

/// How far a result file is.
struct Progressed {
    std::filesystem::path path;
    std::string title;
    std::string part;
    std::string rule; ///< of a study that stopped by its own
    std::vector<std::string> arms;
    std::vector<sim::Standing> of_arm;
    std::map<std::string, Reason> reasons;

    sim::Standing total() const {
        sim::Standing sum;
        for (const sim::Standing& arm : of_arm) {
            sum.done += arm.done;
            sum.failed += arm.failed;
            sum.pending += arm.pending;
        }
        return sum;
    }
};

/// The runs a file is for: all, or those of its shard. Ranks take what comes, so theirs has no
/// pending runs of its own.
std::vector<sim::Batch> runs_of(const sim::ResultsHead& head, std::size_t arm) {
    std::vector<sim::Batch> batches;
    for (std::size_t point = 0; point < head.points; ++point)
        batches.push_back({arm, point, 0, sim::replicates_run(head)});
    const sim::Shard shard = sim::shard_named(head.part);
    return shard.number > 0 ? sim::runs_of_shard(batches, head, shard) : batches;
}

void add_reasons(Progressed& progressed, const sim::ResultsReader& reader,
                 const std::vector<sim::RunStatus>& status) {
    const sim::ResultsHead& head = reader.head();
    for (std::size_t run = 0; run < status.size(); ++run) {
        if (status[run] != sim::RunStatus::failed) continue;
        const sim::Batch place{run / head.replicates / head.points,
                               run / head.replicates % head.points, run % head.replicates, 1};
        Reason& reason =
            progressed.reasons[reader.failure(place.arm, place.point, place.first_replicate)];
        if (reason.runs++ == 0) reason.first = place;
    }
}

Progressed progress_of(const std::filesystem::path& path) {
    const sim::ResultsReader reader(path);
    const sim::ResultsHead& head = reader.head();
    const auto title = head.text_attributes.find("title");
    Progressed progressed{path,      title == head.text_attributes.end() ? "" : title->second,
                          head.part, {},
                          head.arms, {},
                          {}};
    if (sim::replicates_run(head) < head.replicates) {
        progressed.rule = fmt::format("stopped by its rule after {} of at most {} replicates\n",
                                      sim::replicates_run(head), head.replicates);
    }
    const auto status = reader.status();
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        sim::Standing standing = sim::standing_of(runs_of(head, arm), head, status);
        if (head.part.starts_with("rank")) standing.pending = 0;
        progressed.of_arm.push_back(standing);
    }
    add_reasons(progressed, reader, status);
    return progressed;
}

std::string line(const std::string& name, const sim::Standing& standing) {
    return fmt::format("  {:<24}{:>10}{:>10}{:>10}\n", name, standing.done, standing.failed,
                       standing.pending);
}

std::string text_of(const Progressed& progressed) {
    const sim::Standing total = progressed.total();
    std::string text = fmt::format(
        "{}: {}{}\n{} of {} done\n{}\n  {:<24}{:>10}{:>10}{:>10}\n", progressed.path.string(),
        progressed.title, progressed.part.empty() ? "" : fmt::format(" ({})", progressed.part),
        total.done, analysis::counted(total.total(), "run"), progressed.rule, "arm", "done",
        "failed", "pending");
    for (std::size_t arm = 0; arm < progressed.arms.size(); ++arm)
        text += line(progressed.arms[arm], progressed.of_arm[arm]);
    if (progressed.arms.size() > 1) text += line("all", total);
    if (!progressed.reasons.empty()) text += "\nwhy runs failed:\n";
    std::size_t shown = 0;
    for (const auto& [why, reason] : progressed.reasons) {
        if (shown++ == reasons_in_status) {
            text += fmt::format("  and {} more reasons\n",
                                progressed.reasons.size() - reasons_in_status);
            break;
        }
        text += fmt::format("  {}: {} (first: arm {}, point {}, replicate {})\n",
                            analysis::counted(reason.runs, "run"), why,
                            progressed.arms[reason.first.arm], reason.first.point,
                            reason.first.first_replicate);
    }
    return text;
}

nlohmann::ordered_json json_of(const sim::Standing& standing) {
    return {{"done", standing.done}, {"failed", standing.failed}, {"pending", standing.pending}};
}

nlohmann::ordered_json json_of(const Progressed& progressed) {
    nlohmann::ordered_json json = {
        {"file", progressed.path.string()}, {"title", progressed.title}, {"part", progressed.part}};
    json.update(json_of(progressed.total()));
    for (std::size_t arm = 0; arm < progressed.arms.size(); ++arm)
        json["arms"][progressed.arms[arm]] = json_of(progressed.of_arm[arm]);
    json["reasons"] = nlohmann::ordered_json::object();
    for (const auto& [why, reason] : progressed.reasons) json["reasons"][why] = reason.runs;
    return json;
}

class Status final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("FILE", files_, "result files, whole or parts of a study")->required();
        command.add_flag("--json", json_, "print as JSON");
        command
            .add_flag("--runs", runs_,
                      "a CSV row for every run: its status, what --resume does with it, and why")
            ->excludes("--json");
    }

    int act() override {
        if (runs_) {
            print_runs(files_);
            return exit_code::done;
        }
        std::vector<Progressed> all;
        for (const std::string& file : files_) {
            all.push_back(progress_of(file));
            for (const auto& rank : sim::rank_files(file)) all.push_back(progress_of(rank));
        }
        print(json_ ? as_json(all) : as_text(all));
        return exit_code::done;
    }

private:
    static std::string as_json(const std::vector<Progressed>& all) {
        auto json = nlohmann::ordered_json::array();
        for (const Progressed& progressed : all) json.push_back(json_of(progressed));
        return json.dump(2) + "\n";
    }

    static std::string as_text(const std::vector<Progressed>& all) {
        std::string text;
        std::size_t done = 0;
        bool by_ranks = false;
        for (const Progressed& progressed : all) {
            text += (text.empty() ? "" : "\n") + text_of(progressed);
            done += progressed.total().done;
            by_ranks = by_ranks || progressed.part.starts_with("rank");
        }
        if (all.size() > 1)
            text += fmt::format("\nin all {}: {} done\n", analysis::counted(all.size(), "file"),
                                analysis::counted(done, "run"));
        if (by_ranks) text += "run --resume takes over what ranks have left\n";
        return text;
    }

    std::vector<std::string> files_;
    bool json_ = false;
    bool runs_ = false;
};

}

std::unique_ptr<Verb> status_verb() { return std::make_unique<Status>(); }

}
