#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "analysis/csv_file.hpp"
#include "analysis/export.hpp"

namespace cercle::analysis {

using Columns = std::vector<CsvColumn>;
/// Replicates read at once.
inline constexpr std::size_t export_lanes = 64;

/// The number of a batch's run in the study: (arm * points + point) * replicates + replicate.
inline std::size_t run_of(const sim::ResultsHead& head, const sim::Batch& batch, std::size_t lane) {
    return (batch.arm * head.points + batch.point) * head.replicates + batch.first_replicate + lane;
}

/// Calls `visit(batch)` for all runs in order, a few replicates at a time.
template <class Visit> void for_each_batch(const sim::ResultsHead& head, const Visit& visit) {
    for (std::size_t arm = 0; arm < head.arms.size(); ++arm) {
        for (std::size_t point = 0; point < head.points; ++point) {
            for (std::size_t first = 0; first < head.replicates; first += export_lanes)
                visit(
                    sim::Batch{arm, point, first, std::min(export_lanes, head.replicates - first)});
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
    sim::Batch batch;
    std::size_t lane = 0;
    std::size_t time = 0;                          ///< index of the month
    const std::vector<std::vector<float>>& series; ///< of the batch, (metric)(lane, time)
    std::size_t times = 0;

    float value(std::size_t metric) const { return series[metric][lane * times + time]; }
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
    /// Calls `row` for every observed moment of every finished run.
    void for_each_time(const std::function<void(const Moment&)>& row) const;
    void add_behaviorspace_preamble(CsvFile& file) const;

    const sim::ResultsReader& results_;
    const sim::ResultsHead& head_;
    const ExportOptions& options_;
    std::vector<sim::RunStatus> status_;
    std::vector<std::unique_ptr<CsvFile>> files_;
    std::vector<std::pair<std::string, CsvColumn>> dictionary_;
};

}
