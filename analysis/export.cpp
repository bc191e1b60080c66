#include "analysis/export.hpp"

#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analysis/csv.hpp"
#include "analysis/statistics.hpp"
#include "sim/error.hpp"

namespace cercle::analysis {

namespace {

using sim::RunStatus;
using Columns = std::vector<CsvColumn>;
constexpr std::size_t most_lanes = 64;

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

/// The number of a batch's run in the study: (arm * points + point) * replicates + replicate.
std::size_t run_of(const sim::ResultsHead& head, const sim::Batch& batch, std::size_t lane) {
    return (batch.arm * head.points + batch.point) * head.replicates + batch.first_replicate + lane;
}

/// Calls `visit(batch)` for all runs in order, a few replicates at a time.
template <class Visit> void for_each_batch(const sim::ResultsHead& head, const Visit& visit) {
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        for (std::size_t point = 0; point < head.points; ++point) {
            for (std::size_t first = 0; first < head.replicates; first += most_lanes)
                visit(sim::Batch{arm, point, first, std::min(most_lanes, head.replicates - first)});
        }
    }
}

void append(Columns& columns, const std::vector<sim::Metric>& metrics) {
    for (const sim::Metric& metric : metrics)
        columns.push_back({metric.name, metric.unit, metric.meaning});
}

const CsvColumn run_column{"run", "", "number of the run in the study, from 0; joins the files"};
const CsvColumn arm_column{"arm", "", "world it belongs to"};
const CsvColumn point_column{"point", "", "design point, from 0; see design.csv"};
const CsvColumn replicate_column{
    "replicate", "", "replicate, from 0; equal numbers share random events across arms"};

/// The files of one export, kept together when all are whole.
class Export {
public:
    Export(const sim::ResultsReader& results, const ExportOptions& options);

    void write_runs();
    void write_series();
    void write_summary();
    void write_design();
    void write_behaviorspace();
    void write_columns();
    std::vector<ExportedFile> keep();

private:
    CsvFile& start(const std::string& name, const Columns& columns);
    template <class Row> void for_each_time(const Row& row) const;
    void add_behaviorspace_preamble(CsvFile& file) const;

