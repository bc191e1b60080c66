#include <fstream>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "analysis/report/report.hpp"
#include "apps/output.hpp"
#include "apps/verb.hpp"
#include "sim/error.hpp"
#include "sim/new_file.hpp"

namespace cercle::apps {
namespace {

/// Writes what result files say as one page for people.
class Report final : public Verb {
public:
    void declare(CLI::App& command) override {
        command
            .add_option("FILE", files_,
                        "result files: of run, claims -o or infer -o; several share the page")
            ->required();
        command.add_option("-o,--output", output_, "page to write (PAGE.html)")->required();
        command.add_option("--reference", reference_,
                           "arm the others are compared with; the last when not given");
        command.add_option("--lang", language_, "language of the page")
            ->check(CLI::IsMember({"en", "fr"}))
            ->capture_default_str();
        command.add_flag("--overwrite", overwrite_, "replace a page that exists");
    }

    int act() override {
        if (!analysis::can_draw_figures()) {
            throw sim::UserError(
                "cercle report: this program was built without what draws figures "
                "(it comes from the npm registry) run: tools/report_assets/fetch, then make");
        }
        check_place();
        const auto language =
            language_ == "fr" ? analysis::Language::french : analysis::Language::english;
        const std::string html =
            analysis::page_html(analysis::report_of(files_, language, reference_));
        keep(html);
        spdlog::info("{}: {:.1f} MB; open it in a browser", output_,
                     static_cast<double>(html.size()) / 1e6);
        return exit_code::done;
    }

private:
    /// Runs take hours, a page seconds: it never takes the place of results.
    void check_place() const {
        check_output_file(output_, overwrite_ ? Existing::overwrite : Existing::refuse,
                          {"pages", "a browser opens files", "page.html"});
        if (!sim::is_hdf5(output_)) return;
        throw sim::UserError(fmt::format(
            "{}: is a result file (a page never replaces one) choose another -o, such as {}",
            output_, std::filesystem::path(output_).replace_extension(".html").string()));
    }

    void keep(const std::string& html) const {
        using Existing = sim::NewFile::Existing;
        make_folder_of(output_);
        sim::NewFile place(output_, overwrite_ ? Existing::replace : Existing::refuse);
        {
            std::ofstream file(place.path(), std::ios::binary);
            file << html;
            file.close();
            if (!file)
                throw sim::RuntimeFailure(output_ + ": cannot be written (is the disk full?)");
        }
        place.keep();
    }

    std::vector<std::filesystem::path> files_;
    std::string output_;
    std::string language_ = "en";
    std::string reference_;
    bool overwrite_ = false;
};

}

std::unique_ptr<Verb> report_verb() { return std::make_unique<Report>(); }

}
