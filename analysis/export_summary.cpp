#include <fmt/format.h>

#include "analysis/export_tables.hpp"
#include "analysis/statistics.hpp"

namespace cercle::analysis {

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
                    if (status_[run_of(head_, all, lane)] != sim::RunStatus::done)
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

}
