#include <filesystem>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "analysis/inference/company.hpp"
#include "analysis/inference/company_start.hpp"
#include "analysis/wording.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/output.hpp"
#include "apps/verb.hpp"
#include "scenarios/scenario.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"

namespace cercle::apps {
namespace {

class Template final : public Verb {
public:
    void declare(CLI::App& command) override {
        command_ = &command;
        command.add_option("KIND", kind_, "scenario or survey")->capture_default_str();
        command.add_option("-o", folder_, "survey, or scenario --from: folder to make");
        command.add_option("--from", company_,
                           "scenario: of the company whose survey lies in this folder");
        command
            .add_option("--truth", plan_.truth,
                        fmt::format("survey: what is true of it, one of {}",
                                    fmt::join(analysis::company_truths(), ", ")))
            ->capture_default_str();
        command
            .add_option("--weight", plan_.weight, "survey: of contacts, where there is contagion")
            ->check(number_between(0.0, 0.9))
            ->capture_default_str();
        command.add_option("--teams", plan_.teams, "survey: of eight employees")
            ->check(whole_number(2, 10'000))
            ->capture_default_str();
        command.add_option("--waves", plan_.waves, "survey: three months apart")
            ->check(whole_number(1, 100))
            ->capture_default_str();
        command.add_option("--handovers", plan_.handovers, "survey: of clients, each once at most")
            ->check(whole_number(0, 1'000'000))
            ->capture_default_str();
        command.add_option("--seed", plan_.seed, "survey")
            ->check(seed_number())
            ->capture_default_str();
    }

    int act() override {
        const std::vector<std::string> kinds{"scenario", "survey"};
        if (kind_ == "survey") {
            refuse_unused({"--from"}, "goes with cercle template scenario");
            return write_survey();
        }
        if (kind_ != "scenario") {
            throw sim::UserError(
                fmt::format("cercle template: no template \"{}\"{} (there is: scenario, survey)",
                            kind_, sim::did_you_mean(kind_, kinds)));
        }
        refuse_unused({"--truth", "--weight", "--teams", "--waves", "--handovers", "--seed"},
                      "goes with cercle template survey");
        if (command_->count("--from") > 0) return write_company_scenario();
        refuse_unused({"-o"}, "goes with cercle template survey or scenario --from (a scenario is "
                              "printed; send it to a file with >)");
        print(scenarios::scenario_template());
        return exit_code::done;
    }

private:
    /// An option that would do nothing is a mistake.
    void refuse_unused(const std::vector<std::string>& options, const std::string& why) const {
        for (const std::string& option : options) {
            if (command_->count(option) == 0) continue;
            throw sim::UserError(fmt::format("cercle template {}: {}", option, why));
        }
    }

    int write_company_scenario() {
        if (folder_.empty()) {
            throw sim::UserError("cercle template scenario --from: where to? (it is a folder of "
                                 "files) add -o my_company");
        }
        const std::filesystem::path folder = folder_;
        const analysis::Survey survey = analysis::read_survey(company_);
        make_folder_of(folder / "scenario.toml");
        for (const std::string& line : analysis::write_company_scenario(survey, folder))
            spdlog::info("{}/{}", folder_, line);
        spdlog::info("next: cercle run {}/scenario.toml -o results/company.h5", folder_);
        return exit_code::done;
    }

    int write_survey() {
        if (folder_.empty()) {
            throw sim::UserError("cercle template survey: where to? (it is a folder of files) add "
                                 "-o company");
        }
        refuse_too_many_handovers();
        const std::filesystem::path folder = folder_;
        const analysis::Survey company = analysis::make_company(plan_);
        make_folder_of(folder / "people.csv");
        analysis::write_company(company, folder);
        spdlog::info("{}: {} people, {}, {}; truth: {}", folder_, company.size(),
                     analysis::counted(company.scores.size(), "answer"),
                     analysis::counted(company.handovers.size(), "hand-over"), plan_.truth);
        return exit_code::done;
    }

    /// As many as asked for, or an error; the default number gives way to small companies.
    void refuse_too_many_handovers() const {
        const std::size_t most = analysis::most_handovers(plan_);
        if (command_->count("--handovers") == 0 || plan_.handovers <= most) return;
        const std::size_t per_team = most / plan_.teams;
        throw sim::UserError(fmt::format(
            "--handovers {}: {} teams have {} clients (each changes hands once at most); ask for "
            "{} or fewer, or for {} teams",
            plan_.handovers, plan_.teams, most, most, (plan_.handovers - 1) / per_team + 1));
    }

    const CLI::App* command_ = nullptr;
    std::string kind_ = "scenario";
    std::string folder_;
    std::string company_;
    analysis::CompanyPlan plan_;
};

}

std::unique_ptr<Verb> template_verb() { return std::make_unique<Template>(); }

}
