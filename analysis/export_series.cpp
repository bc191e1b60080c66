#include "analysis/export_tables.hpp"

namespace cercle::analysis {

void Export::for_each_time(const std::function<void(const Moment&)>& row) const {
    const std::size_t times = head_.times.size();
    for_each_block(head_, [&](const RunBlock& block) {
        std::vector<std::vector<float>> series;
        for (const sim::Metric& metric : head_.series) {
            series.push_back(
                std::visit([&](const auto& where) { return results_.series(metric.name, where); },
                           block.where));
        }
        for (std::size_t i = 0; i < block.count; ++i) {
            if (status_[block.first + i] != sim::RunStatus::done) continue;
            for (std::size_t time = 0; time < times; ++time)
                row({block.first + i, time, series, i * times + time});
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
    for_each_time([&](const Moment& moment) {
        file.add(moment.run);
        file.add(head_.times[moment.time]);
        for (std::size_t metric = 0; metric < head_.series.size(); ++metric)
            file.add(moment.value(metric));
        file.end_row();
    });
    file.finish();
}

namespace {

/// Ids of the nodes in the network of the first arm.
std::vector<std::string> node_ids(const sim::ResultsReader& results, std::size_t nodes) {
    for (const sim::NetworkTable& network : results.networks()) {
        if (network.labels.size() == nodes) return network.labels;
    }
    std::vector<std::string> numbers;
    for (std::size_t node = 0; node < nodes; ++node) numbers.push_back(std::to_string(node));
    return numbers;
}

}

void Export::write_nodes() {
    if (head_.node_values.empty()) return;
    const std::vector<std::string> ids = node_ids(results_, head_.nodes);
    Columns columns = {run_column,
                       {"node", "", "number of the node in the network, from 0"},
                       {"id", "", "id of the node in the network"}};
    append(columns, head_.node_values);
    CsvFile& file = start("nodes.csv", columns);
    file.header(columns);
    for_each_block(head_, [&](const RunBlock& block) {
        const std::vector<double> values =
            std::visit([&](const auto& where) { return results_.nodes(where); }, block.where);
        for (std::size_t i = 0; i < block.count; ++i) {
            if (status_[block.first + i] != sim::RunStatus::done) continue;
            for (std::size_t node = 0; node < head_.nodes; ++node) {
                file.add(block.first + i);
                file.add(node);
                file.add(ids[node]);
                file.add(values[i * head_.nodes + node]);
                file.end_row();
            }
        }
    });
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
    append_factors(columns);
    columns.push_back(replicate_column);
    columns.push_back({"[step]", "months", "months since the start of the measured period"});
    append(columns, head_.series);
    CsvFile& file = start("behaviorspace.csv", columns);
    add_behaviorspace_preamble(file);
    file.header(columns);
    for_each_time([&](const Moment& moment) {
        file.add(moment.run);
        const RunPlace place(head_, moment.run);
        file.add(head_.arms[place.arm]);
        for (std::size_t factor = 0; factor < head_.factors.size(); ++factor)
            file.add(head_.design[place.point * head_.factors.size() + factor]);
        file.add(place.replicate);
        file.add(head_.times[moment.time]);
        for (std::size_t metric = 0; metric < head_.series.size(); ++metric)
            file.add(moment.value(metric));
        file.end_row();
    });
    file.finish();
}

}
