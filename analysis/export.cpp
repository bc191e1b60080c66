#include "analysis/export.hpp"

#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/export_tables.hpp"
#include "analysis/statistics.hpp"
#include "analysis/stored_scenario.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

namespace fs = std::filesystem;
using sim::RunStatus;

namespace {

const char* status_text(RunStatus status) {
    switch (status) {
    case RunStatus::pending:
        return "pending";
    case RunStatus::done:
        return "done";
    case RunStatus::failed:
        return "failed";
    }
    return "unknown";
}

fs::path without_last_slash(const fs::path& folder) {
    return folder.has_filename() ? folder : folder.parent_path();
}

void check_folder(const ExportOptions& options) {
    std::error_code failure;
    const fs::path folder = without_last_slash(options.folder);
    const fs::path above = folder.has_parent_path() ? folder.parent_path() : fs::path(".");
    if (!fs::exists(above, failure)) {
        throw sim::UserError(fmt::format("{}: there is no folder {} (only a single missing folder "
                                         "is made) make it first: mkdir -p {}",
                                         options.folder.string(), above.string(), above.string()));
    }
    fs::create_directory(folder, failure);
    if (!fs::is_directory(options.folder)) {
        throw sim::UserError(fmt::format("{}: cannot be made a folder ({})",
                                         options.folder.string(),
                                         failure ? failure.message() : "a file is there"));
    }
    if (options.existing == ExportOptions::Existing::overwrite) return;
    std::vector<std::string> there;
    for (const char* name : {"runs.csv", "series.csv", "nodes.csv", "summary.csv", "design.csv",
                             "behaviorspace.csv", "columns.csv"}) {
        if (fs::exists(options.folder / name)) there.emplace_back(name);
    }
    if (there.empty()) return;
    throw sim::UserError(
        fmt::format("{}: holds {} already (nothing is overwritten unasked); choose "
                    "another folder or ask for it with --overwrite",
                    options.folder.string(), fmt::join(there, ", ")));
}

}

void append(Columns& columns, const std::vector<sim::Metric>& metrics) {
    for (const sim::Metric& metric : metrics)
        columns.push_back({metric.name, metric.unit, metric.meaning});
}

namespace {

constexpr const char* value_of_parameter = "value of this parameter of the scenario";

/// What entries of the design matrix stand for, where they are no values themselves.
std::string meaning_of_entries(const scenarios::Design& design, std::size_t which) {
    if (design.method.name == "toggles")
        return "1 where an arm has its own values of this mechanism, 0 where the other arm's";
    std::string meaning = value_of_parameter;
    const scenarios::Factor& factor = design.factors.at(which);
    if (factor.is_range() || std::holds_alternative<double>(factor.levels.front())) return meaning;
    for (std::size_t level = 0; level < factor.levels.size(); ++level)
        meaning += fmt::format("{} {} = {}", level == 0 ? ":" : ",", level,
                               sim::to_text(factor.levels[level]));
    return meaning;
}

}

Export::Export(const sim::ResultsReader& results, const ExportOptions& options)
    : results_(results), head_(results.head()), options_(options), status_(results.status()) {
    if (std::ranges::find(status_, sim::RunStatus::done) == status_.end()) {
        throw sim::UserError(results.path().string() + ": holds no finished run (there is nothing "
                                                       "to export) go on with it: cercle run ... "
                                                       "--resume");
    }
    check_folder(options);
}

void Export::append_factors(Columns& columns) const {
    std::optional<scenarios::Design> design;
    try {
        design = stored_scenario(results_).design;
    } catch (const sim::UserError&) { // written by another version: the numbers remain
    }
    for (std::size_t which = 0; which < head_.factors.size(); ++which) {
        columns.push_back({head_.factors[which], "",
                           design ? meaning_of_entries(*design, which) : value_of_parameter});
    }
}

CsvFile& Export::start(const std::string& name, const Columns& columns) {
    const auto existing = options_.existing == ExportOptions::Existing::overwrite
                              ? sim::NewFile::Existing::replace
                              : sim::NewFile::Existing::refuse;
    files_.push_back(std::make_unique<CsvFile>(options_.folder / name, existing));
    for (const CsvColumn& column : columns) dictionary_.emplace_back(name, column);
    return *files_.back();
}

std::vector<double> Export::outcome(const std::string& name, const RunBlock& block) const {
    return std::visit([&](const auto& where) { return results_.outcome(name, where); },
                      block.where);
}

void Export::write_runs() {
    Columns columns = {run_column,
                       arm_column,
                       point_column,
                       replicate_column,
                       {"status", "", "done, failed or pending"},
                       {"seed", "", "key of the random numbers of the run"}};
    append(columns, head_.outcomes);
    columns.push_back({"failure", "", "why the run failed"});
    CsvFile& file = start("runs.csv", columns);
    file.header(columns);
    for_each_block(head_, [&](const RunBlock& block) {
        std::vector<std::vector<double>> outcomes;
        for (const sim::Metric& metric : head_.outcomes)
            outcomes.push_back(outcome(metric.name, block));
        for (std::size_t i = 0; i < block.count; ++i) {
            const std::size_t run = block.first + i;
            const RunPlace place(head_, run);
            file.add(run);
            file.add(head_.arms[place.arm]);
            file.add(place.point);
            file.add(place.replicate);
            file.add(status_text(status_[run]));
            file.add(std::size_t{head_.run_seeds[run]});
            const bool done = status_[run] == RunStatus::done;
            for (const auto& values : outcomes) file.add(done ? values[i] : not_known);
            const bool failed = status_[run] == RunStatus::failed;
            file.add(failed ? results_.failure(place.arm, place.point, place.replicate) : "");
            file.end_row();
        }
    });
    file.finish();
}

void Export::write_columns() {
    const Columns columns = {{"file", "", "name of the file"},
                             {"column", "", "name of its column"},
                             {"unit", "", "unit of the numbers in it; empty for text and counts"},
                             {"meaning", "", "what it says"}};
    CsvFile& file = start("columns.csv", columns);
    file.header(columns);
    for (const auto& [name, column] : dictionary_) {
        file.add(name);
        file.add(column.name);
        file.add(column.unit);
        file.add(column.meaning);
        file.end_row();
    }
    file.finish();
}

std::vector<ExportedFile> Export::keep() {
    std::vector<ExportedFile> kept;
    for (const auto& file : files_) {
        file->keep();
        kept.push_back({file->place(), file->rows()});
    }
    return kept;
}

std::vector<ExportedFile> export_results(const sim::ResultsReader& results,
                                         const ExportOptions& options) {
    Export tables(results, options);
    tables.write_runs();
    tables.write_series();
    tables.write_nodes();
    tables.write_summary();
    tables.write_design();
    tables.write_behaviorspace();
    tables.write_columns();
    return tables.keep();
}

}
