// The pieces that laws which run alone are made of. The laws themselves are held against exact
// answers in tests/oracles.
#include <cmath>
#include <limits>
#include <map>

#include <gtest/gtest.h>

#include "models/laboratory/founding.hpp"
#include "models/laboratory/nodes.hpp"
#include "models/laboratory/synchronous.hpp"

namespace cercle::models {
namespace {

TEST(AtLeastOnce, is_one_less_what_all_tries_miss) {
    const AtLeastOnce probability(0.05, 0.2);

    for (const std::uint32_t tries : {0U, 1U, 2U, 5U, 63U, 64U, 65U, 1000U}) {
        EXPECT_NEAR(probability(tries), 1.0 - 0.95 * std::pow(0.8, tries), 1e-14) << tries;
    }
    EXPECT_EQ(AtLeastOnce(0.0, 0.3)(0), 0.0);
    EXPECT_EQ(AtLeastOnce(0.0, 1.0)(1), 1.0);
}

TEST(Occurs, never_at_zero_and_always_at_one) {
    constexpr auto last = std::numeric_limits<std::uint32_t>::max();

    EXPECT_FALSE(occurs(0, 0.0));
    EXPECT_TRUE(occurs(last, 1.0));
    EXPECT_TRUE(occurs(0x7fffffff, 0.5));
    EXPECT_FALSE(occurs(0x80000000, 0.5));
}

/// A path of three, node 1 in the middle, its state and what a law of that name makes of it.
struct Path {
    sim::Settings settings;
    sim::World world;
    sim::Pipeline pipeline;

    Path(const std::string& name, std::vector<double> start,
         const std::map<std::string, double>& numbers) {
        const LaboratoryLaw& law = *laboratory_law(name);
        settings = sim::Settings(initial_parameters(law.holding));
        settings.set("time.step", 1.0);
        for (const sim::Parameter& row : law.law.parameters) settings.set(row.path, row.fallback);
        for (const auto& [path, number] : numbers) settings.set(name + "." + path, number);
        const std::vector<sim::Tie> ties = {{0, 1}, {1, 2}};
        const LaboratoryLayout layout{
            sim::Graph(3, ties, true), {"a", "b", "c"}, std::move(start), {}};
        world = found(layout, law, settings, {.seed = 5, .first_replicate = 0, .lanes = 1});
        pipeline = laboratory_pipeline(law, settings);
    }
    void step() { pipeline.advance(world, {.step = world.step + 1, .months = 1.0}); }
    std::vector<int> states() const {
        const Holders nodes = holders(world);
        return {nodes.state[0], nodes.state[1], nodes.state[2]};
    }
    double ended() const { return tally(world).ended[0]; }
};

TEST(Sir, passes_on_along_one_tie_in_a_step_and_never_comes_back) {
    Path path("contagion.sir", {1, 0, 0}, {{"transmission", 1.0}, {"recovery", 1.0}});

    path.step();
    EXPECT_EQ(path.states(), (std::vector<int>{2, 1, 0}));
    path.step();
    EXPECT_EQ(path.states(), (std::vector<int>{2, 2, 1}));
    EXPECT_TRUE(std::isnan(path.ended()));
    path.step();
    EXPECT_EQ(path.states(), (std::vector<int>{2, 2, 2}));
    EXPECT_EQ(path.ended(), 3.0);
}

TEST(Sis, swings_when_nothing_is_left_to_chance) {
    Path path("contagion.sis", {0, 1, 0}, {{"transmission", 1.0}, {"recovery", 1.0}});

    path.step();
    EXPECT_EQ(path.states(), (std::vector<int>{1, 0, 1}));
    path.step();
    EXPECT_EQ(path.states(), (std::vector<int>{0, 1, 0}));
}

TEST(Cascade, tries_each_neighbour_once) {
    Path path("contagion.cascade", {1, 0, 0}, {{"probability", 0.0}});

    path.step();
    EXPECT_EQ(path.states(), (std::vector<int>{2, 0, 0}));
    EXPECT_EQ(path.ended(), 1.0);
}

TEST(ComplexContagion, needs_as_many_contacts_as_it_says) {
    Path two("contagion.complex", {1, 0, 1}, {{"contacts", 2.0}});
    Path three("contagion.complex", {1, 0, 1}, {{"contacts", 3.0}});

    two.step();
    three.step();

    EXPECT_EQ(two.states(), (std::vector<int>{1, 1, 1}));
    EXPECT_EQ(three.states(), (std::vector<int>{1, 0, 1}));
    EXPECT_EQ(three.ended(), 0.0);
}

TEST(Thresholds, count_shares_of_neighbours) {
    Path half("contagion.threshold", {1, 0, 0}, {{"share", 0.5}});
    Path more("contagion.threshold", {1, 0, 0}, {{"share", 0.51}});

    half.step();
    more.step();

    EXPECT_EQ(half.states(), (std::vector<int>{1, 1, 0}));
    EXPECT_EQ(more.states(), (std::vector<int>{1, 0, 0}));
}

TEST(DeGroot, takes_the_mean_of_the_neighbours) {
    Path path("contagion.degroot", {0.0, 3.0, 1.0}, {{"self_weight", 0.5}});

    path.step();

    const Opinions nodes = opinions(std::as_const(path.world));
    EXPECT_EQ(nodes.value[0], 1.5);
    EXPECT_EQ(nodes.value[1], 1.75);
    EXPECT_EQ(nodes.value[2], 2.0);
}

}
}
