#include <algorithm>
#include <chrono>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <spdlog/spdlog.h>

#include "analysis/claims_file.hpp"
#include "analysis/claims_text.hpp"
#include "apps/interruption.hpp"
#include "apps/machine.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/output.hpp"
#include "apps/progress.hpp"
#include "apps/terminal.hpp"
#include "apps/verb.hpp"
#include "scenarios/claims.hpp"
#include "sim/error.hpp"
#include "version.hpp"

namespace cercle::apps {
namespace {

struct PlannedClaim {
    scenarios::Scenario scenario;
    scenarios::ClaimPlan plan; ///< empty for a claim that cannot be tested
};

class Claims final : public Verb {
public:
    void declare(CLI::App& command) override;
    int act() override;

private:
    std::vector<PlannedClaim> planned() const;
    std::vector<analysis::ClaimResult> judge(const std::vector<PlannedClaim>& claims,
                                             const Interruption& interruption) const;
    void show(const std::vector<analysis::ClaimResult>& results) const;
    void keep(const std::vector<analysis::ClaimResult>& results) const;

    std::vector<std::string> names_;
    std::string output_;
    std::string language_ = "en";
    std::size_t replicates_ = 0;
    CLI::Option* replicates_option_ = nullptr;
    std::size_t threads_ = machine_threads();
    bool overwrite_ = false;
    bool json_ = false;
};

void Claims::declare(CLI::App& command) {
    command.add_option("CLAIM", names_, "C1 to C40; all of them when none is named");
    command.add_option("-o,--output", output_, "file to keep the results in (OUT.h5)");
    command.add_option("--lang", language_, "language of the answers")
        ->check(CLI::IsMember({"en", "fr"}))
        ->capture_default_str();
    replicates_option_ =
        command
            .add_option("--replicates", replicates_, "pairs of runs, instead of each claim's own")
            ->check(whole_number(2, most_runs));
    command.add_option("--threads", threads_, "threads to run on; the results do not depend on it")
        ->check(whole_number(1, most_threads))
        ->capture_default_str();
    command.add_flag("--overwrite", overwrite_, "replace the file if it exists");
    command.add_flag("--json", json_, "print JSON");
}

/// Every claim asked for once, in the order asked.
std::vector<PlannedClaim> Claims::planned() const {
    std::vector<PlannedClaim> claims;
    for (const std::string& name : names_.empty() ? scenarios::claim_names() : names_) {
        scenarios::Scenario scenario = scenarios::claim_scenario(name);
        const bool is_known = std::ranges::any_of(claims, [&](const PlannedClaim& other) {
            return other.scenario.claim->id == scenario.claim->id;
        });
        if (is_known) continue;
        if (replicates_option_->count() > 0) scenario.replicates = replicates_;
        scenarios::ClaimPlan plan;
        if (scenario.claim->is_testable()) plan = scenarios::plan_claim(scenario);
        claims.push_back({std::move(scenario), std::move(plan)});
    }
    return claims;
}

std::vector<analysis::ClaimResult> Claims::judge(const std::vector<PlannedClaim>& claims,
                                                 const Interruption& interruption) const {
    scenarios::Tally all;
    for (const PlannedClaim& claim : claims) {
        if (claim.scenario.claim->is_testable())
            all.total += analysis::runs_of(claim.scenario, claim.plan);
    }
    Progress progress(Progress::fitting());
    const auto start = std::chrono::steady_clock::now();
    std::vector<analysis::ClaimResult> results;
    for (const PlannedClaim& claim : claims) {
        if (interruption.wish()) break;
        if (!claim.scenario.claim->is_testable()) {
            results.push_back({.scenario = claim.scenario, .measure = {}, .effects = {}});
            continue;
        }
        scenarios::Tally now = all;
        const auto tell = [&](const scenarios::Tally& tally) {
            now.done = all.done + tally.done;
            now.seconds =
                std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
            progress.tell(now);
        };
        results.push_back(analysis::judge_claim(
            claim.scenario, claim.plan,
            {.options = {.threads = threads_, .stop = &interruption.wish()}, .progress = tell}));
        all.done += analysis::runs_of(claim.scenario, claim.plan);
    }
    progress.finish();
    return results;
}

void Claims::show(const std::vector<analysis::ClaimResult>& results) const {
    if (json_) {
        print(analysis::claims_json(results).dump(2) + "\n");
        return;
    }
    const auto language =
        language_ == "fr" ? analysis::Language::french : analysis::Language::english;
    if (names_.empty() || results.size() > 1) {
        print(analysis::claims_table(results, language, stdout_width()));
        return;
    }
    print(analysis::claim_text(results.front(), language, stdout_width()));
}

void Claims::keep(const std::vector<analysis::ClaimResult>& results) const {
    make_folder_of(output_);
    const auto file = analysis::claims_file(results, {{"filetype", "cercle-claims"},
                                                      {"version", CERCLE_VERSION},
                                                      {"commit", CERCLE_COMMIT},
                                                      {"build", CERCLE_BUILD},
                                                      {"command_line", command_line_text()},
                                                      {"machine", machine_text()}});
    using Existing = sim::NewFile::Existing;
    sim::write_tables(output_, file, overwrite_ ? Existing::replace : Existing::refuse);
    spdlog::info("{}: written; cercle report makes a page of it", output_);
}

int Claims::act() {
    if (!output_.empty()) {
        check_output_file(output_, overwrite_ ? Existing::overwrite : Existing::refuse);
    }
    const Interruption interruption;
    const std::vector<PlannedClaim> claims = planned();
    const std::vector<analysis::ClaimResult> results = judge(claims, interruption);
    if (interruption.wish()) {
        spdlog::warn("cercle claims: stopped; nothing is kept of it");
        return exit_code::signal_base + interruption.signal();
    }
    show(results);
    if (!output_.empty()) keep(results);
    return exit_code::done;
}

}

std::unique_ptr<Verb> claims_verb() { return std::make_unique<Claims>(); }

}
