#include <spdlog/spdlog.h>

#include "analysis/inference/power_report.hpp"
#include "apps/messages.hpp"
#include "apps/numbers.hpp"
#include "apps/output.hpp"
#include "apps/simulated_panels.hpp"
#include "apps/terminal.hpp"
#include "apps/verb.hpp"
#include "version.hpp"

namespace cercle::apps {
namespace {

/// Says what a survey could detect, before it is paid for.
class Power final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("DIR", folder_, "folder with people.csv and ties.csv")->required();
        command.add_option("-o", output_, "HDF5 file of the table");
        command.add_flag("--overwrite", overwrite_, "replace a file that is there");
        command.add_option("--lang", language_, "of the table: en or fr")
            ->check(CLI::IsMember({"en", "fr"}))
            ->capture_default_str();
        command
            .add_option("--panels", options_.panels,
                        "simulated for each plan: 100 tell a share to 10 points, 400 to 5")
            ->check(whole_number(10, 10'000))
            ->capture_default_str();
        command.add_option("--seed", options_.seed)->check(seed_number())->capture_default_str();
        command.add_option("--threads", threads_, "0: all; changes no result")
            ->check(whole_number(0, most_threads))
            ->capture_default_str();
        command.add_flag("--quiet", quiet_, "no progress on stderr");
        command.add_flag("--json", json_, "print JSON");
    }

    int act() override {
        options_.threads = threads_or_all(threads_);
        if (!output_.empty()) {
            check_output_of_survey(output_, overwrite_ ? Existing::overwrite : Existing::refuse,
                                   folder_);
        }
        if (!quiet_) options_.progress = told_by_tenths("plans");
        const auto powers = analysis::power_of(analysis::read_survey(folder_), options_);
        if (!output_.empty()) write(powers);
        const auto language =
            language_ == "fr" ? analysis::Language::french : analysis::Language::english;
        print(json_ ? analysis::power_json(powers).dump(2) + "\n"
                    : analysis::power_text(powers, language, stdout_width()));
        return exit_code::done;
    }

private:
    void write(const std::vector<analysis::PlannedPower>& powers) const {
        make_folder_of(output_);
        using sim::NewFile;
        sim::write_tables(output_,
                          {.group = "power",
                           .attributes = {{"filetype", "cercle-power"},
                                          {"version", CERCLE_VERSION},
                                          {"commit", CERCLE_COMMIT}},
                           .tables = {analysis::power_table(powers)}},
                          overwrite_ ? NewFile::Existing::replace : NewFile::Existing::refuse);
        spdlog::info("{}: written", output_);
    }

    std::string folder_;
    std::string output_;
    std::string language_ = "en";
    bool overwrite_ = false;
    analysis::PowerOptions options_;
    std::size_t threads_ = 0;
    bool quiet_ = false;
    bool json_ = false;
};

}

std::unique_ptr<Verb> power_verb() { return std::make_unique<Power>(); }

}
