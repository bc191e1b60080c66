#include <span>

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
        const std::size_t at_once = std::max<std::size_t>(1, export_runs / head_.replicates);
        for (std::size_t first = 0; first < head_.points; first += at_once)
            add_summaries(file, {arm, first, std::min(at_once, head_.points - first)});
    }
    file.finish();
}

/// Rows of some design points; holds one outcome of theirs at a time.
void Export::add_summaries(CsvFile& file, const sim::PointBlock& block) const {
    const std::size_t replicates = head_.replicates;
    const std::size_t first = (block.arm * head_.points + block.first_point) * replicates;
    std::vector<std::vector<Summary>> summaries; // (metric)(point)
    for (const sim::Metric& metric : head_.outcomes) {
        std::vector<double> values = results_.outcome(metric.name, block);
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (status_[first + i] != sim::RunStatus::done) values[i] = not_known;
        }
        summaries.emplace_back();
        for (std::size_t i = 0; i < values.size(); i += replicates) {
            summaries.back().push_back(
                summarise(std::span(values).subspan(i, replicates), options_.confidence));
        }
    }
    for (std::size_t point = 0; point < block.points; ++point) {
        for (std::size_t which = 0; which < summaries.size(); ++which) {
            const Summary& summary = summaries[which][point];
            file.add(head_.arms[block.arm]);
            file.add(block.first_point + point);
            file.add(head_.outcomes[which].name);
            file.add(head_.outcomes[which].unit);
            file.add(summary.count);
            for (const double number :
                 {summary.mean, summary.sd, summary.interval.low, summary.interval.high})
                file.add(number);
            file.end_row();
        }
    }
}

void Export::write_design() {
    if (head_.factors.empty()) return;
    Columns columns = {point_column};
    append_factors(columns);
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
