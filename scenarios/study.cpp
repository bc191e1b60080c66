#include "scenarios/study.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "models/catalogue.hpp"
#include "scenarios/assembly.hpp"
#include "scenarios/study_parts.hpp"
#include "sim/parallel.hpp"

namespace cercle::scenarios {

namespace {

sim::Period period_of(const sim::Settings& settings) {
    const double step = settings.number("time.step");
    const auto steps = [&](double months) {
        return static_cast<std::uint32_t>(std::lround(months / step));
    };
    return {.burn_in = steps(settings.number("time.burn_in")),
            .steps = steps(settings.number("time.years") * 12.0),
            .every = std::max(1U, steps(settings.number("observe.every"))),
            .months = step};
}

/// Whether the scenario keeps more of a run than its outcomes. All arms agree on it.
bool records_series(const Scenario& scenario) {
    return scenario.arms.front().settings.text("observe.series") != "none";
}

/// Whether two arms stand on the same networks, so that one layout serves both.
bool same_layout(const sim::Settings& a, const sim::Settings& b) {
    return std::ranges::all_of(a.all(), [&](const auto& entry) {
        const std::string& path = entry.first;
        const bool of_layout = path.starts_with("network.") || path == "market.firms" ||
                               path == "market.size" || path == "firm.room_to_grow";
        return !of_layout || b.value(path) == entry.second;
    });
}

sim::NetworkTable table_of(const std::string& name, const sim::Graph& graph,
                           const std::vector<std::uint32_t>& groups) {
    sim::NetworkTable table{name, graph.ties(), graph.nodes(), {}};
    for (const std::uint32_t group : groups) table.labels.push_back(std::to_string(group));
    return table;
}

/// Copies the lanes of `part` into `whole`, starting at `first`.
void place_lanes(sim::Record& whole, const sim::Record& part, std::size_t first) {
    for (std::size_t lane = 0; lane < part.batch.lanes; ++lane) {
        for (std::size_t metric = 0; metric < part.series_count; ++metric) {
            const float* from =
                part.series.data() + (metric * part.batch.lanes + lane) * part.times;
            std::copy_n(from, part.times, &whole.at(metric, first + lane, 0));
        }
        for (std::size_t which = 0; which < part.outcome_count; ++which) {
            whole.outcome(which, first + lane) = part.outcomes[which * part.batch.lanes + lane];
        }
    }
}

}

Study::Study(Scenario scenario) : parts_(std::make_unique<Parts>()) {
    parts_->scenario = std::move(scenario);
    const auto& arms = parts_->scenario.arms;
    for (std::size_t i = 0; i < arms.size(); ++i) {
        const sim::Settings& settings = arms[i].settings;
        std::shared_ptr<const models::Layout> layout;
        for (std::size_t j = 0; j < i && !layout; ++j) {
            if (same_layout(settings, arms[j].settings)) layout = parts_->arms[j].layout;
        }
        if (!layout) {
            layout = std::make_shared<const models::Layout>(
                layout_of(settings, parts_->scenario.folder));
        }
        parts_->arms.push_back({layout, models::pipeline_of(settings),
                                models::CompanyObservables(settings), period_of(settings),
                                settings.flag("switch.rewiring")});
    }
}

Study::~Study() = default;
Study::Study(Study&&) noexcept = default;

const Scenario& Study::scenario() const { return parts_->scenario; }

sim::ResultsHead Study::head() const {
    const Scenario& scenario = parts_->scenario;
    const ReadyArm& first = parts_->arms.front();
    sim::ResultsHead head;
    for (const Arm& arm : scenario.arms) head.arms.push_back(arm.name);
    head.replicates = scenario.replicates;
    for (std::size_t i = 0; i < first.period.times(); ++i) {
        head.times.push_back(static_cast<double>(i * first.period.every) * first.period.months);
    }
    if (records_series(scenario)) head.series = first.observables.series();
    head.outcomes = first.observables.outcomes();
    for (std::size_t run = 0; run < head.arms.size() * head.replicates; ++run) {
        const sim::Source source{.seed = scenario.seed,
                                 .first_replicate =
                                     static_cast<std::uint32_t>(run % head.replicates),
                                 .lanes = 1};
        const auto words = sim::words(source, 0, 0, 0, sim::Draw{0});
        head.run_seeds.push_back(static_cast<std::uint64_t>(words[0]) << 32 | words[1]);
    }
    head.text_attributes = {{"title", scenario.title},
                            {"scenario", scenario.given},
                            {"scenario_resolved", resolved_text(scenario)},
                            {"process_plan", process_text()}};
    head.text_attributes["seed"] = std::to_string(scenario.seed);
    return head;
}

std::vector<sim::NetworkTable> Study::networks() const {
    std::vector<sim::NetworkTable> tables;
    std::vector<const models::Layout*> listed;
    for (std::size_t arm = 0; arm < parts_->arms.size(); ++arm) {
        const models::Layout* layout = parts_->arms[arm].layout.get();
        if (std::ranges::find(listed, layout) != listed.end()) continue;
        const std::string of = listed.empty() ? "" : "_" + parts_->scenario.arms[arm].name;
        listed.push_back(layout);
        tables.push_back(table_of("colleague" + of, layout->colleague, layout->team));
        tables.push_back(table_of("client" + of, layout->client, layout->segment));
    }
    return tables;
}

std::vector<sim::Batch> Study::batches(std::size_t lanes) const {
    std::vector<sim::Batch> list;
    const std::size_t replicates = parts_->scenario.replicates;
    for (std::size_t first = 0; first < replicates; first += lanes) {
        for (std::size_t arm = 0; arm < parts_->arms.size(); ++arm) {
            list.push_back({.arm = arm,
                            .point = 0,
                            .first_replicate = first,
                            .lanes = std::min(lanes, replicates - first)});
        }
    }
    return list;
}

sim::Record Study::run(const sim::Batch& batch) const {
    sim::Record record;
    if (!parts_->arms[batch.arm].ties_move || batch.lanes == 1) {
        record = parts_->run(batch.arm, batch.first_replicate, batch.lanes);
    } else {
        for (std::size_t lane = 0; lane < batch.lanes; ++lane) {
            const sim::Record one = parts_->run(batch.arm, batch.first_replicate + lane, 1);
            if (lane == 0) {
                record = one;
                record.batch.lanes = batch.lanes;
                record.series.resize(one.series.size() * batch.lanes);
                record.outcomes.resize(one.outcomes.size() * batch.lanes);
            }
            place_lanes(record, one, lane);
        }
    }
    if (!records_series(parts_->scenario)) {
        record.series.clear();
        record.series_count = 0;
    }
    record.batch = batch;
    return record;
}

Tally execute(const Study& study, const std::vector<sim::Batch>& batches,
              const ExecutionOptions& options, const std::function<void(const sim::Record&)>& sink,
              const std::function<void(const Tally&)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    Tally tally;
    for (const sim::Batch& batch : batches) tally.total += batch.lanes;
    std::vector<sim::Record> slots(sim::slots_for(options.threads));
    sim::in_order({.count = batches.size(),
                   .threads = options.threads,
                   .proceed = [&] { return options.stop == nullptr || !options.stop->load(); },
                   .work =
                       [&](std::size_t task, std::size_t slot) {
                           try {
                               slots[slot] = study.run(batches[task]);
                           } catch (const std::exception& failure) {
                               slots[slot] = sim::Record{};
                               slots[slot].batch = batches[task];
                               slots[slot].status = sim::RunStatus::failed;
                               slots[slot].failure = failure.what();
                           }
                       },
                   .commit =
                       [&](std::size_t, std::size_t slot) {
                           const sim::Record& record = slots[slot];
                           sink(record);
                           const bool failed = record.status == sim::RunStatus::failed;
                           (failed ? tally.failed : tally.done) += record.batch.lanes;
                           tally.seconds = std::chrono::duration<double>(
                                               std::chrono::steady_clock::now() - start)
                                               .count();
                           progress(tally);
                       }});
    tally.stopped = tally.done + tally.failed < tally.total;
    tally.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return tally;
}

}