    const sim::ResultsReader& results_;
    const sim::ResultsHead& head_;
    const ExportOptions& options_;
    std::vector<RunStatus> status_;
    std::vector<std::unique_ptr<CsvFile>> files_;
    std::vector<std::pair<std::string, CsvColumn>> dictionary_;
};

void check_folder(const ExportOptions& options) {
    std::error_code failure;
    std::filesystem::create_directories(options.folder, failure);
    if (!std::filesystem::is_directory(options.folder)) {
        throw sim::UserError(fmt::format("{}: cannot be made a folder ({})",
                                         options.folder.string(),
                                         failure ? failure.message() : "a file is there"));
    }
    if (options.existing == ExportOptions::Existing::overwrite) return;
    std::vector<std::string> there;
    for (const char* name : {"runs.csv", "series.csv", "summary.csv", "design.csv",
                             "behaviorspace.csv", "columns.csv"}) {
        if (std::filesystem::exists(options.folder / name)) there.emplace_back(name);
    }
    if (there.empty()) return;
    throw sim::UserError(
        fmt::format("{}: holds {} already (nothing is overwritten unasked); choose "
                    "another folder or ask for it with --overwrite",
                    options.folder.string(), fmt::join(there, ", ")));
}

Export::Export(const sim::ResultsReader& results, const ExportOptions& options)
    : results_(results), head_(results.head()), options_(options), status_(results.status()) {
    check_folder(options);
}

CsvFile& Export::start(const std::string& name, const Columns& columns) {
    const auto existing = options_.existing == ExportOptions::Existing::overwrite
                              ? sim::NewFile::Existing::replace
                              : sim::NewFile::Existing::refuse;
    files_.push_back(std::make_unique<CsvFile>(options_.folder / name, existing));
    for (const CsvColumn& column : columns) dictionary_.emplace_back(name, column);
    return *files_.back();
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
    for_each_batch(head_, [&](const sim::Batch& batch) {
        std::vector<std::vector<double>> outcomes;
        for (const sim::Metric& metric : head_.outcomes)
            outcomes.push_back(results_.outcome(metric.name, batch));
        for (std::size_t lane = 0; lane < batch.lanes; ++lane) {
            const std::size_t run = run_of(head_, batch, lane);
            file.add(run);
            file.add(head_.arms[batch.arm]);
            file.add(batch.point);
            file.add(batch.first_replicate + lane);
            file.add(status_text(status_[run]));
            file.add(std::size_t{head_.run_seeds[run]});
            const bool done = status_[run] == RunStatus::done;
            for (const auto& outcome : outcomes) file.add(done ? outcome[lane] : not_known);
            const bool failed = status_[run] == RunStatus::failed;
            file.add(failed ? results_.failure(batch.arm, batch.point, batch.first_replicate + lane)
                            : "");
            file.end_row();
        }
    });
    file.finish();
}

/// Calls `row(batch, lane, time, values)` for every observed moment of every finished run;
/// `values(metric)` is a series at that moment.
template <class Row> void Export::for_each_time(const Row& row) const {
    const std::size_t times = head_.times.size();
    for_each_batch(head_, [&](const sim::Batch& batch) {
        std::vector<std::vector<float>> series;
        for (const sim::Metric& metric : head_.series)
            series.push_back(results_.series(metric.name, batch));
        for (std::size_t lane = 0; lane < batch.lanes; ++lane) {
            if (status_[run_of(head_, batch, lane)] != RunStatus::done) continue;
            for (std::size_t time = 0; time < times; ++time) {
                row(batch, lane, time,
                    [&](std::size_t metric) { return series[metric][lane * times + time]; });
            }
        }
    });
}

void Export::write_series() {
    if (head_.series.empty()) return;
    Columns columns = {run_column,
                       {"time", "months", "months since the start of the measured period"}};
    append(columns, head_.series);
    CsvFile& file = start("series.csv", columns);
    file.header(columns);
    for_each_time(
        [&](const sim::Batch& batch, std::size_t lane, std::size_t time, const auto& values) {
            file.add(run_of(head_, batch, lane));
            file.add(head_.times[time]);
            for (std::size_t metric = 0; metric < head_.series.size(); ++metric)
                file.add(values(metric));
            file.end_row();
        });
    file.finish();
}

void Export::write_summary() {
    const Columns columns = {
        arm_column,
        point_column,
        {"outcome", "", "name of the outcome, a column of runs.csv"},
        {"unit", "", "unit of mean, sd, low and high"},
        {"n", "1", "finished runs in which the outcome is known"},
        {"mean", "as unit", "mean over replicates"},
        {"sd", "as unit", "standard deviation over replicates"},
        {"low", "as unit",
         fmt::format("lower end of the {:g} % interval of the mean (Student t)",
                     100.0 * options_.confidence)},
        {"high", "as unit", "upper end of it"}};
    CsvFile& file = start("summary.csv", columns);
    file.header(columns);
    for (std::size_t arm = 0; arm < head_.arms.size(); ++arm) {
        for (std::size_t point = 0; point < head_.points; ++point) {
            const sim::Batch all{arm, point, 0, head_.replicates};
            for (const sim::Metric& metric : head_.outcomes) {
                std::vector<double> values = results_.outcome(metric.name, all);
                for (std::size_t lane = 0; lane < values.size(); ++lane) {
                    if (status_[run_of(head_, all, lane)] != RunStatus::done)
                        values[lane] = not_known;
                }
                const Summary summary = summarise(values, options_.confidence);
                file.add(head_.arms[arm]);
                file.add(point);
                file.add(metric.name);
                file.add(metric.unit);
                file.add(summary.count);
                for (const double number :
                     {summary.mean, summary.sd, summary.interval.low, summary.interval.high})
                    file.add(number);
                file.end_row();
            }
        }
    }
    file.finish();
}

void Export::write_design() {
    if (head_.factors.empty()) return;
    Columns columns = {point_column};
    for (const std::string& factor : head_.factors)
        columns.push_back({factor, "", "value of this parameter of the scenario"});
    CsvFile& file = start("design.csv", columns);
    file.header(columns);
    for (std::size_t point = 0; point < head_.points; ++point) {
        file.add(point);
        for (std::size_t factor = 0; factor < head_.factors.size(); ++factor)
            file.add(head_.design[point * head_.factors.size() + factor]);
        file.end_row();
    }
    file.finish();
}

/// Readers of such tables skip six lines before the header.
void Export::add_behaviorspace_preamble(CsvFile& file) const {
    const auto title = head_.text_attributes.find("title");
    file.add("BehaviorSpace results (Cercle)");
    file.end_row();
    file.add(results_.path().filename().string());
    file.end_row();
    file.add(title == head_.text_attributes.end() ? "" : title->second);
    file.end_row();
    file.add("table");
    file.end_row();
    file.add("one row for each run and observed month");
    file.end_row();
    file.add("skip these six lines");
    file.end_row();
}

void Export::write_behaviorspace() {
    if (head_.series.empty()) return;
    Columns columns = {{"[run number]", "", "as run in runs.csv"}, arm_column};
    for (const std::string& factor : head_.factors)
        columns.push_back({factor, "", "value of this parameter of the scenario"});
    columns.push_back(replicate_column);
    columns.push_back({"[step]", "months", "months since the start of the measured period"});
    append(columns, head_.series);
    CsvFile& file = start("behaviorspace.csv", columns);
    add_behaviorspace_preamble(file);
    file.header(columns);
    for_each_time(
        [&](const sim::Batch& batch, std::size_t lane, std::size_t time, const auto& values) {
            file.add(run_of(head_, batch, lane));
            file.add(head_.arms[batch.arm]);
            for (std::size_t factor = 0; factor < head_.factors.size(); ++factor)
                file.add(head_.design[batch.point * head_.factors.size() + factor]);
            file.add(batch.first_replicate + lane);
            file.add(head_.times[time]);
            for (std::size_t metric = 0; metric < head_.series.size(); ++metric)
                file.add(values(metric));
            file.end_row();
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

}

std::vector<ExportedFile> export_results(const sim::ResultsReader& results,
                                         const ExportOptions& options) {
    Export tables(results, options);
    tables.write_runs();
    tables.write_series();
    tables.write_summary();
    tables.write_design();
    tables.write_behaviorspace();
    tables.write_columns();
    return tables.keep();
}

}
