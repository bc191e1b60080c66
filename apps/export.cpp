#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "analysis/export.hpp"
#include "analysis/wording.hpp"
#include "apps/verb.hpp"

namespace cercle::apps {
namespace {

class Export final : public Verb {
public:
    void declare(CLI::App& command) override {
        command.add_option("FILE", file_, "result file")->required();
        command
            .add_option(
                "-o,--output", folder_,
                "folder for the CSV files (DIR); it is made if missing, but not one inside another")
            ->required();
        command.add_flag("--overwrite", overwrite_, "replace CSV files that exist");
    }

    int act() override {
        using Existing = analysis::ExportOptions::Existing;
        const sim::ResultsReader results(file_);
        const auto files = analysis::export_results(
            results,
            {.folder = folder_, .existing = overwrite_ ? Existing::overwrite : Existing::refuse});
        for (const analysis::ExportedFile& file : files) {
            spdlog::info("{}: {}", file.path.string(), analysis::counted(file.rows, "row"));
        }
        return exit_code::done;
    }

private:
    std::string file_;
    std::string folder_;
    bool overwrite_ = false;
};

}

std::unique_ptr<Verb> export_verb() { return std::make_unique<Export>(); }

}
