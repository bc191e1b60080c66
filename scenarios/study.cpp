#include "scenarios/study.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>
#include <optional>

#include "models/draws.hpp"
#include "scenarios/study_parts.hpp"
#include "sim/checkpoint.hpp"
#include "sim/error.hpp"
#include "sim/parallel.hpp"
#include "sim/suggestions.hpp"

namespace cercle::scenarios {

namespace {

/// Whether the scenario keeps more of a run than its outcomes. All arms agree on it.
bool records_series(const Scenario& scenario) {
    return scenario.arms.front().settings.text("observe.series") != "none";
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

/// What the lanes of a batch run with.
struct Course {
    const Study::Parts& parts;
    const ReadyArm& ready;
    const CheckpointOptions* checkpoints;
};

sim::RunState beginning(const Course& course, const sim::Batch& batch) {
    const sim::Source source{.seed = course.parts.scenario.seed,
                             .first_replicate = static_cast<std::uint32_t>(batch.first_replicate),
                             .lanes = static_cast<std::uint32_t>(batch.lanes)};
    return sim::begin(course.ready.found(source), *course.ready.observables, course.ready.period);
}

/// Points as they are run. The first of a grid lie in one corner, so it is gone through in leaps of
/// about the golden section, which leave no large gap wherever they are broken off. Other designs
/// are scattered already, or hold base rows and trajectories that are of use when whole.
std::vector<std::size_t> order_of_points(const Design& design) {
    const std::size_t points = design.points();
    std::size_t leap = 1;
    if (design.method.name == "grid" && points > 3) {
        leap =
            static_cast<std::size_t>(std::lround(0.6180339887498949 * static_cast<double>(points)));
        while (std::gcd(leap, points) != 1) ++leap;
    }
    std::vector<std::size_t> order(points);
    for (std::size_t i = 0; i < points; ++i) order[i] = i * leap % points;
    return order;
}

constexpr double never = 4e9; ///< steps, more than any run has

/// Runs a batch whose lanes share a world, from its checkpoint if it has one.
sim::Record run_lanes(const Course& course, const sim::Batch& batch) {
    const ReadyArm& ready = course.ready;
    const auto to_the_end = [&](sim::RunState state, const sim::Checkpoints& checkpoints) {
        return sim::run(std::move(state), ready.pipeline, *ready.observables, ready.period,
                        checkpoints);
    };
    if (course.checkpoints == nullptr) return to_the_end(beginning(course, batch), {});
    const CheckpointOptions& wish = *course.checkpoints;
    const std::filesystem::path path = sim::checkpoint_path(wish.output, batch);
    const auto keep = [&](const sim::RunState& state) {
        try {
            sim::write_checkpoint(path, state, wish.origin);
        } catch (const sim::UserError& failure) { // of the folder, no mistake of the run
            throw sim::RuntimeFailure(failure.what());
        }
        return wish.stop == nullptr || !wish.stop->load();
    };
    const sim::Checkpoints checkpoints{.every = static_cast<std::uint32_t>(std::min(
                                           std::ceil(wish.every / ready.period.months), never)),
                                       .keep = keep};
    std::optional<sim::RunState> kept;
    if (std::filesystem::exists(path))
        kept = sim::read_checkpoint(path, beginning(course, batch), wish.origin);
    return to_the_end(kept ? std::move(*kept) : beginning(course, batch), checkpoints);
}

/// Throws UserError when a study is to stop by an outcome that is none of its own.
void check_stopping(const std::optional<Stopping>& stopping,
                    const std::vector<sim::Metric>& outcomes) {
    if (!stopping) return;
    std::vector<std::string> names;
    for (const sim::Metric& metric : outcomes) names.push_back(metric.name);
    if (std::ranges::find(names, stopping->outcome) != names.end()) return;
    throw sim::UserError("replicates.until: there is no outcome " + stopping->outcome +
                         sim::did_you_mean(stopping->outcome, names));
}

}

Study::Study(Scenario scenario) : parts_(std::make_unique<Parts>()) {
    parts_->scenario = std::move(scenario);
    if (parts_->scenario.arms.front().settings.texts("laws").empty()) {
        prepare_company(*parts_);
    } else {
        prepare_laboratory(*parts_);
    }
    check_stopping(parts_->scenario.stopping, parts_->arms.front().observables->outcomes());
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
    head.points = scenario.design.points();
    head.design = scenario.design.matrix;
    for (const Factor& factor : scenario.design.factors) head.factors.push_back(factor.name);
    for (std::size_t i = 0; i < first.period.times(); ++i) {
        head.times.push_back(static_cast<double>(i * first.period.every) * first.period.months);
    }
    if (records_series(scenario)) head.series = first.observables->series();
    head.outcomes = first.observables->outcomes();
    head.node_values = first.node_values;
    head.nodes = first.nodes;
    for (std::size_t run = 0; run < head.arms.size() * head.points * head.replicates; ++run) {
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
    head.text_attributes["design_method"] = scenario.design.method.name;
    head.text_attributes["seed"] = std::to_string(scenario.seed);
    for (const auto& [name, text] : parts_->attributes) head.text_attributes[name] = text;
    return head;
}

std::vector<sim::NetworkTable> Study::networks() const { return parts_->networks(); }

std::vector<sim::Batch> Study::batches(std::size_t lanes) const {
    std::vector<sim::Batch> list;
    const std::size_t replicates = parts_->scenario.replicates;
    const std::vector<std::size_t> points = order_of_points(parts_->scenario.design);
    for (std::size_t first = 0; first < replicates; first += lanes) {
        for (const std::size_t point : points) {
            for (std::size_t arm = 0; arm < parts_->arms.size(); ++arm) {
                list.push_back({.arm = arm,
                                .point = point,
                                .first_replicate = first,
                                .lanes = std::min(lanes, replicates - first)});
            }
        }
    }
    return list;
}

sim::Record Study::run(const sim::Batch& batch, const CheckpointOptions* checkpoints) const {
    std::optional<ReadyArm> made;
    if (batch.point > 0) {
        made = parts_->make(settings_at(parts_->scenario, batch.arm, batch.point));
    }
    const ReadyArm& ready = made ? *made : parts_->arms[batch.arm];
    sim::Record record;
    if (!ready.ties_move || batch.lanes == 1) {
        record = run_lanes({*parts_, ready, checkpoints}, batch);
    } else {
        for (std::size_t lane = 0; lane < batch.lanes; ++lane) {
            const sim::Record one =
                run_lanes({*parts_, ready, checkpoints},
                          {batch.arm, batch.point, batch.first_replicate + lane, 1});
            if (one.status == sim::RunStatus::pending) return one;
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

namespace {

/// Runs a batch; what it throws is the reason of a failed record, unless the machine is to blame:
/// then it is no run's, and the batch stays to be run.
sim::Record run_or_fail(const Study& study, const sim::Batch& batch,
                        const CheckpointOptions* checkpoints) {
    try {
        return study.run(batch, checkpoints);
    } catch (const sim::RuntimeFailure&) {
        throw;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::exception& failure) {
        sim::Record failed;
        failed.batch = batch;
        failed.status = sim::RunStatus::failed;
        failed.failure = failure.what();
        return failed;
    }
}

double seconds_since(std::chrono::steady_clock::time_point start) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}

Tally execute(const Study& study, const std::vector<sim::Batch>& batches,
              const ExecutionOptions& options, const std::function<void(const sim::Record&)>& sink,
              const std::function<void(const Tally&)>& progress) {
    const auto start = std::chrono::steady_clock::now();
    Tally tally;
    for (const sim::Batch& batch : batches) tally.total += batch.lanes;
    std::vector<sim::Record> slots(sim::slots_for(options.threads));
    std::vector<std::size_t> claimed(slots.size()); // batch of each slot
    std::size_t begun = 0;
    const auto claim = [&] {
        if (options.stop != nullptr && options.stop->load()) return false;
        const std::optional<std::size_t> batch =
            options.claim ? options.claim() : std::optional(begun);
        if (batch) claimed[begun++ % claimed.size()] = *batch;
        return batch.has_value();
    };
    sim::in_order({.count = batches.size(),
                   .threads = options.threads,
                   .proceed = claim,
                   .work =
                       [&](std::size_t, std::size_t slot) {
                           slots[slot] =
                               run_or_fail(study, batches[claimed[slot]], options.checkpoints);
                       },
                   .commit =
                       [&](std::size_t, std::size_t slot) {
                           const sim::Record& record = slots[slot];
                           if (record.status == sim::RunStatus::pending) return;
                           sink(record);
                           const bool failed = record.status == sim::RunStatus::failed;
                           (failed ? tally.failed : tally.done) += record.batch.lanes;
                           tally.seconds = seconds_since(start);
                           progress(tally);
                       }});
    tally.stopped = tally.done + tally.failed < tally.total;
    tally.seconds = seconds_since(start);
    return tally;
}

}
