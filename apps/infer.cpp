#include <map>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "analysis/inference/battery_run.hpp"
#include "analysis/inference/method_options.hpp"
#include "analysis/inference/methods.hpp"
#include "analysis/inference/verdict_file.hpp"
#include "apps/machine.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/output.hpp"
#include "apps/simulated_panels.hpp"
#include "apps/terminal.hpp"
#include "apps/verb.hpp"
#include "scenarios/ties_file.hpp"
#include "sim/error.hpp"
#include "sim/suggestions.hpp"
#include "version.hpp"

namespace cercle::apps {
namespace {

using analysis::Naming;
using analysis::Weighting;

const std::map<std::string, Naming> directions{{"auto", Naming::automatic},
                                               {"sent", Naming::sent},
                                               {"received", Naming::received},
                                               {"both", Naming::both}};
const std::map<std::string, Weighting> weightings{
    {"row", Weighting::row},
    {"binary", Weighting::binary},
    {"inverse_distance", Weighting::inverse_distance}};
const std::map<std::string, analysis::Instruments> instrument_sets{
    {"wx", analysis::Instruments::wx},
    {"w2x", analysis::Instruments::w2x},
    {"w3x", analysis::Instruments::w3x}};
const std::map<std::string, analysis::Isolates> isolates{{"keep", analysis::Isolates::keep},
                                                         {"drop", analysis::Isolates::drop}};

/// Accepts the names of a table, and says which is the nearest.
template <class Value> CLI::Validator name_of(const std::map<std::string, Value>& table) {
    std::vector<std::string> names;
    for (const auto& [name, value] : table) names.push_back(name);
    return CLI::Validator(
        [names](std::string& given) {
            if (std::ranges::find(names, given) != names.end()) return std::string();
            return fmt::format("{} is unknown{} (one of {})", given,
                               sim::did_you_mean(given, names), fmt::join(names, ", "));
        },
        fmt::format("{}", fmt::join(names, "|")));
}

/// Puts one question to a company's files.
class Infer final : public Verb {
public:
    void declare(CLI::App& command) override {
        command_ = &command;
        command.add_option("DIR", folder_, "folder with people.csv, ties.csv, waves.csv, ...")
            ->required();
        command.add_option("--method", method_, "one estimator alone");
        command.add_option("-o", output_, "HDF5 file of the verdict");
        command.add_flag("--overwrite", overwrite_, "replace a file that is there");
        command
            .add_option("--calibration", calibration_, "simulated panels of each world; 0: none")
            ->check(whole_number(0, 100'000))
            ->capture_default_str();
        command
            .add_option("--lang", language_,
                        "of verdicts and tables: en or fr; --method speaks English")
            ->check(CLI::IsMember({"en", "fr"}))
            ->capture_default_str();
        command.add_flag("--quiet", quiet_, "no progress on stderr");
        declare_question(command);
        command.add_option("--permutations", question_.permutations, "of permutation tests")
            ->check(whole_number(19, 1'000'000))
            ->capture_default_str();
        command.add_option("--seed", question_.seed, "of the permutations")
            ->check(seed_number())
            ->capture_default_str();
        command.add_option("--threads", threads_, "0: all; changes no result")
            ->check(whole_number(0, most_threads))
            ->capture_default_str();
        command.add_flag("--json", json_, "print JSON");
    }

    int act() override {
        read_words();
        return method_.empty() ? judge() : estimate();
    }

private:
    void declare_question(CLI::App& command) {
        command.add_option("--outcome", question_.outcome,
                           "instrument; with --method also column of people.csv or event");
        command.add_option("--wave", wave_, "date of one wave; the last without");
        command
            .add_option("--layer", question_.layer,
                        "colleague, manager, employee_client, client_employee, ...")
            ->capture_default_str();
        command.add_option("--direction", direction_, "whose answers count")
            ->check(name_of(directions))
            ->capture_default_str();
        command.add_option("--weights", weighting_, "row without it (join_count: binary)")
            ->check(name_of(weightings));
        command.add_option("--covariates", question_.covariates, "a,b,...")->delimiter(',');
        command.add_flag("--contextual", question_.contextual, "covariates of contacts too");
        command
            .add_option("--fixed-effects", question_.fixed_effects, "team, person, wave, team_wave")
            ->delimiter(',');
        command.add_option("--cluster", question_.cluster)
            ->check(CLI::IsMember({"team", "site", "segment", "person"}))
            ->capture_default_str();
        command.add_option("--instruments", instruments_)
            ->check(name_of(instrument_sets))
            ->capture_default_str();
        command.add_option("--lag", question_.lag, "waves or periods")
            ->check(whole_number(1, 1000))
            ->capture_default_str();
        command.add_option("--isolates", isolates_)
            ->check(name_of(isolates))
            ->capture_default_str();
        command.add_option("--period", question_.period, "of events: month, quarter, year")
            ->capture_default_str();
    }

    int estimate() {
        refuse_unused({"-o", "--calibration", "--overwrite"}, "goes with the whole "
                                                              "battery, without --method");
        std::vector<std::string> given = analysis::options_of_methods();
        std::erase_if(given, [&](const auto& option) { return command_->count(option) == 0; });
        analysis::expect_options(method_, given, question_);
        if (command_->count("--weights") == 0) {
            question_.weighting = analysis::usual_weighting(method_);
        }
        if (language_ != "en" && !quiet_) {
            spdlog::info(
                "--lang {}: les estimateurs isolés (--method) ne s'expriment qu'en anglais",
                language_);
        }
        const analysis::Survey survey = analysis::read_survey(folder_);
        const analysis::Estimate estimate = analysis::estimate_by(method_, survey, question_);
        analysis::expect_enough(estimate, survey);
        print(json_ ? analysis::estimate_json(estimate).dump(2) + "\n"
                    : analysis::estimate_text(estimate, stdout_width()));
        return exit_code::done;
    }

    int judge() {
        refuse_unused({"--wave", "--layer", "--direction", "--weights", "--covariates",
                       "--contextual", "--fixed-effects", "--cluster", "--instruments", "--lag",
                       "--isolates", "--period"},
                      "goes with one estimator; add --method");
        if (!output_.empty()) {
            check_output_of_survey(output_, overwrite_ ? Existing::overwrite : Existing::refuse,
                                   folder_);
        }
        const analysis::Survey survey = analysis::read_survey(folder_);
        analysis::BatteryOptions options{.permutations = question_.permutations,
                                         .calibration_panels = calibration_,
                                         .outcome = question_.outcome,
                                         .seed = question_.seed,
                                         .threads = question_.threads};
        if (!quiet_) options.progress = told_by_tenths("simulated panels");
        const analysis::BatteryReport report = analysis::run_battery(survey, options);
        const auto language =
            language_ == "fr" ? analysis::Language::french : analysis::Language::english;
        if (!output_.empty()) write(survey, report, language);
        print(json_ ? analysis::battery_json(report, language).dump(2) + "\n"
                    : analysis::battery_text(report, language, stdout_width()));
        return exit_code::done;
    }

    void write(const analysis::Survey& survey, const analysis::BatteryReport& report,
               analysis::Language language) {
        make_folder_of(output_);
        using sim::NewFile;
        analysis::write_verdict(
            {.place = output_,
             .existing = overwrite_ ? NewFile::Existing::replace : NewFile::Existing::refuse,
             .language = language,
             .attributes = {{"version", CERCLE_VERSION},
                            {"commit", CERCLE_COMMIT},
                            {"build", CERCLE_BUILD},
                            {"command_line", command_line_text()},
                            {"machine", machine_text()},
                            {"seed", std::to_string(question_.seed)},
                            {"permutations", std::to_string(question_.permutations)},
                            {"calibration_panels", std::to_string(calibration_)}}},
            report, analysis::team_means(survey));
    }

    /// An option that would do nothing is a mistake.
    void refuse_unused(const std::vector<std::string>& options, const std::string& why) const {
        for (const std::string& option : options) {
            if (command_->count(option) == 0) continue;
            throw sim::UserError(fmt::format("cercle infer {}: {}", option, why));
        }
    }

    void read_words() {
        if (!wave_.empty()) {
            if (!scenarios::is_date(wave_)) {
                throw sim::UserError(
                    fmt::format("--wave {}: is not a date (write 2026-11-22)", wave_));
            }
            question_.wave = analysis::day_of(wave_);
        }
        question_.naming = directions.at(direction_);
        question_.weighting = weightings.at(weighting_);
        question_.instruments = instrument_sets.at(instruments_);
        question_.isolates = isolates.at(isolates_);
        question_.threads = threads_or_all(threads_);
    }

    const CLI::App* command_ = nullptr;
    std::string folder_;
    std::string method_;
    std::string output_;
    std::string language_ = "en";
    std::size_t calibration_ = 200;
    bool overwrite_ = false;
    bool quiet_ = false;
    analysis::Question question_;
    std::string wave_;
    std::string direction_ = "auto";
    std::string weighting_ = "row";
    std::string instruments_ = "w2x";
    std::string isolates_ = "keep";
    std::size_t threads_ = 0;
    bool json_ = false;
};

}

std::unique_ptr<Verb> infer_verb() { return std::make_unique<Infer>(); }

}
