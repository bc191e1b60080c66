// A model of one number that has nothing to do with firms: the engine must not mind.
#include "sim/run.hpp"

#include <gtest/gtest.h>

namespace cercle::sim {
namespace {

struct Counters {
    Column<float> level;
    void each(auto&& field) { field(level, "level", "1", "level"); }
};

World two_lanes() {
    World world;
    world.source = {.seed = 1, .first_replicate = 4, .lanes = 2};
    world.populations = {population_of<Counters>("counters", 1, 2)};
    view_of<Counters>(world.populations[0]).level[1] = 100.0F;
    return world;
}

class Add final : public Process {
public:
    explicit Add(float what) : what_(what) {}
    void advance(World& world, const Tick& tick) const override {
        EXPECT_EQ(tick.step, world.step + 1);
        auto counters = view_of<Counters>(world.populations[0]);
        for (std::size_t row = 0; row < 2; ++row) {
            counters.level[row] += what_ * static_cast<float>(tick.months);
        }
    }

private:
    float what_;
};

class Twice final : public Process {
public:
    void advance(World& world, const Tick&) const override {
        auto counters = view_of<Counters>(world.populations[0]);
        for (std::size_t row = 0; row < 2; ++row) counters.level[row] *= 2.0F;
    }
};

class Level final : public Observables {
public:
    const std::vector<Metric>& series() const override {
        static const std::vector<Metric> list = {{"level", "1", "level"}};
        return list;
    }
    const std::vector<Metric>& outcomes() const override { return series(); }
    void observe(const World& world, std::size_t time, Record& record) const override {
        const auto counters = view_of<Counters>(world.populations[0]);
        for (std::size_t lane = 0; lane < 2; ++lane)
            record.at(0, lane, time) = counters.level[lane];
    }
    void summarise(Record& record) const override {
        for (std::size_t lane = 0; lane < 2; ++lane) {
            record.outcome(0, lane) = static_cast<double>(record.at(0, lane, record.times - 1));
        }
    }
};

Pipeline adding(float what) {
    Pipeline pipeline;
    pipeline.add({"add", "count", "adds", std::make_unique<Add>(what)});
    return pipeline;
}

TEST(Pipeline, advances_its_processes_in_order_and_the_world_by_a_step) {
    Pipeline pipeline = adding(3.0F);
    pipeline.add({"twice", "count", "doubles", std::make_unique<Twice>()});
    World world = two_lanes();

    pipeline.advance(world, {.step = 1, .months = 1.0});

    EXPECT_EQ(view_of<Counters>(world.populations[0]).level[0], 6.0F);
    EXPECT_EQ(world.step, 1U);
}

TEST(Pipeline, prints_one_line_for_each_process) {
    Pipeline pipeline = adding(1.0F);
    pipeline.add({"twice", "later", "doubles the level", std::make_unique<Twice>()});

    EXPECT_EQ(pipeline.text(), "   1  count      add                        adds\n"
                               "   2  later      twice                      doubles the level\n");
}

TEST(Run, observes_the_start_and_every_so_many_steps_of_each_lane) {
    const Record record = run(two_lanes(), adding(1.0F), Level{},
                              {.burn_in = 0, .steps = 6, .every = 2, .months = 1.0});

    EXPECT_EQ(record.times, 4U);
    EXPECT_EQ(record.batch.first_replicate, 4U);
    EXPECT_EQ(record.batch.lanes, 2U);
    EXPECT_EQ(record.series, (std::vector<float>{0, 2, 4, 6, 100, 102, 104, 106}));
    EXPECT_EQ(record.outcomes, (std::vector<double>{6, 106}));
}

TEST(Run, burns_in_before_the_first_observation) {
    const Record record = run(two_lanes(), adding(1.0F), Level{},
                              {.burn_in = 10, .steps = 1, .every = 1, .months = 0.5});

    EXPECT_EQ(record.series, (std::vector<float>{5, 5.5F, 105, 105.5F}));
}

TEST(Run, leaves_the_callers_world_as_it_was) {
    const World world = two_lanes();
    const World before = world;

    run(world, adding(1.0F), Level{}, {});

    EXPECT_EQ(world, before);
}

}
}
