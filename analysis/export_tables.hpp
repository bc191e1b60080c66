#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "analysis/csv_file.hpp"
#include "analysis/export.hpp"

namespace cercle::analysis {

using Columns = std::vector<CsvColumn>;
/// Runs read at once, about: bounds the memory, and keeps the file from being asked run by run.
inline constexpr std::size_t export_runs = 256;

/// Runs that follow each other in the study: some replicates of a design point, or all of several.
struct RunBlock {
    std::variant<sim::Batch, sim::PointBlock> where;
    std::size_t first = 0; ///< number of the first: (arm * points + point) * replicates + replicate
    std::size_t count = 0;
};

/// A run of a study by its number.
struct RunPlace {
    RunPlace(const sim::ResultsHead& head, std::size_t run)
        : arm(run / head.replicates / head.points), point(run / head.replicates % head.points),
          replicate(run % head.replicates) {}
    std::size_t arm, point, replicate;
};

/// Calls `visit(block)` for all runs in order.
template <class Visit> void for_each_block(const sim::ResultsHead& head, const Visit& visit) {
    const std::size_t replicates = head.replicates;
    const std::size_t at_once = std::max<std::size_t>(1, export_runs / replicates);
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        const std::size_t points_before = arm * head.points;
        for (std::size_t point = 0; point < head.points; point += at_once) {
            const std::size_t points = std::min(at_once, head.points - point);
            const std::size_t first = (points_before + point) * replicates;
            if (replicates <= export_runs) {
                visit(RunBlock{sim::PointBlock{arm, point, points}, first, points * replicates});
                continue;
            }
            for (std::size_t from = 0; from < replicates; from += export_runs) {
                const std::size_t count = std::min(export_runs, replicates - from);
                visit(RunBlock{sim::Batch{arm, point, from, count}, first + from, count});
            }
        }
    }
}

inline const CsvColumn run_column{"run", "",
                                  "number of the run in the study, from 0; joins the files"};
inline const CsvColumn arm_column{"arm", "", "world it belongs to"};
inline const CsvColumn point_column{"point", "", "design point, from 0; see design.csv"};
inline const CsvColumn replicate_column{
    "replicate", "", "replicate, from 0; equal numbers share random events across arms"};

/// One observed moment of a finished run.
struct Moment {
    std::size_t run = 0;
    std::size_t time = 0;                          ///< index of the month
    const std::vector<std::vector<float>>& series; ///< of a block, (metric)(run, time)
    std::size_t place = 0;                         ///< in each of them

    float value(std::size_t metric) const { return series[metric][place]; }
};

/// Adds a column for each metric.
void append(Columns& columns, const std::vector<sim::Metric>& metrics);

/// The files of one export, kept together when all are whole.
class Export {
public:
    Export(const sim::ResultsReader& results, const ExportOptions& options);

    void write_runs();
    void write_series();
    void write_nodes();
    void write_summary();
    void write_design();
    void write_behaviorspace();
    void write_columns();
    std::vector<ExportedFile> keep();

private:
    CsvFile& start(const std::string& name, const Columns& columns);
    /// A column for each factor, with what its entries stand for.
    void append_factors(Columns& columns) const;
    /// One outcome of every run of a block.
    std::vector<double> outcome(const std::string& name, const RunBlock& block) const;
    /// Calls `row` for every observed moment of every finished run.
    void for_each_time(const std::function<void(const Moment&)>& row) const;
    void add_summaries(CsvFile& file, const sim::PointBlock& block) const;
    void add_behaviorspace_preamble(CsvFile& file) const;

    const sim::ResultsReader& results_;
    const sim::ResultsHead& head_;
    const ExportOptions& options_;
    std::vector<sim::RunStatus> status_;
    std::vector<std::unique_ptr<CsvFile>> files_;
    std::vector<std::pair<std::string, CsvColumn>> dictionary_;
};

}
